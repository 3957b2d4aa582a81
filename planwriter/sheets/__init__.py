"""Workbooks (.xlsx, .csv): reading cells with their places, writing, editing single cells."""
