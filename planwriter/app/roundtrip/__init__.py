"""A .docx that people edited and its outline: compared, taken back, brought up to date, collected."""
