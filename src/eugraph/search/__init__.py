"""The side index of an edition: its lists with facets, its names and the sentences of its texts.

One SQLite file beside the store, filled once while the edition is made and
never altered after: what lists, facets and full text need is a look-up there
and no scan of the graph. SQLite and its full-text search (FTS5) come with
Python. What can be listed, and narrowed by what, is data
(`data/lists/lists.toml`): the same patterns fill the index and make the query
behind a page, so that both give the same.
"""

from eugraph.search.index import FILE, write_index
from eugraph.search.lists import Facet, Listed, lists, query_of
from eugraph.search.look_up import Choice, Entry, Hit, Index, Page, Related

__all__ = [
    "FILE",
    "Choice",
    "Entry",
    "Facet",
    "Hit",
    "Index",
    "Listed",
    "Page",
    "Related",
    "lists",
    "query_of",
    "write_index",
]
