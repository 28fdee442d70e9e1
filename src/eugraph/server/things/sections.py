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
from eugraph.server.things.content import Conflict, Part
from eugraph.server.things.description import Description
from eugraph.server.things.layout import sections_of
from eugraph.server.things.localizer import Localizer
from eugraph.server.things.presenter import Presenter
from eugraph.server.things.text import Marked, Version, versions_of
from eugraph.vocabulary import EUG

MOST_RELATED: Final = 12
"""How many things of a list a page shows; the list has them all."""

_MENTIONED: Final = frozenset({"org", "place"})
"""Types of things that releases speak of without being about them."""

_ELSEWHERE_ON_PAGE: Final = {
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
    """What the page of a thing is made of: its description, and how that is worded."""

    source: Source
    edition: Edition
    index: Index
    description: Description
    localizer: Localizer
    presenter: Presenter
    drawings: Drawings
    conflicts: tuple[Conflict, ...]
    type: str
    related: Mapping[str, Sequence[Related]] = field(default_factory=dict)
    marked: tuple[Marked, ...] = ()

    @property
    def iri(self) -> str:
        """The thing."""
        return self.description.iri

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


def related_to(about: Index, iri: str, type_: str, lang: str) -> Mapping[str, Sequence[Related]]:
    """Return what is about the thing `iri` by list, but for what its page tells elsewhere."""
    elsewhere = _ELSEWHERE_ON_PAGE.get(type_, frozenset())
    found: dict[str, list[Related]] = {}
    for each in about.related(iri, language=lang, most=MOST_RELATED):
        if each.listed.name not in elsewhere:
            found.setdefault(each.listed.name, []).append(each)
    return found


def _time(about: About) -> Iterator[Section]:
    if about.drawings.time:
        yield Section("time", "time", about.localizer.translate("thing.time"), about.drawings)


def _map(about: About) -> Iterator[Section]:
    if about.drawings.map:
        yield Section("map", "map", about.localizer.translate("thing.map"), about.drawings)


def _parts(about: About) -> Iterator[Section]:
    parts = about.presenter.parts()
    if parts:
        project = about.type == "project"
        title = about.localizer.translate("thing.parts" if project else "thing.took-part")
        yield Section("parts", "parts", title, parts, _named_of_stated(about, parts))


def _named_of_stated(about: About, parts: Sequence[Part]) -> str:
    """Return how many partners are named, and of how many, where releases say that."""
    translate, named = about.localizer.translate, len(parts)
    stated = sorted(
        int(cell["value"])
        for cell in about.description.of(about.iri).get(_STATED_PARTNERS, [])
        if cell["value"].isdecimal()
    )
    if not stated:
        return str(named)
    numbers = "/".join(map(str, stated))
    return translate("thing.named-of-stated", named=named, stated=numbers)


def _facts(about: About) -> Iterator[Section]:
    properties = about.presenter.properties(about.type)
    if properties:
        yield Section("facts", "facts", about.localizer.translate("thing.facts"), properties)


def _contradictions(about: About) -> Iterator[Section]:
    found = [each for each in about.conflicts if each.contradicts]
    yield from _conflicting(about, "contradictions", found)


def _remarks(about: About) -> Iterator[Section]:
    found = [each for each in about.conflicts if not each.contradicts]
    yield from _conflicting(about, "remarks", found)


def _conflicting(about: About, name: str, found: Sequence[Conflict]) -> Iterator[Section]:
    if found:
        own = about.type == "discrepancy"
        title = about.localizer.translate("thing.readings" if own else f"thing.{name}")
        yield Section(name, "conflicts", title, found, "" if own else str(len(found)))


def _countries(about: About) -> Iterator[Section]:
    own = {
        value
        for name in (EUG.organisationCountry, EUG.locationCountry)
        for value in about.description.values(about.iri, str(name))
    }
    found = [each for each in about.drawings.countries if each.iri not in own]
    if found:
        title = "thing.works-with" if about.type in _MENTIONED else "thing.countries"
        yield Section("with", "countries", about.localizer.translate(title), found, str(len(found)))


def _list(about: About, name: str) -> Iterator[Section]:
    """Yield the entries of a list that the thing is a facet of, one section for each facet."""
    for number, each in enumerate(about.related.get(name, ()), start=1):
        key = name if number == 1 else f"{name}-{number}"
        part = each.facet == "whole" and about.type == "event"
        title = about.localizer.translate("thing.its-parts" if part else f"list.{name}")
        if not part and each.facet in _FACETS_IN_TITLE and about.type not in {"scheme", "place"}:
            title = f"{title} ({about.localizer.translate(f'facet.{each.facet}')})"
        yield Section(key, "related", title, each, str(each.total))


_FACETS_IN_TITLE: Final = frozenset(
    {"whole", "place", "programme", "level", "type", "status", "role", "property"}
)
"""Facets that a heading names, since the list alone would not say what the thing is to it."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Releases that speak of a thing, the first of them, and the query of them all."""

    related: Related
    query: str


def _mentions(about: About) -> Iterator[Section]:
    if about.type in _MENTIONED:
        lang = about.localizer.language
        for each in releases_around(
            about.source, about.edition, about.iri, lang, most=MOST_RELATED
        ):
            title, content = (
                about.localizer.translate("thing.mentioned-in"),
                Mentions(each, query_around(about.iri)),
            )
            yield Section("mentions", "mentions", title, content, str(each.total))


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
    with_facts = tuple(each for each in about.marked if each.facts)
    content = Reading(text, versions_of(text, about.marked), with_facts)
    yield Section("text", "text", about.localizer.translate("thing.text"), content)
    if with_facts:
        yield Section(
            "read", "read", about.localizer.translate("thing.read"), content, str(len(with_facts))
        )


_MAKERS: Final[Mapping[str, Callable[[About], Iterator[Section]]]] = {
    "time": _time,
    "map": _map,
    "parts": _parts,
    "facts": _facts,
    "contradictions": _contradictions,
    "remarks": _remarks,
    "countries": _countries,
    "mentions": _mentions,
    "text": _text,
}

SECTIONS: Final = (*_MAKERS, *lists())
"""What there can be on a page."""
