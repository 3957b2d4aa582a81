"""Libraries between bureaus: packages, signatures, sources, registries."""
