"""Against the newest official SDK, in a tox environment of its own."""
