"""A whole session on real components, in a tox environment of its own.

The official client and a client made of our types talk, over real connections, to the server of
``examples/loopback``. ``python -m tests.conversation`` prints the conversation.
"""
