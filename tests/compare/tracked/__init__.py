"""Tests of planwriter.compare.tracked."""
