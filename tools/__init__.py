"""What writes pages of the project: no part of the package."""
