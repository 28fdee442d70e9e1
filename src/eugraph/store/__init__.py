"""The published triples, and the only door to pyoxigraph.

pyoxigraph, because it is Oxigraph's engine as a plain wheel: 793 of the 820
W3C query tests, 5 to 800 times faster than rdflib, releases the interpreter
lock. What it cannot do shapes this package: it unites graphs without merging
what they share (`graphs` merges them when a store is made), it has no switch
for SERVICE and dies of deep nesting (`outline` looks at a query first), it
has no row limit (`rows`), and nothing stops a running query, for which
`eugraph.workers` is there.
"""

from __future__ import annotations

from eugraph.store.answer import GRAPH_FORMATS, QUAD_FORMATS, RESULT_FORMATS, Answer
from eugraph.store.document import DOCUMENT, read_document
from eugraph.store.formats import convert, serialize, serialize_quads
from eugraph.store.graphs import flaw_of, merged
from eugraph.store.hint import Hint
from eugraph.store.nanopublications import write_nanopublications
from eugraph.store.outline import Form, Outline, outline
from eugraph.store.recount import recount
from eugraph.store.rows import is_empty
from eugraph.store.statistics import Statistics, count
from eugraph.store.store import BASE, DEPTH, Store
from eugraph.store.triple_terms import write_triple_terms
from eugraph.store.update import Delta

__all__ = [
    "BASE",
    "DEPTH",
    "DOCUMENT",
    "GRAPH_FORMATS",
    "QUAD_FORMATS",
    "RESULT_FORMATS",
    "Answer",
    "Delta",
    "Form",
    "Hint",
    "Outline",
    "Statistics",
    "Store",
    "convert",
    "count",
    "flaw_of",
    "is_empty",
    "merged",
    "outline",
    "read_document",
    "recount",
    "serialize",
    "serialize_quads",
    "write_nanopublications",
    "write_triple_terms",
]
