"""A reading changes with its text only as it must: relations that need no right answer.

Each relation says what a change of the text may do to what is read. Statements
are compared by what they are about, not by ids or places in the text: a project
by its acronym, an event by its project and day, organisations and places by
the names they have.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from eugraph.facts.fact import (
    Edtf,
    Event,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    Slot,
    Status,
    Subject,
    Text,
    Value,
)
from eugraph.facts.language.words import fold
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release
from eugraph.releases.release import Release

HERE = Path(__file__).parent
GIVEN = sorted(HERE.parents[1].glob("data/releases/*.txt"))
MADE_UP = tomllib.loads((HERE / "metamorphic.toml").read_text(encoding="utf-8"))

Told = tuple[str, str, str]
"""A statement as it is compared: about what, in which slot, the value."""


@dataclass(frozen=True)
class Sample:
    """A release by its language versions."""

    name: str
    versions: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole release."""
        return "\n".join(self.versions)


def versions(path: Path) -> tuple[str, ...]:
    """Return the language versions of a given release, cut where the language changes."""
    release = read_release(path)
    first = release.passages[0].language
    cut = next(p.start for p in release.passages if p.language != first)
    return release.text[:cut], release.text[cut:]


SAMPLES = [
    *(Sample(path.stem[:3], versions(path)) for path in GIVEN),
    *(Sample(name, tuple(told["versions"])) for name, told in MADE_UP.items()),
]
BILINGUAL = [sample for sample in SAMPLES if len(sample.versions) > 1]

each = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
each_bilingual = pytest.mark.parametrize("sample", BILINGUAL, ids=lambda sample: sample.name)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], tuple[Release, Reading]]:
    def read_text(text: str) -> tuple[Release, Reading]:
        path = tmp_path / "release.txt"
        path.write_text(text, encoding="utf-8")
        release = read_release(path)
        return release, read_facts(release)

    return read_text


Read = Callable[[str], tuple[Release, Reading]]


def plain(text: str) -> str:
    """Return `text` as texts are compared: without marks, diacritics and double spaces."""
    return " ".join(re.findall(r"\w+", fold(text)))


class Names:
    """What the things of a reading are called, the same in every order and spelling of the text."""

    def __init__(self, reading: Reading) -> None:
        self.of: dict[Id, str] = {}
        for thing in reading.things:
            match thing:
                case Project():
                    self.of[thing.id] = self._project(reading, thing)
                case Place() | Organisation():
                    names = sorted({plain(name.text) for name in thing.names})
                    self.of[thing.id] = thing.known or "/".join(names)
                case Event():
                    pass
        for thing in reading.things:
            if isinstance(thing, Event):
                self.of[thing.id] = self._event(reading, thing)

    @staticmethod
    def _values(reading: Reading, subject: Id, slot: Slot) -> list[str]:
        stated = (f.statement for f in reading.facts)
        found = (s.value for s in stated if s.subject == subject and s.slot is slot)
        return sorted(plain(v.text) if isinstance(v, Text) else str(v) for v in found)

    def _project(self, reading: Reading, thing: Project) -> str:
        names = self._values(reading, thing.id, Slot.ACRONYM)
        return names[0] if names else self._values(reading, thing.id, Slot.TITLE)[0]

    def _event(self, reading: Reading, thing: Event) -> str:
        ordinals = self._values(reading, thing.id, Slot.ORDINAL)
        dates = self._values(reading, thing.id, Slot.STATED_DATE)
        days = [re.sub(r"\b(\d{4}|XXXX)\b", "", day) for day in dates]
        types = self._values(reading, thing.part_of, Slot.STATED_DATE) if thing.part_of else []
        return f"event {thing.noun if thing.part_of else ''} {ordinals} {days} {len(types)}"

    def subject(self, subject: Subject) -> str:
        """Return what a statement is about."""
        if isinstance(subject, Id):
            return self.of[subject]
        if isinstance(subject, Participation):
            return f"{self.of[subject.organisation]} in {self.of[subject.context]}"
        return str(subject)

    def value(self, value: Value) -> str:
        """Return what a statement says of it."""
        if isinstance(value, Id):
            return self.of[value]
        return plain(value.text) if isinstance(value, Text) else str(value)


def told(reading: Reading, facts: Iterable[Fact] | None = None) -> set[Told]:
    """Return what `reading` says in any status, or what these facts of it say."""
    names = Names(reading)
    statements = (f.statement for f in (reading.facts if facts is None else facts))
    return {(names.subject(s.subject), s.slot.value, names.value(s.value)) for s in statements}


def difference(one: set[Told], other: set[Told]) -> str:
    """Return what only one of two readings says, for the message of a failed test."""
    lost = [f"- {each}" for each in sorted(one - other)]
    return "\n".join(["", *lost, *(f"+ {each}" for each in sorted(other - one))])


def check_equal(one: set[Told], other: set[Told]) -> None:
    assert one == other, difference(one, other)


def test_there_is_something_to_change() -> None:
    """Else a relation would hold because nothing was done."""
    assert (len(SAMPLES), len(BILINGUAL)) == (6, 4)
    for sample in SAMPLES:
        assert YEAR.search(sample.text)
        assert len({with_marks(sample.text, style) for style in STYLES}) == len(STYLES)
        assert without_diacritics(sample.text) != sample.text or sample.name == "orchards"


@each
def test_every_quote_stands_in_the_text_at_its_place(read: Read, sample: Sample) -> None:
    release, reading = read(sample.text)

    pieces = [piece for fact in reading.facts for piece in fact.evidence]
    assert pieces
    assert [release.text[p.start : p.end] for p in pieces] == [p.quote for p in pieces]


@each
def test_the_same_text_is_read_the_same(read: Read, sample: Sample) -> None:
    assert read(sample.text) == read(sample.text)


@each_bilingual
def test_the_order_of_the_language_versions_does_not_matter(read: Read, sample: Sample) -> None:
    """The same is said, though of two values that exclude each other the other may stand."""
    _, reading = read(sample.text)
    _, swapped = read("\n".join(reversed(sample.versions)))

    check_equal(told(reading), told(swapped))
    kinds = [sorted((d.type, str(d.slot)) for d in r.discrepancies) for r in (reading, swapped)]
    assert kinds[0] == kinds[1]


def without_diacritics(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@each
def test_diacritics_are_not_needed(read: Read, sample: Sample) -> None:
    """Many write without them; texts and names then lack them, all else is the same.

    But a place may be lost: “Atēnās” (in Athens) is then written as “Atēnas” is.
    """
    _, reading = read(sample.text)
    _, stripped = read(without_diacritics(sample.text))

    said = told(stripped)
    lost = {each for each in told(reading) - said if each[1] == Slot.PLACE}
    check_equal(told(reading) - lost, said)


YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def later(value: str, years: int) -> str:
    return YEAR.sub(lambda match: str(int(match[0]) + years), value)


def dated(reading: Reading, years: int = 0) -> set[Told]:
    """Return what `reading` says with its dates `years` later.

    Left out is the edition of a programme, which is inferred from the years.
    """
    facts = [
        f
        for f in reading.facts
        if not (f.statement.slot is Slot.FUNDED_UNDER and f.status is Status.INFERRED)
    ]
    names = Names(reading)
    found = set()
    for fact in facts:
        value = names.value(fact.statement.value)
        if isinstance(fact.statement.value, date | Edtf | Text):
            value = (
                later(value, years)
                if not isinstance(fact.statement.value, date)
                else _later_day(fact.statement.value, years)
            )
        found.add((names.subject(fact.statement.subject), fact.statement.slot.value, value))
    return found


def _later_day(day: date, years: int) -> str:
    return day.replace(year=day.year + years).isoformat()


@each
@pytest.mark.parametrize("years", [1, -2])
def test_dates_follow_the_years_of_the_text(read: Read, sample: Sample, years: int) -> None:
    """No release here names a day of the week, 29 February, or a programme by its year."""
    _, reading = read(sample.text)
    _, shifted = read(later(sample.text, years))

    check_equal(dated(reading, years), dated(shifted))


def with_countries_in(order: random.Random, release: Release, reading: Reading) -> str:
    """Return the text of `release` with the countries of each list in another order.

    Only the words of the countries change places, so a list in a case of its
    language is still in it.
    """
    spans: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for fact in reading.facts:
        if fact.statement.slot is not Slot.INVOLVES_COUNTRY:
            continue
        for piece in fact.evidence:
            if piece.rule == "country-in-list":
                passage = next(p for p in release.passages if p.start <= piece.start < p.end)
                spans.setdefault((passage.start, passage.end), set()).add((piece.start, piece.end))
    text = release.text
    for places in sorted(spans.values(), key=min, reverse=True):
        ordered = sorted(places)
        words = [text[start:end] for start, end in ordered]
        order.shuffle(words)
        for (start, end), word in reversed(list(zip(ordered, words, strict=True))):
            text = text[:start] + word + text[end:]
    return text


@each
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_a_list_of_countries_does_not_matter(
    read: Read, sample: Sample, seed: int
) -> None:
    release, reading = read(sample.text)
    text = with_countries_in(random.Random(seed), release, reading)  # noqa: S311
    assert text != sample.text

    check_equal(told(reading), told(read(text)[1]))


STYLES = ["„“", "“”", "«»", "„”", '""', "””"]


def with_marks(text: str, style: str) -> str:
    """Return `text` with every pair of quotation marks in another style."""
    pair = re.compile(r"[„“«”]([^„“«”»\n]{2,120})[”“»]")
    return pair.sub(lambda match: style[0] + match[1] + style[1], text)


@each
@pytest.mark.parametrize("style", STYLES)
def test_the_shape_of_quotation_marks_does_not_matter(
    read: Read, sample: Sample, style: str
) -> None:
    _, reading = read(sample.text)

    check_equal(told(reading), told(read(with_marks(sample.text, style))[1]))


@each
@pytest.mark.parametrize("space", ["  ", "\u00a0", " \u00a0", "\u2009"])
def test_the_width_of_spaces_does_not_matter(read: Read, sample: Sample, space: str) -> None:
    _, reading = read(sample.text)

    check_equal(told(reading), told(read(sample.text.replace(" ", space))[1]))


@each
def test_the_ends_of_lines_do_not_matter(read: Read, sample: Sample) -> None:
    _, reading = read(sample.text)

    check_equal(told(reading), told(read(sample.text.replace("\n", "\r\n"))[1]))


def by_value(reading: Reading, facts: Iterable[Fact]) -> set[tuple[str, str]]:
    """Return slots and values of statements: a half may not name what the whole does."""
    names = Names(reading)
    return {
        (f.statement.slot.value, names.value(f.statement.value))
        for f in facts
        if not isinstance(f.statement.value, Id)
    }


@pytest.mark.parametrize(
    ("sample", "kept"),
    [
        pytest.param(sample, kept, id=f"{sample.name}-{kept}")
        for sample in BILINGUAL
        for kept in (0, 1)
    ],
)
def test_one_language_version_alone_says_what_it_says_beside_the_other(
    read: Read, sample: Sample, kept: int
) -> None:
    """What the whole states in a language, that version states alone; it states nothing else.

    What is inferred may differ, since it may follow from the other version.
    """
    _, whole = read(sample.text)
    release, half = read(sample.versions[kept])
    (language,) = release.languages
    in_language = [f for f in whole.facts if any(p.language == language for p in f.evidence)]
    firm = [f for f in in_language if f.status is Status.STATED]

    stated = [f for f in half.facts if f.status in {Status.STATED, Status.DISPUTED}]
    missing = by_value(whole, firm) - by_value(half, half.facts)
    added = by_value(half, stated) - by_value(whole, in_language)
    assert (missing, added) == (set(), set())
