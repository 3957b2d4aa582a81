"""From a document to bytes: one module or folder for each format."""
