"""What the desk shows of the site: editions, what the gate found, what became of corrections."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from eugraph.editions import Edition, current, editions
from eugraph.errors import SiteError

_REFUSED: Final = "refused"
SEVERITIES: Final = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Finding:
    """What the gate found: in words, what to do about it, and the words of the release.

    Of each of `quotes` the sentence before the words, the words, and the sentence after them.
    """

    severity: str
    shape: str
    focus: str
    about: str
    message: str
    advice: str
    quotes: tuple[tuple[str, str, str], ...]
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The gate's report on the newest build; `refused` if nothing was published of it."""

    refused: bool
    findings: tuple[Finding, ...]

    def of(self, release: str) -> tuple[Finding, ...]:
        """Return the findings about a release."""
        return tuple(each for each in self.findings if release in each.releases)

    def by_shape(self, severity: str) -> Mapping[str, tuple[Finding, ...]]:
        """Return the findings of a severity by the shape that was violated, the most first."""
        found: dict[str, list[Finding]] = {}
        for each in self.findings:
            if each.severity == severity:
                found.setdefault(each.shape, []).append(each)
        order = sorted(found, key=lambda shape: (-len(found[shape]), shape))
        return {shape: tuple(found[shape]) for shape in order}

    def count(self, severity: str, release: str | None = None) -> int:
        """Return how many findings of a severity there are, of all releases or of one."""
        among = self.findings if release is None else self.of(release)
        return sum(each.severity == severity for each in among)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition as the desk lists it."""

    number: int
    created: str
    counts: Mapping[str, int]
    current: bool


def report_of(site: Path, language: str) -> Report:
    """Return what the gate said of the newest build of `site`."""
    refused = site / _REFUSED / "report.json"
    if refused.exists():
        return Report(refused=True, findings=_findings(refused, language))
    try:
        return report_of_edition(current(site), language)
    except SiteError:
        return Report(refused=False, findings=())


@lru_cache(maxsize=4)
def report_of_edition(edition: Edition, language: str) -> Report:
    """Return what the gate said of a published edition."""
    return Report(refused=False, findings=_findings(edition.folder / "report.json", language))


def editions_of(site: Path) -> tuple[EditionRow, ...]:
    """Return the editions of `site`, the newest first."""
    try:
        served = current(site).number
    except SiteError:
        served = 0
    return tuple(_edition(edition, served) for edition in reversed(editions(site)))


def _edition(edition: Edition, served: int) -> EditionRow:
    manifest = edition.manifest
    return EditionRow(edition.number, manifest.created, manifest.counts, edition.number == served)


def _findings(path: Path, language: str) -> tuple[Finding, ...]:
    try:
        told: Sequence[Any] = json.loads(path.read_text(encoding="utf-8"))["findings"]
    except (OSError, ValueError, KeyError):
        return ()
    found = [
        Finding(
            each["severity"],
            each["shape"],
            each["focus"],
            each["about"].get(language) or each["about"].get("en", ""),
            each["messages"].get(language) or each["messages"]["en"],
            each["advice"].get(language) or each["advice"]["en"],
            tuple(dict.fromkeys(map(_quoted, each["quotes"]))),
            tuple(each["releases"]),
        )
        for each in told
    ]
    return tuple(sorted(found, key=lambda each: SEVERITIES.index(each.severity)))


def _quoted(quote: Mapping[str, Any]) -> tuple[str, str, str]:
    words, sentence = quote["text"], quote.get("sentence") or ""
    at = quote["offset"] if sentence else 0
    return sentence[:at], words, sentence[at + len(words) :]
