"""Hand edits of a .docx as changes of the outline that it came from."""
