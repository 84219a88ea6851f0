"""Turns the schema (``schema/*.yaml``) into the modules of ``realtime_models/wire/``.

Three steps, each a module: :mod:`codegen.load` reads and proves the schema, :mod:`codegen.form`
is what it knows then, frozen, and :mod:`codegen.emit` writes it as Python. Nothing is guessed on
the way: what the form cannot express is an error of the schema.
"""
