"""A project is named before or after a noun for it, whatever describes it between the two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.mentions.document import Document
from eugraph.facts.projects.scopes import find_projects

DocumentOf = Callable[[list[tuple[str, str]]], Document]

NAMED = [
    # language, text, acronym, titles, remark
    ("es", "Es la reunión de ABCDE, un proyecto Interreg Europe sobre cuidados.", "ABCDE", [],
     "an apposition with its programme"),
    ("fi", "ABCDE-hanke (”Metsien monimuotoisuus”) sai rahoitusta.", "ABCDE",
     ["Metsien monimuotoisuus"], "quoted behind the noun"),
    ("en", "The town hosted the event “Citizens for Lakes”, funded by the Europe for Citizens programme.",
     None, ["Citizens for Lakes"], "an event that a programme funds"),
    ("en", "WETLAND (“Water Everywhere in Towns”) is a four-year European project on rain.", "WETLAND",
     ["Water Everywhere in Towns"], "the subject of a predicate with a hyphen"),
    ("en", "New project: Shared Rivers of the Balkans (SHARIBA)", "SHARIBA",
     ["Shared Rivers of the Balkans"], "unquoted behind a colon, in a headline"),
    ("sv", "Projektet WETLAND, vars fullständiga namn är ”Vatten överallt”, startar i maj.", "WETLAND",
     ["Vatten överallt"], "its full name"),
    ("en", "The Erasmus+ “Blue Schools” project began in Riga.", None, ["Blue Schools"],
     "quoted before the noun"),
    ("en", "The “Blue Schools” (BLUESCH) project began.", "BLUESCH", ["Blue Schools"],
     "an acronym between title and noun"),
    ("lt", "Nordplus „Žali kiemai“ projekto susitikimas vyko Kaune.", None, ["Žali kiemai"],
     "the noun describes a meeting"),
    ("en", "The second GREENREG project meeting was held in Riga.", "GREENREG", [],
     "an acronym before it"),
    ("de", "Das „Grüne Dächer“-Projekt startete im Mai.", None, ["Grüne Dächer"], "hyphen"),
    ("fi", "”Vihreät pihat” -hanke alkoi syyskuussa.", None, ["Vihreät pihat"], "Finnish hyphen"),
    ("lv", "Skola īsteno “Zilās skolas” projektu.", None, ["Zilās skolas"], "after a verb"),
    ("da", "Projektet »Grønne tage« begyndte.", None, ["Grønne tage"], "inward guillemets"),
    ("ro", "Elevii au participat la proiectul european „Școli albastre”.", None,
     ["Școli albastre"], "an adjective between"),
    ("ro", "Proiectul Erasmus+ „Școli albastre” (BLUESCH) a început.", "BLUESCH",
     ["Școli albastre"], "a programme between"),
    ("ro", "În cadrul proiectului „Școli albastre”, acronim BLUESCH, cod 1234.", "BLUESCH",
     ["Școli albastre"], "a label before the acronym"),
    ("ro", "Proiectul cu titlul „Porturi curate” și acronimul CLEANHARB a început.", "CLEANHARB",
     ["Porturi curate"], "labels before both"),
    ("it", "Il progetto Erasmus+ “Scuole blu” (acronimo: SC.BL.) è partito.", "SC.BL.",
     ["Scuole blu"], "an acronym with full stops"),
    ("en", "A project of the EU LIFE Programme, “Wet Fields for All” (LIFE WetFields, "
     "LIFE20-NAT-12345).", "LIFE WetFields", ["Wet Fields for All"],
     "programme, comma, acronym with its prefix, number"),
    ("en", "They met for the project, “Wet Fields” (WETFI), in Riga.", "WETFI", ["Wet Fields"],
     "between commas"),
    ("en", "A new Horizon Europe project, CLEANHARB, has started.", "CLEANHARB", [],
     "an acronym between commas"),
    ("en", "The Erasmus+ KA220-SCH project “Blue Schools” met.", None, ["Blue Schools"],
     "the number of an action"),
    ("en", "The college joins SHADYTOWN (Keeping market squares cool in hot summers), a four-year "
     "Horizon Europe project.", "SHADYTOWN", ["Keeping market squares cool in hot summers"],
     "a phrase in brackets before an apposition with a hyphen"),
    ("en", "SHADYTOWN – Walking safely under old trees – is financed by Interreg Aurora and has "
     "ten partners.", "SHADYTOWN", ["Walking safely under old trees"], "a phrase between dashes"),
    ("en", "The project is called Shady Squares and has ten partners.", None, ["Shady Squares"],
     "what it is called, up to “and”"),
    ("en", "The project is called SHADYTOWN.", "SHADYTOWN", [], "what it is called, an acronym"),
    ("sv", "Projektet heter Gröna Torg och finansieras av Interreg Aurora.", None, ["Gröna Torg"],
     "what it is called"),
    ("de", "Das Projekt heißt „Grüne Plätze“ und hat zehn Partner.", None, ["Grüne Plätze"],
     "what it is called, quoted"),
    ("it", "Il progetto si chiama Piazze Verdi e ha dieci partner.", None, ["Piazze Verdi"],
     "what it is called"),
    ("pl", "Projekt nosi nazwę „Zielone place” i trwa dwa lata.", None, ["Zielone place"],
     "what it is called, quoted"),
    ("lv", "Projektu sauc “Zaļie laukumi”.", None, ["Zaļie laukumi"], "what it is called"),
    ("fr", "Le projet s’appelle Places Vertes et réunit dix partenaires.", None, ["Places Vertes"],
     "what it is called"),
    ("es", "El proyecto se llama Plazas Verdes y cuenta con diez socios.", None,
     ["Plazas Verdes"], "what it is called"),
    ("el", "Το έργο ονομάζεται «Πράσινες πλατείες».", None, ["Πράσινες πλατείες"],
     "what it is called"),
    ("en", "The project with the acronym SHADY started in May.", "SHADY", [], "after a label"),
    ("en", "The Erasmus+ project 2021-1-LV01-KA220-ADU-000012345 “Late Learners” began.", None,
     ["Late Learners"], "behind the number of its grant"),
    ("en", "Last year the school began a project on trees, “Shady Squares”.", None,
     ["Shady Squares"], "behind what it is about"),
    ("en", "Under the title “Shady Squares”, five schools work together in an Erasmus+ project.",
     None, ["Shady Squares"], "a title before the noun"),
    ("sv", "SHADYTOWN är ett EU-projekt om träd och torg.", "SHADYTOWN", [],
     "a predicate that goes on with what it is about"),
    ("de", "SHADYTOWN heißt das neue Interreg-Projekt der Stadt Kiel.", "SHADYTOWN", [],
     "the subject of what it is called"),
    ("it", "Parte SHADYTOWN, il progetto europeo sulle piazze.", "SHADYTOWN", [],
     "an apposition that goes on with what it is about"),
    ("en", "The project, named CLEANHARB, starts in May.", "CLEANHARB", [], "named, after a comma"),
    ("de", "Das Projekt BX-Care wird von Erasmus+ gefördert.", "BX-Care", [],
     "a coined name with a hyphen"),
    ("en", "The project RURALWATT (Renewable Energy for Towns) was funded by Horizon 2020.",
     "RURALWATT", ["Renewable Energy for Towns"], "a title by its capitals, in brackets"),
    ("lv", "Projekta “Zilā upe” (NPAD-2022/10111) tikšanās.", None, ["Zilā upe"],
     "the number of a grant"),
    ("es", "La reunión del proyecto ABCDE, «Mapas del silencio», financiado por Interreg.", "ABCDE",
     ["Mapas del silencio"], "a title between commas behind the acronym"),
    ("en", "They met for the closing conference of SPORTCIT. The project is funded by Erasmus+.",
     "SPORTCIT", [], "the event of a project that is told of without its name"),
    ("en", "ClimACT Youth met in Riga. ClimACT Youth is an Erasmus+ strategic partnership.",
     "ClimACT Youth", [], "a repeated run that is said to be a partnership"),
    ("en", "The new project called CLEANHARB has started.", "CLEANHARB", [], "called"),
    ("it", "Il progetto LIFE RE-PRATI è partito.", "LIFE RE-PRATI", [], "the programme's prefix"),
    ("it", "LIFE RE-PRATI (“Prati umidi per tutti”), il progetto cofinanziato, è partito.",
     "LIFE RE-PRATI", ["Prati umidi per tutti"], "an apposition after acronym and title"),
    ("en", "MOSSWEAR (Making Outdoor Shoes from Sustainable Wool and Algae for Resilience), "
     "a new doctoral network, began.", "MOSSWEAR",
     ["Making Outdoor Shoes from Sustainable Wool and Algae for Resilience"],
     "an acronym and its long form without quotation marks"),
    ("en", "“Cities for Calm” (CalmCity), an action planning network led by Riga, met.",
     "CalmCity", ["Cities for Calm"], "a network"),
    ("en", "The initiative “Cities for Calm” met.", None, ["Cities for Calm"], "an initiative"),
    ("en", "QUIET is a project funded by Erasmus+.", "QUIET", [], "the noun is said of it"),
    ("en", "“Clean Harbour” is an Erasmus+ project that unites six schools.", None,
     ["Clean Harbour"], "the same of a title"),
    ("en", "The project QUIET – Quiet Harbours for Everyone – began.", "QUIET",
     ["Quiet Harbours for Everyone"], "between dashes"),
    ("de", "Das Projekt „CareLink – Brücken der Pflege“ startete.", "CareLink",
     ["Brücken der Pflege"], "both in one quotation"),
    ("lv", "Reģions uzsācis projektu „Klusās ostas” jeb QuietPort.", "QuietPort",
     ["Klusās ostas"], "also known as"),
    ("lv", "Projekta Nr. LLI-512 “Zilās skolas” sanāksme.", None, ["Zilās skolas"],
     "the number of a grant between"),
    ("fr", "Le projet de coopération transfrontalière « Toits verts » (GRUDA) commence.", "GRUDA",
     ["Toits verts"], "common words between"),
    ("nl", "Het project Groene Daken (GRUDA) begint.", "GRUDA", ["Groene Daken"],
     "no quotation marks, a bracket"),
    ("en", "“Green Roofs” – an Erasmus+ project for schools – began.", None, ["Green Roofs"],
     "an apposition between dashes"),
    ("en", 'The project "Blue Schools” (BLUESCH) met in Riga .The project began.', "BLUESCH",
     ["Blue Schools"], "unlike quotation marks, no space after the full stop"),
    ("en", "We are a partner in SEASENSE – Sensing Seas from Above, a research project.", "SEASENSE",
     ["Sensing Seas from Above"], "the long form after a dash, up to a comma"),
    ("it", "Il progetto MARENOI – Paesaggi costieri resilienti, avviato a marzo.", "MARENOI",
     ["Paesaggi costieri resilienti"], "a phrase after a dash that spells out nothing"),
    ("en", "Partners of the project MARENOI – Riga Museum, Turku Museum.", "MARENOI", [],
     "a list after a dash"),
    ("en", "The project SEASENSE (Sensing Seas Above) began.", "SEASENSE", ["Sensing Seas Above"],
     "a long form of three words"),
    ("lt", "Projektas „Žalios dirbtuvės“ (angl. Green Workshops, GREENSHOP) prasidėjo.", "GREENSHOP",
     ["Žalios dirbtuvės", "Green Workshops"], "the language of the other title before it"),
    ("es", "El proyecto AULA ABIERTA avanza. El proyecto «Aula Abierta» sigue.", None,
     ["Aula Abierta"], "a title in capitals is no acronym"),
    ("en", "The HEALPATH project (Health Analytics for Long Paths) met.", "HEALPATH",
     ["Health Analytics for Long Paths"], "the long form behind the noun"),
    ("sv", "Nu startar projektet Skogens värden (FORVAL) med stöd från EU.", "FORVAL",
     ["Skogens värden"], "a title without marks that spells out nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "acronym", "titles", "remark"), NAMED)
def test_the_names_beside_a_noun_are_those_of_the_project(  # noqa: PLR0913, PLR0917 (a row)
    document_of: DocumentOf,
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
    ("lv", "Biedrība “Jūras vējš” projekta ietvaros tikās ar skolēniem.", "an association"),
    ("lv", "Projekta partneri ir SIA “Vējš” un biedrība “Jūra”.", "partners"),
    ("en", "Thanks to the project, “Latvijas Avīze” wrote about the school.", "a newspaper"),
    ("en", "The project was presented at the “Open Doors” event.", "an event"),
    ("en", "UNIBO is the project manager.", "a manager"),
    ("en", "The school's project coordinator Anna Berg and project partner UNIBO met.", "persons"),
    ("en", "The new Danish project began. Danish schools liked it.", "a nationality"),
    ("en", "The project Partners met. The partners came from Riga.", "a word with a capital"),
    ("it", "Nell’ambito del progetto è stata inaugurata la mostra “Mare nostrum”.", "a show"),
    ("it", "“Mare nostrum” è stata aperta nell’ambito del progetto.", "a sentence about a show"),
    ("sv", "Projektet Gröna tak startar. Gröna tak pågår.", "the first of two words of a name"),
    ("de", "Das Schul-Umwelt-Projekt lief gut.", "a compound of common nouns"),
    ("en", "They met at the conference of IES Monte Alto (Spain). The project is funded by Erasmus+.",
     "a short form that begins the name of a school"),
    ("en", "Under the title “Open Doors” an event was held within the project.", "an event"),
    ("en", "The project is called a success by all. It is called important.", "no name"),
    ("sv", "Projektledaren heter Anna Lind. Mötet heter Vårdagen.", "a person and a meeting"),
    ("en", "UNESCO (Culture and science for everybody), a large body, met.", "an apposition of a body"),
    ("en", "IES Alto is the partner of the project. IES Alto is in Spain.", "who is a partner"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "remark"), UNNAMED)
def test_what_stands_near_a_noun_need_not_name_the_project(
    document_of: DocumentOf, language: str, text: str, remark: str
) -> None:
    assert find_projects(document_of([(language, text)])).projects == (), remark


REPEATED = [
    # lines, acronym, titles, remark
    (["The project Songs of the Shore, co-funded by Creative Europe, began.",
      "Songs of the Shore opens"], None, ["Songs of the Shore"], "joining words within"),
    (["The project Bridge involves seven schools.", "The Bridge project ends in May."], "Bridge",
     [], "one word"),
    (["The Interreg Europe project GREEN-CHAIR2 met.",
      "GREEN-CHAIR2, short for “Circular Chairs for Regions”, helps."], "GREEN-CHAIR2",
     ["Circular Chairs for Regions"], "spelt out elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "acronym", "titles", "remark"), REPEATED)
def test_a_name_is_borne_out_by_the_rest_of_the_release(
    document_of: DocumentOf,
    lines: list[str],
    acronym: str | None,
    titles: list[str],
    remark: str,
) -> None:
    def named(lines: list[str]) -> list[tuple[str | None, list[str]]]:
        projects = find_projects(document_of([("en", line) for line in lines])).projects
        return [(p.acronym, [t.text for n in p.namings for t in n.titles]) for p in projects]

    assert [(name, list(dict.fromkeys(found))) for name, found in named(lines)] == [
        (acronym, titles)
    ], remark
    assert named(lines[:1]) != named(lines), remark


def test_a_body_with_a_name_in_quotes_is_no_project(document_of: DocumentOf) -> None:
    lines = [
        ("lt", "Žemaičių muziejus „Alka“ – tarptautinio projekto partneris"),
        ("lt", "Muziejus įgyvendina projektą „Gyvi amatai“ (LIVCRAFT)."),
    ]
    assert [p.acronym for p in find_projects(document_of(lines)).projects] == ["LIVCRAFT"]
