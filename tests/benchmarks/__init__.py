"""The benchmarks' own code; nothing here is timed."""
