"""The use cases: what the command line and other front ends call. They string the stages together."""
