"""Exchange of libraries between bureaus: packages, signatures, sources and registries."""
