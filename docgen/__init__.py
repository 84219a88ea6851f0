"""Writes the reference pages of the documentation site, from the library itself.

``annotations`` and ``facts`` ask the library what it knows of a type, ``examples`` finds a message
for it, ``type_page`` and ``index_pages`` put both into ``words``, and ``hook`` hands the pages to
MkDocs. No page is ever committed: what the reference says is what the code does.
"""
