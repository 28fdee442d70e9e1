"""What a release says: facts, the things they are about, and the words they rest on.

One fact is a statement (subject, slot, value) with its evidence. Slots are the
properties of the ontology that a release can state; a table in
`eugraph.triples.describe` says which property each becomes, and a test holds
that table and this enumeration together.

Things (projects, events, organisations, places) have ids that hold within one
reading only, such as `event-1`; `eugraph.identity` gives them their keys for
good. Countries, concepts and funding schemes are known by their codes.

No RDF here: these values are what rules, corrections, tables and tests speak of.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from msgspec import Struct

from eugraph.releases.release import Passage


class Status(StrEnum):
    """How a statement came about; only the first two are published as plain facts."""

    STATED = "stated"
    INFERRED = "inferred"
    CANDIDATE = "candidate"
    DISPUTED = "disputed"


class Certainty(StrEnum):
    """How sure a reading is."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Slot(StrEnum):
    """What can be said of a subject; the comment names the subject and the value."""

    # of the release
    ABOUT_PROJECT = "about-project"  # release → project id
    ABOUT_EVENT = "about-event"  # release → event id (main events)
    ISSUED = "issued"  # release → Edtf
    # of one language version
    HEADLINE = "headline"  # version → Text
    # of a project
    ACRONYM = "acronym"  # project → str
    TITLE = "title"  # project → Text in the language of the title itself
    FUNDED_UNDER = "funded-under"  # project → Scheme
    PARTNER_COUNT = "partner-count"  # project → int
    COUNTRY_COUNT = "country-count"  # project → int
    INVOLVES_COUNTRY = "involves-country"  # project → Country
    OBJECTIVE = "objective"  # project → Text
    SPECIFIC_OBJECTIVE = "specific-objective"  # project → Text
    EXPECTED_IMPACT = "expected-impact"  # project → Text
    TOPIC = "topic"  # project or event → Concept("topic", …)
    # of a project or an event
    START = "start"  # → date, known to the day
    END = "end"  # → date, known to the day
    STATED_DATE = "stated-date"  # → Edtf as written (`XXXX-04-17/XXXX-04-20`)
    NORMALISED_DATE = "normalised-date"  # → Edtf, where no day is known: inferred (`2018-04`)
    # of an organisation's part in a project or an event
    ROLE = "role"  # Participation → Concept("role", …)
    FROM_PLACE = "from-place"  # Participation → place id
    # of an organisation
    ORGANISATION_COUNTRY = "organisation-country"  # organisation → Country
    ORGANISATION_NAME = "organisation-name"  # organisation → Text
    # of an organisation, a place or a project, as a person says
    ALIAS = "alias"  # → Text
    # of a funding scheme
    PROGRAMME_OF = "programme-of"  # Scheme → organisation id
    # of an event
    EVENT_OF = "event-of"  # event → project id
    PART_OF = "part-of"  # part → event id
    EVENT_TYPE = "event-type"  # event → Concept("event-type", …)
    EVENT_STATUS = "event-status"  # event → Concept("event-status", …)
    ORDINAL = "ordinal"  # event → int
    PLACE = "place"  # event → place id
    AUDIENCE = "audience"  # event → Concept("audience", …)
    CONCLUSION = "conclusion"  # event → Text
    PURPOSE = "purpose"  # event → Text


class Evidence(Struct, frozen=True):
    """The words of a release that state a fact, and the rule that read them.

    Offsets are half-open and count code points of `Release.text`. That text is
    never altered after reading, so `release.text[start:end] == quote` for good:
    a reader of the published graph can always be shown the original words.
    """

    release_id: str
    language: str
    start: int
    end: int
    quote: str
    rule: str

    @classmethod
    def in_passage(cls, passage: Passage, start: int, end: int, rule: str) -> Self:
        """Return the evidence at `start:end`, offsets counted within `passage`."""
        first, last = passage.start + start, passage.start + end
        quote = passage.text[start:end]
        return cls(passage.release_id, passage.language, first, last, quote, rule)


class Id(Struct, frozen=True):
    """A project, event, organisation or place within one reading, such as `event-1`."""

    name: str


class Text(Struct, frozen=True):
    """Words of a release, or a name, with their language (ISO 639-1)."""

    text: str
    language: str


class Concept(Struct, frozen=True):
    """A concept of one of our schemes in `ontology/vocab`: `Concept("role", "lead-partner")`."""

    scheme: str
    name: str


class Country(Struct, frozen=True):
    """A country by its ISO 3166-1 alpha-2 code in capitals (`GR`, `GB`)."""

    code: str


class Scheme(Struct, frozen=True):
    """A funding scheme by its key in the gazetteer: `europe-for-citizens-2014-2020/strand-2`."""

    key: str


class Edtf(Struct, frozen=True):
    """A date as Extended Date/Time Format, level 0 to 2 (ISO 8601-2:2019)."""

    text: str


class Participation(Struct, frozen=True):
    """The part of `organisation` in `context`, a project or an event."""

    organisation: Id
    context: Id


class ReleaseSubject(Struct, frozen=True):
    """The release itself as a subject; with a language, that language version of it."""

    language: str | None = None


Subject = Id | Participation | ReleaseSubject | Scheme
Value = Id | Text | Concept | Country | Scheme | Edtf | str | int | date


class Statement(Struct, frozen=True):
    """That a subject has a value in a slot: what a fact says, apart from who says it."""

    subject: Subject
    slot: Slot
    value: Value

    @property
    def things(self) -> frozenset[Id]:
        """The things of the reading that it speaks of."""
        named = {each for each in (self.subject, self.value) if isinstance(each, Id)}
        if isinstance(self.subject, Participation):
            named |= {self.subject.organisation, self.subject.context}
        return frozenset(named)


class Attribution(Struct, frozen=True):
    """The person who answers for a correction, the day it was made, and the reason given."""

    who: str
    when: date
    why: str


class Fact(Struct, frozen=True):
    """A statement as one release makes it: with its evidence, or how it follows.

    What holds: a stated fact has evidence; an inferred or a candidate one has
    an `inference` (a concept of the scheme `inference-rule`) and `premises`,
    each the statement of another fact of the same reading; a disputed one is
    concerned by a discrepancy. Evidence is in the order of the text. What a
    person set names that person (`by`).
    """

    statement: Statement
    evidence: tuple[Evidence, ...]
    status: Status = Status.STATED
    certainty: Certainty = Certainty.CERTAIN
    inference: str | None = None
    premises: tuple[Statement, ...] = ()
    by: Attribution | None = None


class Project(Struct, frozen=True):
    """A project of one reading."""

    id: Id


class Place(Struct, frozen=True):
    """A place of one reading: its names as read, its country.

    The names are in the nominative where the lexicon can tell it.
    `known` is its key in the gazetteer of places, if it is one of those.
    """

    id: Id
    names: tuple[Text, ...]
    country: str | None
    known: str | None = None


class Organisation(Struct, frozen=True):
    """An organisation of one reading: enough to tell it from others.

    `names` are as read (nominative where the lexicon can), best first. `kind`
    is a key of the lexicons' organisation kinds (`municipality`, `university`).
    `place` is the place whose organisation it is. `known` is its key in the
    gazetteer of organisations, if it is one of those.
    """

    id: Id
    names: tuple[Text, ...]
    kind: str | None = None
    place: Id | None = None
    country: str | None = None
    known: str | None = None


class Event(Struct, frozen=True):
    """An event of one reading.

    `noun` is the English word for the noun of the sentence that dates it
    (`conference`, `meeting`, `event`; for a part its event type). `part_of` is
    the event it is part of.
    """

    id: Id
    noun: str
    project: Id | None = None
    place: Id | None = None
    part_of: Id | None = None


Thing = Project | Place | Organisation | Event


class Discrepancy(Struct, frozen=True):
    """A contradiction, gap or defect in what a release says, as data.

    `type` and `resolution` are concepts of `discrepancy-type` and
    `resolution-status`. `about` is what it concerns. `slot` tells of what;
    `languages` in which versions it shows. `stated` and `observed` are given
    for a count against a list; `observed` alone for a name, as it is spelt, and
    for a text, where it is damaged. What a person decided names that person (`by`).
    """

    type: str
    about: Id | ReleaseSubject
    slot: Slot | None
    concerns: tuple[Statement, ...]
    resolution: str = "open"
    languages: tuple[str, ...] = ()
    stated: Value | None = None
    observed: Value | None = None
    explained_by: tuple[Statement, ...] = ()
    preferred: Statement | None = None
    by: Attribution | None = None


class Reading(Struct, frozen=True):
    """All that one release says: things, facts about them, and where it disagrees with itself.

    Facts are in the order of their first words; equal input gives an equal
    reading. Every id used in a fact or a discrepancy is one of `things`.
    """

    release_id: str
    things: tuple[Thing, ...] = ()
    facts: tuple[Fact, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    uncovered: tuple[str, ...] = ()
    """Languages of the release that have no lexicon."""
    notes: tuple[str, ...] = ()
    """What went wrong while it was read, for a person; nothing of it is published."""
