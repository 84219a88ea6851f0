"""The adapters, each with its third-party library."""
