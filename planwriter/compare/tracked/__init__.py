"""Changes put into a .docx that is there, mostly as tracked changes: a redline, new values, conflicts."""
