"""What bureaus want changed in a plan that was sent to them: collected, shown in one copy, accepted."""
