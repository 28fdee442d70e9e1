"""Roles: which organisation leads a project and which are its partners.

A role is decided inside one sentence, by cues around the name: a rule says what
it saw, and scores are what a stronger rule wins by. One project has one lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eugraph.facts.enumeration import read_name
from eugraph.facts.mentions import Marked, Mention, Sentence
from eugraph.facts.organisations import NamedOrganisation, is_numeral
from eugraph.facts.partner_lists import PartnerList
from eugraph.facts.words import Kind, fold

LEAD, PARTNER = "lead-partner", "partner"
_FAR = 14


@dataclass(frozen=True, slots=True)
class RoleReading:
    """That an organisation has a role, with the words `first:last` that say so."""

    organisation: NamedOrganisation
    role: str
    first: int
    last: int
    score: float
    rule: str


def find_roles(
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
    listed: PartnerList | None = None,
) -> tuple[RoleReading, ...]:
    """Return the roles that `sentence` gives; an organisation that leads is not a partner too.

    Those that it enumerates as partners are `listed`.
    """
    leads = list(_leads(marked, sentence, organisations))
    leading = {lead.organisation for lead in leads}
    partners = [
        partner
        for partner in (
            *_enumerated(organisations, listed),
            *_partners(marked, sentence, organisations, leads),
        )
        if partner.organisation not in leading
    ]
    return tuple(leads + partners)


def _leads(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation]
) -> Iterator[RoleReading]:
    words = marked.words
    for cue in marked.within(sentence.first, sentence.last, "lead"):
        before = words[cue.first - 1].text if cue.first > sentence.first else ""
        after = words[cue.last].text if cue.last < sentence.last else ""
        if before == "(" and after in {")", ","}:
            yield from _ending_at(organisations, cue.first - 1, cue, "lead-cue-in-brackets", 1.0)
        elif before == "," and after == ",":
            yield from _ending_at(
                organisations, cue.first - 1, cue, "lead-cue-between-commas", 0.95
            )
        elif _as_role(marked, sentence, cue):
            yield from _nearest_before(organisations, cue, "as-lead-partner", 0.95)
        elif (subject := _subject_end(marked, sentence, cue)) is not None and any(
            o.extent == subject for o in organisations
        ):
            yield from _ending_at(organisations, subject, cue, "subject-is-lead-partner", 0.95)
        else:
            yield from _called_for(marked, sentence, organisations, cue)
            yield from _apposition(marked, organisations, cue)
            yield from _predicate(marked, sentence, organisations, cue)
    for cue in marked.within(sentence.first, sentence.last, "coordinated-by"):
        yield from _directly_after(marked, sentence, organisations, cue, "coordinated-by")
        for reading in _ending_at(organisations, cue.first, cue, "by-name-coordinated", 0.85):
            if marked.before(_over_articles(marked, reading.first), "by") is not None:
                yield reading
    for cue in marked.within(sentence.first, sentence.last, "coordinates"):
        yield from _ending_at(organisations, cue.first, cue, "subject-of-coordinates", 0.8)


def _ending_at(
    organisations: Sequence[NamedOrganisation], at: int, cue: Mention, rule: str, score: float
) -> Iterator[RoleReading]:
    for organisation in organisations:
        if organisation.extent == at:
            last = cue.last + (1 if rule == "lead-cue-in-brackets" else 0)
            yield RoleReading(organisation, LEAD, organisation.first, last, score, rule)


def _over_articles(marked: Marked, at: int) -> int:
    """Return where the articles before a word begin."""
    while at and fold(marked.words[at - 1].text) in marked.lexicon.articles:
        at -= 1
    return at


def _as_role(marked: Marked, sentence: Sentence, cue: Mention) -> bool:
    at = cue.first - 1
    while at > sentence.first and fold(marked.words[at].text) in marked.lexicon.articles:
        at -= 1
    return any(m.last == at + 1 for m in marked.within(sentence.first, cue.first, "as"))


def _subject_end(marked: Marked, sentence: Sentence, cue: Mention) -> int | None:
    """Return where the subject of “X is the lead partner” ends, at its copula."""
    at = cue.first
    while at > sentence.first and fold(marked.words[at - 1].text) in marked.lexicon.articles:
        at -= 1
    copula = next((m for m in marked.within(sentence.first, at, "is") if m.last == at), None)
    return copula.first if copula is not None else None


def _nearest_before(
    organisations: Sequence[NamedOrganisation], cue: Mention, rule: str, score: float
) -> Iterator[RoleReading]:
    before = [o for o in organisations if o.extent <= cue.first]
    if before:
        nearest = before[-1]
        yield RoleReading(nearest, LEAD, nearest.first, cue.last, score, rule)


def _called_for(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `the coordinator of the project is X`, `lead partner: X`, `coordinator X`."""
    rule = "organisation-after-lead-cue"
    yield from _directly_after(marked, sentence, organisations, cue, rule)


def _directly_after(
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
    cue: Mention,
    rule: str,
) -> Iterator[RoleReading]:
    at = _skip_to_name(marked, sentence, cue.last)
    if at is None:
        return
    named = read_name(marked, at, sentence.last)
    for organisation in organisations:
        longer = named is None or organisation.known or organisation.last >= named.last
        if organisation.first == at and longer:
            yield RoleReading(organisation, LEAD, cue.first, organisation.extent, 0.9, rule)
            return
    if named is not None and not marked.within(at, named.last, "place", "scheme", "month"):
        yield RoleReading(replace(named, rule=rule), LEAD, cue.first, named.extent, 0.85, rule)


def _skip_to_name(marked: Marked, sentence: Sentence, at: int) -> int | None:
    """Return where the name begins that a cue calls for, over `of the project is`."""
    words = marked.words
    for _ in range(8):
        if at >= sentence.last:
            return None
        if marked.at(at, "person"):
            return None
        over = marked.at(at, "is", "lead", "project")
        named = marked.at(at, "project")
        word = words[at]
        if over is not None and (not named or not word.capital):
            at = over.last
        elif word.stem in {":", ",", "-"} or (
            not word.capital and fold(word.text) in marked.lexicon.articles | marked.lexicon.joiners
        ):
            at += 1
        else:
            return at if word.capital or is_numeral(marked, at) else None
    return None


def _predicate(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `it is X the lead partner`, `the lead partner of the project, which …, is X`."""
    for copula in marked.within(sentence.first, sentence.last, "is"):
        after = _over_articles_after(marked, copula.last)
        for organisation in organisations:
            between = _over_articles(marked, cue.first)
            if organisation.first != after:
                continue
            if copula.last <= cue.first and organisation.extent == between:
                yield RoleReading(
                    organisation, LEAD, organisation.first, cue.last, 0.8, "is-the-lead-partner"
                )
            elif cue.last <= copula.first <= cue.last + _FAR and _one_subject(marked, cue, copula):
                yield RoleReading(
                    organisation, LEAD, cue.first, organisation.extent, 0.8, "is-the-lead-partner"
                )


def _one_subject(marked: Marked, cue: Mention, copula: Mention) -> bool:
    """Return whether nothing but a clause between commas parts a role from its copula."""
    marks = [w.text for w in marked.words[cue.last : copula.first] if w.kind is Kind.MARK]
    others = marked.within(cue.last, copula.first, "is", "lead", "partner", "organisation", "head")
    return not others and marks in ([], [",", ","])


def _over_articles_after(marked: Marked, at: int) -> int:
    words = marked.words
    while at < len(words) and fold(words[at].text) in marked.lexicon.articles:
        at += 1
    return at


def _apposition(
    marked: Marked, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `X, coordinator of the project`."""
    at = cue.first
    while at and (
        fold(marked.words[at - 1].text) in marked.lexicon.articles
        or marked.words[at - 1].text == ","
    ):
        at -= 1
    if at < cue.first and marked.words[at].text == ",":
        yield from _ending_at(organisations, at, cue, "lead-cue-in-apposition", 0.8)


def _partners(
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
    leads: Sequence[RoleReading],
) -> Iterator[RoleReading]:
    cues = marked.within(sentence.first, sentence.last, "together-with")
    carried_out = bool(marked.within(sentence.first, sentence.last, "implements"))
    for cue in cues:
        if carried_out or leads:
            yield from _joined(marked, sentence, organisations, cue)
    listing = marked.within(sentence.first, sentence.last, "consortium", "partner", "involves")
    listed = [o for o in organisations if o.country is not None]
    if listing and len(listed) > 1 and not cues:
        for organisation in organisations:
            if organisation.first >= min(m.first for m in listing):
                yield RoleReading(
                    organisation, PARTNER, organisation.first, organisation.extent, 0.8,
                    "name-in-partner-list",
                )  # fmt: skip
    for cue in marked.within(sentence.first, sentence.last, "represented-by"):
        yield from _representing(marked, sentence, organisations, cue)


def _enumerated(
    organisations: Sequence[NamedOrganisation], listed: PartnerList | None
) -> Iterator[RoleReading]:
    if listed is None:
        return
    spans = {(organisation.first, organisation.last) for organisation in listed.organisations}
    for organisation in organisations:
        if (organisation.first, organisation.last) in spans:
            first = min(listed.first, organisation.first)
            yield RoleReading(
                organisation, PARTNER, first, organisation.extent, listed.score, listed.rule
            )


def _joined(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `X together with Y and Z`; `X together with Polish partners` names X alone."""
    before = [o for o in organisations if o.last <= cue.first]
    after = [o for o in organisations if o.first >= cue.last]
    partners = marked.within(cue.last, sentence.last, "partner")
    if not (after or partners):
        return
    if before:
        subject = before[-1]
        last = after[0].last if after else partners[0].last
        rule = "subject-together-with-partners"
        yield RoleReading(subject, PARTNER, subject.first, last, 0.85, rule)
    for organisation in after:
        yield RoleReading(
            organisation, PARTNER, organisation.first, organisation.extent, 0.85,
            "joined-by-together-with",
        )  # fmt: skip


def _representing(
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
    cue: Mention,
) -> Iterator[RoleReading]:
    """Read `Latvia is represented by X and Y`: what follows the cue are its partners."""
    if represented(marked, sentence, cue) is None:
        return
    for organisation in organisations:
        if organisation.first >= cue.last:
            yield RoleReading(
                organisation, PARTNER, organisation.first, organisation.extent, 0.8,
                "represents-its-country",
            )  # fmt: skip


def represented(marked: Marked, sentence: Sentence, cue: Mention) -> Mention | None:
    """Return the country that a cue for representing is about: the last before it in its clause."""
    before = marked.within(sentence.first, cue.first, "country")
    if not before:
        return None
    between = marked.words[before[-1].last : cue.first]
    return None if any(word.text in ",;" for word in between) else before[-1]


def with_countries(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation]
) -> list[NamedOrganisation]:
    """Return the organisations with the country that the sentence says they represent.

    It stands before the cue; the organisations after it (“Latvia is represented
    by X”), else the one before the country (“X, which represents Belgium”).
    """
    found = list(organisations)
    for cue in marked.within(sentence.first, sentence.last, "represented-by"):
        country = represented(marked, sentence, cue)
        if country is None:
            continue
        after = [o for o in found if o.first >= cue.last]
        before = [o for o in found if o.extent <= country.first][-1:]
        for organisation in after or before:
            if organisation.country is None:
                found[found.index(organisation)] = replace(organisation, country=country)
    return found
