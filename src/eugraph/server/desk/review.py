"""What the desk shows of the site: editions, what the gate found, what became of corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from eugraph.editions import Edition, current, editions
from eugraph.errors import SiteError
from eugraph.search import Index

_REFUSED: Final = "refused"
_DISCREPANCY: Final = "/id/discrepancy/"
SEVERITIES: Final = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a release within their sentence, and what a correction calls what was read in them.

    `slot` is empty where nothing can be rejected.
    """

    before: str
    words: str
    after: str
    release: str
    slot: str
    old: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the gate found: in words, what to do about it, and the words of the release.

    `quotes` are those of each differing value first.
    """

    severity: str
    shape: str
    focus: str
    about: str
    message: str
    advice: str
    quotes: tuple[Quoted, ...]
    releases: tuple[str, ...]


class _Quote(msgspec.Struct, frozen=True):
    """Words of a release, where they begin in their sentence if that is told."""

    text: str
    sentence: str | None = None
    offset: int | None = 0
    release: str = ""
    slot: str | None = None
    old: str | None = None

    @property
    def quoted(self) -> Quoted:
        """The words as the desk shows them."""
        sentence = self.sentence or ""
        at = self.offset or 0 if sentence else 0
        after = sentence[at + len(self.text) :]
        place = self.release, self.slot or "", self.old or ""
        return Quoted(sentence[:at], self.text, after, *place)


class _Written(msgspec.Struct, frozen=True):
    """A finding as `report.json` has it, by language what is words."""

    severity: str
    shape: str
    focus: str
    about: dict[str, str]
    messages: dict[str, str]
    advice: dict[str, str]
    quotes: tuple[_Quote, ...]
    releases: tuple[str, ...]


class _Head(msgspec.Struct, frozen=True, gc=False):
    """What findings are counted and chosen by."""

    severity: str
    shape: str
    releases: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    findings: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """A finding that is read when it is shown: a report may have thousands, and a page few."""

    severity: str
    shape: str
    releases: tuple[str, ...]
    written: msgspec.Raw
    language: str

    def read(self) -> Finding:
        """Return it in the language of the report."""
        each = _WRITTEN.decode(self.written)
        return Finding(
            each.severity,
            each.shape,
            each.focus,
            each.about.get(self.language) or each.about.get("en", ""),
            each.messages.get(self.language) or each.messages["en"],
            each.advice.get(self.language) or each.advice["en"],
            tuple(dict.fromkeys(quote.quoted for quote in each.quotes)),
            each.releases,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The gate's report on the newest build; `refused` if nothing was published of it.

    `counts` is how many findings there are, by severity and release, and by
    severity and None of all.
    """

    refused: bool
    filed: tuple[Filed, ...] = ()
    counts: Mapping[tuple[str, str | None], int] = field(default_factory=dict)

    @property
    def violations(self) -> tuple[Finding, ...]:
        """What the gate refuses."""
        return tuple(each.read() for each in self.filed if each.severity == SEVERITIES[0])

    def of(self, release: str) -> tuple[Finding, ...]:
        """Return the findings about a release."""
        return tuple(each.read() for each in self.filed if release in each.releases)

    def by_shape(self, severity: str) -> Mapping[str, tuple[Filed, ...]]:
        """Return the findings of a severity by the shape that was violated, the most first."""
        found: dict[str, list[Filed]] = {}
        for each in self.filed:
            if each.severity == severity:
                found.setdefault(each.shape, []).append(each)
        order = sorted(found, key=lambda shape: (-len(found[shape]), shape))
        return {shape: tuple(found[shape]) for shape in order}

    def count(self, severity: str, release: str | None = None) -> int:
        """Return how many findings of a severity there are, of all releases or of one."""
        return self.counts.get((severity, release), 0)


_FILE: Final = msgspec.json.Decoder(_File)
_HEAD: Final = msgspec.json.Decoder(_Head)
_WRITTEN: Final = msgspec.json.Decoder(_Written)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition as the desk lists it."""

    number: int
    created: str
    counts: Mapping[str, int]
    current: bool


@dataclass(frozen=True, slots=True)
class Where:
    """What a finding is about, called as a person would; and the project that it belongs to."""

    name: str
    project: str
    project_name: str


def where_found(index: Index, findings: Iterable[Finding], language: str) -> Mapping[str, Where]:
    """Return for each focus of `findings` that is published, and needs it, where it belongs.

    An event goes by its name with that of its project; a discrepancy, which
    has no name, by what it says.
    """
    about = {each.focus: each.about for each in findings}
    projects = index.projects_of(about)
    names = index.names({*about, *projects.values()}, language=language)

    def name(iri: str) -> str:
        return names[iri][0] if iri in names else about.get(iri, "")

    unnamed = {focus for focus in about if _DISCREPANCY in focus and focus in names}
    return {
        focus: Where(
            name(focus) if focus in unnamed else about[focus],
            projects.get(focus, ""),
            name(projects[focus]) if focus in projects else "",
        )
        for focus in projects.keys() | unnamed
    }


def report_of(site: Path, language: str) -> Report:
    """Return what the gate said of the newest build of `site`."""
    refused = site / _REFUSED / "report.json"
    if refused.exists():
        return _report(refused, language, refused=True)
    try:
        return report_of_edition(current(site), language)
    except SiteError:
        return Report(refused=False)


@lru_cache(maxsize=4)
def report_of_edition(edition: Edition, language: str) -> Report:
    """Return what the gate said of a published edition."""
    return _report(edition.folder / "report.json", language, refused=False)


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


def _report(path: Path, language: str, *, refused: bool) -> Report:
    filed = _findings(path, language)
    of_all = Counter[tuple[str, str | None]]((each.severity, None) for each in filed)
    of_all.update((each.severity, name) for each in filed for name in each.releases)
    return Report(refused, filed, of_all)


def _findings(path: Path, language: str) -> tuple[Filed, ...]:
    try:
        written = _FILE.decode(path.read_bytes()).findings
        heads = [_HEAD.decode(each) for each in written]
    except (OSError, msgspec.MsgspecError):
        return ()
    found = [
        Filed(head.severity, head.shape, head.releases, each, language)
        for head, each in zip(heads, written, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: SEVERITIES.index(each.severity)))
