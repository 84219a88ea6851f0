"""Copy this library to places without ``pip``: all of it, or one file with a few types.

``definitions`` reads the definitions in the library's modules; ``onefile`` copies those that some
types need. ``copying`` copies the whole library, writes the files and checks them later, by a
``header`` that records the command.
"""
