"""Files for download: `/download/latest/eugraph.ttl`, and the same of each edition for good."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Blueprint, Response, g, render_template, send_file
from werkzeug.exceptions import NotFound

from eugraph.catalogue import LATEST, Publication, croissant, describe_dataset
from eugraph.dumps import TABLES, Dump, read_dumps, release_lines, sums
from eugraph.editions import GRAPH_BASE, Edition, editions, find_edition
from eugraph.errors import SiteError
from eugraph.server.conditions import fail_if_modified
from eugraph.server.harvest.documents import json_document
from eugraph.server.interface import language
from eugraph.server.publication import created, version_of
from eugraph.server.representations import add_links, last, represent
from eugraph.server.signposts import signpost_dataset
from eugraph.server.source import Source
from eugraph.triples import days
from eugraph.triples.ntriples import split_ntriples, to_ntriples
from eugraph.vocabulary import IRI_BASE

_FOR_GOOD = "public, max-age=31536000, immutable"


def downloads_blueprint(source: Source) -> Blueprint:
    """Return `/download/…`: lists of files, files in ranges and conditionally, single releases."""
    blueprint = Blueprint("downloads", __name__)

    @blueprint.get("/download/")
    @blueprint.get("/download/<which>/")
    def listing(which: str = LATEST) -> Response:
        """List the files of an edition; as RDF, what the catalogue says of it."""
        edition = _edition(source, which)

        def page() -> str:
            return render_template(
                "downloads.html",
                which=which,
                edition=edition,
                day=days.day(created(edition)[:10], language()),
                publisher=source.settings.publisher,
                cited=_cited(source, edition),
                files=read_dumps(edition.dumps),
                editions=_with_files(source),
            )

        publication = _publication(source, edition, which)
        text = to_ntriples(describe_dataset(publication))
        lines = [line + "\n" for line in split_ntriples(text)]
        answer = represent(lines, page, path=f"{source.prefix}download/{which}/")
        signpost_dataset(answer, publication)
        return answer

    @blueprint.get("/download/<which>/<name>")
    def file(which: str, name: str) -> Response:
        """Send the file called `name`, which is looked up and never made into a path."""
        edition = _edition(source, which)
        match name:
            case "croissant.json":
                return _croissant(source, edition, which)
            case "SHA256SUMS":
                return _sent(sums(edition.dumps), "text/plain", None, which)
        answer = _file(_dump(edition, name), which)
        if edition.number == source.edition.number:  # else `latest` moves on while it is served
            last()
        add_links(answer, (source.settings.data_licence, "license"))
        return answer

    @blueprint.get("/download/<which>/release/<name>")
    @blueprint.get("/download/<which>/release/<name>.<any(ttl, jsonld, nt, rdf):extension>")
    def release(which: str, name: str, extension: str = "") -> Response:
        """Send all that one release says, as it was in an edition."""
        edition = _edition(source, which)
        lines = _release(edition, GRAPH_BASE + name)
        if not lines:
            raise NotFound(f"Edition {edition.number} has no release {name}.")
        path = f"{source.prefix}download/{which}/release/{name}"
        answer = represent(lines, None, path=path, extension=extension)
        if which != LATEST:
            answer.headers["Cache-Control"] = _FOR_GOOD
        return answer

    return blueprint


def _with_files(source: Source) -> list[Edition]:
    """Return the editions up to the current one that have files for download, oldest first."""
    newest = source.edition.number
    return [e for e in editions(source.site) if e.number <= newest and e.dumps.exists()]


def _cited(source: Source, edition: Edition) -> str:
    """Return the address that a citation of an edition gives: that of its files, if it lasts."""
    public = source.settings.public_url
    return f"{public.rstrip('/')}/download/{edition.number}/" if public else IRI_BASE


def _dump(edition: Edition, name: str) -> Dump:
    dumps = {dump.name: dump for dump in read_dumps(edition.dumps)}
    if name not in dumps:
        raise NotFound(f"There is no {name}; there are {', '.join(dumps)}.")
    return dumps[name]


def _file(dump: Dump, which: str) -> Response:
    answer = _sent(dump.path, dump.packed or dump.media_type, dump.sha256[:32], which)
    if dump.media_type == "text/csv":
        table = dump.name.removesuffix(dump.path.suffix) if dump.packed else dump.name
        described = f"{table}-metadata.json"
        add_links(answer, (described, "describedby", "application/csvm+json"))  # CSVW, 5.2
    return answer


def _edition(source: Source, which: str) -> Edition:
    """Return the edition that is meant, which has its files; it is the latest or a number."""
    if which == LATEST:
        return source.dumped
    number = int(which) if which.isdecimal() and which.isascii() and len(which) < 10 else 0  # noqa: PLR2004
    try:
        edition = find_edition(source.site, number)
    except SiteError:
        raise NotFound(f"There is no edition {which}.") from None
    if str(number) != which or not edition.dumps.exists() or number > source.edition.number:
        raise NotFound(f"There are no files of an edition {which}.")
    return edition


def _sent(path: Path, media_type: str, tag: str | None, which: str) -> Response:
    # `latest` is another file since the last switch, even if that one is older.
    since = g.get("switched") if which == LATEST else None
    answer = send_file(
        path, mimetype=media_type, conditional=True, etag=tag or True, last_modified=since
    )
    fail_if_modified(answer)
    answer.headers["Cache-Control"] = "no-cache" if which == LATEST else _FOR_GOOD
    return answer


def _release(edition: Edition, graph: str) -> list[str]:
    """Return the lines of a release's graph; of an old edition, as its files have them."""
    if edition.whole:
        lines = edition.graph(graph) if graph in edition.graph_names else ""
        return [line + "\n" for line in split_ntriples(lines)]
    path = next(dump.path for dump in read_dumps(edition.dumps) if dump.path.suffix == ".nq")
    with path.open(encoding="utf-8", newline="\n") as quads:
        return list(release_lines(quads, graph))


def _croissant(source: Source, edition: Edition, which: str) -> Response:
    columns = {
        name: json.loads((edition.dumps / f"{name}.csv-metadata.json").read_text("utf-8"))
        for name in TABLES
        if (edition.dumps / f"{name}.csv-metadata.json").exists()
    }
    publication = _publication(source, edition, which)
    return json_document(croissant(publication, columns), "application/ld+json")


def _publication(source: Source, edition: Edition, which: str) -> Publication:
    if which == LATEST:
        return source.publication(edition)
    return version_of(edition, source.settings)
