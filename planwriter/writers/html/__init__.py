"""The HTML writer: a document as one web page."""
