"""Tests of planwriter.compare.words."""
