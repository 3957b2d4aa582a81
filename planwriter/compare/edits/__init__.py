"""What changed between versions: by hand in a .docx, between any two, and on both sides of a common base."""
