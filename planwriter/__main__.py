"""`python -m planwriter`."""

from planwriter.cli import main

if __name__ == "__main__":
    main()
