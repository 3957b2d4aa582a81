"""planwriter against its peers, on one machine and in one run: `python -m benchmarks` from the root of the repository."""
