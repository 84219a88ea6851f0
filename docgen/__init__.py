"""Write the reference pages of the documentation site, from the library itself.

``annotations`` and ``facts`` ask the library what it knows of a type, ``examples`` finds a message
for it, ``construction`` writes the Python that makes the same value, ``type_page`` and
``index_pages`` put all of it into ``words``, and ``hook`` hands the pages to MkDocs. The pages are
never committed, so the reference always agrees with the code.
"""
