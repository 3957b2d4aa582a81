"""Outlines (提纲): from a tree of values to a typed `Outline`."""
