"""Copies of the library in the places that they are made for: ``tox`` runs them as ``vendor-…``.

``python -m tests.places NAME…`` makes a copy of the whole library and some of one file, takes them
to each place, and runs the cases of ``tests/data`` on them by ``tests/portable.py``; with
``--suite`` the tests of the core, too. In all places the original cannot be imported.
"""
