"""Composes a document: inserts the clauses and fills in every text."""
