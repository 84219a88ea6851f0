"""Copies of this library for places without ``pip``: all of it, or one file with a few types.

``definitions`` reads what stands at the top of the library's modules; ``onefile`` takes what some
types lead to, letter by letter; ``unions`` leaves variants out; ``folder`` gives the whole library.
``copying`` puts either on disk, under a ``header`` that says which command wrote it.
"""
