"""Tests of planwriter.compare."""
