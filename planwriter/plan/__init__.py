"""From an outline to a numbered document; tables, extracts and lists of duties made from documents."""
