"""The rules on any official text: pure functions from a text to its slips, used for outlines and for any .docx alike."""
