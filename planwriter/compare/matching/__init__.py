"""Which lines, rows and columns of two versions are which, and the order that both sides' changes give."""
