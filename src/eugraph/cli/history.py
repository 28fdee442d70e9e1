"""The verbs about editions: `editions`, `diff`, `rollback`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from eugraph.cli.options import json_option, silent_config_option, site_option
from eugraph.cli.show import show


@click.command()
@site_option
@silent_config_option
@json_option
def editions(site: Path, *, as_json: bool) -> None:
    """List the editions of the site, oldest first: when, by what and of how much each was made.

    The one that is served is marked. Those that are whole can be gone back to;
    of older ones the files for download and the history are kept.
    """
    from eugraph.cli.edition_tables import editions_record, editions_view
    from eugraph.editions import current
    from eugraph.editions import editions as editions_of

    served = current(site)
    if as_json:
        records = editions_record(editions_of(site), served)
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    show(editions_view(editions_of(site), served))


@click.command()
@click.argument("old", type=int, metavar="A")
@click.argument("new", type=int, metavar="B")
@site_option
@silent_config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "nq", "ru"]),
    default="table",
    show_default=True,
    help="nq: N-Quads, a graph of what came and one of what went; ru: a SPARQL update.",
)
@json_option
def diff(old: int, new: int, site: Path, form: str, *, as_json: bool) -> None:
    """Tell how edition B differs from edition A: what came, went and changed, and why."""
    from eugraph.cli.edition_tables import difference_view
    from eugraph.comparison import compare, to_nquads, to_record, to_update
    from eugraph.editions import find_edition

    difference = compare(find_edition(site, old), find_edition(site, new))
    if as_json or form == "json":
        click.echo(json.dumps(to_record(difference), ensure_ascii=False, indent=1))
    elif form == "table":
        show(difference_view(difference))
    else:
        lines = to_nquads(difference) if form == "nq" else to_update(difference)
        sys.stdout.writelines(lines)


@click.command()
@click.argument("edition", type=int, required=False)
@site_option
@silent_config_option
@json_option
def rollback(edition: int | None, site: Path, *, as_json: bool) -> None:
    """Go back to an older EDITION, by default the one before what is served.

    It is published again under a new number, at once: nothing is read or
    checked, and nobody is served a mixture. So it can be undone the same way.
    """
    from eugraph.pipeline import roll_back

    served = roll_back(site, edition)
    origin = served.manifest.copy_of
    if as_json:
        click.echo(json.dumps({"edition": served.number, "copy_of": origin}, indent=1))
        return
    click.echo(f"edition {served.number} is served, which is edition {origin} again", err=True)
