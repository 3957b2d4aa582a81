"""Clauses (条款): what one is, the libraries that hold them, and where one is found."""
