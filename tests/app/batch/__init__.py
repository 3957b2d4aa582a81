"""Tests of planwriter.app.batch.batch."""
