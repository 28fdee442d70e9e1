"""The example queries: `data/examples/*.ttl`, one file a query, with words in several languages.

Each is a `sh:SPARQLExecutable`, described as the SIB's collections do it
(https://github.com/sib-swiss/sparql-examples), so that editors made for those
find ours. The files leave the prefixes out; each query gets those that it uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from rdflib import DCTERMS, RDF, RDFS, SH, Graph, Literal, URIRef

from eugraph.shipped import shipped
from eugraph.vocabulary import SCHEMA, with_prefixes

_FORMS: Final = (SH.select, SH.ask, SH.construct)
_BASE: Final = "https://example.org/"


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """An example: the name of its file, its form, titles and explanations by language, the query.

    `form` is the local name of the SHACL property that holds it: `select`,
    `ask` or `construct`.
    """

    name: str
    form: str
    titles: Mapping[str, str]
    comments: Mapping[str, str]
    query: str


@cache
def example_queries() -> tuple[ExampleQuery, ...]:
    """Return the example queries, by name."""
    return tuple(_read(path.stem) for path in sorted(shipped("data/examples").glob("*.ttl")))


def describe_examples(folder: str, endpoint: str, names: frozenset[str] | None = None) -> Graph:
    """Return the examples as RDF: those called `names`, or all.

    `folder` is the address they are published below, ending in a slash;
    `endpoint` is that of the service they are for.
    """
    graph = Graph()
    for example in example_queries():
        if names is None or example.name in names:
            _describe(graph, example, folder, endpoint)
    return graph


def _describe(graph: Graph, example: ExampleQuery, folder: str, endpoint: str) -> None:
    node = URIRef(folder + example.name)
    kind = URIRef(f"{SH}SPARQL{example.form.capitalize()}Executable")
    for predicate, value in (
        (RDF.type, SH.SPARQLExecutable),
        (RDF.type, kind),
        (URIRef(f"{SH}{example.form}"), Literal(example.query)),
        (SCHEMA.target, URIRef(endpoint)),
        (DCTERMS.isPartOf, URIRef(folder)),
    ):
        graph.add((node, predicate, value))
    for predicate, texts in ((RDFS.label, example.titles), (RDFS.comment, example.comments)):
        for language, text in texts.items():
            graph.add((node, predicate, Literal(text, lang=language)))


def _read(name: str) -> ExampleQuery:
    graph = Graph().parse(shipped(f"data/examples/{name}.ttl"), format="turtle", publicID=_BASE)
    node = URIRef(_BASE + name)
    form = next(form for form in _FORMS if (node, form, None) in graph)
    return ExampleQuery(
        name,
        str(form).rpartition("#")[2],
        _texts(graph, node, RDFS.label),
        _texts(graph, node, RDFS.comment),
        with_prefixes(str(graph.value(node, form))) + "\n",
    )


def _texts(graph: Graph, node: URIRef, predicate: URIRef) -> dict[str, str]:
    texts = (o for o in graph.objects(node, predicate) if isinstance(o, Literal))
    return {str(text.language): str(text) for text in texts}
