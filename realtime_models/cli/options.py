"""The commands and their arguments."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final, Literal

from ..catalog import find_name
from ..vendoring.header import ADAPTERS

NAME: Final = "a name, the type of an event (response.done), or a class of the official SDK"


class Options(Namespace):
    """The arguments; each is present if the command has it. :mod:`argparse` does not type them."""

    command: str
    name: str
    files: list[str]
    type_name: str | None = None
    strict: bool
    api: str | None
    all: bool
    format: str
    words: list[str]
    destination: str
    names: list[str]
    adapters: list[str] | None
    only: bool
    to: Literal["ga", "beta"]
    check: bool


def add_commands(parser: ArgumentParser) -> None:
    """Add the commands and their arguments."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("check", help="check JSON, JSON Lines and logs against the API")
    command.description = (
        "Check the JSON of files against the API: JSON, JSON Lines, and logs that have JSON in"
        " their lines, also compressed by gzip. Each object's type is found from the object."
        " Exit status: 0 clean, 1 problems, 2 unusable input."
    )
    _add_files(command, "report what goes beyond the API's description, too")
    command.add_argument("--all", action="store_true", help="print each of several equal problems")
    command.add_argument("--api", choices=("ga", "beta", "translation"), help="of all events")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command = commands.add_parser("list", help="list the types, by module, with counts")
    command.add_argument("words", nargs="*", metavar="WORD", help="only types that contain it")
    command = commands.add_parser("show", help="show the fields of a type, and what they mean")
    command.add_argument("name", metavar="NAME", help=NAME)
    command = commands.add_parser("schema", help="print the JSON Schema of a type")
    command.add_argument("name", metavar="NAME", help=NAME)
    command = commands.add_parser("convert", help="convert from the beta, or to it")
    command.description = (
        "Print the documents of files in the other form of the API, one a line, and tell on"
        " standard error what has no place there. Exit status: 0 converted, 1 a document that"
        " cannot be decoded, which is left out, 2 unusable input."
    )
    _add_files(command, "exit with 1 if anything is lost")
    forms = ("ga", "beta")
    command.add_argument("--to", choices=forms, required=True, help="the form that is wanted")
    command = commands.add_parser("vendor", help="copy the library, or some types as one file")
    command.description = (
        "Copy the library into the folder DEST, or the types NAME, with everything they need, into"
        " the file DEST. An existing copy is updated, and keeps its NAMEs and adapters. With"
        " --check, the exit status is 0 current, 1 outdated, 3 edited, 4 missing, 5 not a copy,"
        " 6 newer than this library, 7 interrupted."
    )
    several = "; UNION=MEMBER,MEMBER keeps only these members of a union"
    command.add_argument("destination", metavar="DEST", help="a folder, or a file ending with .py")
    command.add_argument("names", nargs="*", metavar="NAME", help=f"{NAME}, or a function{several}")
    command.add_argument(
        "--adapter", dest="adapters", action="append", choices=ADAPTERS, help="also copy an adapter"
    )
    command.add_argument("--only", action="store_true", help="remove what is not named here")
    command.add_argument("--check", action="store_true", help="report the state of DEST only")


def _add_files(command: ArgumentParser, strict: str) -> None:
    """Add what all commands have that read files."""
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
    of_all = "the type of all documents"
    command.add_argument("--as", dest="type_name", type=find_name, metavar="NAME", help=of_all)
    command.add_argument("--strict", action="store_true", help=strict)
