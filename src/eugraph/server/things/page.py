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
from eugraph.server.interface import LANGUAGES, language, translator
from eugraph.server.overview import Drawings, thing_drawings
from eugraph.server.overview.disputed import disputed_days
from eugraph.server.publication import created
from eugraph.server.source import Source
from eugraph.server.things.description import TYPE, Description, description_of
from eugraph.server.things.localizer import Localizer, Names, days_of
from eugraph.server.things.presenter import Presenter
from eugraph.server.things.sections import About, related_to, sections_about
from eugraph.server.things.text import marked_in
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
    iri, lang = f"{IRI_BASE}id/{key}", language()
    draw = thing_drawings(source, edition, iri, type_, lang)
    description = description_of(source, edition, iri)
    if not description.of(iri) and type_ != "graph":
        return None
    about = _about(source, edition, description, draw(), lang)
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
        localizer=about.localizer,
        compact=compact,
        edition=edition.number,
        created=created(edition)[:10],
        publisher=source.settings.publisher,
        href=source.href,
        lead=leads(source, edition, _absent(source, edition, description, about.localizer)),
    )


def _about(
    source: Source, edition: Edition, description: Description, drawings: Drawings, lang: str
) -> About:
    """Return what a page is made of."""
    index, iri = Index(edition.search), description.iri
    type_ = iri.removeprefix(f"{IRI_BASE}id/").partition("/")[0]
    texts = type_ in {"release", "text"} and "/" not in (rest := iri.partition(f"/{type_}/")[2])
    marked = marked_in(source, edition, rest) if texts else ()
    named = description.iris() | {iri, _called(iri)} | drawings.iris
    named |= {name for each in marked for statement in each.facts for name in statement.iris}
    localizer = localizer_for(index, named, lang)
    presenter = Presenter(description, localizer, lru_cache(maxsize=32)(edition.text))
    return About(
        source,
        edition,
        index,
        description,
        localizer,
        presenter,
        drawings,
        presenter.conflicts(),
        type_,
        related_to(index, iri, type_, lang),
        marked,
    )


def _called(iri: str) -> str:
    """Return what has the name of a thing: of a text its release."""
    return iri.replace("/id/text/", "/id/release/", 1)


def _heading(about: About) -> Heading:
    description, index, iri, lang = (
        about.description,
        about.index,
        about.iri,
        about.localizer.language,
    )
    ways = tuple(_ways(description, index, about.localizer)) or tuple(
        _whole(index, description, iri, lang)
    )
    called = _called(iri)
    title = about.localizer.name(called)
    also = _also(description, title, lang)
    return Heading(
        title, about.localizer.tag(called), also, ways, _within(index, description, iri, lang)
    )


def _absent(
    source: Source, edition: Edition, description: Description, localizer: Localizer
) -> frozenset[str]:
    """Return the things named here that have no page, as those have that a person rejected."""
    ours = {
        iri
        for iri in description.iris()
        if iri.startswith(f"{IRI_BASE}id/") and not description.of(iri)
    }
    unnamed = {iri for iri in ours if not localizer.knows(iri)}
    if not unnamed:
        return frozenset()
    values = " ".join(f"<{iri}>" for iri in sorted(unnamed))
    query = f"SELECT DISTINCT ?s {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
    return frozenset(unnamed - {row["s"]["value"] for row in source.rows(edition, query)})


def localizer_for(index: Index, iris: Collection[str], lang: str) -> Localizer:
    """Return what calls `iris` by their names in the language `lang`."""
    parts = {iri: joined for iri in iris if (joined := taken_part(iri))}
    names = index.names({*iris, *(each for pair in parts.values() for each in pair)}, language=lang)
    names = {**names, **dict(_participations(parts, names))}
    return Localizer(
        lang,
        translator(lang),
        names=_distinguished(index, names, lang),
        terms=described(lang),
        languages=language_codes(),
    )


def _participations(
    parts: Mapping[str, tuple[str, str]], names: Names
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield participations, which have no names, with who takes part in what."""
    for iri, pair in parts.items():
        called = [names[each] for each in pair if each in names]
        if iri not in names and len(called) == len(pair):
            tags = {tag for _, tag in called}
            yield (
                iri,
                (" – ".join(name for name, _ in called), tags.pop() if len(tags) == 1 else ""),
            )


def _distinguished(index: Index, names: Names, lang: str) -> Names:
    """Return names with the days beside those that several events have, or else a number."""
    alike: dict[str, list[str]] = {}
    for iri, (name, _) in names.items():
        if iri.startswith(f"{IRI_BASE}id/event/"):
            alike.setdefault(name, []).append(iri)
    apart = dict(names)
    for several in (sorted(iris) for iris in alike.values() if len(iris) > 1):
        entries = {each.iri: each for each in index.entries(several, language=lang)}
        days = [days_of(entries[iri], lang) if iri in entries else "" for iri in several]
        for number, iri in enumerate(several, start=1):
            when = days[number - 1]
            beside = when if when and days.count(when) == 1 else str(number)
            apart[iri] = (f"{names[iri][0]} ({beside})", names[iri][1])
    return apart


@cache
def language_codes() -> Mapping[str, str]:
    """Return the ISO 639-1 code of each language of the EU's table that we tell apart."""
    table = tomllib.loads(shipped("data/languages.toml").read_text(encoding="utf-8"))
    return {entry["authority"]: code for code, entry in table["languages"].items()}


def _also(description: Description, title: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Return other titles of a thing, and its names in the languages of the pages.

    Those in the reader's language go first. A name that is the heading is not said again.
    """
    cells = [
        *description.of(description.iri).get(str(DCTERMS.title), []),
        *(cell for cell in description.of(description.iri).get(str(SKOS.prefLabel), [])
          if cell.get("xml:lang") in LANGUAGES),
    ]  # fmt: skip
    found = {
        cell["value"]: (cell["value"], cell.get("xml:lang", ""))
        for cell in cells
        if cell["value"] != title
    }
    order = (lang, "en", "lv")
    return tuple(
        sorted(
            found.values(), key=lambda each: (order.index(each[1]) if each[1] in order else 9, each)
        )
    )


def _ways(
    description: Description, index: Index, localizer: Localizer
) -> Iterator[tuple[Step, ...]]:
    """Yield the ways down to a project's funding schemes, or above a scheme, the widest first.

    There is one for each scheme that is not on the way to another. Each scheme
    is called by its level and number as well: strand 2.
    """
    iri = description.iri
    funding = description.values(iri, str(EUG.fundedUnder))
    ends = funding or description.values(iri, str(EUG.subSchemeOf))
    above = {end: _above(description, end) for end in ends}
    passed = {scheme for schemes in above.values() for scheme in schemes}
    ways = [(*reversed(above[end]), end) for end in ends if end not in passed]
    for way in sorted(ways, key=lambda way: [localizer.name(scheme) for scheme in way]):
        levels, numbers = (index.valued("scheme", name, way[1:]) for name in ("level", "number"))
        yield tuple(
            Step(
                scheme,
                localizer.name(scheme),
                _levelled(localizer, levels.get(scheme, ""), numbers.get(scheme, "")),
            )
            for scheme in way
        )


def _levelled(localizer: Localizer, level: str, number: str) -> str:
    """Return the level of a scheme in words, with its number if it has one and no code instead."""
    numbered = number if number[:1].isdigit() else ""
    return f"{localizer.name(level)} {numbered}".strip() if level else ""


def _above(description: Description, scheme: str) -> list[str]:
    """Return what a funding scheme is part of, the nearest first."""
    found: list[str] = []
    while (scheme := description.value(scheme, str(EUG.subSchemeOf))) and scheme not in found:
        found.append(scheme)
    return found


def _whole(
    index: Index, description: Description, iri: str, lang: str
) -> Iterator[tuple[Step, ...]]:
    """Yield what an event is part of: its project, and the events in between, the widest first."""
    if _EVENT not in description.values(iri, TYPE):
        return
    wholes = index.wholes(iri)
    projects = index.projects_of([iri, *wholes])
    above = [*dict.fromkeys(projects.values()), *reversed(wholes)]
    names = index.names(above, language=lang)
    if way := tuple(Step(each, names[each][0]) for each in above if each in names):
        yield way


def _within(index: Index, description: Description, iri: str, lang: str) -> str:
    """Return the days of what an event is part of, in words, if its own are not known."""
    if _EVENT not in description.values(iri, TYPE) or description.value(iri, str(EUG.notBefore)):
        return ""
    days = (
        {each.iri: days_of(each, lang) for each in index.entries(wholes, language=lang)}
        if (wholes := index.wholes(iri))
        else {}
    )
    return next((days[each] for each in wholes if days.get(each)), "")
