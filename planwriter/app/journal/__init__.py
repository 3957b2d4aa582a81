"""The files of the author as commands change them: every change is noted, and can be taken back."""
