"""What can be wrong: the finding, the catalogue of messages, how findings are shown, the page that explains each."""
