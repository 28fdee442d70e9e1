"""A missing year is inferred where one remains, and never guessed where several do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SKOS

from eugraph.facts.conclusions.term_ends import RULE
from eugraph.facts.conclusions.years import Circumstances, UndatedEvent, infer_years
from eugraph.facts.fact import Certainty, Edtf, Reading, Slot, Status
from eugraph.facts.language.dates import DateMention, Point, Relation

TERM = (date(2017, 10, 16), date(2019, 10, 15))


def undated(month: int, day: int, **more: object) -> UndatedEvent:
    relation = more.pop("relation", None)
    weekday = more.pop("weekday", None)
    mention = DateMention(
        0, 1, 0, 1, Point(None, month, day), Point(None, month, day + 2),
        relation=relation if isinstance(relation, Relation) else None,
        weekday=weekday if isinstance(weekday, int) else None,
    )  # fmt: skip
    return UndatedEvent(mention, **{"planned": False, **more})  # type: ignore[arg-type]


CASES = [
    # told, known, years (best first), rule, certainty
    (undated(12, 4), Circumstances(TERM), (2017, 2018), "year-from-project-term", None),
    (undated(11, 18), Circumstances((TERM[0], date(2018, 6, 30))), (2017,), "year-from-project-term",
     Certainty.CERTAIN),
    (undated(4, 17), Circumstances(TERM, planned=(date(2019, 3, 1),)), (2018,),
     "year-from-project-term", Certainty.CERTAIN),
    (undated(4, 17, first=True), Circumstances(TERM), (2018, 2019), "first-meeting-earliest-year",
     Certainty.PROBABLE),
    (undated(4, 17, last=True), Circumstances(TERM), (2019, 2018), "last-meeting-latest-year",
     Certainty.PROBABLE),
    (undated(6, 14, weekday=4), Circumstances(TERM), (2019,), "year-from-project-term",
     Certainty.CERTAIN),
    (undated(5, 11, planned=True), Circumstances(published=(date(2016, 9, 28),) * 2), (2017,),
     "year-from-publication-date", Certainty.CERTAIN),
    (undated(6, 28), Circumstances(published=(date(2017, 7, 25),) * 2), (2017,),
     "year-from-publication-date", Certainty.CERTAIN),
    (undated(12, 28), Circumstances(published=(date(2018, 1, 5),) * 2), (2017,),
     "year-from-publication-date", Certainty.CERTAIN),
    (undated(10, 17), Circumstances((date(2018, 5, 2), date(2020, 5, 1)), story=date(2019, 10, 10)),
     (2019, 2018), "year-from-nearby-date", Certainty.PROBABLE),
    (undated(5, 1, relation=Relation.NEXT), Circumstances(published=(date(2018, 3, 1),) * 2), (2019,),
     "year-from-publication-date", Certainty.CERTAIN),
]  # fmt: skip


@pytest.mark.parametrize(("event", "known", "years", "rule", "certainty"), CASES)
def test_the_rules_choose_as_they_say(
    event: UndatedEvent,
    known: Circumstances,
    years: tuple[int, ...],
    rule: str,
    certainty: Certainty,
) -> None:
    found = infer_years(event, known)

    assert found is not None
    assert (found.years, found.rule, found.certainty) == (years, rule, certainty)


def test_every_rule_is_a_concept_that_the_graph_can_name() -> None:
    scheme = Path(__file__).parents[3] / "ontology/vocab/inference-rule.ttl"
    concepts = Graph().parse(scheme).subjects(RDF.type, SKOS.Concept)

    named = {str(concept).rsplit("/", 1)[-1] for concept in concepts}
    assert {rule for *_, rule, _ in CASES} | {RULE} <= named


def test_nothing_is_inferred_where_nothing_limits_the_year() -> None:
    assert infer_years(undated(4, 17), Circumstances()) is None


def test_a_written_year_stands() -> None:
    mention = DateMention(0, 1, 0, 1, Point(2018, 4, 17))

    assert infer_years(UndatedEvent(mention, planned=False), Circumstances(TERM)) is None


def test_a_day_outside_the_term_is_in_no_year() -> None:
    term = (date(2018, 3, 1), date(2018, 8, 31))

    assert infer_years(undated(12, 20), Circumstances(term)) is None


def test_a_leap_day_is_only_in_leap_years() -> None:
    mention = DateMention(0, 1, 0, 1, Point(None, 2, 29))

    found = infer_years(
        UndatedEvent(mention, planned=False), Circumstances((date(2018, 1, 1), date(2021, 12, 31)))
    )
    assert found is not None
    assert found.years == (2020,)


MONTHS = [
    # the term, the month in EDTF, remark
    ("1 April 2024 to 31 March 2025", "2024-10", "certain: no other October lies in the term"),
    ("1 April 2024 to 31 March 2027", "2024?-10", "probable: a first meeting comes early"),
]


@pytest.mark.parametrize(("term", "normalised", "remark"), MONTHS)
def test_a_month_in_an_inferred_year_is_normalised_and_not_stated(
    reading_of: Callable[..., Reading], term: str, normalised: str, remark: str
) -> None:
    reading = reading_of(
        [
            ("en", f"The project ABCDE runs from {term}."),
            ("en", "The first meeting of the project ABCDE was held in Delft in October."),
        ]
    )

    told = [f for f in reading.facts if isinstance(f.statement.value, Edtf)]
    (stated,) = (f for f in told if f.statement.slot is Slot.STATED_DATE)
    (inferred,) = (f for f in told if f.status is Status.INFERRED)
    assert stated.statement.value == Edtf("XXXX-10")
    assert (inferred.statement.slot, inferred.statement.value) == (
        Slot.NORMALISED_DATE, Edtf(normalised),
    ), remark  # fmt: skip
    assert stated.statement in inferred.premises
