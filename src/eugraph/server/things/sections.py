"""The sections of a thing's page: which a type has and in which order is `data/pages/things.toml`.

Each is made by a function of its name here, and shown by a macro of
`sections.html`; one that has nothing to tell is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from eugraph.editions import Edition
from eugraph.search import Index, Related, lists
from eugraph.server.overview import Drawings
from eugraph.server.source import Source
from eugraph.server.things.around import query_around, releases_around
from eugraph.server.things.arranged import Arranger, Conflict, Part, sections_of
from eugraph.server.things.speech import Speech
from eugraph.server.things.text import Marked, Version, versions_of
from eugraph.server.things.told import Told
from eugraph.vocabulary import EUG

MOST_RELATED: Final = 12
"""How many things of a list a page shows; the list has them all."""

_SPEAKING: Final = frozenset({"org", "place"})
"""Types of things that releases speak of without being about them."""

_TOLD_ELSEWHERE: Final = {
    "project": frozenset({"organisations", "discrepancies"}),
    "event": frozenset({"organisations", "discrepancies"}),
    "release": frozenset({"projects", "events"}),
}
"""Lists of what a page already tells as participations, contradictions and facts."""

_STATED_PARTNERS: Final = str(EUG.statedPartnerCount)


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its anchor, the macro that shows it, its heading, and what is shown.

    `count` says beside the heading how much there is, empty where that says nothing.
    """

    key: str
    macro: str
    title: str
    content: object
    count: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the page of a thing is made of: what is told of it, and how it is said."""

    source: Source
    edition: Edition
    index: Index
    told: Told
    speech: Speech
    arranger: Arranger
    drawings: Drawings
    conflicts: tuple[Conflict, ...]
    type: str
    related: Mapping[str, Sequence[Related]] = field(default_factory=dict)
    marked: tuple[Marked, ...] = ()

    @property
    def iri(self) -> str:
        """The thing."""
        return self.told.iri

    @property
    def key(self) -> str:
        """The end of its IRI, after its type."""
        return self.iri.partition("/id/")[2].partition("/")[2]


def sections_about(about: About) -> tuple[Section, ...]:
    """Return the sections that tell something, in the order for the type of the thing."""
    names = sections_of(about.type)
    return tuple(
        section
        for name in names
        for section in (_MAKERS[name](about) if name in _MAKERS else _list(about, name))
    )


def related_to(about: Index, iri: str, type_: str, tongue: str) -> Mapping[str, Sequence[Related]]:
    """Return what is about the thing `iri` by list, but for what its page tells elsewhere."""
    told = _TOLD_ELSEWHERE.get(type_, frozenset())
    found: dict[str, list[Related]] = {}
    for each in about.related(iri, language=tongue, most=MOST_RELATED):
        if each.listed.name not in told:
            found.setdefault(each.listed.name, []).append(each)
    return found


def _time(about: About) -> Iterator[Section]:
    if about.drawings.time:
        yield Section("time", "time", about.speech.say("thing.time"), about.drawings)


def _map(about: About) -> Iterator[Section]:
    if about.drawings.map:
        yield Section("map", "map", about.speech.say("thing.map"), about.drawings)


def _parts(about: About) -> Iterator[Section]:
    parts = about.arranger.parts()
    if parts:
        project = about.type == "project"
        title = about.speech.say("thing.parts" if project else "thing.took-part")
        yield Section("parts", "parts", title, parts, _named_of_stated(about, parts))


def _named_of_stated(about: About, parts: Sequence[Part]) -> str:
    """Return how many partners are named, and of how many, where releases say that."""
    say, named = about.speech.say, len(parts)
    stated = sorted(
        int(cell["value"])
        for cell in about.told.of(about.iri).get(_STATED_PARTNERS, [])
        if cell["value"].isdecimal()
    )
    if not stated:
        return str(named)
    numbers = "/".join(map(str, stated))
    return say("thing.named-of-stated", named=named, stated=numbers)


def _facts(about: About) -> Iterator[Section]:
    properties = about.arranger.properties(about.type)
    if properties:
        yield Section("facts", "facts", about.speech.say("thing.facts"), properties)


def _contradictions(about: About) -> Iterator[Section]:
    found = [each for each in about.conflicts if each.contradicts]
    yield from _conflicting(about, "contradictions", found)


def _remarks(about: About) -> Iterator[Section]:
    found = [each for each in about.conflicts if not each.contradicts]
    yield from _conflicting(about, "remarks", found)


def _conflicting(about: About, name: str, found: Sequence[Conflict]) -> Iterator[Section]:
    if found:
        own = about.type == "discrepancy"
        title = about.speech.say("thing.readings" if own else f"thing.{name}")
        yield Section(name, "conflicts", title, found, "" if own else str(len(found)))


def _countries(about: About) -> Iterator[Section]:
    own = {
        value
        for name in (EUG.organisationCountry, EUG.locationCountry)
        for value in about.told.values(about.iri, str(name))
    }
    found = [each for each in about.drawings.countries if each.iri not in own]
    if found:
        title = "thing.works-with" if about.type in _SPEAKING else "thing.countries"
        yield Section("with", "countries", about.speech.say(title), found, str(len(found)))


def _list(about: About, name: str) -> Iterator[Section]:
    """Yield the entries of a list that the thing is a facet of, one section for each facet."""
    for number, each in enumerate(about.related.get(name, ()), start=1):
        key = name if number == 1 else f"{name}-{number}"
        part = each.facet == "whole" and about.type == "event"
        title = about.speech.say("thing.its-parts" if part else f"list.{name}")
        if not part and each.facet in _TOLD_FACETS and about.type not in {"scheme", "place"}:
            title = f"{title} ({about.speech.say(f'facet.{each.facet}')})"
        yield Section(key, "related", title, each, str(each.total))


_TOLD_FACETS: Final = frozenset(
    {"whole", "place", "programme", "level", "type", "status", "role", "property"}
)
"""Facets that a heading names, since the list alone would not say what the thing is to it."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Releases that speak of a thing, the first of them, and the query of them all."""

    related: Related
    query: str


def _speaking(about: About) -> Iterator[Section]:
    if about.type in _SPEAKING:
        tongue = about.speech.language
        for each in releases_around(
            about.source, about.edition, about.iri, tongue, most=MOST_RELATED
        ):
            title, content = (
                about.speech.say("thing.told-in"),
                Speaking(each, query_around(about.iri)),
            )
            yield Section("told", "speaking", title, content, str(each.total))


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a release, by its versions, and what was read in which passages."""

    text: str
    versions: tuple[Version, ...]
    marked: tuple[Marked, ...]


def _text(about: About) -> Iterator[Section]:
    if about.type not in {"release", "text"} or "/" in about.key:
        return
    try:
        text = about.edition.text(about.key)
    except OSError:
        return
    told = tuple(each for each in about.marked if each.facts)
    content = Reading(text, versions_of(text, about.marked), told)
    yield Section("text", "text", about.speech.say("thing.text"), content)
    if told:
        yield Section("read", "read", about.speech.say("thing.read"), content, str(len(told)))


_MAKERS: Final[Mapping[str, Callable[[About], Iterator[Section]]]] = {
    "time": _time,
    "map": _map,
    "parts": _parts,
    "facts": _facts,
    "contradictions": _contradictions,
    "remarks": _remarks,
    "countries": _countries,
    "speaking": _speaking,
    "text": _text,
}

SECTIONS: Final = (*_MAKERS, *lists())
"""What there can be on a page."""
