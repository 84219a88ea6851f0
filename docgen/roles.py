"""Turn the roles in docstrings into Markdown, for mkdocstrings."""

from __future__ import annotations

import re

from griffe import Extension, Object


class Roles(Extension):
    """Replaces a role such as ``:class:`Name``` by the code that it marks."""

    def on_object(self, *, obj: Object, **kwargs: object) -> None:
        if obj.docstring is not None:
            obj.docstring.value = re.sub(r":\w+:(?=`)", "", obj.docstring.value)
