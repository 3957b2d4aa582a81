"""Texts compared and merged by words: no number, date or name is ever split."""
