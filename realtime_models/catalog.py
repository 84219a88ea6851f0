"""Public names: what each stands for, and the words of its docstrings.

This stands above the generated modules: a name is looked up by importing the one it lives in.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Final

from . import _SHORT_NAMES
from ._runtime.annotations import is_class
from ._runtime.base import Base
from ._runtime.model import Model
from ._runtime.shape import model_shape
from .wire import HOMES

EVENT: Final = re.compile(r"Realtime(Beta|Translation|)(?:Server|Client)Event(\w+)")
"""The name of an event's class: whose event it is, and which."""
BARE: Final = re.compile(
    r"(Response)?Mcp\w+|ConversationItem(Added|Done)|\w+Segment|\w+TimeoutTriggered"
)
"""The events whose classes in the official SDK have no ``Event`` at the end, nor a beta twin."""
ABSENT: Final = re.compile(
    r"Realtime(Server|Client)EventTranscriptionSession\w+|\w+TranscriptionSessionCreated"
)
"""The events that the official SDK leaves out."""
BARE_IN_BOTH: Final = re.compile(
    r"ConversationItemRetrieved|OutputAudioBuffer(Start|Stopp|Clear)ed"
)
BARE_IN_BETA: Final = re.compile(r"OutputAudioBufferClear|TranscriptionSessionUpdate")


class UnknownName(LookupError):
    """No type has this name."""


def find(name: str) -> object:
    """Return the model, alias or function of this name; raise ``LookupError`` if there is none."""
    if name not in HOMES:
        raise UnknownName(f"no type is called {name}")
    found: object = getattr(import_module(home(name)), name)
    return found


def find_type(type_or_name: object) -> object:
    """Return an annotation as it is, and what a name stands for."""
    return find(type_or_name) if isinstance(type_or_name, str) else type_or_name


def home(name: str) -> str:
    """Return the full name of the module in which a name is defined."""
    return f"{__package__}.wire.{HOMES[name]}"


def type_names() -> Iterator[str]:
    """Return the names of all models and aliases, in the order of the alphabet."""
    return (name for name in HOMES if name[0].isupper())


def tags_of(name: str) -> tuple[str, ...]:
    """Return the values of ``type`` by which a model is known; none for an alias."""
    model = as_model(find(name))
    tags = model_shape(model).tags.get("type", ()) if model else ()
    return tuple([str(tag) for tag in tags])


def sdk_name(name: str) -> str | None:
    """Return what the official Python SDK calls the class of an event; ``None`` if it has none.

    Its beta classes have the names of the current ones, in another module.
    """
    match = EVENT.fullmatch(name)
    if match is None or not tags_of(name):
        return None
    api: str = match[1]
    event: str = match[2].replace("MCP", "Mcp")
    if event == "Error":
        return "ErrorEvent" if api == "Beta" else "RealtimeErrorEvent"
    if api == "Translation":
        return f"RealtimeTranslation{re.sub('^Session(?=Input|Output)', '', event)}Event"
    if ABSENT.fullmatch(name) or (api == "Beta" and BARE.fullmatch(event)):
        return None
    bare = BARE_IN_BETA if api == "Beta" else BARE
    return event if bare.fullmatch(event) or BARE_IN_BOTH.fullmatch(event) else f"{event}Event"


def find_names(word: str) -> list[str]:
    """Return the types that a word means: the current API's first, none if it means none.

    A word is a name or short name, the ``type`` of an object (``response.done``), or what the
    official SDK calls a class (``ResponseDoneEvent``), in capital letters or not.
    """
    return [word] if word in set(type_names()) else _find_by_word().get(word.casefold(), [])


def find_name(word: str) -> str:
    """Return the first type that a word means; raise ``LookupError`` with words like it."""
    found = find_names(word)
    if found:
        return found[0]
    import difflib  # Only mistakes need it.

    by_word = _find_by_word()
    likely = [
        next(written for written in _words_for(by_word[key][0]) if written.casefold() == key)
        for key in difflib.get_close_matches(word.casefold(), by_word)
    ]
    hint = f"; is it {' or '.join(likely)}?" if likely else ""
    raise UnknownName(f"no type is called {word}{hint}")


def _find_by_word() -> Mapping[str, list[str]]:
    """The types by each word for them: those of the current API before the others."""
    names = list(type_names())
    beta = [name for name in names if name.startswith("RealtimeBeta")]
    translation = [name for name in names if name.startswith("RealtimeTranslation")]
    others = {*beta, *translation}
    found: dict[str, list[str]] = {}
    for name in [*(name for name in names if name not in others), *translation, *beta]:
        for word in sorted({word.casefold() for word in _words_for(name)}):
            found.setdefault(word, []).append(name)
    return found


def _words_for(name: str) -> list[str]:
    message = re.sub("Message(User|System|Assistant)$", r"\1Message", name)
    short = [short for short, own in _SHORT_NAMES.items() if own == name]
    sdk = sdk_name(name) or message
    return [name, *short, *tags_of(name), sdk, message.removeprefix("Realtime")]


def as_model(found: object) -> type[Model] | None:
    """Return what was found, if it is a model; ``None`` for an alias."""
    return found if is_class(found) and issubclass(found, Model) else None


def alias_doc(name: str) -> str:
    """Return what the alias of this name stands for; empty without source."""
    return _words(_docs(home(name)).get(name, ""))


def model_doc(model: type[object]) -> str:
    """Return what a model is; empty without docstrings."""
    return _words(inspect.getdoc(model) or "")


def field_docs(model: type[Base]) -> Mapping[str, str]:
    """Return what the fields of a model mean, by name; empty without source."""
    prefix = f"{model.__name__}."
    found = _docs(model.__module__)
    return {
        key.removeprefix(prefix): _line(doc) for key, doc in found.items() if key.startswith(prefix)
    }


def _read_docs(module: str) -> Mapping[str, str]:
    """The strings under a module's names: aliases by name, fields by ``Class.field``."""
    try:
        tree = ast.parse(inspect.getsource(import_module(module)))
    except OSError:  # Only bytecode is there.
        return {}
    bodies = [(f"{node.name}.", node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
    found: dict[str, str] = {}
    for prefix, body in [("", tree.body), *bodies]:
        for target, text in pairwise(body):
            match target, text:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                    value=ast.Constant(value=str(doc))
                ):
                    found[prefix + name] = inspect.cleandoc(doc)
                case _:
                    pass
    return found


# Not as a decorator: that would forget the types of the parameters.
_docs: Final[Callable[[str], Mapping[str, str]]] = cache(_read_docs)


def _words(doc: str) -> str:
    """The description in a docstring, without the line that names the schema."""
    return _line(doc.partition("\n\nSchema:")[0])


def _line(text: str) -> str:
    return text.replace("\n", " ")
