"""Tests of planwriter.compare.display."""
