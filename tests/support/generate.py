"""Small schemas, written as YAML, and the packages that the generator makes of them."""

from __future__ import annotations

import dataclasses
import importlib.util
import inspect
import itertools
import re
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import write
from codegen.emit import emit
from codegen.load import load
from tests.support.paths import ROOT

_NUMBERS = itertools.count()


def write_schema(folder: Path, **modules: str) -> Path:
    """Return a folder with a schema file for each module, whose schemas are given as YAML.

    References may be short: `#/Toy` or `toys.yaml#/Toy`.
    """
    folder.mkdir(exist_ok=True)
    for name, schemas in modules.items():
        head = f"openapi: 3.1.0\ninfo:\n  description: The module {name}.\n"
        spelled = re.sub(r"#/(?=\w+[\"'])", "#/components/schemas/", schemas)
        body = textwrap.indent(textwrap.dedent(spelled), "    ")
        text = f"{head}components:\n  schemas:\n{body}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def write_modules(schema: Path, out: Path) -> None:
    """Write the modules of a schema as the generator does, but without their layout."""
    write(emit(load(schema)), out)


def generate(folder: Path, **modules: str) -> Any:
    """Return a copy of the library under another name, generated from the schemas, and imported."""
    package = folder / f"generated_{next(_NUMBERS)}"
    ignored = shutil.ignore_patterns("wire", "__pycache__")
    shutil.copytree(ROOT / "realtime_models", package, ignore=ignored)
    write_modules(write_schema(folder / "schema", **modules), package / "wire")
    spec = importlib.util.spec_from_file_location(package.name, package / "__init__.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[package.name] = module
    spec.loader.exec_module(module)
    return module


def parameters(model: Any) -> dict[str, str]:
    """Return the annotation and default of each parameter of ``__init__`` but ``extra``."""
    found: dict[str, str] = {}
    for name, parameter in inspect.signature(model).parameters.items():
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        found[name] = f"{parameter.annotation}{default}"
    assert found.pop("extra") == "RawObject = <>"
    return found


def attributes(model: Any) -> dict[str, str]:
    """Return the annotations of a model's attributes but ``extra``."""
    found = {field.name: str(field.type) for field in dataclasses.fields(model)}
    assert found.pop("extra") == "JsonMapping"
    return found


def refusal(package: Any, decode: Any, data: object) -> str:
    """Return the message of the error for data that cannot be decoded."""
    with pytest.raises(package.DecodeError) as info:
        decode(data)
    return str(info.value)


def notices(package: Any, name: str, data: object) -> list[tuple[str, str]]:
    """Return where data that can be decoded goes beyond its description, and how."""
    problems = package.check(name, data)
    assert {problem.severity for problem in problems} <= {"notice"}
    return [(problem.pointer, problem.code) for problem in problems]
