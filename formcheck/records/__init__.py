"""What passes between the rooms: poses, frames, events, and the report folded from them."""
