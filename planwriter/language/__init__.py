"""What official Chinese looks like: numerals, dates, regions, units, sentences; and version numbers."""
