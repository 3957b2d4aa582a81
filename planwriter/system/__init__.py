"""Access to the disk and to other processes, in one place."""
