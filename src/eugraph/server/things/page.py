"""The page of a thing: what its template needs."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from flask import render_template
from rdflib import DCTERMS, SKOS

from eugraph.editions import Edition
from eugraph.search import Index
from eugraph.server.addresses import compact, leads, taken_part
from eugraph.server.interface import LANGUAGES, language, wording
from eugraph.server.overview import Drawings, thing_drawings
from eugraph.server.overview.disputed import disputed_days
from eugraph.server.publication import created
from eugraph.server.source import Source
from eugraph.server.things.arranged import Arranger
from eugraph.server.things.sections import About, related_to, sections_about
from eugraph.server.things.speech import Names, Speech, days_of
from eugraph.server.things.text import marked_in
from eugraph.server.things.told import TYPE, Told, told_about
from eugraph.server.vocabularies import described
from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, IRI_BASE

_EVENT = str(EUG.Event)


@dataclass(frozen=True, slots=True)
class Step:
    """What a thing is part of, such as a funding scheme, with its level and number in words."""

    iri: str
    name: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a page: what the thing is called, also in other words, and what it is part of.

    `also` are other titles and names, each with its language; `within` the days
    of what it is part of, where its own are not known.
    """

    title: str
    language: str
    also: tuple[tuple[str, str], ...]
    ways: tuple[tuple[Step, ...], ...]
    within: str


def thing_page(source: Source, edition: Edition, key: str) -> str | None:
    """Return the HTML about the thing with this key (`project/wir-2017`), in the reader's language.

    None if `edition` says nothing about it.
    """
    type_ = key.partition("/")[0]
    iri, tongue = f"{IRI_BASE}id/{key}", language()
    draw = thing_drawings(source, edition, iri, type_, tongue)
    told = told_about(source, edition, iri)
    if not told.of(iri) and type_ != "graph":
        return None
    about = _about(source, edition, told, draw(), tongue)
    return render_template(
        "thing.html",
        type=type_,
        iri=iri,
        path=f"{source.prefix}doc/{key}",
        heading=_heading(about),
        sections=sections_about(about),
        clashes=sum(each.contradicts for each in about.conflicts),
        disputed=disputed_days(source, edition),
        roles=about.drawings.roles,
        speech=about.speech,
        compact=compact,
        edition=edition.number,
        created=created(edition)[:10],
        publisher=source.settings.publisher,
        href=source.href,
        lead=leads(source, edition, _absent(source, edition, told, about.speech)),
    )


def _about(source: Source, edition: Edition, told: Told, drawings: Drawings, tongue: str) -> About:
    """Return what a page is made of."""
    index, iri = Index(edition.search), told.iri
    type_ = iri.removeprefix(f"{IRI_BASE}id/").partition("/")[0]
    texts = type_ in {"release", "text"} and "/" not in (rest := iri.partition(f"/{type_}/")[2])
    marked = marked_in(source, edition, rest) if texts else ()
    named = told.iris() | {iri, _called(iri)} | drawings.iris
    named |= {name for each in marked for said in each.facts for name in said.iris}
    speech = speech_for(index, named, tongue)
    arranger = Arranger(told, speech, lru_cache(maxsize=32)(edition.text))
    return About(
        source,
        edition,
        index,
        told,
        speech,
        arranger,
        drawings,
        arranger.conflicts(),
        type_,
        related_to(index, iri, type_, tongue),
        marked,
    )


def _called(iri: str) -> str:
    """Return what has the name of a thing: of a text its release."""
    return iri.replace("/id/text/", "/id/release/", 1)


def _heading(about: About) -> Heading:
    told, index, iri, tongue = about.told, about.index, about.iri, about.speech.language
    ways = tuple(_ways(told, index, about.speech)) or tuple(_whole(index, told, iri, tongue))
    called = _called(iri)
    title = about.speech.name(called)
    also = _also(told, title, tongue)
    return Heading(title, about.speech.tag(called), also, ways, _within(index, told, iri, tongue))


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


@cache
def language_codes() -> Mapping[str, str]:
    """Return the ISO 639-1 code of each language of the EU's table that we tell apart."""
    told = tomllib.loads(shipped("data/languages.toml").read_text(encoding="utf-8"))
    return {entry["authority"]: code for code, entry in told["languages"].items()}


def _also(told: Told, title: str, tongue: str) -> tuple[tuple[str, str], ...]:
    """Return other titles of a thing, and its names in the languages of the pages.

    Those in the reader's language go first. A name that is the heading is not said again.
    """
    cells = [
        *told.of(told.iri).get(str(DCTERMS.title), []),
        *(cell for cell in told.of(told.iri).get(str(SKOS.prefLabel), [])
          if cell.get("xml:lang") in LANGUAGES),
    ]  # fmt: skip
    found = {
        cell["value"]: (cell["value"], cell.get("xml:lang", ""))
        for cell in cells
        if cell["value"] != title
    }
    order = (tongue, "en", "lv")
    return tuple(
        sorted(
            found.values(), key=lambda each: (order.index(each[1]) if each[1] in order else 9, each)
        )
    )


def _ways(told: Told, index: Index, speech: Speech) -> Iterator[tuple[Step, ...]]:
    """Yield the ways down to a project's funding schemes, or above a scheme, the widest first.

    There is one for each scheme that is not on the way to another. Each scheme
    is called by its level and number as well: strand 2.
    """
    iri = told.iri
    funding = told.values(iri, str(EUG.fundedUnder))
    ends = funding or told.values(iri, str(EUG.subSchemeOf))
    above = {end: _above(told, end) for end in ends}
    passed = {scheme for schemes in above.values() for scheme in schemes}
    ways = [(*reversed(above[end]), end) for end in ends if end not in passed]
    for way in sorted(ways, key=lambda way: [speech.name(scheme) for scheme in way]):
        levels, numbers = (index.valued("scheme", name, way[1:]) for name in ("level", "number"))
        yield tuple(
            Step(
                scheme,
                speech.name(scheme),
                _levelled(speech, levels.get(scheme, ""), numbers.get(scheme, "")),
            )
            for scheme in way
        )


def _levelled(speech: Speech, level: str, number: str) -> str:
    """Return the level of a scheme in words, with its number if it has one and no code instead."""
    numbered = number if number[:1].isdigit() else ""
    return f"{speech.name(level)} {numbered}".strip() if level else ""


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
