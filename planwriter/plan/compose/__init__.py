"""Composes a document: clauses put in, every text filled."""
