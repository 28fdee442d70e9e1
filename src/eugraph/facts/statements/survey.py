"""Survey: all that is mentioned in a release, brought together before facts are made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from eugraph.facts.events.groups import EventGroup, find_events
from eugraph.facts.events.parts import PartReading, find_parts
from eugraph.facts.events.places import find_place
from eugraph.facts.events.towns import NamedPlace
from eugraph.facts.fact import Id
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.lines import ListLine, in_lines
from eugraph.facts.organisations.listings import listed_in
from eugraph.facts.organisations.named import NamedOrganisation, find_organisations
from eugraph.facts.organisations.partner_lists import PartnerList, find_partner_list
from eugraph.facts.organisations.role_readings import LEAD, PARTNER, RoleReading
from eugraph.facts.organisations.roles import find_roles, with_countries
from eugraph.facts.projects.scopes import Scopes, find_projects
from eugraph.facts.statements.entities import Assigned, Entities, resolve_entities

At = tuple[int, int]
"""A sentence: the number of its passage, and its own within it."""


class Ownership(Struct, frozen=True):
    """A funding scheme called a programme of the European Union."""

    passage: int
    owner: Mention
    scheme: Mention


class Survey(Struct, frozen=True):
    """What is mentioned in a document, and what belongs together.

    `named` are all namings of organisations, `roles` readings with the number
    of their naming, `in_sentence` the namings of each sentence by number.
    """

    document: Document
    scopes: Scopes
    named: tuple[NamedOrganisation, ...]
    in_sentence: Mapping[At, tuple[int, ...]]
    roles: tuple[tuple[int, int | None, RoleReading], ...]
    events: tuple[EventGroup, ...]
    parts: tuple[PartReading, ...]
    part_places: Mapping[int, NamedPlace]
    owners: tuple[Ownership, ...]
    entities: Entities

    def organisation_id(self, number: int) -> Id:
        """Return the organisation that a naming is of."""
        return self.entities.of_organisation[number]


def survey(document: Document) -> Survey:
    """Return what `document` mentions, entities resolved."""
    scopes = find_projects(document)
    named: list[NamedOrganisation] = []
    roles: list[tuple[int, int | None, RoleReading]] = []
    by_number: dict[At, tuple[int, ...]] = {}
    by_sentence: dict[At, tuple[NamedOrganisation, ...]] = {}
    lines = {line.passage: line for line in in_lines(document)}
    for marked, sentence in document.sentences():
        at = marked.number, sentence.index
        line = lines.get(marked.number)
        named_here = find_organisations(marked, sentence) if line is None else ()
        partners = None
        if line is None and scopes.about[at] is not None:
            known = scopes.named[marked.number]
            partners = find_partner_list(marked, sentence, named_here, known)
        found = (
            _listed_or_named(marked, sentence, partners, named_here)
            if line is None
            else _of_line(line, sentence)
        )
        readings = (
            find_roles(marked, sentence, found, partners, scopes.named[marked.number])
            if line is None
            else _line_roles(marked, line)
        )
        found += [r.organisation for r in readings if r.organisation not in found]
        numbers = {organisation: len(named) + i for i, organisation in enumerate(found)}
        named += found
        roles += [(numbers[r.organisation], scopes.about[at], r) for r in readings]
        by_number[at] = tuple(numbers.values())
        by_sentence[at] = tuple(found)
    events = find_events(document, scopes, by_sentence)
    parts = find_parts(document, events)
    part_places = _part_places(document, parts, by_sentence)
    owners = _owners(document)
    places = [r.place for g in events for r in g.readings if r.place] + list(part_places.values())
    assigned = [Assigned(number, project, r.role) for number, project, r in roles]
    entities = resolve_entities(document, named, assigned, places, union=bool(owners))
    return Survey(
        document,
        scopes,
        tuple(named),
        by_number,
        tuple(roles),
        events,
        parts,
        part_places,
        owners,
        entities,
    )


def _of_line(line: ListLine, sentence: Sentence) -> list[NamedOrganisation]:
    inside = sentence.first <= line.organisation.first < sentence.last
    return [line.organisation] if inside else []


def _listed_or_named(
    marked: Marked,
    sentence: Sentence,
    partners: PartnerList | None,
    named: Sequence[NamedOrganisation],
) -> list[NamedOrganisation]:
    """Return the organisations of a sentence: those it lists, and of the `named` the others."""
    listed = (partners.organisations if partners else ()) or listed_in(marked, sentence)
    others = [
        o
        for o in named
        if not any(o.first < item.extent and item.first < o.extent for item in listed)
    ]
    return with_countries(marked, sentence, sorted((*listed, *others), key=lambda o: o.first))


def _line_roles(marked: Marked, line: ListLine) -> tuple[RoleReading, ...]:
    """Return the role a line of a listing gives: lead if it says so, else partner if announced."""
    organisation = line.organisation
    if line.passage != marked.number:
        return ()
    cue = next(iter(marked.of("lead", "lead-mark")), None)
    if cue is not None:
        return (
            RoleReading(organisation, LEAD, organisation.first, cue.last, 0.9, "lead-cue-in-line"),
        )
    if line.announced_by is None:
        return ()
    last = max(organisation.extent, organisation.last)
    return (
        RoleReading(organisation, PARTNER, organisation.first, last, 0.75, "line-of-partner-list"),
    )


def _part_places(
    document: Document,
    parts: tuple[PartReading, ...],
    by_sentence: Mapping[At, tuple[NamedOrganisation, ...]],
) -> dict[int, NamedPlace]:
    found = {}
    places: dict[At, NamedPlace | None] = {}
    for number, part in enumerate(parts):
        at = part.passage, part.sentence
        if at not in places:
            marked = document.passages[part.passage]
            sentence = marked.sentences[part.sentence]
            places[at] = find_place(document, marked, sentence, by_sentence[at])
        place = places[at]
        if place is not None and place.body is None and part.first <= place.first < part.last:
            found[number] = place
    return found


def _owners(document: Document) -> tuple[Ownership, ...]:
    """Find `European Union Programme “…”`: the union, the noun, the name, in this order."""
    found = []
    for marked in document.passages:
        nouns = {noun.first: noun for noun in marked.of("programme")}
        for owner in marked.of("organisation"):
            noun = nouns.get(owner.last)
            if owner.value != "eu" or noun is None:
                continue
            found += [
                Ownership(marked.number, owner, scheme)
                for scheme in marked.of("scheme")
                if 0 <= scheme.first - noun.last <= 1
            ]
    return tuple(found)
