"""The library in few lines: the base of the types in a compact module, and all that they need.

Copies for which size counts are made of this. A class says its fields in one line each, and no
code is written out for it: ``fields`` has the forms of a field, ``models`` the bases; ``shapes``
reads annotations; ``reading`` walks a message beside them, to decode and to check it at once, and
``report`` tells what is wrong. ``decoding`` is the way in; ``aliases`` and ``sending`` do what the
functions of an alias and ``to_request`` do. Values, problems and JSON are those of the written-out
code; it only takes longer.
"""

from .decoding import check
from .models import Unknown
from .values import JsonObject

__all__ = ["JsonObject", "Unknown", "check"]
