"""Clauses (条款), the libraries that hold them, and how a clause is looked up in several libraries."""
