"""Copies of this library for places without ``pip``: all of it, or one module with a few types.

One module comes about in four steps, each a module here: ``modules`` reads which definitions
every module has and which names they use (``scopes``); ``selection`` takes those that the wanted
names lead to; ``naming`` gives each a name of its own; ``printing`` writes them down. On the way a
definition's text is changed only by ``edits`` at places that the syntax tree tells: ``strip`` and
``members`` make it smaller. ``onefile`` does all that, on one of two libraries: that of modules
which ``compact`` has put in few lines, with the runtime in the package of that name, or this one,
in which ``single`` takes the place of the registry. ``squeeze`` takes white space away; ``package``
gives the whole library; ``copying`` keeps either on disk, under a ``stamp`` that says for which
``wish`` it was written.
"""
