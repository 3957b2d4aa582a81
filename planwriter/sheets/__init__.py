"""Workbooks (.xlsx, .csv): read as cells that know their places, written, edited cell by cell."""
