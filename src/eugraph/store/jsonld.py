"""RDF as JSON-LD 1.1 that a person can read: names for terms, prefixes, the context inline.

Our own writer, because no library streams compacted JSON-LD: pyoxigraph writes
the expanded form, PyLD and rdflib build the whole document in memory first.
It compacts by the context of `ontology/context.jsonld` and by the part of
JSON-LD 1.1 that such contexts need: terms, prefixes, `@type` coercion, `@set`
and `@language` containers, aliases of `@id` and `@type`. What a context says
beyond that is refused, and the round trip through a real parser is tested.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from msgspec.json import encode, format  # noqa: A004  # of JSON

from eugraph.errors import DataError

_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STRING: Final = _XSD + "string"
_CANONICAL_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
_KNOWN: Final = frozenset({"@id", "@type", "@container"})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Term:
    name: str
    iri: str
    coercion: str | None = None
    container: str | None = None


class Context:
    """A JSON-LD context, read once: how each IRI, property and value is written."""

    def __init__(self, context: Mapping[str, object]) -> None:
        """Read `context`, the value of `@context`.

        Raises DataError for what the module does not speak.
        """
        self.document = dict(context)
        named = {name: v for name, v in context.items() if not name.startswith("@")}
        self._iris: dict[str, str] = {}
        for name, value in named.items():
            self._iris[name] = _id_of(name, value)
        terms = [self._term(name, value) for name, value in named.items()]
        prefixes = [t for t in terms if isinstance(named[t.name], str) and t.iri[-1] in "/#:"]
        prefixes.sort(key=lambda each: -len(each.iri))
        self._called: dict[str, str] = {}
        for prefix in prefixes:
            self._called.setdefault(prefix.iri, prefix.name)
        self._bases = re.compile("|".join(map(re.escape, self._called)) or "(?!)")
        self._names = {t.iri: t.name for t in terms if t.coercion is t.container is None}
        self._terms: dict[str, list[_Term]] = {}
        for term in terms:
            self._terms.setdefault(term.iri, []).append(term)
        self._id = self._names.get("@id", "@id")
        self._type = self._names.get("@type", "@type")

    def node(self, subject: ox.NamedNode, triples: Iterable[ox.Triple]) -> Json:
        """Return the node object of `subject`, keys and values in the order of `triples`."""
        node: Json = {self._id: self.compact(subject.value)}
        for triple in triples:
            if triple.predicate.value == _RDF_TYPE and isinstance(triple.object, ox.NamedNode):
                _append(node, self._type, self.compact(triple.object.value, vocabulary=True))
            else:
                self._add(node, triple.predicate.value, triple.object)
        return node

    def compact(self, iri: str, *, vocabulary: bool = False) -> str:
        """Return `iri` by its term where a `vocabulary` name may stand, else by a prefix if any."""
        if vocabulary and iri in self._names:
            return self._names[iri]
        if (likely := self._bases.match(iri)) is None:
            return iri
        for base, prefix in ((likely[0], self._called[likely[0]]), *self._called.items()):
            suffix = iri.removeprefix(base)
            if suffix != iri and suffix and not suffix.startswith("//"):
                return f"{prefix}:{suffix}"
        return iri

    def _term(self, name: str, value: object) -> _Term:
        iri = self._expand(self._iris[name])
        if isinstance(value, str):
            return _Term(name, iri)
        coercion, container = value.get("@type"), value.get("@container")  # type: ignore[attr-defined]
        if container not in {None, "@set", "@language"}:
            raise DataError("context.jsonld", f"{name}: @container {container} is not supported")
        return _Term(name, iri, coercion and self._expand(coercion), container)

    def _expand(self, name: str) -> str:
        prefix, colon, suffix = name.partition(":")
        if colon and not suffix.startswith("//") and prefix in self._iris:
            return self._expand(self._iris[prefix]) + suffix
        return self._expand(self._iris[name]) if self._iris.get(name, name) != name else name

    def _add(self, node: Json, predicate: str, value: object) -> None:
        """Write `value` under the first term that can hold it, else under a compact IRI."""
        for term in self._terms.get(predicate, ()):
            if term.container == "@language":
                if isinstance(value, ox.Literal) and value.language:
                    _append(node.setdefault(term.name, {}), value.language, value.value)
                    return
            elif (written := self._coerced(value, term.coercion)) is not None:
                _append(node, term.name, written, always_list=term.container == "@set")
                return
        _append(node, self.compact(predicate), self._coerced(value, None))

    def _coerced(self, value: object, coercion: str | None) -> object | None:
        """Return `value` as it stands under a term of this `coercion`, None if it cannot."""
        if isinstance(value, ox.NamedNode):
            written = self.compact(value.value, vocabulary=coercion == "@vocab")
            return {"@id": written} if coercion is None else _if(coercion[0] == "@", written)
        if not isinstance(value, ox.Literal):
            raise TypeError(f"{value!r} cannot be published as JSON-LD.")
        if value.language:
            tagged = {"@language": value.language, "@value": value.value}
            return _if(coercion is None, tagged)
        return self._typed(value.value, value.datatype.value, coercion)

    def _typed(self, text: str, datatype: str, coercion: str | None) -> object | None:
        if coercion not in {None, datatype}:
            return None
        if datatype == _XSD + "integer" and _CANONICAL_INTEGER.fullmatch(text):
            return int(text)
        if datatype == _XSD + "boolean" and text in {"true", "false"}:
            return text == "true"
        if datatype in {coercion, _STRING}:
            return text
        return {"@type": self.compact(datatype, vocabulary=True), "@value": text}


def write_jsonld(triples: Iterable[ox.Triple], context: Context) -> Iterable[str]:
    """Yield the text of one JSON-LD document; `triples` come subject by subject."""
    yield f'{{\n"@context": {_dump(context.document)},\n"@graph": ['
    groups = itertools.groupby(triples, key=lambda triple: triple.subject)
    for separator, (subject, group) in zip(
        itertools.chain(["\n"], itertools.repeat(",\n")), groups, strict=False
    ):
        if not isinstance(subject, ox.NamedNode):
            raise TypeError(f"{subject} cannot be published as JSON-LD.")
        yield separator + _dump(context.node(subject, group))
    yield "\n]\n}\n"


def _dump(value: Json) -> str:
    """Return what `json.dumps` does with an indent of one, and signs as they are, but sooner."""
    return format(encode(value), indent=1).decode()


def _if(condition: bool, value: object) -> object | None:  # noqa: FBT001
    return value if condition else None


def _id_of(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and value.keys() <= _KNOWN:
        return str(value["@id"])
    raise DataError("context.jsonld", f"the definition of {name} is not supported: {value}")


def _append(node: Json, key: str, value: object, *, always_list: bool = False) -> None:
    if key not in node:
        node[key] = [value] if always_list else value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
