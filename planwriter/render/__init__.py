"""The writers: from a document to what is handed out. One writer a module."""
