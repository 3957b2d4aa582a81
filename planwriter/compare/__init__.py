"""Two versions of a plan, an outline's or a .docx's: which lines are which, what changed, and how both sides' changes go together."""
