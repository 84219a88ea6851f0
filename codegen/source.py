"""Read the schema files as YAML, and check what connects them: their names and references."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Hashable, Mapping

import yaml

from .node import Node, SchemaError


class _Loader(yaml.SafeLoader):
    """Refuses duplicate keys in a mapping; YAML would take the last one."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        known: set[str] = set()
        for child, _ in node.value:
            key = repr(self.construct_object(child, deep=True))
            if key in known:
                problem = f"the key {key} is a duplicate"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=child.start_mark)
            known.add(key)
        return super().construct_mapping(node, deep)


def read_root(name: str, content: bytes) -> Node:
    """Return the node of the schema file from which the module ``name`` is made."""
    if not re.fullmatch("[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise SchemaError(f"/{name}: no module can be called {name}: rename {name}.yaml")
    if name in sys.stdlib_module_names:
        raise SchemaError(f"/{name}: the standard library has a module {name}: rename {name}.yaml")
    root = Node({name: read_yaml(name, content)}, "").child(name)
    root.only("openapi", "info", "components")
    return root


def read_yaml(name: str, content: bytes) -> object:
    """Return the content of the schema file ``name``; raise :class:`SchemaError` with the line."""
    try:
        data: object = yaml.load(content, _Loader)
    except yaml.YAMLError as error:
        match error:
            case yaml.MarkedYAMLError(problem=str(problem), problem_mark=yaml.Mark(line=line)):
                text = f"line {line + 1}: {problem}"
            case _:
                text = " ".join(str(error).split())
        raise SchemaError(f"/{name}: {text}") from None
    return data


def validate_references(node: Node, roots: Mapping[str, Node]) -> None:
    """Check that each reference inside a node leads to a schema of the file that it names."""
    for key, value in node.data.items():
        if key == "$ref" and isinstance(value, str):
            found = re.fullmatch(r"(?:(\w+)\.yaml)?#/components/schemas/(\w+)", value)
            if found is None:
                raise node.error(f"$ref must be FILE.yaml#/components/schemas/NAME, not {value}")
            home = found[1] or node.place.split("/")[1]
            if home not in roots:
                raise node.error(f"there is no file {home}.yaml")
            if found[2] not in _names(roots[home]):
                others = [name for name, root in roots.items() if found[2] in _names(root)]
                where = f"; {others[0]}.yaml has" if others else ""
                raise node.error(f"{home}.yaml has no schema {found[2]}{where}")
        elif key != "default":
            for place, child in _children(str(key), value):
                validate_references(Node(child, f"{node.place}/{place}"), roots)


def _children(key: str, value: object) -> list[tuple[str, dict[object, object]]]:
    """Return the mappings in a value, each with its place."""
    members = enumerate(value) if isinstance(value, list) else ()
    places = [(key, value), *((f"{key}/{index}", member) for index, member in members)]
    return [(place, child) for place, child in places if isinstance(child, dict)]


def _names(root: Node) -> set[str]:
    return {name for name, _ in root.child("components").children("schemas")}
