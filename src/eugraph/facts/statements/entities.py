"""Entities: which names of organisations and places in a release are of one and the same.

Organisations are one if the gazetteer knows them as one, if they are the same
kind of body of the same place, if they share a name or an alias in brackets;
or, across language versions, if both lead the same project, or are the only
partner from the same country in each version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, islice

from babel.languages import get_official_languages
from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.events.towns import NamedPlace, countries_of_towns, known_place, locate
from eugraph.facts.fact import Id, Organisation, Place, Text
from eugraph.facts.gazetteer.known import KnownPlace
from eugraph.facts.language.words import fold
from eugraph.facts.mentions.document import Document
from eugraph.facts.organisations.named import NamedOrganisation

UNION = Id("organisation-eu")
_EU = "eu"
_BODIES = {"municipality": "municipality", "city": "municipality"}
"""Kinds of which a place has one: the city as an organisation is its municipality."""

_ALIKE = 4
"""So many letters at least begin two spellings of one place."""

_MOST_PAIRS = 2_000
"""So many pairs of places that begin alike are compared; real texts have a handful."""


class Assigned(Struct, frozen=True):
    """An organisation named as having a role in a project, by the numbers of both."""

    organisation: int
    project: int | None
    role: str


class Entities(Struct, frozen=True):
    """The organisations and places of a release, and the id of each place that names one."""

    organisations: tuple[Organisation, ...]
    places: tuple[Place, ...]
    of_organisation: Mapping[int, Id]
    of_place: Mapping[str, Id]


class _Sets:
    """Disjoint sets of numbers (union-find)."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        a, b = sorted((self.find(one), self.find(other)))
        self.parent[b] = a


def resolve_entities(
    document: Document,
    named: Sequence[NamedOrganisation],
    assigned: Iterable[Assigned],
    places: Sequence[NamedPlace],
    *,
    union: bool = False,
) -> Entities:
    """Return the entities of `document`; ids are numbered in the order of the text.

    With `union` the European Union is one of them, by the id `UNION`.
    """
    sets = _Sets(len(named))
    seen: dict[str, int] = {}
    for number, organisation in enumerate(named):
        for key in _keys(document, organisation):
            sets.join(number, seen.setdefault(key, number))
    assigned = tuple(assigned)
    _join_across_languages(document, named, assigned, sets)
    _join_alike(document, named, assigned, sets)
    _join_in_order(document, named, assigned, sets)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(named)):
        groups[sets.find(number)].append(number)
    found_places = _Places(document)
    for place in places:
        name = Text(place.name, document.passages[place.passage].passage.language)
        if place.known is None:
            found_places.add(name, place.country)
        else:
            found_places.add_known(place.known, None if place.body else name)
    organisations: list[Organisation] = []
    of_organisation: dict[int, Id] = {}
    for index, numbers in enumerate(groups.values(), 1):
        members = [named[number] for number in numbers]
        entity = _organisation(document, Id(f"organisation-{index}"), members, found_places)
        organisations.append(entity)
        of_organisation.update(dict.fromkeys(numbers, entity.id))
    if union:
        known = document.knowledge.gazetteer.organisations[_EU]
        names = tuple(Text(listed[0], language) for language, listed in known.names.items())
        organisations.append(Organisation(UNION, names, known.kind, known=_EU))
    return Entities(
        tuple(organisations), found_places.things(), of_organisation, found_places.ids()
    )


def _keys(document: Document, organisation: NamedOrganisation) -> Iterable[str]:
    marked = document.passages[organisation.passage]
    known = organisation.known
    place = _place_key(document, organisation)
    kind = _BODIES.get(organisation.kind or "")
    if known is None and place is not None and kind:
        known = _known_body(document, place, kind)
    if known is not None:
        yield f"known {known}"
    if place and kind:
        yield f"body {place}"
    elif kind and organisation.place:
        yield f"body {marked.lexicon.stemmer.keys(organisation.place.split()[-1])[0]}"
    yield f"name {fold(organisation.name)}"
    form = marked.before(organisation.last, "legal-form")
    if form is not None and form.first > organisation.first:
        yield f"name {fold(marked.text(organisation.first, form.first))}"
    for alias, _, _ in organisation.aliases:
        yield f"name {fold(alias)}"


def _place_key(document: Document, organisation: NamedOrganisation) -> str | None:
    """Return the key of the place a naming gives: a curated one, or the town of a municipality."""
    marked = document.passages[organisation.passage]
    key = known_place(document, marked, organisation.first, organisation.last)
    if key is None and organisation.place and organisation.kind in _BODIES:
        country = organisation.country.value if organisation.country else None
        known = locate(document, marked, organisation.place, country)
        key = known.key if known else None
    return key


def _known_body(document: Document, place: str, kind: str) -> str | None:
    for known in document.knowledge.gazetteer.organisations.values():
        if known.place == place and known.kind == kind:
            return known.key
    return None


def _join_across_languages(
    document: Document,
    named: Sequence[NamedOrganisation],
    assigned: Iterable[Assigned],
    sets: _Sets,
) -> None:
    by_part: dict[tuple[int | None, str, str | None], dict[str, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for item in assigned:
        organisation = named[item.organisation]
        language = document.passages[organisation.passage].passage.language
        country = organisation.country.value if organisation.country else None
        if item.role == "lead-partner":
            by_part[item.project, item.role, None][language].add(sets.find(item.organisation))
        elif country is not None:
            by_part[item.project, item.role, country][language].add(sets.find(item.organisation))
    for languages in by_part.values():
        if len(languages) > 1 and all(len(numbers) == 1 for numbers in languages.values()):
            first, *others = (next(iter(numbers)) for numbers in languages.values())
            for other in others:
                sets.join(first, other)


def _join_alike(
    document: Document,
    named: Sequence[NamedOrganisation],
    assigned: Sequence[Assigned],
    sets: _Sets,
) -> None:
    """Join bodies of one kind with a part in one project whose places are written nearly alike."""
    alike: dict[tuple[int | None, str, str], dict[tuple[str, str], list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for item in assigned:
        organisation = named[item.organisation]
        kind, place = _BODIES.get(organisation.kind or ""), fold(organisation.place or "")
        if kind and len(place) >= _ALIKE:
            language = document.passages[organisation.passage].passage.language
            alike[item.project, kind, place[:_ALIKE]][language, place].append(item.organisation)
    for bodies in alike.values():
        for one, other in islice(combinations(bodies, 2), _MOST_PAIRS):
            if one[0] != other[0] and _alike(one[1], other[1]):
                for number in (*bodies[one], *bodies[other]):
                    sets.join(bodies[one][0], number)


def _join_in_order(
    document: Document,
    named: Sequence[NamedOrganisation],
    assigned: Sequence[Assigned],
    sets: _Sets,
) -> None:
    """Join the partners that two language versions list in the same order, one by one.

    The lists are as long as each other, no two beside each other are of
    different countries, and what they share at another place puts an end to it.
    """
    lists: dict[tuple[int | None, str], dict[int, int]] = defaultdict(dict)
    for item in assigned:
        if item.role == "partner":
            language = document.passages[named[item.organisation].passage].passage.language
            listed = lists[item.project, language]
            listed.setdefault(sets.find(item.organisation), item.organisation)
    keys = list(lists)
    for index, one in enumerate(keys):
        for other in keys[index + 1 :]:
            if one[0] == other[0] and one[1] != other[1]:
                ones, others = (tuple(lists[key].values()) for key in (one, other))
                _join_pairs(named, ones, others, sets)


def _join_pairs(
    named: Sequence[NamedOrganisation], ones: Sequence[int], others: Sequence[int], sets: _Sets
) -> None:
    pairs = [(sets.find(a), sets.find(b)) for a, b in zip(ones, others, strict=False)]
    firsts = {a for a, _ in pairs}
    crossed = any(b in firsts and a != b for a, b in pairs)
    if len(ones) != len(others) or len(ones) < 2 or crossed:  # noqa: PLR2004
        return
    if not any(_contradict(named[a], named[b]) for a, b in zip(ones, others, strict=True)):
        for a, b in zip(ones, others, strict=True):
            if _may_be_one(named[a], named[b]):
                sets.join(a, b)


def _contradict(one: NamedOrganisation, other: NamedOrganisation) -> bool:
    return bool(one.country and other.country and one.country.value != other.country.value)


def _may_be_one(one: NamedOrganisation, other: NamedOrganisation) -> bool:
    """Return whether kind, country or a word nearly the same speaks for two names being of one."""
    kinds = (_BODIES.get(one.kind or "", one.kind), _BODIES.get(other.kind or "", other.kind))
    if one.country and other.country and one.country.value == other.country.value:
        return True
    return (kinds[0] is not None and kinds[0] == kinds[1]) or any(
        _alike(fold(a), fold(b)) for a in one.name.split() for b in other.name.split()
    )


def _alike(one: str, other: str) -> bool:
    """Return whether two names begin alike: four letters and most of the shorter."""
    same = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    return same >= _ALIKE and same >= 0.7 * min(len(one), len(other))


def _organisation(
    document: Document, id_: Id, members: Sequence[NamedOrganisation], places: _Places
) -> Organisation:
    known = next((k for m in members for k in _known(document, m)), None)
    entry = document.knowledge.gazetteer.organisations[known] if known else None
    country = entry.country if entry else None
    country = country or next((m.country.value for m in members if m.country), None)
    kind = (
        entry.kind
        if entry
        else next((_BODIES.get(m.kind or "", m.kind) for m in members if m.kind), None)
    )
    place = None
    if entry and entry.place:
        place = places.add_known(entry.place)
    elif kind == "municipality":
        named = next((m for m in members if m.place), None)
        if named is not None:
            language = document.passages[named.passage].passage.language
            key = _place_key(document, named)
            read = Text(named.place or "", language)
            place = places.add_known(key) if key else places.add(read, country)
    names = dict.fromkeys(
        name for member in members for name in organisation_names(document, member)
    )
    return Organisation(id_, tuple(names), kind, place, country, known)


def _known(document: Document, organisation: NamedOrganisation) -> Iterable[str]:
    for key in _keys(document, organisation):
        if key.startswith("known "):
            yield key.removeprefix("known ")


def organisation_names(document: Document, organisation: NamedOrganisation) -> tuple[Text, ...]:
    """Return the names that one naming gives, the name first, then its aliases in brackets."""
    language = document.passages[organisation.passage].passage.language
    names = [Text(organisation.name, language)]
    country = organisation.country.value if organisation.country else None
    for alias, _, _ in organisation.aliases:
        official = get_official_languages(country) if country else ()
        names.append(Text(alias, official[0] if official else language))
    return tuple(names)


class _Places:
    """The places of a release while they are gathered, by what tells them apart."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: dict[str, Place] = {}
        self.countries = countries_of_towns(document)

    def add(self, name: Text, country: str | None) -> Id:
        key = fold(name.text)
        country = country or self.countries.get(key)
        place = self.found.get(key)
        names = (name,)
        if place is None:
            place = Place(Id(f"place-{len(self.found) + 1}"), names, country)
        else:
            place = Place(
                place.id, tuple(dict.fromkeys(place.names + names)), place.country or country
            )
        self.found[key] = place
        return place.id

    def add_known(self, key: str, name: Text | None = None) -> Id:
        """Add a place of the gazetteer.

        Of GeoNames it has one name, in no certain language; a name that was read
        goes before it if it is one of the place's.
        """
        gazetteer = self.document.knowledge.gazetteer
        known = gazetteer.place(key)
        if known is None:
            raise KeyError(key)
        names = tuple(Text(listed[0], language) for language, listed in known.names.items())
        place = self.found.get(key) or Place(
            Id(f"place-{len(self.found) + 1}"), names, known.country, key
        )
        if name and key not in gazetteer.places and self._spelt(known, name):
            *read, main = place.names
            place = replace(place, names=tuple(dict.fromkeys((*read, name, main))))
        self.found[key] = place
        return place.id

    def _spelt(self, known: KnownPlace, name: Text) -> bool:
        knowledge = self.document.knowledge
        cased = any(name.text.endswith(e) for e, _ in knowledge.lexicon(name.language).nominative)
        unsure = cased or name.text.isupper()
        return not unsure and knowledge.gazetteer.spells(known, name.text)

    def things(self) -> tuple[Place, ...]:
        return tuple(self.found.values())

    def ids(self) -> Mapping[str, Id]:
        return {key: place.id for key, place in self.found.items()}
