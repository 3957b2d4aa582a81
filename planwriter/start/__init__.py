"""What keeps a short run short: value classes without generated code, patterns compiled when they are first used."""
