"""The files that can be imported, each read into a `Script`."""
