"""A plan line by line, as a reader sees it: made from an outline, from the record in a .docx, or from the .docx itself."""
