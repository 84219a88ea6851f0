"""Add the pages of the reference while MkDocs collects the files of the site."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

# MkDocs loads this file by its path; the packages beside it are not installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from docgen.pages import pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those in ``docs/``."""
    for path, text in pages():
        files.append(File.generated(config, f"reference/{path}", content=text))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Show the menu of the reference beside the pages of types, which are not in it."""
    front = files.src_uris["reference/index.md"].page
    for file in files.documentation_pages():
        if file.page and front and file.page not in nav.pages:
            file.page.parent = front.parent
