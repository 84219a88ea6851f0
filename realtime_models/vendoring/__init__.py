"""Copies of this library for places without ``pip``: all of it, or one file with a few types.

A copy holds the library's own text. ``definitions`` reads the statements at the top of its modules
(``sources``) and the names they use; ``onefile`` takes those that the named types lead to, in
order; ``unions`` leaves variants out of a union; ``folder`` gives the whole library. ``copying``
puts either on disk, under a ``header`` that says what it is and which command wrote it.
"""
