"""Files of others become paragraphs, tables and sections with their places."""
