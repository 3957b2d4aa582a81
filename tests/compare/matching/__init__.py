"""Tests of planwriter.compare.matching."""
