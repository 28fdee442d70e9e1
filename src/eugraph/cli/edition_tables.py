"""Editions and their differences, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from eugraph.changes import Action
from eugraph.comparison import Altered, Difference
from eugraph.editions import Edition

_STYLES = {Action.CREATE: "green", Action.UPDATE: "yellow", Action.DELETE: "red"}
_MOST_RELEASES = 3


def editions_view(editions: Iterable[Edition], served: Edition) -> RenderableType:
    """Return editions as a table, the one that is served marked."""
    table = Table("edition", "made", "releases", "facts", "discrepancies", "", header_style="bold")
    for each in editions:
        counts = each.manifest.counts
        numbers = [str(counts.get(name, "")) for name in ("releases", "facts", "discrepancies")]
        style = "bold green" if each == served else ""
        notes = "; ".join(_notes(each, served))
        table.add_row(str(each.number), each.manifest.created, *numbers, notes, style=style)
    return table


def editions_record(editions: Iterable[Edition], served: Edition) -> list[dict[str, object]]:
    """Return editions as JSON objects."""
    return [
        {
            "edition": each.number,
            "served": each == served,
            "created": each.manifest.created,
            "program": each.manifest.program,
            "versions": dict(each.manifest.versions),
            "counts": dict(each.manifest.counts),
            "findings": dict(each.findings),
            "inputs": dict(each.manifest.inputs),
            "left_out": dict(each.manifest.left_out),
            "copy_of": each.manifest.copy_of,
            "whole": each.whole,
            "dumps": each.dumps.exists(),
        }
        for each in editions
    ]


def difference_view(difference: Difference) -> RenderableType:
    """Return a difference as a table: why, and each thing with its triples that came and went."""
    came, went = len(difference.added), len(difference.removed)
    head = f"edition {difference.old} → {difference.new}: {came} triples came, {went} went"
    table = Table("", "what", "name", "came", "went", "because of", header_style="bold")
    for each in difference.things:
        numbers = str(len(each.added)), str(len(each.removed))
        cells = each.path, each.name, *numbers, _because(each)
        table.add_row(Styled(str(each.action), _STYLES[each.action]), *cells)
    parts: list[RenderableType] = [Styled(head, "bold")]
    parts += [Styled(f"  {cause}") for cause in difference.causes]
    parts += [table] if difference.things else []
    for each in difference.things:
        if each.is_rewritten:
            parts.append(Styled(f"the text of {each.name or each.path}", "bold"))
            parts += [Styled(f"  - {line}", _STYLES[Action.DELETE]) for line in each.struck]
            parts += [Styled(f"  + {line}", _STYLES[Action.CREATE]) for line in each.written]
    return Group(*parts)


def _notes(edition: Edition, served: Edition) -> Iterator[str]:
    if edition == served:
        yield "served"
    if edition.manifest.copy_of:
        yield f"edition {edition.manifest.copy_of} again"
    if not edition.dumps.exists():
        yield "its files are not written yet"
    if not edition.whole:
        yield "files and history only"


def _because(altered: Altered) -> str:
    more = len(altered.releases) - _MOST_RELEASES
    names = ", ".join(altered.releases[:_MOST_RELEASES])
    return f"{names} and {more} more" if more > 0 else names
