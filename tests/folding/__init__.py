"""``Conversation`` folds events into items, responses and usage."""
