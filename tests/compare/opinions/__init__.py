"""Tests of planwriter.compare.opinions.opinions."""
