"""The programs that run: each peer as its own documentation has it, and the launcher that times a process."""
