"""A number counts what follows it; people and their countries are never the project's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Country, Reading, Slot

TOLD = [
    # language, sentence, partners, countries counted, countries listed, remark
    ("en", "The project involves 10 partners from 7 countries – Sweden, Italy and Latvia.",
     10, 7, "SE IT LV", "both counts and the list"),
    ("lv", "Projektā ir iesaistīti 10 partneri no 7 valstīm: Zviedrijas, Itālijas un Latvijas.",
     10, 7, "SE IT LV", "in Latvian"),
    ("lv", "Tīklu veido astoņas pilsētas no astoņām valstīm.", 8, 8, "", "in words, of cities"),
    ("en", "Around 100 participants from 12 countries attended.", None, None, "",
     "people are no partners"),
    ("en", "Blue Banks is a network of 8 European cities led by Namur.", 8, None, "",
     "a network of cities"),
    ("en", "The project is implemented by four partners.", 4, None, "", "who carries it out"),
    ("lv", "Projektu īsteno četri partneri: dome un skola.", 4, None, "", "the same in Latvian"),
    ("fr", "La ville a reçu les neuf partenaires français, allemands et suisses du projet.", 9, None,
     "", "all of them, by their countries"),
    ("en", "Within two years the partners have written a book about the project.", None, None, "",
     "years are no partners"),
    ("lv", "Projektā uzklausīti četru valstu eksperti.", None, None, "", "of people"),
    ("en", "Two of the partners presented the results.", None, None, "", "some of the partners"),
    ("en", "Guests from Latvia, Spain and Italy took part in the event.", None, None, "",
     "where guests come from"),
    ("en", "The five partners come from Italy, Estonia and Ireland.", 5, None, "IT EE IE",
     "a count beside the list"),
    ("en", "We have visited Spain, Italy and Greece.", None, None, "", "a journey"),
    ("en", "There were 250 partners in the room.", None, None, "", "too many"),
    ("en", "Turku University is one of nine partners in the project.", 9, None, "",
     "one of all of them"),
    ("de", "Die Stadt startet ein Projekt mit fünf Partnern.", 5, None, "", "a project with so many"),
    ("de", "Die Stadt lud zu einem Treffen mit fünf Partnern.", None, None, "",
     "a meeting with so many"),
    ("de", "Die Stadt ist einer von acht Partnern im Projekt.", 8, None, "", "counted in a phrase"),
    ("fr", "Ce réseau réunit huit villes européennes.", 8, None, "", "what a network unites"),
    ("de", "In den nächsten drei Jahren arbeiten sieben Partner aus Dänemark und Polen im Projekt zusammen.",
     7, None, "DK PL", "the years are another number"),
    ("lv", "Projektā piedalījās piecas Preiļu Valsts ģimnāzijas skolotājas.", None, None, "",
     "a state school is no country"),
    ("en", "The meeting let the 8 partners plan the work.", 8, None, "", "an article: all of them"),
    ("lt", "Partneriai projektą vykdo pagal Interreg VI-A Latvijos ir Lietuvos programą.", None, None,
     "", "the name of a programme"),
    ("lv", "Tajā piedalījās visu 10 projekta partneru pārstāvji no 5 Baltijas jūras valstīm – Latvijas, "
     "Lietuvas un Polijas.", 10, 5, "LV LT PL", "those who stand for all partners"),
    ("lv", "Partneru skaits – 7.", 7, None, "", "behind a label"),
    ("de", "Anzahl der Partner: 12", 12, None, "", "behind a label, in German"),
    ("lv", "Ludzā viesojas partneri no trim valstīm.", None, None, "", "those who came"),
    ("fr", "Le projet rassemble neuf partenaires de France, d'Irlande, du Portugal et d'Espagne.", 9,
     None, "FR IE PT ES", "elided prepositions"),
    ("en", "The two partners agreed.", None, None, "", "two may be some"),
    ("en", "The three partners from Italy will test it.", None, None, "", "some of them"),
    ("fr", "Le projet s'est achevé devant 140 personnes venues de huit pays.", None, None, "",
     "where people came from"),
    ("es", "Participan escuelas de España (coordinadora), Grecia y Hungría, socios del proyecto.",
     None, None, "ES GR HU", "a role between brackets"),
    ("en", "Representatives of all six partner organisations met.", 6, None, "", "all of them"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence", "partners", "countries", "listed", "remark"), TOLD
)
def test_counts_and_lists_are_the_projects_own(  # noqa: PLR0913, PLR0917 (a row of the table)
    reading_of: Callable[..., Reading],
    language: str,
    sentence: str,
    partners: int | None,
    countries: int | None,
    listed: str,
    remark: str,
) -> None:
    reading = reading_of([("en", "This is project ABCDE."), (language, sentence)])

    def values(slot: Slot) -> list[object]:
        return [f.statement.value for f in reading.facts if f.statement.slot is slot]

    assert values(Slot.PARTNER_COUNT) == ([partners] if partners else []), remark
    assert [v for v in values(Slot.COUNTRY_COUNT) if countries] == (
        [countries] if countries else []
    ), remark
    assert [v.code for v in values(Slot.INVOLVES_COUNTRY) if isinstance(v, Country)] == (
        listed.split()
    ), remark


def test_the_words_of_a_count_are_the_number_and_its_noun(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [("lv", "Projektā ABCDE ir iesaistīti 10 partneri no 7 valstīm: Latvijas un Somijas.")]
    )

    quotes = {
        f.statement.slot: [piece.quote for piece in f.evidence]
        for f in reading.facts
        if f.statement.slot in {Slot.PARTNER_COUNT, Slot.COUNTRY_COUNT}
    }
    assert quotes == {Slot.PARTNER_COUNT: ["10 partneri"], Slot.COUNTRY_COUNT: ["no 7 valstīm"]}
