"""Foreign texts → outlines: a file becomes a script of lines, the script one or more outlines, an outline its YAML."""
