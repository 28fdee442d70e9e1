"""The verbs that take data out of the current edition: `query`, `dump`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from eugraph.cli.options import json_option, silent_config_option, site_option
from eugraph.cli.show import show

_RESULTS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@click.command()
@click.argument("sparql")
@site_option
@silent_config_option
@click.option("--format", "form", type=click.Choice(["table", *_RESULTS]), help="[default: table]")
@json_option
def query(sparql: str, site: Path, form: str | None, *, as_json: bool) -> None:
    """Ask the current edition a question in SPARQL 1.1.

    Prefixes have to be declared. SELECT and ASK answer as table, csv, tsv,
    json or xml; CONSTRUCT and DESCRIBE as turtle, jsonld, nt or rdf. `-` reads
    the query from standard input.
    """
    from eugraph.cli.answers import answer_view
    from eugraph.pipeline import open_store

    text = sys.stdin.read() if sparql == "-" else sparql
    answer = open_store(site).query(text)
    chosen = _RESULTS.get("json" if as_json and form is None else form or "")
    if chosen is None and _RESULTS["csv"] in answer.media_types:
        show(answer_view(answer))
        return
    media_type = chosen or answer.media_types[0]
    if media_type not in answer.media_types:
        raise click.UsageError(f"this query answers as {', '.join(answer.media_types)}")
    answer.serialize(media_type, sys.stdout.buffer)


@click.command()
@site_option
@silent_config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(
        ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "csv", "ttl12", "nt12", "nanopubs"]
    ),
    default="ttl",
    show_default=True,
)
@click.option(
    "--table",
    type=click.Choice(
        [
            "projects",
            "organisations",
            "participations",
            "programmes",
            "events",
            "places",
            "releases",
            "discrepancies",
            "labels",
        ]
    ),
    default="projects",
    show_default=True,
    help="Which table csv is.",
)
def dump(site: Path, form: str, table: str) -> None:
    """Write the current edition to standard output.

    nq and trig are the dataset as served: the default graph, then each named
    graph; csv is one of the tables; the others are the default graph, which
    holds every triple once. ttl12 and nt12 are RDF 1.2: an assertion reifies
    the triple it asserts. nanopubs is TriG: each accepted fact with its
    provenance, a publication by itself.
    """
    from eugraph.dumps import write_dump, write_statements, write_table
    from eugraph.editions import current

    if form == "csv":
        from eugraph.pipeline import open_store

        output = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        write_table(table, open_store(site).select, output)
        output.detach()
        return
    if form in {"ttl12", "nt12", "nanopubs"}:
        write_statements(current(site).graphs, form, sys.stdout.buffer)
        return
    write_dump(current(site).graphs, form, sys.stdout.buffer)
