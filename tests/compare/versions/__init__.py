"""Tests of planwriter.compare.versions."""
