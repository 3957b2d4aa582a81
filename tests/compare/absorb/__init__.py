"""Tests of planwriter.compare.absorb."""
