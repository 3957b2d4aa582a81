"""The .docx writer."""
