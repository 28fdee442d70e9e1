"""Roles: which organisation leads a project and which are its partners.

A role is decided inside one sentence, by cues around the name: a rule says what
it saw, and scores are what a stronger rule wins by. One project has one lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.leads import as_role, find_leads, over_articles
from eugraph.facts.organisations.named import NamedOrganisation
from eugraph.facts.organisations.partner_lists import PartnerList, is_project
from eugraph.facts.organisations.role_readings import PARTNER, RoleReading

_CUES = frozenset(
    {
        "lead", "coordinates", "coordinated-by", "together-with", "consortium", "partner",
        "involves", "represented-by", "participates",
    }
)  # fmt: skip
"""What gives a role in a sentence that lists nobody."""


def find_roles(
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
    listed: PartnerList | None = None,
    projects: Sequence[tuple[int, int, int]] = (),
) -> tuple[RoleReading, ...]:
    """Return the roles that `sentence` gives; an organisation that leads is not a partner too.

    Those that it enumerates as partners are `listed`; what the words of `projects` name leads none.
    """
    if listed is None and sentence.kinds.isdisjoint(_CUES):
        return ()
    leads = [
        lead
        for lead in find_leads(marked, sentence, organisations)
        if not is_project(lead.organisation, projects)
    ]
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
    if not marked.within(sentence.first, sentence.last, *_GUESTS):
        for cue in marked.within(sentence.first, sentence.last, "partner"):
            yield from _by_copula(marked, sentence, organisations, cue)

    yield from _taking_part(marked, sentence, organisations)
    yield from _besides(marked, sentence, organisations)


def _besides(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation]
) -> Iterator[RoleReading]:
    """Read `besides X, the partners are A and B`: who a list goes on with is of it."""
    cue = marked.at(sentence.first, "besides")
    if cue is None or not marked.within(cue.last, sentence.last, "partner", "consortium"):
        return
    for organisation in organisations:
        if over_articles(marked, organisation.first) == cue.last:
            yield RoleReading(
                organisation, PARTNER, cue.first, organisation.extent, 0.8, "besides-whom-partners",
            )  # fmt: skip


def _taking_part(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation]
) -> Iterator[RoleReading]:
    """Read `X takes part in the project`: a body that does is a partner."""
    for cue in marked.within(sentence.first, sentence.last, "participates"):
        for organisation in organisations:
            if organisation.extent == cue.first and _in_the_project(marked, sentence, cue):
                yield RoleReading(
                    organisation, PARTNER, organisation.first, cue.last, 0.7,
                    "takes-part-in-the-project",
                )  # fmt: skip


def _in_the_project(marked: Marked, sentence: Sentence, cue: Mention) -> bool:
    """Return whether it is the project that a verb says one takes part in, and no event of it."""
    if marked.within(sentence.first, cue.first, "people", "representative"):
        return False
    end = min(cue.last + _OBJECT, sentence.last)
    about = marked.within(cue.last, end, "project", "network")
    events = marked.within(cue.last, about[0].first if about else end, "event", "project-attribute")
    return bool(about) and not events


_OBJECT = 9
_GUESTS = ("that", "people", "took-part", "deadline")


def _by_copula(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `X is one of seven partners`, `X takes part as a partner`, `ist X Partner`."""
    end = over_articles(marked, cue.first)
    number = marked.before(end, "number")
    one_of = marked.before(number.first if number else end, "one-of")
    copula = marked.before(over_articles(marked, one_of.first), "is") if one_of else None
    for organisation in organisations:
        inverted = marked.before(over_articles(marked, organisation.first), "is")
        if copula is not None and organisation.extent == copula.first:
            rule = "is-one-of-the-partners"
        elif organisation.extent == end and inverted is not None and number is None:
            rule = "is-a-partner"
        elif number is None and _in_apposition(marked, sentence, organisation, cue):
            rule = "partner-in-apposition"
        elif marked.heading and organisation.extent == cue.first and _of_a_project(marked, cue):
            rule = "partner-cue-in-headline"
        else:
            continue
        yield RoleReading(organisation, PARTNER, organisation.first, cue.last, 0.8, rule)
    if as_role(marked, sentence, cue) and (before := organisations[:1]):
        (subject,) = before
        if subject.extent <= cue.first and marked.within(
            subject.extent, sentence.last, "project", "network", "implements", "involves"
        ):
            yield RoleReading(subject, PARTNER, subject.first, cue.last, 0.8, "as-partner")


def _of_a_project(marked: Marked, cue: Mention) -> bool:
    if marked.before(cue.last, "project") is not None:
        return True  # “partner del progetto”
    at = cue.last
    while at < len(marked.words) and marked.words[at].folded in marked.lexicon.joining:
        at += 1
    return marked.at(at, "project", "network") is not None


def _in_apposition(
    marked: Marked, sentence: Sentence, organisation: NamedOrganisation, cue: Mention
) -> bool:
    """Return whether “, partner in the project” stands behind a name."""
    at = organisation.extent
    behind = at < cue.first and marked.words[at].text == ","
    alone = over_articles(marked, cue.first) == at + 1
    about = marked.within(cue.last, min(cue.last + _OBJECT, sentence.last), "project", "network")
    return behind and alone and bool(about)


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
    if "represented-by" not in sentence.kinds:
        return found
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
