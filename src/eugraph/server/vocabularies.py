"""The ontology, the shapes and the concept schemes, from their own files.

Not from the store, which would normalise numbers and has no blank nodes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, Response, redirect, render_template
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.errors import SiteError
from eugraph.server.interface import language
from eugraph.server.negotiation import GRAPH_ALIASES
from eugraph.server.plain import plain_page
from eugraph.server.representations import (
    RDF_FORMATS,
    choose,
    conditional,
    links,
    represent,
    turtle,
)
from eugraph.server.source import Source
from eugraph.server.uses import Use, uses_of_concepts, uses_of_properties
from eugraph.shipped import shipped
from eugraph.store import convert
from eugraph.triples.ntriples import split_ntriples, to_ntriples
from eugraph.vocabulary import IRI_BASE

_ALIGNMENTS = "ontology/alignments"
_LABELS = (RDFS.label, SKOS.prefLabel, DCTERMS.title, SH.name)
_RELATIONS = (  # each under the key that `data/interface` has of it
    ("domain", RDFS.domain),
    ("range", RDFS.range),
    ("sub-class-of", RDFS.subClassOf),
    ("sub-property-of", RDFS.subPropertyOf),
    ("inverse-of", OWL.inverseOf),
    ("exact-match", SKOS.exactMatch),
    ("close-match", SKOS.closeMatch),
    ("broad-match", SKOS.broadMatch),
    ("narrow-match", SKOS.narrowMatch),
    ("related-match", SKOS.relatedMatch),
)
_USED = ("Class", "Property", "Concept")
"""The ends of the kinds of term that data uses."""

_TEXTS = (SKOS.definition, RDFS.comment, DCTERMS.description, SH.message)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as its page shows it; `kind` is what it is.

    `relations` are the IRIs it is joined to, here and in other vocabularies, by
    the key of the word for how; `examples` are lines of Turtle.
    """

    iri: str
    name: str
    kind: str
    label: str
    text: str
    relations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    examples: tuple[str, ...] = ()


def vocabularies_blueprint(source: Source) -> Blueprint:
    """Return `/ontology`, `/shapes`, each as of its version, and `/vocab/…`."""
    blueprint = Blueprint("vocabularies", __name__)

    @blueprint.get("/<any(ontology, shapes):name>")
    @blueprint.get("/<any(ontology, shapes):name>.<extension>")
    def vocabulary(name: str, extension: str = "") -> Response:
        """Return the ontology or the shapes."""
        return _document(source, name, name, extension)

    @blueprint.get("/ontology/alignments")
    @blueprint.get("/ontology/alignments.<extension>")
    def alignments(extension: str = "") -> Response:
        """Return how the terms relate to those of other vocabularies."""
        return _document(source, _ALIGNMENTS, _ALIGNMENTS, extension)

    @blueprint.get("/<any(ontology, shapes):name>/<version>")
    @blueprint.get("/ontology/<any(alignments):module>/<version>")
    def version(version: str, name: str = "ontology", module: str = "") -> BaseResponse:
        """Lead from the IRI of the version that there is to what it is of."""
        path = "/".join(filter(None, (name, module)))
        if (None, OWL.versionIRI, URIRef(f"{IRI_BASE}{path}/{version}")) not in _graph(path):
            raise NotFound(f"There is no version {version} of {path} here.")
        return redirect(source.prefix + path, 303)

    @blueprint.get("/vocab/")
    def schemes() -> Response:
        """Say which concept schemes there are."""
        path, lines = source.prefix + "vocab/", _heads()
        return represent(
            lines, lambda: plain_page("schemes", turtle(lines), path, RDF_FORMATS), path=path
        )

    @blueprint.get("/vocab/<scheme>")
    @blueprint.get("/vocab/<scheme>.<extension>")
    @blueprint.get("/vocab/<scheme>/<concept>")
    @blueprint.get("/vocab/<scheme>/<concept>.<extension>")
    def vocab(scheme: str, concept: str = "", extension: str = "") -> Response:
        """Return a concept scheme; of a concept, the scheme that tells of it."""
        path = "/".join(filter(None, ("vocab", scheme, concept)))
        if scheme not in _schemes() or (concept and not _defines(scheme, concept)):
            raise NotFound(f"There is no {path}; there are {', '.join(sorted(_schemes()))}.")
        return _document(source, f"vocab/{scheme}", path, extension)

    return blueprint


@cache
def _heads() -> list[str]:
    """Return what the concept schemes say of themselves, less their concepts, as lines."""
    heads = Graph()
    for name in sorted(_schemes()):
        graph = _graph(f"vocab/{name}")
        for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
            for predicate, value in graph.predicate_objects(scheme):
                if predicate != SKOS.hasTopConcept:
                    heads.add((scheme, predicate, value))
    return [line + "\n" for line in split_ntriples(to_ntriples(heads))]


@cache
def described(tag: str) -> Mapping[str, tuple[str, str, str]]:
    """Return every term of ontology and concept schemes: IRI → kind, label, definition.

    Kinds are `class`, `property` and `constant`; label and definition are in
    the language `tag` where there is one.
    """
    kinds = {"Class": "class", "Concept": "constant"}
    names = ("ontology", *(f"vocab/{scheme}" for scheme in sorted(_schemes())))
    return {
        str(term.iri): (
            kinds.get(term.kind, "property" if term.kind.endswith("Property") else ""),
            term.label,
            term.text,
        )
        for name in names
        for term in _terms(name, tag)
    }


def _document(source: Source, name: str, path: str, extension: str) -> Response:
    offered = [*RDF_FORMATS, "text/html"]
    media_type = choose(offered, GRAPH_ALIASES, extension)
    if media_type == "text/html":
        answer = conditional(_page(source, name, path).encode(), media_type)
    else:
        answer = conditional(_serialized(name, media_type), media_type)
    answer.headers["Link"] = links(source.prefix + path, offered, but=media_type)
    return answer


def _page(source: Source, name: str, path: str) -> str:
    """Return the page of a vocabulary, or of one concept; one of axioms alone shows them."""
    if name == _ALIGNMENTS:
        text = _turtle(name).decode()
        return plain_page("alignments", text, source.prefix + name, RDF_FORMATS)
    terms = _terms(name, language())
    if path != name:  # one concept of a scheme
        terms = tuple(term for term in terms if term.name == path)
    used, examples = _used(source, terms)
    return render_template(
        "vocabulary.html",
        name=name,
        path=path,
        terms=terms,
        used=used,
        examples=examples,
        href=source.href,
        base=IRI_BASE,
    )


def _used(source: Source, terms: Iterable[Term]) -> tuple[Mapping[str, int], Mapping[str, Use]]:
    """Return how often terms are used in the edition, and examples; nothing if there is none."""
    try:
        edition = source.edition
    except SiteError:
        return {}, {}
    statistics = edition.statistics
    named = {kind: [term.iri for term in terms if term.kind.endswith(kind)] for kind in _USED}
    counted = statistics.properties
    concepts = uses_of_concepts(source, edition, named["Concept"])
    instances = {
        kind: Use({"type": "uri", "value": example}, {"type": "uri", "value": kind})
        for kind, example in statistics.examples.items()
    }
    properties = (each for each in named["Property"] if each in counted)
    examples = {**instances, **concepts, **uses_of_properties(source, edition, properties)}
    times = {term: use.times for term, use in concepts.items() if use.times}
    return {**statistics.classes, **counted, **times}, examples


@cache
def _schemes() -> frozenset[str]:
    return frozenset(path.stem for path in shipped("ontology/vocab").glob("*.ttl"))


def _defines(scheme: str, concept: str) -> bool:
    return (URIRef(f"{IRI_BASE}vocab/{scheme}/{concept}"), RDF.type, None) in _graph(
        f"vocab/{scheme}"
    )


@cache
def _turtle(name: str) -> bytes:
    """Return the files of a vocabulary one after another, which is Turtle as well."""
    match name:
        case "ontology":
            files = [shipped("ontology/eugraph.ttl")]
        case "ontology/alignments":
            files = [shipped("ontology/alignments.ttl")]
        case "shapes":
            files = sorted(shipped("shapes").glob("*.ttl"))
        case _:
            files = [shipped(f"ontology/{name}.ttl")]
    return b"\n".join(file.read_bytes() for file in files)


@cache
def _serialized(name: str, media_type: str) -> bytes:
    if media_type == "text/turtle":
        return _turtle(name)
    output = io.BytesIO()
    convert(_turtle(name), media_type, output)
    return output.getvalue()


@cache
def _graph(name: str) -> Graph:
    return Graph().parse(_turtle(name), format="turtle")


@cache
def _terms(name: str, tag: str) -> tuple[Term, ...]:
    return tuple(sorted(_described(_graph(name), tag), key=lambda term: term.iri))


def _described(graph: Graph, tag: str) -> Iterator[Term]:
    for subject in set(graph.subjects()):
        if isinstance(subject, URIRef) and subject.startswith(IRI_BASE):
            local = subject.removeprefix(IRI_BASE)
            kind = next(iter(sorted(map(str, graph.objects(subject, RDF.type)))), "")
            label, text = _best(graph, subject, _LABELS, tag), _best(graph, subject, _TEXTS, tag)
            examples = tuple(sorted(map(str, graph.objects(subject, SKOS.example))))
            related = tuple(_relations(subject, graph))
            yield Term(str(subject), local, kind.rpartition("#")[2], label, text, related, examples)


def _relations(subject: URIRef, graph: Graph) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what a term is joined to, by the key of how; axioms without a name are left out."""
    for name, predicate in _RELATIONS:
        found = {
            str(node)
            for source in (graph, _alignments())
            for node in source.objects(subject, predicate)
            if isinstance(node, URIRef)
        }
        if found:
            yield name, tuple(sorted(found))


def _alignments() -> Graph:
    return _graph(_ALIGNMENTS)


def _best(graph: Graph, subject: URIRef, predicates: tuple[URIRef, ...], tag: str) -> str:
    """Return the text in the language `tag`, else in any."""
    texts = [o for p in predicates for o in graph.objects(subject, p) if isinstance(o, Literal)]
    return str(min(texts, key=lambda text: (text.language != tag, text), default=""))
