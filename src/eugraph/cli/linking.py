"""The verb that proposes links: `link`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import RenderableType

from eugraph.cli.options import json_option, silent_config_option, site_option
from eugraph.cli.show import show
from eugraph.reconciliation.candidate import Candidate


@click.command()
@site_option
@silent_config_option
@click.option(
    "--reconcile",
    "url",
    metavar="URL",
    help="The address of a W3C Reconciliation service; names of projects are sent to it.",
)
@click.option("--type", "type_", help="The service's id of the type of things to look among.")
@click.option(
    "--limit",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    help="How many candidates a project may have.",
)
@json_option
def link(site: Path, url: str | None, type_: str | None, limit: int, *, as_json: bool) -> None:
    """Show candidates for what projects are called in other datasets.

    With --reconcile a service is asked about the projects of the current
    edition, and what it proposes is kept in the site's folder; the next build
    publishes it as candidate links with a score, never as facts. Without,
    nothing is asked, and the candidates that are kept are shown.
    """
    from eugraph.editions import candidates

    if url is None:
        found = candidates(site)
    else:
        from eugraph.linking import link as ask_about_projects
        from eugraph.reconciliation.service import Service

        found = ask_about_projects(site, Service(url, type=type_, limit=limit))
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
    else:
        show(_view(found))


def _view(found: Sequence[Candidate]) -> RenderableType:
    from rich.table import Table

    if not found:
        return "no candidates"
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("thing", "candidate", "name", "score"):
        table.add_column(heading, overflow="fold")
    for each in found:
        table.add_row(each.path, each.iri, each.name, each.score)
    return table
