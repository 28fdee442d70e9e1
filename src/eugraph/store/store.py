"""The store of one edition's triples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from eugraph.errors import (
    MalformedQueryError,
    QueryLimitError,
    SiteError,
)
from eugraph.store.answer import GRAPH_FORMATS, QUAD_FORMATS, RESULT_FORMATS, Answer
from eugraph.store.dataset import Dataset, Merged
from eugraph.store.describe import Names
from eugraph.store.diagnosis import formless, malformed, unanswerable
from eugraph.store.hint import Hint, hints
from eugraph.store.load import load
from eugraph.store.outline import Form, Outline, outline
from eugraph.store.update import Delta, update
from eugraph.vocabulary import IRI_BASE

BASE: Final = IRI_BASE + "id/"
"""What relative IRIs of a query resolve against, unless it says BASE itself."""

DEPTH: Final = 100
"""How deep a query may nest; the engine's parser was seen to overflow its stack at 5,000."""


_OF_ROWS: Final = tuple(RESULT_FORMATS)
_OF_TRIPLES: Final = (*GRAPH_FORMATS, *QUAD_FORMATS)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What stands in a triple, as the engine has it; of those published none is a blank node."""


class Store:
    """The triples of one edition, read by SPARQL 1.1.

    What always holds: the default graph has each triple of the named graphs
    exactly once. It is made when the store is, never by uniting the graphs
    while a query runs: the engine's own union counts a triple as often as it
    is told, so that a COUNT came out twelve times too large.
    """

    def __init__(self, store: ox.Store) -> None:
        """Take an open `store`; use `create`, `read_only` or `in_memory` instead."""
        self._store = store
        self._names = Names(store)
        self._merged = Merged(store)

    @classmethod
    def create(cls, path: Path, graphs: Mapping[str, str]) -> Self:
        """Make the store in the empty folder `path`: graph IRI → sorted N-Triples, and their union.

        Raises ValueError for a blank node, unsorted lines or broken N-Triples.
        """
        return cls(load(ox.Store(str(path)), graphs, optimize=True))

    def copy(self, path: Path) -> Self:
        """Return a store in `path` that tells what this one on the disk does, to be changed.

        What is not changed is shared between the two on the disk.
        """
        self._store.backup(str(path))
        return type(self)(ox.Store(str(path)))

    def change(self, old: Mapping[str, str], new: Mapping[str, str]) -> Delta:
        """Take the graphs `new` in the place of `old`; return what that changes by default.

        They are those that differ, as they were and as they are. The outcome is
        that of `create` with all graphs as they are now. Raises ValueError as
        `create` does.
        """
        delta = update(self._store, old, new)
        self._store.flush()
        return delta

    @classmethod
    def in_memory(cls, graphs: Mapping[str, str]) -> Self:
        """Return a store of the same content that lives in memory only."""
        return cls(load(ox.Store(), graphs, optimize=False))

    @classmethod
    def read_only(cls, path: Path) -> Self:
        """Open a finished store; any number of processes may.

        Raises SiteError if there is none at `path`.
        """
        try:
            return cls(ox.Store.read_only(str(path)))
        except (OSError, RuntimeError, ValueError) as error:
            raise SiteError(f"{path} holds no readable store ({error}); build again.") from error

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str = BASE,
        depth: int = DEPTH,
    ) -> Answer:
        """Return the answer to the query `text`.

        `default_graphs` and `named_graphs` replace the dataset, FROM clauses
        included (SPARQL 1.1 Protocol, section 2.1.4). Raises
        MalformedQueryError, RefusedQueryError or QueryLimitError; SiteError if
        the store cannot be read.
        """
        try:
            plan = outline(text, base=base, depth=depth)
        except MalformedQueryError as error:
            raise formless(error, text) from None
        dataset = Dataset.of(default_graphs, named_graphs) or plan.dataset
        _check_addresses((*dataset.default, *dataset.named))
        return self._answer(self._evaluate(text, base, dataset), plan, dataset)

    def _evaluate(
        self, text: str, base: str, dataset: Dataset
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        store = self._store
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]
        graphs = [ox.NamedNode(iri) for iri in dataset.default]
        try:
            if len(graphs) > 1:
                store, graphs = self._merged.of(dataset, text, base), [ox.DefaultGraph()]
            return store.query(
                text,
                base_iri=base,
                default_graph=graphs if dataset else None,
                named_graphs=[ox.NamedNode(iri) for iri in dataset.named] if dataset else None,
            )
        except SyntaxError as error:
            raise malformed(error, text) from error
        except MemoryError as error:
            raise QueryLimitError("The query outgrew its memory.", "query_memory") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise unanswerable(error, text, base) from error

    def _answer(
        self,
        results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
        plan: Outline,
        dataset: Dataset,
    ) -> Answer:
        if not isinstance(results, ox.QueryTriples):
            return Answer(_OF_ROWS, results)
        triples: Iterator[ox.Triple] = results
        if plan.form is Form.DESCRIBE:
            graphs = [ox.NamedNode(iri) for iri in dataset.default]
            triples = self._names.follow(results, graphs)
        return Answer(_OF_TRIPLES, triples, plan.prefixes)

    def hints(self, text: str, *, base: str = BASE) -> tuple[Hint, ...]:
        """Return why the query `text`, which found nothing, may have done so."""
        return hints(text, self._store, base=base)

    def select(self, text: str) -> Iterator[Mapping[str, Node]]:
        """Yield the solutions of the SELECT query `text`, unbound variables left out."""
        solutions = self._store.query(text, base_iri=BASE)
        if not isinstance(solutions, ox.QuerySolutions):
            raise MalformedQueryError("Only a SELECT query has solutions.")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            values = ((name, solution[name]) for name in names)
            yield {name: _node(value) for name, value in values if value is not None}

    def has(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> bool:
        """Tell whether the default graph has a triple with these terms."""
        found = self._store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())
        # The engine (0.5.13) was seen to find other objects, too, for the number 255.
        return any(
            (subject in (None, quad.subject)) and (value in (None, quad.object)) for quad in found
        )

    def about(self, iri: str) -> list[str]:
        """Return the triples of the default graph about `iri`, as sorted lines of N-Triples."""
        node = ox.NamedNode(iri)
        quads = self._store.quads_for_pattern(node, None, None, ox.DefaultGraph())
        return sorted(f"{quad.triple} .\n" for quad in quads if quad.subject == node)


def _check_addresses(graphs: Sequence[str]) -> None:
    """Refuse a graph of the dataset that names a file or the like.

    An unknown graph of the Web is empty, as the tests of the protocol have
    it: they name graphs that no server has. Nothing is ever fetched.
    """
    for iri in graphs:
        if not re.match(r"https?://", iri, re.IGNORECASE) or not _is_iri(iri):
            raise MalformedQueryError(f"<{iri}> names no graph of the Web; nothing else is read.")


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _node(value: object) -> Node:
    match value:
        case ox.NamedNode():
            return rdflib.URIRef(value.value)
        case ox.Literal() if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        case ox.Literal() if value.datatype == _STRING:
            return rdflib.Literal(value.value)
        case ox.Literal():
            return rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))
        case ox.BlankNode():
            return rdflib.BNode(value.value)
    raise TypeError(f"SPARQL 1.1 has no term such as {value!r}.")


_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
