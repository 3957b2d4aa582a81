"""Compares planwriter with its peers, on one machine and in one run: `python -m benchmarks` from the repository's root."""
