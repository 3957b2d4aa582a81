"""Outlines (提纲): from a tree of YAML values to a typed `Outline`."""
