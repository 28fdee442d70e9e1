"""Facts stated of organisations: their role in a project, their names, their country."""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.facts.fact import Concept, Country, Fact, Id, Participation, Slot
from eugraph.facts.mentions.document import evidence
from eugraph.facts.organisations.role_readings import LEAD, RoleReading
from eugraph.facts.statements.entities import organisation_names
from eugraph.facts.statements.projects import project_id, stated
from eugraph.facts.statements.survey import Survey


def state_roles(survey: Survey) -> Iterator[Fact]:
    """Yield the roles of organisations in projects.

    The strongest reading decides what an organisation is in a project, and who
    leads: one project has one lead.
    """
    decided: dict[tuple[int, Id], str] = {}
    for number, project, reading in sorted(survey.roles, key=_strength):
        if project is None:
            continue
        organisation = survey.organisation_id(number)
        leads = {o for (p, o), role in decided.items() if p == project and role == LEAD}
        if reading.role == LEAD and leads and organisation not in leads:
            continue
        if decided.setdefault((project, organisation), reading.role) == reading.role:
            marked = survey.document.passages[reading.organisation.passage]
            where = evidence(marked, reading.first, reading.last, reading.rule)
            part = Participation(organisation, project_id(project))
            yield stated(part, Slot.ROLE, Concept("role", reading.role), where)


def _strength(item: tuple[int, int | None, RoleReading]) -> tuple[float, int]:
    return -item[2].score, item[0]


def state_organisations(survey: Survey, organisations: set[Id]) -> Iterator[Fact]:
    """Yield the names and countries of these organisations."""
    labels = _published(survey)
    for number, named in enumerate(survey.named):
        id_ = survey.organisation_id(number)
        if id_ not in organisations:
            continue
        marked = survey.document.passages[named.passage]
        if named.country is not None:
            first, last = named.first, max(named.extent, named.country.last)
            first = min(first, named.country.first)
            where = evidence(marked, first, last, "country-beside-organisation")
            country = Country(named.country.value)
            yield stated(id_, Slot.ORGANISATION_COUNTRY, country, where)
        spans = [(named.first, named.last, named.rule)]
        spans += [(first, last, "alias-in-brackets") for _, first, last in named.aliases]
        for name, (first, last, rule) in zip(
            organisation_names(survey.document, named), spans, strict=True
        ):
            if name.text not in labels.get(id_, ()):
                where = evidence(marked, first, last, rule)
                yield stated(id_, Slot.ORGANISATION_NAME, name, where)


def _published(survey: Survey) -> dict[Id, set[str]]:
    """Return the English and Latvian names that the gazetteer publishes, by organisation."""
    known = survey.document.knowledge.gazetteer.organisations
    return {
        organisation.id: {
            names[0]
            for language, names in known[organisation.known].names.items()
            if language in {"en", "lv"}
        }
        for organisation in survey.entities.organisations
        if organisation.known
    }
