"""Checks the figures of the composed text against the targets and against each other; one module for each family of rules."""
