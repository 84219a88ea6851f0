"""Every model is a dataclass, immutable, safe to share and to send, and hides its secrets."""
