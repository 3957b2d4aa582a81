"""The rules for plans: on outlines, on composed documents, on any text."""
