"""Seeded trials with files that nobody would write: each ends in findings or a result, soon, and nothing raw is shown."""
