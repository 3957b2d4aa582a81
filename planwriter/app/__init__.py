"""The use cases that the command line and other front ends call; each runs the stages in order."""
