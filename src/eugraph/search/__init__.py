"""The side index of an edition: its lists with facets, its names and the sentences of its texts.

One SQLite file beside the store, filled while the edition is made, from
nothing or from that of the edition before, and never altered after: what
lists, facets and full text need is a look-up there and no scan of the graph.
SQLite and its full-text search (FTS5) come with Python. What can be listed,
and narrowed by what, is data (`data/lists/lists.toml`): the same patterns fill
the index, tell what a change reaches, and make the query behind a page, so
that all give the same.
"""

from eugraph.search.full_text import KINDS, FullText, Hit, Narrowed
from eugraph.search.index import FILE, Change, derive_index, write_index
from eugraph.search.lists import Facet, Listed, lists, query_of, short_query_of
from eugraph.search.look_up import Choice, Entry, Index, Page, Related

__all__ = [
    "FILE",
    "KINDS",
    "Change",
    "Choice",
    "Entry",
    "Facet",
    "FullText",
    "Hit",
    "Index",
    "Listed",
    "Narrowed",
    "Page",
    "Related",
    "derive_index",
    "lists",
    "query_of",
    "short_query_of",
    "write_index",
]
