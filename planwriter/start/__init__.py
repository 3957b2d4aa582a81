"""What keeps a short run short: value classes without generated code."""
