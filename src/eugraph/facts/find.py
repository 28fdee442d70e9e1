"""Find what a release states: every fact once for each place of the text that states it.

Rules neither see nor correct one another: two passages that disagree yield two
facts, each with its own evidence, and `eugraph.facts.reconcile` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from eugraph.facts.counts import Count, CountryList, find_counts, find_country_list
from eugraph.facts.dates import DateMention
from eugraph.facts.document import Document, evidence, read_document
from eugraph.facts.entities import (
    Assigned,
    Entities,
    organisation_names,
    resolve_entities,
)
from eugraph.facts.events import EventGroup, find_events
from eugraph.facts.fact import (
    Certainty,
    Concept,
    Country,
    Edtf,
    Event,
    Evidence,
    Fact,
    Id,
    Participation,
    Project,
    ReleaseSubject,
    Scheme,
    Slot,
    Statement,
    Status,
    Subject,
    Text,
    Thing,
    Value,
)
from eugraph.facts.knowledge import Knowledge, load_knowledge
from eugraph.facts.mentions import Marked, Mention, Sentence
from eugraph.facts.organisations import NamedOrganisation, find_organisations
from eugraph.facts.projects import NamedProject, Scopes, find_projects
from eugraph.facts.roles import LEAD, RoleReading, find_roles
from eugraph.releases.release import Release

_TERM = 150


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a release: the things, one fact for each place that states it, and dates.

    `dates` gives the date behind each stated date of an event, for inference.
    """

    document: Document
    scopes: Scopes
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    dates: dict[Statement, DateMention] = field(default_factory=dict)


def find_facts(release: Release, knowledge: Knowledge | None = None) -> Findings:
    """Return all that `release` states, in the order of the text."""
    document = read_document(release, knowledge or load_knowledge())
    finder = _Finder(document)
    finder.run()
    facts = sorted(finder.facts, key=lambda f: (f.evidence[0].start, f.evidence[0].end))
    return Findings(document, finder.scopes, finder.things(), tuple(facts), finder.dates)


class _Finder:
    """One reading of one document, step by step."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.scopes = find_projects(document)
        self.facts: list[Fact] = []
        self.dates: dict[Statement, DateMention] = {}
        self.named: list[NamedOrganisation] = []
        self.in_sentence: dict[tuple[int, int], tuple[NamedOrganisation, ...]] = {}
        self.roles: list[tuple[int, RoleReading]] = []
        self.events: tuple[EventGroup, ...] = ()
        self.event_ids: list[Id] = []
        self.entities = Entities((), (), {}, {})

    def run(self) -> None:
        self._name_organisations()
        self.events = find_events(self.document, self.scopes, self.in_sentence)
        self._resolve()
        self._headlines()
        for project in self.scopes.projects:
            self._project(project)
        for marked, sentence in self.document.sentences():
            project = self.scopes.about.get((marked.number, sentence.index))
            if project is not None:
                self._sentence(marked, sentence, _project_id(project))
        self._country_lists()
        self._roles()
        self._events()

    def things(self) -> tuple[Thing, ...]:
        events = tuple(self._event_thing(i, g) for i, g in enumerate(self.events))
        projects = tuple(Project(_project_id(p.number)) for p in self.scopes.projects)
        return (*projects, *events, *self.entities.organisations, *self.entities.places)

    def add(
        self,
        subject: Subject,
        slot: Slot,
        value: Value,
        *where: Evidence,
        status: Status = Status.STATED,
        certainty: Certainty = Certainty.CERTAIN,
    ) -> Statement:
        statement = Statement(subject, slot, value)
        self.facts.append(Fact(statement, where, status, certainty))
        return statement

    # organisations and roles

    def _name_organisations(self) -> None:
        for marked, sentence in self.document.sentences():
            found = find_organisations(marked, sentence)
            self.in_sentence[marked.number, sentence.index] = found
            for reading in find_roles(marked, sentence, found):
                if reading.organisation not in found:
                    found = (*found, reading.organisation)
                self.roles.append((self._number(reading.organisation), reading))
            for organisation in found:
                self._number(organisation)

    def _number(self, organisation: NamedOrganisation) -> int:
        if organisation not in self.named:
            self.named.append(organisation)
        return self.named.index(organisation)

    def _scope(self, passage: int, first: int) -> int | None:
        marked = self.document.passages[passage]
        for sentence in marked.sentences:
            if sentence.first <= first < sentence.last:
                return self.scopes.about.get((passage, sentence.index))
        return None

    def _resolve(self) -> None:
        assigned = [
            Assigned(number, self._scope(r.organisation.passage, r.organisation.first), r.role)
            for number, r in self.roles
        ]
        places = [r.place for g in self.events for r in g.readings if r.place is not None]
        wanted = {number for number, _ in self.roles}
        wanted |= {self._number(p.body) for p in places if p.body is not None}
        self.entities = resolve_entities(self.document, self.named, assigned, places)
        del wanted

    def _roles(self) -> None:
        best: dict[tuple[int, Id], str] = {}
        for number, reading in sorted(self.roles, key=lambda pair: -pair[1].score):
            project = self._scope(reading.organisation.passage, reading.organisation.first)
            if project is None:
                continue
            organisation = self.entities.of_organisation[number]
            leads = [o for (p, o), role in best.items() if p == project and role == LEAD]
            role = reading.role
            if role == LEAD and leads and organisation not in leads:
                continue
            role = best.setdefault((project, organisation), role)
            if role != reading.role:
                continue
            marked = self.document.passages[reading.organisation.passage]
            where = evidence(marked, reading.first, reading.last, reading.rule)
            part = Participation(organisation, _project_id(project))
            self.add(part, Slot.ROLE, Concept("role", role), where)
        kept = {organisation for _, organisation in best}
        for number, named in enumerate(self.named):
            if self.entities.of_organisation[number] in kept:
                self._organisation(self.entities.of_organisation[number], named)

    def _organisation(self, id_: Id, named: NamedOrganisation) -> None:
        marked = self.document.passages[named.passage]
        if named.country is not None:
            where = evidence(marked, named.first, named.extent, "country-beside-organisation")
            self.add(id_, Slot.ORGANISATION_COUNTRY, Country(named.country.value), where)
        name, *aliases = organisation_names(self.document, named)
        where = evidence(marked, named.first, named.last, named.rule)
        self.add(id_, Slot.ORGANISATION_NAME, name, where)
        for alias, (_, first, last) in zip(aliases, named.aliases, strict=True):
            where = evidence(marked, first, last, "alias-in-brackets")
            self.add(id_, Slot.ORGANISATION_NAME, alias, where)

    # the release and its projects

    def _headlines(self) -> None:
        seen: set[str] = set()
        for marked in self.document.passages:
            language = marked.passage.language
            if language not in seen and marked.words:
                seen.add(language)
                if marked.heading:
                    text = marked.text(0, len(marked.words))
                    where = evidence(marked, 0, len(marked.words), "first-line-is-headline")
                    self.add(ReleaseSubject(language), Slot.HEADLINE, Text(text, language), where)

    def _project(self, project: NamedProject) -> None:
        id_ = _project_id(project.number)
        for naming in project.namings:
            marked = self.document.passages[naming.passage]
            where = evidence(marked, naming.first, naming.last, naming.rule)
            self.add(ReleaseSubject(), Slot.ABOUT_PROJECT, id_, where)
            if naming.acronym is not None and naming.acronym.text == project.acronym:
                part = naming.acronym
                where = evidence(marked, part.first, part.last, part.rule)
                self.add(id_, Slot.ACRONYM, part.text, where)
            for title in naming.titles:
                where = evidence(marked, title.first, title.last, title.rule)
                self.add(id_, Slot.TITLE, Text(title.text, marked.passage.language), where)

    def _sentence(self, marked: Marked, sentence: Sentence, project: Id) -> None:
        for count in find_counts(marked, sentence):
            slot = Slot.PARTNER_COUNT if count.of == "partners" else Slot.COUNTRY_COUNT
            where = evidence(marked, count.first, count.last, f"number-of-{count.of}")
            self.add(project, slot, count.number, where)
        for scheme in marked.within(sentence.first, sentence.last, "scheme"):
            self._scheme(marked, scheme, project)
        for mention in marked.dates_within(sentence.first, sentence.last):
            self._term(marked, sentence, mention, project)

    def _scheme(self, marked: Marked, scheme: Mention, project: Id) -> None:
        quotes = [q for q in marked.of("quoted") if q.first <= scheme.first and scheme.last <= q.last]
        if quotes and quotes[0].last - quotes[0].first > scheme.last - scheme.first + 2:
            return
        first, last = (quotes[0].first, quotes[0].last) if quotes else (scheme.first, scheme.last)
        before = [m for m in marked.of("programme", "strand") if m.last == first]
        first = before[0].first if before else first
        owner = [m for m in marked.of("organisation") if m.last == first and m.value == "eu"]
        where = evidence(marked, owner[0].first if owner else first, last, "funding-scheme-by-name")
        self.add(project, Slot.FUNDED_UNDER, Scheme(scheme.value), where)

    def _term(self, marked: Marked, sentence: Sentence, mention: DateMention, project: Id) -> None:
        labels = marked.within(sentence.first, mention.first_word, "term")
        long = (mention.days or 0) >= _TERM and mention.finish is not None
        if not long or mention.finish is None:
            return
        first = labels[-1].first if labels else mention.first_word
        rule = "dates-after-term-label" if labels else "long-interval-is-term"
        where = evidence(marked, first, mention.last_word, rule)
        for slot, point in ((Slot.START, mention.begin), (Slot.END, mention.finish)):
            if point.year and point.month and point.day:
                self.add(project, slot, date(point.year, point.month, point.day), where)
        self.add(project, Slot.STATED_DATE, Edtf(mention.edtf()), where)

    def _country_lists(self) -> None:
        best: dict[tuple[int, str], tuple[int, Marked, CountryList]] = {}
        for marked, sentence in self.document.sentences():
            project = self.scopes.about.get((marked.number, sentence.index))
            listed = find_country_list(marked, sentence)
            if project is None or listed is None:
                continue
            key = project, marked.passage.language
            if key not in best or best[key][0] < listed.score:
                best[key] = (listed.score, marked, listed)
        for (project, _), (score, marked, listed) in best.items():
            if score >= 3:  # noqa: PLR2004
                for country in listed.countries:
                    where = evidence(marked, country.first, country.last, "country-in-list")
                    self.add(_project_id(project), Slot.INVOLVES_COUNTRY, Country(country.value), where)

    # events

    def _event_thing(self, index: int, group: EventGroup) -> Event:
        project = group.lead.project
        place = next((r.place for r in group.readings if r.place), None)
        place_id = self.entities.of_place.get(place.key) if place else None
        return Event(
            Id(f"event-{index + 1}"), group.lead.noun.value,
            _project_id(project) if project is not None else None, place_id,
        )  # fmt: skip

    def _events(self) -> None:
        types = self.document.knowledge.shared.event_types
        for index, group in enumerate(self.events):
            id_ = Id(f"event-{index + 1}")
            for reading in group.readings:
                marked = self.document.passages[reading.passage]
                sentence = marked.sentences[reading.sentence]
                noun = evidence(marked, reading.noun.first, reading.noun.last, "event-noun")
                whole = evidence(marked, sentence.first, sentence.last, "event-sentence")
                self.add(ReleaseSubject(), Slot.ABOUT_EVENT, id_, whole)
                if reading.project is not None:
                    self.add(id_, Slot.EVENT_OF, _project_id(reading.project), whole)
                for kind in types.get(reading.noun.value, ()):
                    self.add(id_, Slot.EVENT_TYPE, Concept("event-type", kind), noun)
                if reading.ordinal is not None:
                    where = evidence(marked, reading.ordinal.first, reading.noun.last, "ordinal-before-event-noun")
                    self.add(id_, Slot.ORDINAL, int(reading.ordinal.value), where)
                if reading.date is not None:
                    where = evidence(marked, reading.date.first_word, reading.date.last_word, "date-of-event")
                    statement = self.add(id_, Slot.STATED_DATE, Edtf(reading.date.edtf()), where)
                    self.dates[statement] = reading.date
                    self._known_days(id_, reading.date, where)
                if reading.place is not None and (place := self.entities.of_place.get(reading.place.key)):
                    where = evidence(marked, reading.place.first, reading.place.last, "place-of-event")
                    self.add(id_, Slot.PLACE, place, where)
                name = "reported-planned" if group.planned else "reported-held"
                if reading.status is not None and reading.planned == group.planned:
                    where = evidence(marked, reading.status.first, reading.status.last, "tense-of-event")
                    self.add(id_, Slot.EVENT_STATUS, Concept("event-status", name), where)

    def _known_days(self, event: Id, mention: DateMention, where: Evidence) -> None:
        for slot, point in ((Slot.START, mention.begin), (Slot.END, mention.finish or mention.begin)):
            if point.year and point.month and point.day:
                self.add(event, slot, date(point.year, point.month, point.day), where)


def _project_id(number: int) -> Id:
    return Id(f"project-{number + 1}")


def _counts_of(counts: tuple[Count, ...]) -> Iterator[int]:
    for count in counts:
        yield count.number
