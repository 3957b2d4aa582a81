"""Libraries that travel between bureaus: packages, signatures, what changed. Bytes in, bytes and findings out."""
