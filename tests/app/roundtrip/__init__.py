"""Tests of planwriter.app.roundtrip."""
