"""What the generated code leans on: private, hand-written, and imported in one direction.

From the ground up, each importing only those before it: ``sentinel`` (UNSET), ``errors``,
``json_values``, ``annotations`` (what they add to a type), ``problems`` (the messages),
``json_text``, ``decoding`` (what readers call), ``base`` (of models), ``shape`` (annotations,
read), ``construction`` (what ``__init__`` calls), ``slow_decoder``, ``notices``, ``fallback`` (a
reader, then the slow decoder), ``model`` (with ``Unknown``), ``request`` and ``conversion``.
"""
