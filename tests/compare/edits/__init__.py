"""Tests of planwriter.compare.edits."""
