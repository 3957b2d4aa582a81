"""What the composed text says, held against itself: one rule family a module."""
