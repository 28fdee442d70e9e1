"""What a build did and what the gate found, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from eugraph.cli.tables import has_project, shorten
from eugraph.facts.corrections.correction import Corrected, Outcome
from eugraph.facts.fact import Reading
from eugraph.pipeline import Built
from eugraph.releases.fetch import Fetched
from eugraph.triples.wording import wordings
from eugraph.validation import Finding, Quote, Severity, Verdict

_STYLES = {Severity.VIOLATION: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_LONGEST = 140
_LONGEST_SENTENCE = 300
_MOST_QUOTES = 3
_MOST_ALIKE = 3
"""How many warnings or notes of one kind are shown."""
_MOST_RELEASES = 5


def built_view(built: Built) -> RenderableType:
    """Return what a build did: what was left out, what the gate says, what was published."""
    parts: list[RenderableType] = [
        Styled(f"left out  {error}", "yellow") for error in built.left_out
    ]
    parts += [Styled(line, "yellow") for line in _notes(built)]
    parts += [Styled(line, "yellow") for line in corrected_lines(built.corrected)]
    parts += [Styled(line, "yellow") for line in _without_project(built)]
    if built.edition is None:
        parts.append(verdict_view(built.verdict))
    elif not built.changed:
        parts.append(Styled(f"nothing changed: edition {built.edition.number} stays", "green"))
    else:
        counts = built.edition.manifest.counts
        totals = ", ".join(_counted(number, name) for name, number in counts.items())
        parts.append(Styled(f"published edition {built.edition.number}: {totals}", "green"))
        parts.append(Styled(f"the gate: {summary(built.verdict)}"))
        parts += _kinds(built.verdict)
    return Group(*parts)


def _notes(built: Built) -> Iterator[str]:
    """Yield what went wrong while reading, each note once with the releases it holds for."""
    releases: dict[str, list[str]] = {}
    for each in built.read:
        for note in (*gap_lines(each.reading), *each.reading.notes):
            releases.setdefault(note, []).append(each.release.name)
    for note, names in releases.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield f"{names[0]}{more}: {note}"


def _counted(number: int, name: str) -> str:
    """Return how many there are of what `name` has the plural of."""
    return f"{number} {name if number != 1 else _SINGULAR.get(name, name)}"


_SINGULAR: Final = {"releases": "release", "facts": "fact", "discrepancies": "discrepancy"}


def _without_project(built: Built) -> Iterator[str]:
    """Yield what is told of each release that is read and in which no project is found."""
    for each in built.read:
        if not has_project(each.reading):
            yield (
                f"no project found in {each.release.name}: it is published as text alone; "
                "take it out of the folder if it is about none"
            )


def gap_lines(reading: Reading) -> Iterator[str]:
    """Yield what is told of each language of a release that has no lexicon."""
    for code in reading.uncovered:
        yield f"no lexicon for `{code}`: read by what all languages share"


def corrected_lines(corrected: Iterable[Corrected]) -> Iterator[str]:
    """Yield each correction that changed nothing, and why."""
    for each in corrected:
        correction = each.correction
        if each.outcome is not Outcome.APPLIED:
            yield f"{each.outcome}  {correction.name} ({correction.action}): {each.reason}"


def _kinds(verdict: Verdict) -> Iterator[Styled]:
    """Yield a line for each kind of warning: how many there are, and what the first says."""
    warnings = [each for each in verdict.findings if each.severity is Severity.WARNING]
    counts = Counter(each.shape for each in warnings)
    first = {each.shape: each for each in reversed(warnings)}
    alike = Counter((each.shape, each.messages["en"]) for each in warnings)
    for shape, count in sorted(counts.items(), key=lambda kind: (kind[1], kind[0])):
        message, about = first[shape].messages["en"], first[shape].about["en"]
        such = "such as: " if count > 1 else ""
        if alike[shape, message] == count:
            such, message = "", f"{message}  {such}{about}".rstrip()
        yield Styled(f"  {count:>5} × {shape}  {such}{message}", "yellow")
    if warnings:
        yield Styled("  `eugraph validate` and the desk show the words and what to do", "dim")


def summary(verdict: Verdict, language: str = "en") -> str:
    """Return how many findings there are of each severity, in words."""
    counts = Counter(finding.severity for finding in verdict.findings)
    names = {"violations": Severity.VIOLATION, "warnings": Severity.WARNING, "notes": Severity.INFO}
    numbers = [
        _word(name, language, number=counts[kind]) for name, kind in names.items() if counts[kind]
    ]
    return ", ".join(numbers) or _word("nothing", language)


def _word(name: str, language: str, **words: object) -> str:
    wording = next(each for each in wordings() if each.language == language)
    if words.get("number") == 1 and f"one-{name}" in wording.sections["report"]:
        name = f"one-{name}"
    return wording.sentence("report", name, **{key: str(word) for key, word in words.items()})


def verdict_view(verdict: Verdict, language: str = "en") -> RenderableType:
    """Return what the gate found, worst first: findings of one kind together, with their number.

    Of violations each is shown with the words it is about; of warnings and
    notes that are many, the first few. What to do is told once.
    """
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in _worst_first(verdict.findings):
        groups.setdefault((finding.severity, finding.shape), []).append(finding)
    parts: list[RenderableType] = [_group(group, language) for group in groups.values()]
    parts.append(Styled(summary(verdict, language), "green" if verdict.conforms else "bold red"))
    return Group(*parts)


def _worst_first(findings: Sequence[Finding]) -> list[Finding]:
    order = list(Severity)
    return sorted(findings, key=lambda finding: (order.index(finding.severity), finding.shape))


def _group(findings: Sequence[Finding], language: str) -> RenderableType:
    first = findings[0]
    severity = _word(first.severity, language) if language != "en" else first.severity
    alike = len({finding.messages[language] for finding in findings}) == 1
    line = Styled.assemble(
        (f"{severity}  ", _STYLES[first.severity]),
        (f"{first.shape}  ", "dim"),
        first.messages[language] if alike else "",
        (f"  × {len(findings)}" if len(findings) > 1 else "", "bold"),
    )
    violated = first.severity is Severity.VIOLATION
    shown = findings if violated else findings[:_MOST_ALIKE]
    for finding in shown:
        if not alike:
            line.append(f"\n  {finding.messages[language]}")
        line.append_text(_one(finding, language, _MOST_QUOTES if len(findings) == 1 else 1))
    if len(findings) > len(shown):
        line.append(f"\n  {_word('more', language, number=len(findings) - len(shown))}", "dim")
    if first.severity is not Severity.INFO or len(findings) > 1:
        line.append(f"\n  → {first.advice[language]}", "dim")
    return line


def _one(finding: Finding, language: str, quotes: int) -> Styled:
    """Return what a finding is about, where, and in which words."""
    where = ", ".join(finding.releases) or _word("all-releases", language)
    line = Styled.assemble((f"\n  {finding.about[language]}", "blue"), (f"  [{where}]", "dim"))
    for quote in finding.quotes[:quotes]:
        line.append_text(_quoted(quote))
    if quotes > 1 and len(finding.quotes) > quotes:
        more = _word("more-places", language, number=len(finding.quotes) - quotes)
        line.append(f"\n    {more}", "dim")
    return line


def corrections_record(corrected: Iterable[Corrected]) -> list[dict[str, object]]:
    """Return what became of corrections as JSON objects."""
    return [
        {
            "file": each.correction.file,
            "number": each.correction.number,
            "action": str(each.correction.action),
            "outcome": str(each.outcome),
            "reason": each.reason,
        }
        for each in corrected
    ]


def _quoted(quote: Quote) -> Styled:
    """Return the words of a release in their sentence, as far as it is near, the words bold."""
    before, words, after = quote.parts
    words = shorten(words, _LONGEST)
    room = max(_LONGEST_SENTENCE - len(words), 0)
    ahead = max(room - len(after), room // 2)
    before = before if len(before) <= ahead else "…" + before[len(before) - ahead :]
    behind = room - len(before)
    after = after if len(after) <= behind else after[:behind] + "…"
    line = Styled("\n    “", "italic").append(before).append(words, "bold").append(after)
    return line.append(f"” ({quote.release})")


def built_record(built: Built) -> dict[str, object]:
    """Return what a build did as one JSON object."""
    edition = built.edition
    return {
        "edition": edition.number if edition else None,
        "counts": dict(edition.manifest.counts) if edition else {},
        "changed": built.changed,
        "conforms": built.verdict.conforms,
        "releases": list(built.releases),
        "read": [each.release.id for each in built.read],
        "corrections": corrections_record(built.corrected),
        "left_out": [{"file": error.name, "reason": error.reason} for error in built.left_out],
        "uncovered": {
            each.release.id: list(each.reading.uncovered)
            for each in built.read
            if each.reading.uncovered
        },
        "notes": {
            each.release.id: list(each.reading.notes) for each in built.read if each.reading.notes
        },
        "without_project": [
            each.release.id for each in built.read if not has_project(each.reading)
        ],
        "findings": _findings(built),
    }


def _findings(built: Built) -> dict[str, int]:
    """Return how many findings there are of each severity; of an edition that stays, as kept."""
    if built.edition and not built.changed:
        return dict(built.edition.findings)
    return dict(Counter(str(finding.severity) for finding in built.verdict.findings))


def fetched_line(fetched: Fetched) -> str:
    """Return what became of an address in one line."""
    return f"{fetched.outcome:9}  {fetched.url}  {fetched.path or fetched.reason or ''}".rstrip()


def fetched_record(fetched: Fetched) -> dict[str, str | None]:
    """Return what became of an address as a JSON object."""
    return {
        "url": fetched.url,
        "outcome": str(fetched.outcome),
        "file": str(fetched.path) if fetched.path else None,
        "reason": fetched.reason,
    }


def refused(verdict: Verdict, overrides: Path | None, published: Collection[str]) -> str:
    """Return what refused an edition, and how to get on: the desk, or a correction to write.

    Of the words that bear on it those of a release that is not `published` are
    named first: it is what came.
    """
    violations = [each for each in verdict.findings if each.severity is Severity.VIOLATION]
    names = sorted({release for each in violations for release in each.releases})
    shapes = ", ".join(sorted({each.shape for each in violations}))
    of = ", ".join(names[:_MOST_RELEASES]) + (" and others" if len(names) > _MOST_RELEASES else "")
    cause = f"What is wrong is in {of or 'all releases'} ({shapes})."
    quotes = [quote for each in violations for quote in each.quotes if quote.slot]
    quotes.sort(key=lambda quote: quote.release in published)
    if (wrong := next(iter(quotes), None)) is None:
        return f"{cause} Open the desk (eugraph serve --desk RELEASES) to see why."
    fields = {
        "action": "reject", "release": wrong.release, "slot": wrong.slot, "old": wrong.old,
        "quote": wrong.text, "who": "…", "why": "…",
    }  # fmt: skip
    entry = ", ".join(
        f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in fields.items() if text
    )
    file = (overrides or Path("data/overrides")) / "corrections.toml"
    return (
        f"{cause} Reject it at the desk (eugraph serve --desk RELEASES), or write into {file}, "
        f"for instance: correction = [{{ {entry}, when = {datetime.now(UTC).date().isoformat()} }}]"
    )
