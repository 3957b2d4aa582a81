"""Reads files that planwriter did not write into paragraphs, tables and sections with their places."""
