"""`python -m formcheck`: the command line where its script is not on the path."""

from formcheck.interfaces.cli.commands import main

if __name__ == "__main__":
    main()
