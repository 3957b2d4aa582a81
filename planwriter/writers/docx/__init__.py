"""The .docx writer: a document as WordprocessingML in the base made from its layout."""
