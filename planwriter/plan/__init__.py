"""From an outline to a numbered document, and what is made of documents before they are written."""
