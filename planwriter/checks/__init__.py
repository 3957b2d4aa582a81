"""The rules a plan must keep: on its outline, on the composed text, on any text."""
