"""Turn the schema (``schema/*.yaml``) into the modules of ``realtime_models/wire/``.

Three steps, each a module: :mod:`codegen.load` reads and validates the schema, :mod:`codegen.form`
is the frozen intermediate form, and :mod:`codegen.emit` writes it as Python. Nothing is guessed:
what the form cannot express is an error in the schema.
"""
