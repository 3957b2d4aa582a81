"""The differences of two versions as they are shown: a page, a terminal, values, tables for those who have to agree."""
