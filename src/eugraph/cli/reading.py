"""The verbs about releases before they are published: `fetch`, `facts`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from eugraph.cli.options import (
    FILE,
    FOLDER,
    claimant_of,
    config_option,
    json_option,
    model_option,
    overrides_option,
)
from eugraph.cli.show import show
from eugraph.errors import FetchError, GateError


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--into",
    type=FOLDER,
    required=True,
    help="The folder for the releases; what is known of each lies beside it.",
)
@click.option(
    "--private-hosts",
    is_flag=True,
    help="Ask hosts of this machine and the local network, too.",
)
@json_option
def fetch(urls: tuple[str, ...], into: Path, *, private_hosts: bool, as_json: bool) -> None:
    """Bring releases from web pages and RSS or Atom feeds into a folder.

    Polite: robots.txt is kept, one request a second to a host, and only what
    is new or changed is taken. The exit code is 1 if an address failed; the
    others are fetched all the same.
    """
    from eugraph.cli.reports import fetched_line, fetched_record
    from eugraph.releases.fetch import Outcome, fetch_releases
    from eugraph.releases.web import Manners

    results = []
    for fetched in fetch_releases(urls, into, manners=Manners(private_hosts=private_hosts)):
        results.append(fetched)
        click.echo(fetched_line(fetched), err=True)
    if as_json:
        records = [fetched_record(each) for each in results]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    failed = sum(each.outcome is Outcome.FAILED for each in results)
    if failed:
        raise FetchError(f"{failed} of {len(results)} addresses failed")


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "turtle"]),
    default="table",
    show_default=True,
)
@click.option("--explain", is_flag=True, help="Also show, sentence by sentence, what was seen.")
@config_option
@model_option
@overrides_option
@json_option
def facts(  # noqa: PLR0913  # one parameter an option
    file: Path,
    form: str,
    config: Path | None,
    *,
    explain: bool,
    overrides: Path | None,
    model: bool,
    as_json: bool,
) -> None:
    """Show what the release FILE says: each fact with its words, rule and certainty.

    Nothing is published. With --format turtle, the graph of the release with
    the reference data it needs. With --explain, every sentence with what was
    seen in it, and each candidate with its score and why it was taken or
    dropped. The exit code is 3 if the gate would refuse the release.
    """
    from eugraph.cli.explanation import explained_view
    from eugraph.cli.labels import ReadingLabels
    from eugraph.cli.records import reading_record
    from eugraph.cli.reports import (
        corrected_lines,
        corrections_record,
        gap_lines,
        verdict_view,
    )
    from eugraph.cli.tables import reading_view
    from eugraph.facts.gazetteer.knowledge import load_knowledge
    from eugraph.pipeline import inspect, to_turtle

    inspected = inspect(file, claimant_of(config, wanted=model), overrides)
    for line in corrected_lines(inspected.read.corrected):
        click.echo(line, err=True)
    release, reading = inspected.read.release, inspected.read.reading
    for note in (*gap_lines(reading), *reading.notes):
        click.echo(note, err=True)
    if as_json or form == "json":
        corrections = corrections_record(inspected.read.corrected)
        record = reading_record(release, reading) | {"corrections": corrections}
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
    elif form == "turtle":
        click.echo(to_turtle(inspected.graph), nl=False)
    else:
        labels = ReadingLabels.of(reading, load_knowledge().gazetteer)
        show(reading_view(release, reading, labels))
        if explain:
            show(explained_view(release))
    if not inspected.verdict.conforms:
        show(verdict_view(inspected.verdict), stderr=True)
        raise GateError("the gate would refuse this release")
