"""A small release with a project, a partner, a meeting, a disputed title and a candidate date."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from rdflib import Graph

from eugraph.facts.fact import (
    Certainty,
    Concept,
    Country,
    Discrepancy,
    Edtf,
    Event,
    Evidence,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    ReleaseSubject,
    Slot,
    Statement,
    Status,
    Text,
)
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.identity.resolve import resolve
from eugraph.releases.release import Layout, Metadata, Passage, Release
from eugraph.triples.describe import describe

TEXT = (
    "Tilts tiekas Rīgā\nRīgas dome 4. maijā…\n"
    "Bridge meets in Riga\nRiga City Council hosted “Building Bridges” on 4 May.\n"
)
PROJECT, EVENT = Id("project-1"), Id("event-1")
COUNCIL, RIGA = Id("organisation-1"), Id("place-1")


def words(quote: str, language: str = "en") -> Evidence:
    """Return the evidence of the first place where the text has `quote`."""
    start = TEXT.index(quote)
    return Evidence("bridge", language, start, start + len(quote), quote, "test-rule")


@pytest.fixture
def release() -> Release:
    first_english = TEXT.index("Bridge")
    return Release(
        id="bridge",
        name="bridge.txt",
        text=TEXT,
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        media_type="text/plain",
        passages=(
            Passage("bridge", "lv", 0, first_english, TEXT[:first_english], Layout.PARAGRAPH),
            Passage(
                "bridge", "en", first_english, len(TEXT), TEXT[first_english:], Layout.PARAGRAPH
            ),
        ),
        metadata=Metadata(source="https://example.org/bridge", published="2019-05"),
    )


@pytest.fixture
def reading() -> Reading:
    part = Participation(COUNCIL, PROJECT)
    start = Statement(PROJECT, Slot.START, date(2018, 1, 1))
    stated_date = Statement(EVENT, Slot.STATED_DATE, Edtf("XXXX-05-04"))
    title = Statement(PROJECT, Slot.TITLE, Text("Building Bridges", "en"))
    facts = (
        Fact(Statement(ReleaseSubject("en"), Slot.HEADLINE, Text("Bridge meets in Riga", "en")),
             (words("Bridge meets in Riga"),)),
        Fact(Statement(ReleaseSubject(), Slot.ABOUT_PROJECT, PROJECT), (words("Bridge"),)),
        Fact(Statement(PROJECT, Slot.ACRONYM, "Bridge"),
             (words("Tilts", "lv"), words("Bridge"))),
        Fact(start, (words("Bridge"),)),
        Fact(title, (words("Building Bridges"),), Status.DISPUTED, Certainty.POSSIBLE),
        Fact(Statement(PROJECT, Slot.INVOLVES_COUNTRY, Country("LV")), (words("Riga"),)),
        Fact(Statement(PROJECT, Slot.PARTNER_COUNT, 7), (words("4"),)),
        Fact(Statement(part, Slot.ROLE, Concept("role", "partner")), (words("Riga City Council"),)),
        Fact(Statement(EVENT, Slot.EVENT_OF, PROJECT), (words("Bridge meets"),)),
        Fact(stated_date, (words("4 May"),)),
        Fact(Statement(EVENT, Slot.START, date(2018, 5, 4)), (words("4 May"),), Status.INFERRED,
             Certainty.PROBABLE, "first-meeting-earliest-year", (start, stated_date)),
        Fact(Statement(EVENT, Slot.END, date(2018, 5, 4)), (words("4 May"),), Status.INFERRED,
             Certainty.PROBABLE, "first-meeting-earliest-year", (start, stated_date)),
        Fact(Statement(EVENT, Slot.START, date(2019, 5, 4)), (words("4 May"),), Status.CANDIDATE,
             Certainty.POSSIBLE, "first-meeting-earliest-year", (start, stated_date)),
        Fact(Statement(EVENT, Slot.PLACE, RIGA), (words("in Riga"),)),
    )  # fmt: skip
    return Reading(
        "bridge",
        things=(
            Project(PROJECT),
            Event(EVENT, "meeting", PROJECT, RIGA),
            Organisation(COUNCIL, (Text("Riga City Council", "en"),), "municipality", RIGA, "LV"),
            Place(RIGA, (Text("Riga", "en"), Text("Rīga", "lv")), "LV"),
        ),
        facts=facts,
        discrepancies=(
            Discrepancy("name-role-conflict", PROJECT, Slot.TITLE, (title,), languages=("en",)),
        ),
    )


@pytest.fixture
def graph(release: Release, reading: Reading) -> Graph:
    return describe(release, reading, resolve([reading]), load_knowledge().gazetteer)
