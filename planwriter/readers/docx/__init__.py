"""The only reader of .docx: the content of a document with places, formats and tracked changes."""
