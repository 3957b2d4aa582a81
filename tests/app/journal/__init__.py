"""Tests of planwriter.app.journal.journal."""
