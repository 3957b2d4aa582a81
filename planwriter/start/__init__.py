"""What keeps a short run short: value classes and enumerations without generated code, patterns that need not be compiled."""
