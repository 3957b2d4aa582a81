"""The work of a library's keeper: checking it, searching it, turning a block of an outline into a clause."""
