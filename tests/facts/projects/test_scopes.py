"""A project is named beside a noun for it; what is said stays with the project it is said of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Reading, Slot, Text
from eugraph.facts.mentions.document import Document
from eugraph.facts.projects.scopes import find_projects

NAMED = [
    # language, text, acronym, titles, remark
    ("lv", "Pilsēta īsteno projektu “Zaļie ceļi” (“ZALA”).", "ZALA", ["Zaļie ceļi"], "in brackets"),
    ("lv", "Pilsēta īsteno projektu „Green Roads Ahead” ZALA (“Zaļie ceļi”).", "ZALA",
     ["Green Roads Ahead", "Zaļie ceļi"], "two titles around it"),
    ("en", "The city implements project WIR.", "WIR", [], "after the noun"),
    ("en", "Partners of the EUCIDIN project met.", "EUCIDIN", [], "before the noun"),
    ("en", "The project “Green Desk in Town” (GREENDESK) met.", "GREENDESK", ["Green Desk in Town"],
     "capitals in brackets"),
    ("en", "The Erasmus+ Project Better skills for all teachers (Teach-aware) met.", "Teach-aware",
     ["Better skills for all teachers"], "no quotation marks, a bracket"),
    ("en", "Partners of the project “SENIORNET” met.", "SENIORNET", [], "an acronym in quotes"),
    ("en", 'The project "CRAFT4ALL – Old crafts for everyone" began.', "CRAFT4ALL",
     ["Old crafts for everyone"], "an acronym that opens its title"),
    ("lv", "Erasmus+ KA1 projekts Senioru motivācija mācīties", None,
     ["Senioru motivācija mācīties"], "the last words of a heading"),
    ("en", "SMARTY Project: Learning Cities for Young People", "SMARTY",
     ["Learning Cities for Young People"], "after a colon"),
    ("lv", "Projektu “Zaļie ceļi”/ ZALA finansē LIFE.", "ZALA", ["Zaļie ceļi"], "after a slash"),
    ("de", "Das Projekt „GrünNetzWerk“ (GNW) hat begonnen.", "GNW", ["GrünNetzWerk"],
     "an acronym in brackets shortens a coined name"),
    ("it", "Il progetto “VIA VERDE – Percorsi di tutti” è partito.", "VIA VERDE",
     ["Percorsi di tutti"], "two words in capitals open the title"),
    ("en", "SkyKin – Kinder skies for islands is funded by the LIFE programme.", "SkyKin",
     ["Kinder skies for islands"], "the subject of funding, with its long name"),
    ("en", "The youth exchange “Open Air” took place in Riga with support of Erasmus+.", None,
     ["Open Air"], "an exchange that a programme grants"),
    ("it", "Lo scambio giovanile “Mani Aperte” è finanziato dal programma Erasmus+.", None,
     ["Mani Aperte"], "the same in another language"),
    ("lv", "Projekta “Zaļie ceļi” (Green Roads, LLI-512) konference.", None,
     ["Zaļie ceļi", "Green Roads"], "a number of a grant is no acronym"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "acronym", "titles", "remark"), NAMED)
def test_the_names_of_a_project_are_read(  # noqa: PLR0913, PLR0917 (a row of the table)
    document_of: Callable[[list[tuple[str, str]]], Document],
    language: str,
    text: str,
    acronym: str | None,
    titles: list[str],
    remark: str,
) -> None:
    (project,) = find_projects(document_of([(language, text)])).projects

    found = [title.text for naming in project.namings for title in naming.titles]
    assert (project.acronym, found) == (acronym, titles), remark


UNNAMED = [
    ("lv", "No 1. līdz 3. jūnijam notiks pilsētas svētki.", "no project at all"),
    ("en", "The project brought 40 people together.", "a project without a name"),
    ("en", "Funded by the programme “Europe for Citizens”.", "the name of a programme"),
    ("en", "“The project is a success,” said the mayor.", "speech about one"),
    ("en", "The training course “Good Bread” was held in Riga.", "a course nobody granted"),
    ("en", "The youth exchange “Europe for Citizens” is funded by Erasmus+.", "called as a scheme"),
    ("en", "Riga City Council is funded by the LIFE programme.", "a body that is funded"),
    ("en", "TERRA Sports Club in Riga receives funding from Erasmus+.", "a name that goes on"),
]


def test_a_short_name_and_the_title_it_begins_are_of_one_project(
    document_of: Callable[[list[tuple[str, str]]], Document],
) -> None:
    heading = "Town joins the project “Cool Roofs”"
    text = "The project “Cool Roofs – towns that stand the heat” began in Riga."

    (project,) = find_projects(document_of([("en", heading), ("en", text)])).projects

    assert len(project.namings) == 2


@pytest.mark.parametrize(("language", "text", "remark"), UNNAMED)
def test_without_a_name_there_is_no_project(
    document_of: Callable[[list[tuple[str, str]]], Document], language: str, text: str, remark: str
) -> None:
    assert find_projects(document_of([(language, text)])).projects == (), remark


def test_a_name_that_the_release_repeats_needs_no_quotation_marks(
    document_of: Callable[[list[tuple[str, str]]], Document],
) -> None:
    lines = [
        ("en", "The Green Roofs project met in Lyon."),
        ("en", "Green Roofs is funded by the European Union."),
    ]

    once, twice = (find_projects(document_of(part)).projects for part in (lines[:1], lines))
    assert once == ()
    assert [title.text for title in twice[0].namings[0].titles] == ["Green Roofs"]


def test_nothing_crosses_from_one_project_to_another(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("en", "The project “Green Desk” (GREENDESK) has 5 partners from 4 countries."),
            ("en", "It is implemented from 01.11.2018. till 31.10.2020."),
            ("en", "The project “River Paths” (RIVERPATH) involves 3 partners from 2 countries."),
            ("en", "Term of implementation: 02.05.2018. – 01.05.2020."),
        ]
    )

    told = [
        (f.statement.subject, f.statement.slot, f.statement.value)
        for f in reading.facts
        if f.statement.slot in {Slot.ACRONYM, Slot.PARTNER_COUNT, Slot.START}
    ]
    by_project = {
        next(v for s, slot, v in told if s == subject and slot is Slot.ACRONYM): [
            str(v) for s, slot, v in told if s == subject and slot is not Slot.ACRONYM
        ]
        for subject in {s for s, _, _ in told}
    }
    assert by_project == {"GREENDESK": ["5", "2018-11-01"], "RIVERPATH": ["3", "2018-05-02"]}


def test_a_title_has_its_own_language(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [("lv", "Pilsēta īsteno projektu „City strategies for the integration of people” CITI.")]
    )

    titles = [f.statement.value for f in reading.facts if f.statement.slot is Slot.TITLE]
    assert titles == [Text("City strategies for the integration of people", "en")]


OTHERS = [
    ("en", "The results of the earlier GREENREG project were shown."),
    ("en", "The professor was previously part of the EU project BlueSky."),
    ("en", "A similar project, “Green Hills” (GREENHILL), was run in 2014."),
]


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_an_earlier_or_similar_project_is_none_of_the_releases(
    document_of: Callable[[list[tuple[str, str]]], Document], language: str, text: str
) -> None:
    own = ("en", "The project “Blue Schools” (BLUESCH) began in Riga.")
    scopes = find_projects(document_of([own, (language, text)]))

    assert [project.acronym for project in scopes.projects] == ["BLUESCH"]
    assert find_projects(document_of([(language, text)])).projects == ()


def test_what_is_said_of_an_earlier_project_is_not_said_of_the_releases_own(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [
            ("en", "The project “Green Desk” (GREENDESK) has 5 partners from 4 countries."),
            ("en", "The project “River Paths” (RIVERPATH) has 3 partners from 2 countries."),
            ("en", "The earlier OLDPATH project had 9 partners from 8 countries."),
        ]
    )

    counts = [f.statement.value for f in reading.facts if f.statement.slot is Slot.PARTNER_COUNT]
    assert counts == [5, 3]


def test_a_project_named_in_each_language_alone_is_one(
    document_of: Callable[[list[tuple[str, str]]], Document],
) -> None:
    lv, en = "Skola īsteno projektu “Zilās skolas”.", "It implements the project “Blue Schools”."
    (project,) = find_projects(document_of([("lv", lv), ("en", en)])).projects

    titles = [title.text for naming in project.namings for title in naming.titles]
    assert titles == ["Zilās skolas", "Blue Schools"]


def test_nobody_knows_which_of_two_projects_is_a_translation_of_which(
    document_of: Callable[[list[tuple[str, str]]], Document],
) -> None:
    lines = [
        ("lv", "Skola īsteno projektu “Zilās skolas” un projektu “Zaļie ceļi”."),
        ("en", "It implements the project “Blue Schools”."),
    ]

    assert len(find_projects(document_of(lines)).projects) == 3


def test_a_project_named_once_among_guests_is_none_of_the_releases(
    document_of: Callable[[list[tuple[str, str]]], Document],
) -> None:
    own = [
        ("en", "The project “Blue Schools” (BLUESCH) began in Riga."),
        ("en", "The BLUESCH project ends in May."),
    ]
    guest = ("en", "Teachers of the GREENTOWN project were present too.")
    funded = ("en", "Teachers of the Erasmus+ GREENTOWN project were present too.")

    def acronyms(*lines: tuple[str, str]) -> list[str | None]:
        return [p.acronym for p in find_projects(document_of([*own, *lines])).projects]

    assert acronyms(guest) == ["BLUESCH"]
    assert acronyms(guest, guest) == acronyms(funded) == ["BLUESCH", "GREENTOWN"]


def test_a_headline_that_translates_the_title_names_no_project_of_its_own(
    document_of: Callable[..., Document],
) -> None:
    document = document_of(
        [
            ("lv", "Uzsākts projekts „Upes balss”"),
            ("lv", "Pašvaldība ir partneris projektā “Giving Rivers a Voice” (RIVOICE)."),
        ]
    )

    (project,) = find_projects(document).projects
    assert project.acronym == "RIVOICE"


def test_a_headline_about_another_project_of_the_same_language_stays_apart(
    document_of: Callable[..., Document],
) -> None:
    document = document_of(
        [
            ("lv", "Uzsākts projekts „Upes balss”"),
            ("lv", "Pašvaldība ir partneris arī projektā “Zaļie pagalmi pilsētā” (GREENY)."),
        ]
    )

    assert len(find_projects(document).projects) == 2


def test_an_acronym_with_its_programme_before_it_is_the_same_project(
    document_of: Callable[[list[tuple[str, str]]], Document],
) -> None:
    document = document_of(
        [
            ("es", "El proyecto europeo RIOVIVO empezó en mayo."),
            ("es", "Los socios del proyecto LIFE RIOVIVO se reunieron."),
        ]
    )

    assert len(find_projects(document).projects) == 1


HEADLINES = [
    (["Grünes Licht für HOLZBAU", "In HOLZBAU arbeiten elf Partner aus fünf Ländern.",
      "Das Projekt fördert „Horizont Europa“."], "HOLZBAU", "the text goes on with it"),
    (["KVARN wins funding", "At KVARN eleven partners met. The project is funded by LIFE.",
      "KVARN leads."], "KVARN", "partners in it"),
    (["Network (GALE) wins funding", "The Coast Network (GALE) met. The project is funded by LIFE.",
      "In GALE partners are glad."], None, "the short name of a body"),
    (["LUTU wins funding", "LUTU carries out the project, which is funded by LIFE.",
      "LUTU is glad."], None, "who does something"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "acronym", "remark"), HEADLINES)
def test_a_headline_names_the_project_only_if_the_text_has_partners_in_it(
    document_of: Callable[[list[tuple[str, str]]], Document],
    lines: list[str],
    acronym: str | None,
    remark: str,
) -> None:
    language = "de" if lines[0].startswith("Grün") else "en"

    found = find_projects(document_of([(language, line) for line in lines])).projects

    assert [project.acronym for project in found] == ([acronym] if acronym else []), remark
