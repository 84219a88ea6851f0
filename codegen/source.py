"""Read a schema file as YAML, and refuse duplicate keys."""

from __future__ import annotations

from collections.abc import Hashable

import yaml

from .node import SchemaError


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
