"""Holds any .docx, also one that others made, against a layout: `rules.audit_docx`."""
