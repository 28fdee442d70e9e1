"""The page of a thing: what its template needs."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from flask import render_template
from rdflib import DCTERMS

from eugraph.editions import Edition
from eugraph.search import Index, Related
from eugraph.server.addresses import compact, leads, taken_part
from eugraph.server.interface import language, wording
from eugraph.server.overview import Drawings, project_drawings
from eugraph.server.overview.disputed import disputed_days
from eugraph.server.publication import created
from eugraph.server.source import Source
from eugraph.server.things.around import (
    TYPES,
    countries_around,
    query_around,
    releases_around,
)
from eugraph.server.things.arranged import Arranger
from eugraph.server.things.speech import Names, Speech, days_of
from eugraph.server.things.text import Version, marked_in, versions_of
from eugraph.server.things.told import TYPE, Told, told_about
from eugraph.server.vocabularies import described
from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, IRI_BASE

_TOLD_ELSEWHERE = {
    "project": frozenset({"organisations", "discrepancies"}),
    "event": frozenset({"organisations", "discrepancies"}),
    "release": frozenset({"projects", "events"}),
}
"""Lists of what a page already tells as participations, contradictions and facts."""

_EVENT = str(EUG.Event)

MOST_RELATED = 12
"""How many things of a list a page shows; the list has them all."""


@dataclass(frozen=True, slots=True)
class Step:
    """A funding scheme on the way from the programme down to the thing."""

    iri: str
    name: str


def thing_page(source: Source, edition: Edition, key: str) -> str | None:
    """Return the HTML about the thing with this key (`project/wir-2017`), in the reader's language.

    None if `edition` says nothing about it.
    """
    type_, _, rest = key.partition("/")
    iri = f"{IRI_BASE}id/{key}"
    tongue = language()
    told = told_about(source, edition, iri)
    if not told.of(iri) and type_ != "graph":
        return None
    index = Index(edition.search)
    called = f"{IRI_BASE}id/release/{rest}" if type_ == "text" else iri
    countries = countries_around(source, edition, iri) if type_ in TYPES else ()
    named = told.iris() | {iri, called} | {each.iri for each in countries}
    speech = speech_for(index, named, tongue)
    text = lru_cache(maxsize=32)(edition.text)
    arranger = Arranger(told, speech, text)
    return render_template(
        "thing.html",
        type=type_,
        iri=iri,
        path=f"{source.prefix}doc/{key}",
        title=speech.name(called),
        title_language=speech.tag(called),
        titles=_titles(told, speech),
        properties=arranger.properties(type_),
        parts=arranger.parts(),
        conflicts=arranger.conflicts(),
        related=related(index, iri, type_, tongue),
        disputed=disputed_days(source, edition),
        countries=countries,
        releases=(
            releases_around(source, edition, iri, tongue, most=MOST_RELATED)
            if type_ in TYPES
            else ()
        ),
        releases_query=query_around(iri) if type_ in TYPES else "",
        ways=tuple(_ways(told, speech, iri)) or tuple(_whole(index, told, iri, tongue)),
        within=_within(index, told, iri, tongue),
        drawings=(
            project_drawings(source, edition, iri, tongue) if type_ == "project" else Drawings()
        ),
        versions=_versions(source, edition, type_, rest),
        speech=speech,
        compact=compact,
        edition=edition.number,
        created=created(edition)[:10],
        publisher=source.settings.publisher_name,
        href=source.href,
        lead=leads(source, edition, _absent(source, edition, told, speech)),
    )


def _absent(source: Source, edition: Edition, told: Told, speech: Speech) -> frozenset[str]:
    """Return the things named here that have no page, as those have that a person rejected."""
    ours = {iri for iri in told.iris() if iri.startswith(f"{IRI_BASE}id/") and not told.of(iri)}
    unnamed = {iri for iri in ours if not speech.knows(iri)}
    if not unnamed:
        return frozenset()
    values = " ".join(f"<{iri}>" for iri in sorted(unnamed))
    query = f"SELECT DISTINCT ?s {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
    return frozenset(unnamed - {row["s"]["value"] for row in source.rows(edition, query)})


def speech_for(index: Index, iris: Collection[str], tongue: str) -> Speech:
    """Return what calls `iris` by their names in the language `tongue`."""
    parts = {iri: joined for iri in iris if (joined := taken_part(iri))}
    names = index.names(
        {*iris, *(each for pair in parts.values() for each in pair)}, language=tongue
    )
    names = {**names, **dict(_participations(parts, names))}
    return Speech(
        tongue,
        wording(tongue),
        names=_told_apart(index, names, tongue),
        terms=described(tongue),
        languages=language_codes(),
    )


def _participations(
    parts: Mapping[str, tuple[str, str]], names: Names
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield participations, which have no names, with who takes part in what."""
    for iri, pair in parts.items():
        told = [names[each] for each in pair if each in names]
        if iri not in names and len(told) == len(pair):
            tags = {tag for _, tag in told}
            yield iri, (" – ".join(name for name, _ in told), tags.pop() if len(tags) == 1 else "")


def _told_apart(index: Index, names: Names, tongue: str) -> Names:
    """Return names with the days beside those that several events have, or else a number."""
    alike: dict[str, list[str]] = {}
    for iri, (name, _) in names.items():
        if iri.startswith(f"{IRI_BASE}id/event/"):
            alike.setdefault(name, []).append(iri)
    apart = dict(names)
    for several in (sorted(iris) for iris in alike.values() if len(iris) > 1):
        entries = {each.iri: each for each in index.entries(several, language=tongue)}
        days = [days_of(entries[iri], tongue) if iri in entries else "" for iri in several]
        for number, iri in enumerate(several, start=1):
            told = days[number - 1]
            beside = told if told and days.count(told) == 1 else str(number)
            apart[iri] = (f"{names[iri][0]} ({beside})", names[iri][1])
    return apart


def related(index: Index, iri: str, type_: str, tongue: str) -> tuple[Related, ...]:
    """Return what is about the thing `iri`, but for what its page tells elsewhere."""
    told = _TOLD_ELSEWHERE.get(type_, frozenset())
    found = index.related(iri, language=tongue, most=MOST_RELATED)
    return tuple(each for each in found if each.listed.name not in told)


@cache
def language_codes() -> Mapping[str, str]:
    """Return the ISO 639-1 code of each language of the EU's table that we tell apart."""
    told = tomllib.loads(shipped("data/languages.toml").read_text(encoding="utf-8"))
    return {entry["authority"]: code for code, entry in told["languages"].items()}


def _titles(told: Told, speech: Speech) -> tuple[tuple[str, str], ...]:
    """Return the accepted titles of the thing that are not its heading: title and language."""
    cells = told.of(told.iri).get(str(DCTERMS.title), [])
    name = speech.name(told.iri)
    return tuple((c["value"], c.get("xml:lang", "")) for c in cells if c["value"] != name)


def _ways(told: Told, speech: Speech, iri: str) -> Iterator[tuple[Step, ...]]:
    """Yield the ways down to a project's funding schemes, or above a scheme, the widest first.

    There is one for each scheme that is not on the way to another.
    """
    funding = told.values(iri, str(EUG.fundedUnder))
    ends = funding or told.values(iri, str(EUG.subSchemeOf))
    above = {end: _above(told, end) for end in ends}
    passed = {scheme for schemes in above.values() for scheme in schemes}
    ways = [(*reversed(above[end]), end) for end in ends if end not in passed]
    for way in sorted(ways, key=lambda way: [speech.name(scheme) for scheme in way]):
        yield tuple(Step(scheme, speech.name(scheme)) for scheme in way)


def _above(told: Told, scheme: str) -> list[str]:
    """Return what a funding scheme is part of, the nearest first."""
    found: list[str] = []
    while (scheme := told.value(scheme, str(EUG.subSchemeOf))) and scheme not in found:
        found.append(scheme)
    return found


def _whole(index: Index, told: Told, iri: str, tongue: str) -> Iterator[tuple[Step, ...]]:
    """Yield what an event is part of: its project, and the events in between, the widest first."""
    if _EVENT not in told.values(iri, TYPE):
        return
    wholes = index.wholes(iri)
    projects = index.projects_of([iri, *wholes])
    above = [*dict.fromkeys(projects.values()), *reversed(wholes)]
    names = index.names(above, language=tongue)
    if way := tuple(Step(each, names[each][0]) for each in above if each in names):
        yield way


def _within(index: Index, told: Told, iri: str, tongue: str) -> str:
    """Return the days of what an event is part of, in words, if its own are not known."""
    if _EVENT not in told.values(iri, TYPE) or told.value(iri, str(EUG.notBefore)):
        return ""
    days = (
        {each.iri: days_of(each, tongue) for each in index.entries(wholes, language=tongue)}
        if (wholes := index.wholes(iri))
        else {}
    )
    return next((days[each] for each in wholes if days.get(each)), "")


def _versions(source: Source, edition: Edition, type_: str, key: str) -> tuple[Version, ...]:
    if type_ not in {"release", "text"} or "/" in key:
        return ()
    try:
        text = edition.text(key)
    except OSError:
        return ()
    return versions_of(text, marked_in(source, edition, key))
