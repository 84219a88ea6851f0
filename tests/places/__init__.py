"""Copies of the library in the places for which they are made: ``tox`` runs each as ``vendor-…``.

``python -m tests.places NAME`` makes a copy, takes it there, and runs the tests on it: those of
the core under pytest where that can go, and the cases of ``tests/data`` by ``tests/portable.py``.
In all places the original cannot be imported.
"""
