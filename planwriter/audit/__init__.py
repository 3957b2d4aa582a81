"""Compares any .docx with a layout (`audit.audit_docx`), whichever program wrote it."""
