"""The disk and other processes; nothing else touches them."""
