"""The one reader of .docx: what a document holds, with its places, formats and tracked changes."""
