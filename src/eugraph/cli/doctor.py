"""The verb that looks at a running server: `doctor`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType

from eugraph.cli.options import json_option
from eugraph.cli.show import show

if TYPE_CHECKING:
    from eugraph.doctor import Examination
    from eugraph.doctor.finding import Check

_SHOWN = 3
"""How many findings of one kind are told of."""


@click.command()
@click.argument("url")
@click.option(
    "--requests",
    type=click.IntRange(1),
    default=400,
    show_default=True,
    help="How many requests are made at most.",
)
@json_option
def doctor(url: str, requests: int, *, as_json: bool) -> None:
    """Look at the server at URL as its users will, and say what they would stumble over.

    Plays a browser, a SPARQL client, a linked-data client, a CKAN harvester of
    the catalogue and one of CKAN's API, data.europa.eu's scorer (405 points), an
    OAI-PMH harvester, a client of the feed, a crawler and Google's search for
    datasets. Only URL is asked, one request at a time. The
    exit code is 1 if something was found.
    """
    from eugraph.doctor import Bounds, examine

    def announce(role: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"  {role} …", err=True)

    found = examine(url, bounds=Bounds(requests=requests), progress=announce)
    if as_json:
        click.echo(json.dumps(_record(found), ensure_ascii=False, indent=1))
    else:
        show(_view(found))
    if found.findings:
        sys.exit(1)


def _record(found: Examination) -> dict[str, object]:
    return {
        "address": found.address,
        "requests": found.requests,
        "checks": len(found.checks),
        "findings": [asdict(each) for each in found.findings],
        "remarks": list(found.remarks),
    }


def _view(found: Examination) -> RenderableType:
    from rich.console import Group
    from rich.table import Table

    roles = dict.fromkeys(check.role for check in found.checks)
    summary = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("role", "looked at", "found"):
        summary.add_column(heading)
    for role in roles:
        checks = [check for check in found.checks if check.role == role]
        bad = sum(not check.well for check in checks)
        summary.add_row(role, str(len(checks)), str(bad) if bad else "nothing")
    remarks = [f"to know: {remark}" for remark in found.remarks]
    if not found.findings:
        return Group(summary, "", *remarks)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("role", "should be so", "what is", "where"):
        table.add_column(heading, overflow="fold")
    alike: dict[tuple[str, str], list[Check]] = {}
    for each in found.findings:
        alike.setdefault((each.role, each.name), []).append(each)
    for (role, name), findings in alike.items():
        for each in findings[:_SHOWN]:
            table.add_row(role, name, each.reason, each.address)
        if (more := len(findings) - _SHOWN) > 0:
            table.add_row(role, name, f"… and {more} more; --json tells of all")
    return Group(summary, "", table, "", *remarks)
