"""What the keeper of a clause library does: check it, search it, turn a block into a clause."""
