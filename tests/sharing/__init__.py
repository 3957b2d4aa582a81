"""Libraries between bureaus."""
