"""The programs that run: each peer as in its own documentation, and the launcher that times a process."""
