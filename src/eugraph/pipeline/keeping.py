"""What an edition keeps beside its graphs: the report, its workings, and its index.

Each is that of the edition before where nothing is new in it, and made of that
where something is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eugraph.editions import Edition, inherit
from eugraph.pipeline.describing import Described
from eugraph.pipeline.material import Base, Material
from eugraph.pipeline.workings import FILE, Outline, Worked, Workings, write_workings
from eugraph.store import Delta, Store
from eugraph.validation import (
    Result,
    Verdict,
    finding_json,
    finding_lines,
    graph_of_json,
    in_sentences,
    report_json,
)

REPORT = ("report.json", "report.ttl")
"""The files of a report."""

REFUSED = "refused"
"""The folder of a site that holds the report on the newest build, if the gate refused it."""


@dataclass(frozen=True, slots=True)
class Graphs:
    """All graphs of an edition.

    `described` are those of its releases, `shared` the texts of those they share,
    as far as they may differ from before. `contested` tells whether two things
    would be the same as one elsewhere.
    """

    described: tuple[Described, ...]
    shared: Mapping[str, str]
    contested: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What a draft has otherwise than the edition before it.

    `graphs` are those that differ, empty where one is gone, `texts` those that
    are new or were read again, `gone` the releases that are. `delta` is None if
    the draft is not made of that edition, whose store is `before`.
    """

    graphs: Mapping[str, str]
    texts: Mapping[str, str]
    gone: frozenset[str]
    delta: Delta | None
    before: Store | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict, and its results: of each release alone, of the reference data, of all together.

    `alone` is by the ids of the releases.
    """

    verdict: Verdict
    alone: Mapping[str, tuple[Result, ...]]
    shared: tuple[Result, ...]
    together: tuple[Result, ...]


def keep_report(draft: Edition, base: Base, parts: Parts, verdict: Verdict) -> None:
    """Write the report, or take that of the edition before if it says the same.

    It shows sentences, so no text it quotes may have been read again. As
    Turtle it may follow the switch (`complete_report`).
    """
    quoted = {quote.release for finding in verdict.findings for quote in finding.quotes}
    same = base.workings.findings == verdict.findings != ()
    if base.edition and same and quoted.isdisjoint(parts.texts):
        inherit(draft, base.edition, *(n for n in REPORT if (base.edition.folder / n).exists()))
    else:
        known = _known_lines(base, parts)
        _write_report(draft.folder / REPORT[0], draft, verdict, known)


def _known_lines(base: Base, parts: Parts) -> Mapping[int, str]:
    """Return the lines that findings have in the report of before, by their identity.

    But those that quote a text that was read again: its sentences may be others.
    """
    path = base.edition.folder / REPORT[0] if base.edition else None
    if path is None or not path.exists():
        return {}
    lines = finding_lines(path.read_text(encoding="utf-8"))
    both = zip(base.workings.findings, lines, strict=False)
    return {
        id(finding): line
        for finding, line in both
        if parts.texts.keys().isdisjoint(quote.release for quote in finding.quotes)
    }


def keep_refusal(folder: Path, draft: Edition, verdict: Verdict) -> None:
    """Write the verdict on a `draft` that is not published into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    as_json, as_turtle = (folder / name for name in REPORT)
    _write_report(as_json, draft, verdict)
    as_turtle.write_text(_report_turtle(as_json), encoding="utf-8")


def complete_report(edition: Edition) -> None:
    """Write the report of an edition as Turtle, if it is not there; it comes by one rename."""
    as_json, as_turtle = (edition.folder / name for name in REPORT)
    if not as_turtle.exists():
        new = as_turtle.with_name(f".{as_turtle.name}")
        new.write_text(_report_turtle(as_json), encoding="utf-8")
        new.rename(as_turtle)


def _write_report(
    path: Path, draft: Edition, verdict: Verdict, known: Mapping[int, str] | None = None
) -> None:
    """Write a verdict as JSON; the findings whose lines are `known` by identity have these."""
    known = known or {}
    others = Verdict(tuple(each for each in verdict.findings if id(each) not in known))
    fresh = map(finding_json, in_sentences(others, draft.text).findings)
    lines = [known.get(id(each)) or next(fresh) for each in verdict.findings]
    path.write_text(report_json(verdict, lines), encoding="utf-8")


def _report_turtle(as_json: Path) -> str:
    from eugraph.pipeline.inspection import to_turtle

    return to_turtle(graph_of_json(as_json.read_text(encoding="utf-8")))


def keep_workings(
    edition: Edition, base: Base, material: Material, graphs: Graphs, checked: Checked
) -> None:
    """Write down what `edition` was made by; it may be served by now, and comes by one rename."""
    outlines = {each.id: each for each in material.outlines}
    worked = {
        each.id: _worked(outlines[each.id], each, checked, base.workings)
        for each in graphs.described
    }
    workings = replace(
        base.workings,
        releases=worked,
        recall=lambda: (checked.shared, checked.together, checked.verdict.findings),
        decided=bool(material.made),
        contested=graphs.contested,
    )
    new = edition.folder / f".{FILE}"
    write_workings(new, workings, material.reader.inputs.made_by)
    new.rename(edition.folder / FILE)


def _worked(outline: Outline, described: Described, checked: Checked, before: Workings) -> Worked:
    """Return what was made of a release: as it is written down, if it is the same."""
    results = checked.alone[outline.id]
    known = before.releases.get(outline.id)
    same = known and known.outline is outline and known.names is described.names
    if known and same and known.results == results:
        return known
    return Worked(outline, described.names, results)


def keep_index(draft: Edition, store: Store, before: Edition | None, parts: Parts) -> None:
    """Write the index of `draft`, of that of the edition before if it is made of it."""
    from eugraph.search import Change, derive_index, write_index

    if parts.delta is None or before is None or not before.search.exists():
        write_index(draft.search, store.select, draft.texts)
        return
    came, gone = parts.delta.by_predicate
    asked = (parts.before or Store.read_only(before.store)).select
    change = Change(asked, came, gone, parts.texts, parts.gone)
    derive_index(draft.search, before.search, store.select, change)
