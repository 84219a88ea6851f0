"""The page of one type: what it is, its fields or members, an example, and where it is used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import indent

from codegen.names import snake
from realtime_models._runtime.base import Model
from realtime_models._runtime.shape import model_shape, shape_of
from realtime_models.catalog import as_model, field_docs, find
from realtime_models.wire import HOMES

from .annotations import alias_hint, field_hints, references, to_markdown
from .construction import construction, decoding
from .examples import example
from .facts import events, is_beta, meaning, members, request_of, shown, tags, uses
from .words import breakable, first_sentence, joined, link, linked, title

__all__ = ["type_page"]


def type_page(name: str) -> str:
    """Return the page of the type of this name, in Markdown."""
    model = as_model(find(name))
    return joined(
        [
            _matter(name),
            *_head(name),
            *(_alias(name) if model is None else _class(model)),
            "## Example",
            _tab("JSON", "json", json.dumps(example(name), indent=2, ensure_ascii=False)),
            _tab("Decode", "python", decoding(name)),
            _tab("Construct", "python", construction(name)),
            *_uses(name),
        ]
    )


def _matter(name: str) -> str:
    """Return the page's metadata: its title, and tags for the search.

    The search finds an event by its name, and the current API before the beta.
    """
    boost = 0.5 if is_beta(name) else 1
    facts = [f"title: {shown(name)}", f"tags: {json.dumps(events(name))}"]
    facts += [f"search: {{boost: {boost}}}"]
    return "\n".join(["---", *facts, "---"])


def _head(name: str) -> Iterator[str]:
    area = HOMES[name]
    yield f"[Reference](index.md) / [{title(area)}]({area}.md)\n{{: .crumbs }}"
    yield f"# {breakable(shown(name))} {{ .name }}"
    yield linked(meaning(name), name)
    tagged = "".join(f"Event `{tag}`. " for tag in events(name))
    schema = "of the same name" if shown(name) == name else breakable(name)
    places = f"`schema/{area}.yaml`, code in `wire/{area}.py`"
    yield f"{tagged}Schema {schema} in {places}.\n{{: .origin }}"


def _class(model: type[Model]) -> Iterator[str]:
    name = model.__name__
    request = request_of(model)
    if request is not None:
        yield f"`to_request()` returns what may be sent: {link(request)}."
    yield "## Fields"
    docs, hints = field_docs(model), field_hints(model)
    for field, shape in model_shape(model).fields.items():
        flags = ["required" if shape.required else "optional"]
        flags += ["only servers send it"] * (field in model._read_only)
        flags += ["hidden by `repr`"] * (field in model._hidden)
        yield f"### {field} {{ #{field} .name }}"
        yield f"{to_markdown(hints[field], link)} *{', '.join(flags)}*\n{{: .field }}"
        yield linked(docs[field], name)


def _alias(name: str) -> Iterator[str]:
    functions = [function for function in HOMES if _is_of(function, name)]
    yield f"`{'`, `'.join(functions)}`\n{{: .functions }}"
    shape = shape_of(find(name))
    union = members(name)
    inside = {other for _, other in references(name)}
    if len(union) < 2 or len(shape.cases) > 1 or inside != {one.__name__ for one in union}:
        # A list of members cannot show other JSON types, or unions in the union.
        yield "## Definition"
        yield f"{to_markdown(alias_hint(name), link)}\n{{: .field }}"
    if len(union) > 1:
        yield "## Members"
        yield from (_entry(one) for one in union)
    if any(case.unknown for case in shape.cases.values()):
        yield f"Any other object is decoded as {link('Unknown')}."


def _entry(model: type[Model]) -> str:
    """Return the entry of a union's member: its tags, and what it is."""
    names = [" or ".join(f"`{value}`" for value in values) for values in tags(model)]
    what = first_sentence(meaning(model.__name__))
    return f"{', '.join(names) or '*no tag*'}\n:   {link(model.__name__)}\n:   {what}"


def _tab(label: str, language: str, code: str) -> str:
    """Return a block of code in a tab; neighbours share one place on the page."""
    return f'=== "{label}"\n\n' + indent(f"```{language}\n{code}\n```", "    ")


def _uses(name: str) -> Iterator[str]:
    if name in uses():
        yield "## Used in"
        yield "\n".join(f"- {link(use.type_name, use.field)}" for use in uses()[name])


def _is_of(function: str, name: str) -> bool:
    """Whether a function is one of those named after an alias."""
    return function.rpartition("_from_")[0] == snake(name) or function == f"{snake(name)}_to_dict"
