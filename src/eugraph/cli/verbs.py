"""The verbs of the command line, one function each."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console, RenderableType

from eugraph.cli.progress import progress_bar
from eugraph.errors import FetchError, GateError
from eugraph.facts.claim import Claimant

F = TypeVar("F", bound=Callable[..., object])

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_ANY = click.Path(path_type=Path)

RELEASES = Path("data/releases")
"""Where releases are looked for when none are named."""

OVERRIDES = Path("data/overrides")
"""Where a person's corrections are looked for when no folder is named."""

_WIDTH_OF_FILES = 200
"""How wide tables are that do not go to a terminal."""


def _site(verb: F) -> F:
    """Give a verb the option that says where the site is."""
    return click.option(
        "--site",
        type=_FOLDER,
        default=Path("site"),
        envvar="EUGRAPH_SITE",
        show_default=True,
        help="The folder of the site: its editions and what they were made from.",
    )(verb)


def _strict(verb: F) -> F:
    return click.option(
        "--strict", is_flag=True, help="Stop at the first file that cannot be read."
    )(verb)


def _workers(verb: F) -> F:
    return click.option(
        "--workers",
        type=click.IntRange(1, 64),
        default=lambda: min(os.cpu_count() or 1, 8),
        help="How many processes read releases.  [default: one a core, at most 8]",
    )(verb)


def _port(verb: F) -> F:
    return click.option(
        "--port", type=click.IntRange(0, 65535), help="The port to listen on.  [default: 8000]"
    )(verb)


def _config(verb: F) -> F:
    return click.option(
        "--config", type=_FILE, envvar="EUGRAPH_CONFIG", help="A TOML file of settings."
    )(verb)


def _model(verb: F) -> F:
    return click.option(
        "--model",
        is_flag=True,
        envvar="EUGRAPH_MODEL",
        help="Let the language model of the settings read, too: the texts are sent to it, and "
        "what it finds besides is kept as candidates, never published as fact.",
    )(verb)


def _overrides(verb: F) -> F:
    return click.option(
        "--overrides",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=lambda: OVERRIDES if OVERRIDES.is_dir() else None,
        help="The folder of a person's corrections.  [default: data/overrides, if it is there]",
    )(verb)


def _claimant(config: Path | None = None, *, wanted: bool) -> Claimant | None:
    """Return the language model as a reader, if one is wanted."""
    if not wanted:
        return None
    from eugraph.language_model import Service, open_reader
    from eugraph.settings import load_settings

    settings = load_settings(config)
    key = os.environ.get("EUGRAPH_MODEL_KEY", "").strip()
    service = Service(settings.model_url, key, settings.model_seconds)
    return open_reader(
        service, settings.model_name, settings.model_folder, settings.model_characters
    )


def _json(verb: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")(
        verb
    )


@click.command()
@click.argument("releases", nargs=-1, type=_ANY)
@_site
@_port
@_config
@_strict
@_workers
@_model
@_overrides
def up(  # noqa: PLR0913  # one parameter an option
    releases: tuple[Path, ...],
    site: Path,
    port: int | None,
    config: Path | None,
    *,
    overrides: Path | None,
    strict: bool,
    workers: int,
    model: bool,
) -> None:
    """Build the graph of RELEASES if it is not up to date, and serve it.

    RELEASES are files (.txt, .html, .docx, .pdf) or folders of them; without
    any, data/releases. If the gate refuses the new edition, the last good one
    is served.
    """
    from eugraph.pipeline import has_edition, is_current

    paths = releases or (RELEASES,)
    claimant = _claimant(config, wanted=model)
    if not is_current(paths, site, claimant, overrides):
        try:
            _build(
                paths,
                site,
                strict=strict,
                workers=workers,
                claimant=claimant,
                overrides=overrides,
            )
        except GateError as refusal:
            if not has_edition(site):
                raise
            click.echo(f"eugraph: {refusal}", err=True)
    _serve(site, config, port=port)


@click.command()
@click.argument("releases", nargs=-1, type=_ANY)
@_site
@_strict
@_workers
@_config
@_model
@_overrides
@_json
def build(  # noqa: PLR0913  # one parameter an option
    releases: tuple[Path, ...],
    site: Path,
    config: Path | None,
    *,
    overrides: Path | None,
    strict: bool,
    workers: int,
    model: bool,
    as_json: bool,
) -> None:
    """Read RELEASES, validate what they say and publish it as a new edition.

    RELEASES are files (.txt, .html, .docx, .pdf) or folders of them; without
    any, data/releases. A file that cannot be read is left out and told. If the
    gate finds a violation, nothing is published, what was published before
    stays, and the exit code is 3.
    """
    claimant = _claimant(config, wanted=model)
    paths = releases or (RELEASES,)
    _build(
        paths,
        site,
        strict=strict,
        workers=workers,
        claimant=claimant,
        overrides=overrides,
        as_json=as_json,
    )


def _build(  # noqa: PLR0913  # what the options say
    paths: tuple[Path, ...],
    site: Path,
    *,
    strict: bool,
    workers: int,
    claimant: Claimant | None,
    overrides: Path | None,
    as_json: bool = False,
) -> None:
    from eugraph.cli.reports import built_record, built_view
    from eugraph.pipeline import build as build_edition

    with progress_bar() as progress:
        built = build_edition(
            paths,
            site,
            strict=strict,
            workers=workers,
            claimant=claimant,
            overrides=overrides,
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(built_record(built), ensure_ascii=False, indent=1))
    _show(built_view(built), stderr=True)
    if built.edition is None:
        raise GateError(f"the edition was refused; the report is in {site / 'refused'}")


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--into",
    type=_FOLDER,
    required=True,
    help="The folder for the releases; what is known of each lies beside it.",
)
@click.option(
    "--private-hosts",
    is_flag=True,
    help="Ask hosts of this machine and the local network, too.",
)
@_json
def fetch(urls: tuple[str, ...], into: Path, *, private_hosts: bool, as_json: bool) -> None:
    """Bring releases from web pages and RSS or Atom feeds into a folder.

    Polite: robots.txt is kept, one request a second to a host, and only what
    is new or changed is taken. The exit code is 1 if an address failed; the
    others are fetched all the same.
    """
    from eugraph.cli.reports import fetched_line, fetched_record
    from eugraph.releases.fetch import Outcome, fetch_releases
    from eugraph.releases.web import Manners

    told = []
    for fetched in fetch_releases(urls, into, manners=Manners(private_hosts=private_hosts)):
        told.append(fetched)
        click.echo(fetched_line(fetched), err=True)
    if as_json:
        records = [fetched_record(each) for each in told]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    failed = sum(each.outcome is Outcome.FAILED for each in told)
    if failed:
        raise FetchError(f"{failed} of {len(told)} addresses failed")


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "turtle"]),
    default="table",
    show_default=True,
)
@_config
@_model
@_overrides
@_json
def facts(  # noqa: PLR0913  # one parameter an option
    file: Path,
    form: str,
    config: Path | None,
    *,
    overrides: Path | None,
    model: bool,
    as_json: bool,
) -> None:
    """Show what the release FILE says: each fact with its words, rule and certainty.

    Nothing is published. With --format turtle, the graph of the release with
    the reference data it needs. The exit code is 3 if the gate would refuse it.
    """
    from eugraph.cli.records import reading_record
    from eugraph.cli.reports import corrected_lines, verdict_view
    from eugraph.cli.spoken import Speaker
    from eugraph.cli.tables import reading_view
    from eugraph.facts.knowledge import load_knowledge
    from eugraph.pipeline import inspect, to_turtle

    inspected = inspect(file, _claimant(config, wanted=model), overrides)
    for line in corrected_lines(inspected.read.corrected):
        click.echo(line, err=True)
    release, reading = inspected.read.release, inspected.read.reading
    for note in reading.notes:
        click.echo(note, err=True)
    if as_json or form == "json":
        click.echo(json.dumps(reading_record(release, reading), ensure_ascii=False, indent=1))
    elif form == "turtle":
        click.echo(to_turtle(inspected.graph), nl=False)
    else:
        speaker = Speaker.of(reading, load_knowledge().gazetteer)
        _show(reading_view(release, reading, speaker))
    if not inspected.verdict.conforms:
        _show(verdict_view(inspected.verdict), stderr=True)
        raise GateError("the gate would refuse this release")


@click.command()
@click.argument("files", nargs=-1, type=_FILE)
@_site
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "turtle", "json"]),
    default="text",
    show_default=True,
)
@_json
def validate(files: tuple[Path, ...], site: Path, form: str, *, as_json: bool) -> None:
    """Put Turtle FILES, or without any the current edition of the site, before the gate.

    Prints the SHACL report, for people, as Turtle or as JSON. The exit code is
    3 if there is a violation.
    """
    from eugraph.cli.reports import verdict_view
    from eugraph.pipeline import validate_files, validate_site
    from eugraph.validation import report_json, report_turtle

    verdict = validate_files(files) if files else validate_site(site)
    if as_json or form == "json":
        click.echo(report_json(verdict), nl=False)
    elif form == "turtle":
        click.echo(report_turtle(verdict), nl=False)
    else:
        _show(verdict_view(verdict))
    if not verdict.conforms:
        raise GateError("there are violations")


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
@_site
@click.option("--format", "form", type=click.Choice(["table", *_RESULTS]), help="[default: table]")
@_json
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
        _show(answer_view(answer))
        return
    media_type = chosen or answer.media_types[0]
    if media_type not in answer.media_types:
        raise click.UsageError(f"this query answers as {', '.join(answer.media_types)}")
    answer.serialize(media_type, sys.stdout.buffer)


@click.command()
@_site
@click.option(
    "--format",
    "form",
    type=click.Choice(["ttl", "nt", "nq", "jsonld", "rdf"]),
    default="ttl",
    show_default=True,
)
def dump(site: Path, form: str) -> None:
    """Write the current edition to standard output.

    nq is the dataset as served: the default graph, then each named graph; the
    others are the default graph, which holds every triple once.
    """
    from eugraph.dumps import write_dump
    from eugraph.editions import current

    write_dump(current(site).graphs, form, sys.stdout.buffer)  # type: ignore[arg-type]


@click.command()
@_site
@_port
@_config
@click.option("--public-url", help="The address under which the world sees this server.")
def serve(site: Path, port: int | None, config: Path | None, public_url: str | None) -> None:
    """Serve the published edition over HTTP; a new edition is picked up without a restart."""
    _serve(site, config, port=port, public_url=public_url)


def _serve(
    site: Path, config: Path | None, *, port: int | None, public_url: str | None = None
) -> None:
    from eugraph.server import serve as serve_site
    from eugraph.settings import load_settings

    def announce(address: str) -> None:
        click.echo(f"serving {site} on {address} (Ctrl-C stops)", err=True)

    serve_site(site, load_settings(config, port=port, public_url=public_url), announce)


def _show(view: RenderableType, *, stderr: bool = False) -> None:
    """Print a view: as wide as the terminal, or plain and without trailing blanks into a file."""
    stream = sys.stderr if stderr else sys.stdout
    if stream.isatty():
        Console(stderr=stderr).print(view)
        return
    console = Console(file=io.StringIO(), width=_WIDTH_OF_FILES)
    with console.capture() as capture:
        console.print(view)
    lines = (line.rstrip() for line in capture.get().splitlines())
    click.echo("\n".join(lines), err=stderr)
