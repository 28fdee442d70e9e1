"""The example queries: `/.well-known/sparql-examples/`, as RDF; each also as SPARQL."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from eugraph.catalogue import describe_examples, example_queries
from eugraph.server.plain import plain_page
from eugraph.server.representations import RDF_FORMATS, conditional, represent, turtle
from eugraph.server.source import Source
from eugraph.triples.ntriples import split_ntriples, to_ntriples

_FOLDER: Final = ".well-known/sparql-examples/"
_SPARQL: Final = "application/sparql-query"


def examples_blueprint(source: Source) -> Blueprint:
    """Return the index of all examples, and each of them."""
    blueprint = Blueprint("examples", __name__)

    @blueprint.get(f"/{_FOLDER}")
    @blueprint.get(f"/{_FOLDER.rstrip('/')}.<extension>")
    def index(extension: str = "") -> Response:
        """Describe all examples."""
        path = source.prefix + _FOLDER.rstrip("/")
        lines = _lines(source.settings.base_url)
        return represent(
            lines,
            lambda: plain_page("examples", turtle(lines), path, RDF_FORMATS),
            path=path,
            extension=extension,
        )

    @blueprint.get(f"/{_FOLDER}<name>")
    @blueprint.get(f"/{_FOLDER}<name>.<extension>")
    def one(name: str, extension: str = "") -> Response:
        """Describe one example; `.rq` is the query itself."""
        example = next((e for e in example_queries() if e.name == name), None)
        if example is None:
            raise NotFound(f"There is no example {name}; {source.prefix}{_FOLDER} lists them.")
        if extension == "rq":
            return conditional(example.query.encode(), _SPARQL)
        lines = _lines(source.settings.base_url, name)
        return represent(lines, None, path=source.prefix + _FOLDER + name, extension=extension)

    return blueprint


@lru_cache(maxsize=64)
def _lines(base_url: str, name: str | None = None) -> list[str]:
    names = None if name is None else frozenset({name})
    graph = describe_examples(base_url + _FOLDER, f"{base_url}sparql", names)
    return [line + "\n" for line in split_ntriples(to_ntriples(graph))]
