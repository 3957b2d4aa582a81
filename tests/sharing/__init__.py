"""Exchange of libraries between bureaus."""
