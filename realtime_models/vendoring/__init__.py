"""Copies of this library for places without ``pip``: all of it, or one module with a few types.

One module comes about in four steps, each a module here: ``modules`` reads which definitions
every module has and which names they use (``scopes``); ``selection`` takes those that the wanted
names lead to; ``naming`` gives each a name of its own; ``printing`` writes them down. On the way a
definition's text is changed only by ``edits`` at places that the syntax tree tells: ``strip``,
``compact`` (with the base in ``dense``) and ``members`` make it smaller, and ``single`` takes the
place of the registry. ``onefile`` does all that; ``package`` gives the whole library; ``copying``
keeps either on disk, under a ``stamp`` that says for which ``wish`` it was written.
"""
