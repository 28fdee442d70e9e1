"""An event is told by its noun and its day, place or number; other dates are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Concept, Event, Place, Reading, Slot

Told = tuple[str, str, str, str]
"""Types, days as stated, place, status."""


def events(reading: Reading) -> list[Told]:
    places = {t.id: t.names[0].text for t in reading.things if isinstance(t, Place)}
    told = []
    for event in (t for t in reading.things if isinstance(t, Event) and t.part_of is None):
        facts = [f.statement for f in reading.facts if f.statement.subject == event.id]

        def values(slot: Slot, facts: list = facts) -> list[object]:  # type: ignore[type-arg]
            return [s.value for s in facts if s.slot is slot]

        types = [v.name for v in values(Slot.EVENT_TYPE) if isinstance(v, Concept)]
        status = [v.name for v in values(Slot.EVENT_STATUS) if isinstance(v, Concept)]
        days = [getattr(v, "text", "") for v in values(Slot.STATED_DATE)]
        told.append(
            (
                " ".join(types),
                " ".join(days),
                places[event.place] if event.place else "",
                " ".join(s.removeprefix("reported-") for s in status),
            )
        )
    return told


SENTENCES = [
    ("en", "Today, 5 June, the third meeting of project ABCDE begins in Rijeka, Croatia; it will last "
     "until Friday, 7 June.", [("partner-meeting", "XXXX-06-05/XXXX-06-07", "Rijeka", "held")],
     "a last day told apart"),
    ("lv", "Šodien, 5. jūnijā, Rēzeknē sākas projekta ABCDE trešā tikšanās, kas ilgs līdz piektdienai, "
     "7. jūnijam.", [("partner-meeting", "XXXX-06-05/XXXX-06-07", "Rēzekne", "held")],
     "a last day told apart, in Latvian"),
    ("en", "The third meeting of project ABCDE in Rijeka, Croatia, lasts until Friday, 7 June.",
     [("partner-meeting", "", "Rijeka", "held")], "a last day alone is no first day"),
    ("en", "Delft, 24 January 2025 – Partners of the project ABCDE met in Rijeka, Croatia, for their "
     "second meeting.", [("partner-meeting", "", "Rijeka", "held")], "a dateline"),
    ("en", "Rijeka, 24 January 2025: the second meeting of the project ABCDE was held on 5 May 2024.",
     [("partner-meeting", "2024-05-05", "", "held")], "a dateline before a day"),
    ("en", "On 24 January 2025 – a Friday – the second meeting of project ABCDE was held in Rijeka.",
     [("partner-meeting", "2025-01-24", "Rijeka", "held")], "no dateline"),
    ("it", "L'incontro del progetto ABCDE a Trento si è concluso sabato 18 novembre 2023.",
     [("partner-meeting", "", "Trento", "held")], "the day on which it ended"),
    ("it", "Si è concluso sabato 18 novembre 2023 l'incontro del progetto ABCDE a Trento. I lavori, "
     "dal 16 al 18 novembre, sono andati bene.",
     [("partner-meeting", "2023-11-16/2023-11-18", "Trento", "held")], "its days, told elsewhere"),
    ("en", "The project ABCDE ended with a conference in Rijeka, Croatia, on 18 May 2023.",
     [("conference", "2023-05-18", "Rijeka", "held")], "what ended was the project"),
    ("de", "Das Auftakttreffen im Projekt ABCDE fand am 5. Mai 2019 im Rathaus Graz statt.",
     [("kick-off-meeting", "2019-05-05", "Graz", "held")], "the town of a town hall"),
    ("es", "La reunión del proyecto ABCDE se celebró en el Edificio Seminario de Lugo el 5 de mayo de "
     "2019.", [("partner-meeting", "2019-05-05", "Lugo", "held")], "a building called as an event"),
    ("es", "Lugo acogió el 5 de mayo de 2019 la reunión del proyecto ABCDE.",
     [("partner-meeting", "2019-05-05", "Lugo", "held")], "a town that receives it"),
    ("lv", "2019. gada 5.–6. maijā Rīgas dome uzņēma viesus no Igaunijas. Viesi piedalījās projekta "
     "ABCDE otrajā sanāksmē.", [("partner-meeting", "2019-05-05/2019-05-06", "Riga", "held")],
     "its days in the sentence before"),
    ("en", "The second meeting of the project ABCDE was held in Rijeka, Croatia, on 5 May 2019.",
     [("partner-meeting", "2019-05-05", "Rijeka", "held")], "a meeting held"),
    ("en", "Riga takes part in the project ABCDE. The town festival took place on 3 May 2023 in Riga.",
     [], "a town's festival"),
    ("lv", "Projekta ABCDE partneri no Igaunijas un Latvijas 2023. gada 17. maijā tikās Viljandi.",
     [("partner-meeting", "2023-05-17", "Viljandi", "held")], "a town that does not inflect"),
    ("en", "Two meetings of the project ABCDE will be held: in Delft (22–24 February 2019) and Rijeka "
     "(7–9 June 2019).", [("partner-meeting", "2019-02-22/2019-02-24", "Delft", "planned"),
     ("partner-meeting", "2019-06-07/2019-06-09", "Rijeka", "planned")], "a row of places with days"),
    ("lv", "Projekta ABCDE tikšanās notiks Cēsīs (2019. gada 7.–9. jūnijs) un Bauskā (2019. gada "
     "4.–6. oktobris).", [("partner-meeting", "2019-06-07/2019-06-09", "Cēsis", "planned"),
     ("partner-meeting", "2019-10-04/2019-10-06", "Bauska", "planned")], "the same in Latvian"),
    ("en", "In the project ABCDE a training course in Erfurt in September 2024 and the conference in "
     "Delft, to be held in May 2025, follow.", [("workshop", "2024-09", "Erfurt", "planned"),
     ("conference", "2025-05", "Delft", "planned")], "two joined by “and”"),
    ("en", "The second meeting of the project ABCDE of Slovenia was held at the Faculty of Wood of the University "
     "of Ljubljana on 5 May 2019.", [("partner-meeting", "2019-05-05", "Ljubljana", "held")],
     "the town in the name of a venue"),
    ("en", "The project ABCDE unites Latvia and Estonia. A study visit to Tartu was held on 5 May 2019.",
     [("study-visit", "2019-05-05", "Tartu", "held")], "where a journey goes"),
    ("fi", "Hanke ABCDE alkoi. Seuraava tapaaminen järjestetään lokakuussa Corkissa Irlannissa.",
     [("partner-meeting", "XXXX-10", "Cork", "planned")], "a month in its case"),
    ("en", "The final conference of the project ABCDE will be held in Delft in June 2025.",
     [("conference", "2025-06", "Delft", "planned")], "a conference to come"),
    ("lv", "Projekta ABCDE ietvaros no 3. līdz 5. maijam Rijekas pašvaldībā, Horvātijā, notika "
     "atklāšanas sanāksme.", [("kick-off-meeting", "XXXX-05-03/XXXX-05-05", "Rijeka", "held")],
     "in Latvian, at a municipality"),
    ("en", "On 7th December 2023 the ABCDE project kicked off with a meeting in Cologne, Germany.",
     [("kick-off-meeting partner-meeting", "2023-12-07", "Cologne", "held")], "a verb"),
    ("en", "Applications for the meeting of project ABCDE are open until 17 November 2019.",
     [], "a deadline"),
    ("en", "Project ABCDE is implemented from 01.11.2018 till 31.10.2020.", [], "a term"),
    ("en", "The project ABCDE started on 1 September 2020.", [], "a start"),
    ("en", "Project ABCDE restores the castle, built on 1 May 1901.", [], "history"),
    ("nl", "De volgende bijeenkomst van project ABCDE is op 9 oktober 2024 in Gent.",
     [("partner-meeting", "2024-10-09", "Gent", "planned")], "the next one is to come"),
    ("fr", "Du 6 au 8 février 2024, la Ville de Metz (France) a accueilli la troisième rencontre du projet "
     "ABCDE.", [("partner-meeting", "2024-02-06/2024-02-08", "Metz", "held")],
     "the town of its host"),
    ("et", "17.–18. aprillil 2024 toimus Haapsalus projekti ABCDE teine seminar.",
     [("workshop", "2024-04-17/2024-04-18", "Haapsalu", "held")],
     "a town of the language's own country, in its case"),
    ("fr", "Du 6 au 8 février 2024, la Ville de Metz a accueilli la première rencontre du projet "
     "ABCDE.", [("partner-meeting", "2024-02-06/2024-02-08", "Metz", "held")],
     "the town of its host in the language's own country"),
    ("ro", "În perioada 13-17 mai 2024, școala a găzduit cea de-a treia mobilitate din cadrul "
     "proiectului ABCDE.", [("study-visit", "2024-05-13/2024-05-17", "", "held")],
     "an ordinal that looks like a number"),
    ("en", "The next one of project ABCDE is scheduled for 11-13 June 2024 in Varna.",
     [("partner-meeting", "2024-06-11/2024-06-13", "Varna", "planned")], "a pronoun for it"),
    ("en", "Six students travelled to Lahti, Finland, for the final mobility of project ABCDE from "
     "16 to 20 October 2023.", [("study-visit", "2023-10-16/2023-10-20", "Lahti", "held")],
     "a mobility"),
    ("en", "The conference of project ABCDE on urban mobility was held in Riga on 5 May 2023.",
     [("conference", "2023-05-05", "Riga", "held")], "mobility that is a topic"),
    ("de", "Das Abschlusstreffen von Projekt ABCDE findet im Juni 2024 in Alicante statt.",
     [("partner-meeting", "2024-06", "Alicante", "planned")], "a compound noun"),
    ("fr", "Le séminaire final du projet ABCDE aura lieu à l’automne 2026 à Cluj-Napoca, Roumanie.",
     [("workshop", "2026-23", "Cluj-Napoca", "planned")], "a season; a town with a double name"),
    ("pl", "Spotkanie projektu ABCDE odbędzie się w II kwartale 2025 r. w Maladze (Hiszpania).",
     [("partner-meeting", "2025-34", "Malaga", "planned")], "a quarter is no place"),
    ("cs", "Setkání projektu ABCDE se konalo ve Vídni (Rakousko) 3. dubna 2025.",
     [("partner-meeting", "2025-04-03", "Vídeň", "held")], "no smaller town that is spelt alike"),
    ("lv", "Cēsīs 2024. gada 7. novembrī notika projekta ABCDE konference.",
     [("conference", "2024-11-07", "Cēsis", "held")], "a town that opens its sentence"),
    ("en", "From 3 to 5 May 2024 pupils of the ABCDE project went on a study visit to Aarhus "
     "(Denmark).", [("study-visit", "2024-05-03/2024-05-05", "Aarhus", "held")],
     "a visit to a town"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected", "remark"), SENTENCES)
def test_a_sentence_tells_its_event(
    reading_of: Callable[..., Reading],
    language: str,
    sentence: str,
    expected: list[Told],
    remark: str,
) -> None:
    found = events(reading_of([(language, sentence)]))

    assert [(set(t[0].split()), *t[1:]) for t in found] == [
        (set(t[0].split()), *t[1:]) for t in expected
    ], remark


def test_two_versions_and_a_heading_tell_one_event(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("lv", "Notika otrā partneru tikšanās ES projekta ABCDE ietvaros"),
            ("lv", "No 3. līdz 5. maijam tika organizēta projekta konference Kavalas pašvaldībā, "
             "Grieķijā."),
            ("en", "The second meeting of EU project ABCDE took place"),
            ("en", "From May 3rd till 5th a conference was held in Kavala, Greece."),
        ]
    )  # fmt: skip

    (told,) = events(reading)
    assert set(told[0].split()) == {"partner-meeting", "conference"}
    assert told[1:] == ("XXXX-05-03/XXXX-05-05", "Kavala", "held")
    assert [f.statement.value for f in reading.facts if f.statement.slot is Slot.ORDINAL] == [2]


def test_labelled_lines_belong_to_the_heading_above(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("en", "The first meeting of project ABCDE"),
            ("en", "Date: 17-18 November 2016"),
            ("en", "Place: University of Economics in Katowice, Poland"),
        ]
    )

    assert events(reading) == [("partner-meeting", "2016-11-17/2016-11-18", "Katowice", "held")]


def test_the_days_of_a_programme_are_no_events(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("en", "The meeting of project ABCDE was held in Delft from 3 to 6 May 2019."),
            ("en", "On 4 May 2019 a workshop was held in the town hall."),
        ]
    )

    assert [told[1] for told in events(reading)] == ["2019-05-03/2019-05-06"]


def test_what_points_back_to_an_event_is_not_another(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("en", "The meeting of project ABCDE was held in Delft on 3 May 2019."),
            ("en", "During the meeting the partners visited the museum in Leiden."),
        ]
    )

    assert len(events(reading)) == 1


def test_parts_are_told_once_in_two_languages(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("lv", "Projekta ABCDE konference notika Delftā, Nīderlandē, 2019. gada 3. maijā."),
            ("lv", "Tika organizētas diskusijas un darba grupas par darba metodēm."),
            ("en", "The conference of project ABCDE took place in Delft on 3 May 2019."),
            ("en", "There were discussions and workshops about methods of work."),
        ]
    )

    parts = [t for t in reading.things if isinstance(t, Event) and t.part_of is not None]
    assert sorted(part.noun for part in parts) == ["discussion", "workshop"]
    languages = {
        part.noun: {p.language for f in reading.facts if f.statement.subject == part.id
                    and f.statement.slot is Slot.PART_OF for p in f.evidence}
        for part in parts
    }  # fmt: skip
    assert set(map(frozenset, languages.values())) == {frozenset({"lv", "en"})}


def test_labelled_lines_below_a_heading_with_an_ordinal(reading_of: Callable[..., Reading]) -> None:
    """Its ordinal is stated by the heading alone, however short the labelled line is."""
    reading = reading_of(
        [
            ("en", "Project ABCDE brings five towns of the region together."),
            ("en", "What the partners of project ABCDE did at the second meeting"),
            ("en", "Place: Delft"),
            ("en", "Date: 3 May 2019"),
        ]
    )

    assert [told[1:] for told in events(reading)] == [("2019-05-03", "Delft", "held")]
    (ordinal,) = [f for f in reading.facts if f.statement.slot is Slot.ORDINAL]
    assert [piece.quote for piece in ordinal.evidence] == ["second meeting"]


APART = [
    ("", "XXXX-05-03", Slot.STATED_DATE, "without a year"),
    (" 2019", "2019-05-03", Slot.START, "with its year"),
]


@pytest.mark.parametrize(("year", "stands", "slot", "remark"), APART)
def test_versions_that_differ_by_a_day_tell_one_event(
    reading_of: Callable[..., Reading], year: str, stands: str, slot: Slot, remark: str
) -> None:
    before = f"{year.strip()}. gada " if year else ""
    reading = reading_of(
        [
            ("lv", f"Projekta ABCDE otrā konference notika Kavalā, Grieķijā, {before}3. maijā."),
            ("en", f"The second conference of the project ABCDE was held in Kavala, Greece, on "
             f"4 May{year}."),
        ]
    )  # fmt: skip

    assert [told[1:] for told in events(reading)] == [
        (f"{stands} {stands[:-1]}4".strip() if not year else stands, "Kavala", "held")
    ], remark
    differing = [d for d in reading.discrepancies if d.type == "value-differs-between-languages"]
    assert slot in {d.slot for d in differing}, remark


def test_versions_that_spell_a_place_nearly_alike_tell_one_place(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [
            ("lv", "Projekta ABCDE tikšanās notika Nāhodā 2019. gada 3. maijā."),
            ("en", "A meeting of the project ABCDE was held in Náchod, Czech Republic, on 3 May 2019."),
        ]
    )  # fmt: skip

    assert [told[2] for told in events(reading)] == ["Náchod"]
    (place,) = [thing for thing in reading.things if isinstance(thing, Place)]
    assert place.known == "cz-nachod"
    assert "value-differs-between-languages" not in {d.type for d in reading.discrepancies}


def test_a_place_that_is_told_goes_before_the_home_of_the_host(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [
            ("lv", "Jūrmalas pilsētas dome 2022. gada 11. maijā rīkoja projekta ABCDE konferenci."),
            ("en", "On 11 May 2022 the conference of the project ABCDE was held in Majori."),
        ]
    )

    assert [told[2] for told in events(reading)] == ["Majori"]


def test_one_version_tells_two_events_a_day_apart(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("en", "A workshop of the project ABCDE was held in Delft on 3 May 2019."),
            ("en", "A workshop of the project ABCDE was held in Delft on 4 May 2019."),
        ]
    )

    assert len(events(reading)) == 2


def test_versions_of_two_meetings_far_apart_stay_apart(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("lv", "Projekta ABCDE konference notika Kavalā, Grieķijā, 2019. gada 3. maijā."),
            ("en", "A conference of the project ABCDE was held in Kavala, Greece, on 9 May 2019."),
        ]
    )

    assert len(events(reading)) == 2


BY_VERB = [
    ("lv", "Projekta ABCDE ietvaros no 2023. gada 9. oktobra līdz 3. novembrim desmit topošie pavāri "
     "strādāja Rimini (Itālija) restorānos, bet no 2. līdz 29. novembrim astoņi nākamie galdnieki "
     "apguva restaurāciju Brāgā, Portugālē.",
     [("study-visit", "2023-10-09/2023-11-03", "Rimini", "held"),
      ("study-visit", "XXXX-11-02/XXXX-11-29", "Brāga", "held")], "two clauses, each with its own"),
    ("en", "Ten pupils of the project ABCDE will work in Rijeka, Croatia, from 3 to 20 May 2025.",
     [("study-visit", "2025-05-03/2025-05-20", "Rijeka", "planned")], "still to come"),
    ("en", "Ten pupils of the project ABCDE worked in Rijeka, Croatia.", [], "no date"),
    ("en", "Ten pupils of the project ABCDE worked hard on 3 May 2025.", [], "no place"),
    ("en", "On 5 May 2022 the project ABCDE was launched in Rijeka, Croatia.",
     [("kick-off-meeting", "2022-05-05", "Rijeka", "held")], "a launch at a place"),
    ("en", "The project ABCDE was launched on 5 May 2022.", [], "a launch without one"),
    ("en", "On 5 May 2022 the website of the project ABCDE was launched in Rijeka, Croatia.",
     [], "not the project is launched"),
    ("lv", "2022. gada 28. septembrī Kavalā, Grieķijā, tika atklāts projekts ABCDE.",
     [("kick-off-meeting", "2022-09-28", "Kavala", "held")], "a launch in Latvian"),
    ("en", "Partners of the project ABCDE took part in two meetings in Delft in May 2019.",
     [], "more events than one"),
    ("en", "The partners of the project ABCDE will meet again in Delft, the Netherlands.",
     [("partner-meeting", "", "Delft", "planned")], "to come, whenever"),
    ("lv", "Projekta ABCDE partnerus Madonā uzņems 2023. gada 4. maijā.",
     [("partner-meeting", "2023-05-04", "Madona", "planned")], "partners received"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected", "remark"), BY_VERB)
def test_a_verb_tells_an_event_where_a_place_and_a_date_stand(
    reading_of: Callable[..., Reading],
    language: str,
    sentence: str,
    expected: list[Told],
    remark: str,
) -> None:
    assert events(reading_of([(language, sentence)])) == expected, remark


MONTHS = [
    ("en", "The next meeting of the project ABCDE will be held in Delft in September.",
     "2024-09", "to come"),
    ("en", "A meeting of the project ABCDE was held in Delft in September.", "2023-09", "past"),
    ("lv", "Projekta ABCDE sanāksme notiks Kavalā, Grieķijā, nākamā gada martā.", "2025-03", "next"),
    ("lv", "Projekta ABCDE sanāksme notiks Kavalā, Grieķijā, septembrī.", "2024-09", "by its form"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "month", "remark"), MONTHS)
def test_a_month_without_its_year_has_it_from_the_date_of_publication(
    reading_of: Callable[..., Reading], language: str, sentence: str, month: str, remark: str
) -> None:
    reading = reading_of([(language, sentence)], published="2024-05-20")

    inferred = [f for f in reading.facts if f.inference == "year-from-publication-date"]
    assert [(f.statement.slot, getattr(f.statement.value, "text", "")) for f in inferred] == [
        (Slot.NORMALISED_DATE, month)
    ], remark


def test_what_happened_is_not_dated_by_a_clause_about_next_year(
    reading_of: Callable[..., Reading],
) -> None:
    line = (
        "Pirmā projekta ABCDE sanāksme notika Kavalā, Grieķijā, bet nākamā gada martā būs svētki."
    )

    assert [told[1:] for told in events(reading_of([("lv", line)]))] == [("", "Kavala", "held")]


def test_a_sentence_that_says_which_event_it_was_gives_it_no_other_place(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [
            ("en", "On 14 May 2024 the partners of the project ABCDE met in Kavala, Greece. "
             "It was the third meeting of the project, following one in Rijeka, Croatia."),
        ]
    )  # fmt: skip

    assert [told[2] for told in events(reading)] == ["Kavala"]
    assert [f.statement.value for f in reading.facts if f.statement.slot is Slot.ORDINAL] == [3]
