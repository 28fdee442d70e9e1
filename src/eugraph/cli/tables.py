"""Facts, discrepancies and findings as tables that a person enjoys reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from eugraph.cli.labels import ReadingLabels
from eugraph.facts.fact import (
    Certainty,
    Discrepancy,
    Fact,
    Id,
    Participation,
    Project,
    Reading,
    ReleaseSubject,
    Scheme,
    Status,
    Subject,
)
from eugraph.releases.release import Release
from eugraph.triples.iris import concept_iri
from eugraph.triples.wording import label

_STYLES = {
    Status.STATED: "",
    Status.INFERRED: "cyan",
    Status.CANDIDATE: "dim",
    Status.DISPUTED: "yellow",
}
_LONGEST = 72


def reading_view(release: Release, reading: Reading, labels: ReadingLabels) -> RenderableType:
    """Return a reading for a terminal: a heading, the facts by subject, the discrepancies."""
    languages = ", ".join(map(labels.wording.language_name, release.languages)) or "none known"
    heading = Styled.assemble((release.name, "bold"), f"   languages: {languages}")
    parts: list[RenderableType] = [heading]
    if not has_project(reading):
        parts.append(Styled("no project found", "yellow"))
    if not reading.facts:
        return Group(*parts)
    parts.append(_facts_table(reading.facts, labels))
    if reading.discrepancies:
        parts.append(Styled("Discrepancies", "bold"))
        parts += [_discrepancy(each, labels) for each in reading.discrepancies]
    return Group(*parts)


def has_project(reading: Reading) -> bool:
    """Tell whether a project was found in a release."""
    return any(isinstance(thing, Project) for thing in reading.things)


def _facts_table(facts: Sequence[Fact], labels: ReadingLabels) -> Table:
    table = Table(show_lines=False, pad_edge=False, box=None, header_style="bold", expand=False)
    for heading, most in (("fact", 30), ("value", 44), ("words", 64), ("", 3), ("rule", 34)):
        table.add_column(heading, max_width=most, overflow="fold")
    table.add_column("certainty", no_wrap=True)
    by_subject = sorted(facts, key=lambda fact: _order(fact, facts))
    for subject, group in groupby(by_subject, key=lambda fact: fact.statement.subject):
        table.add_row(Styled(labels.subject(subject), "bold blue"))
        for fact in group:
            _add_fact(table, fact, labels)
        table.add_row()
    return table


def _order(fact: Fact, facts: Sequence[Fact]) -> tuple[int, int]:
    """Return where a fact stands: projects first, then by where its subject is first spoken of."""
    subject = fact.statement.subject
    first = next(n for n, other in enumerate(facts) if other.statement.subject == subject)
    return _rank(subject), first


def _rank(subject: Subject) -> int:
    match subject:
        case Id(name):
            kinds = ("project", "event", "organisation", "place")
            return next(
                (n * 2 for n, kind in enumerate(kinds) if name.startswith(kind)), len(kinds)
            )
        case Participation(_, context):
            return _rank(context) + 1
        case Scheme() | ReleaseSubject():
            return 9


def _add_fact(table: Table, fact: Fact, labels: ReadingLabels) -> None:
    name = Styled("  " + fact.statement.slot.replace("-", " "))
    value = Styled(labels.value(fact.statement.value), _STYLES[fact.status])
    certainty = Styled(_certainty(fact), _STYLES[fact.status])
    rows = [(shorten(e.quote), e.language, e.rule) for e in fact.evidence] or [("", "", "")]
    if fact.inference:
        inference = label(concept_iri("inference-rule", fact.inference), "en")
        rows = [(words, language, "") for words, language, _ in rows]
        rows[0] = (*rows[0][:2], inference)
    for number, (words, language, rule) in enumerate(rows):
        first = number == 0
        table.add_row(
            name if first else "",
            value if first else "",
            Styled(words, "italic"),
            language,
            Styled(rule, "dim"),
            certainty if first else "",
        )


def _certainty(fact: Fact) -> str:
    if fact.by:
        return f"{fact.status}, says {fact.by.who}"
    if fact.status is Status.STATED and fact.certainty is Certainty.CERTAIN:
        return "certain"
    return f"{fact.status}, {fact.certainty}"


def _discrepancy(discrepancy: Discrepancy, labels: ReadingLabels) -> RenderableType:
    kind = label(concept_iri("discrepancy-type", discrepancy.type), "en")
    solved = label(concept_iri("resolution-status", discrepancy.resolution), "en")
    style = "yellow" if discrepancy.resolution == "open" else "green"
    line = Styled.assemble((f"{solved}  ", style), f"{labels.about(discrepancy.about)}: {kind}")
    if discrepancy.stated is not None:
        line.append(f", {discrepancy.stated} stated and {discrepancy.observed} listed")
    if discrepancy.languages:
        line.append(f" ({', '.join(discrepancy.languages)})")
    concerned = "; ".join(shorten(labels.value(s.value)) for s in discrepancy.concerns)
    line.append(f" – {concerned}", "dim")
    if discrepancy.explained_by:
        reasons = "; ".join(shorten(labels.value(s.value)) for s in discrepancy.explained_by)
        line.append(f"; explained by {reasons}", "dim")
    if discrepancy.by:
        line.append(f"; {discrepancy.by.who}: {shorten(discrepancy.by.why)}", "dim")
    return Padding(line, (0, 0, 0, 2))


def shorten(words: str, longest: int = _LONGEST) -> str:
    """Return words on one line, the middle left out where they are longer than `longest`."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    half = longest // 2 - 2
    return f"{line[:half]} … {line[-half:]}"
