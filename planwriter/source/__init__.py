"""YAML files and values that know their place: read, mended, checked against a schema, edited in place."""
