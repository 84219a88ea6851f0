"""What every model is: a dataclass, immutable, shared, sent, and shown without its secrets."""
