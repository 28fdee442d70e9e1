"""Organisations that a sentence enumerates are partners where its words say so, name by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.mentions.document import Document
from eugraph.facts.organisations.partner_lists import find_partner_list

ENUMERATED = [
    ("it", "Il progetto ha coinvolto tre partner in Croazia e Grecia (Zavod Morje, Region of Epirus, "
     "Comune di Termoli).", ["Zavod Morje", "Region of Epirus", "Comune di Termoli"],
     "between brackets behind the countries"),
    ("nl", "De partners zijn de gemeente Riga en de Poolse stichting Zielone Miasto.",
     ["gemeente Riga", "Zielone Miasto PL"], "the country by its adjective"),
    ("sv", "Partner är Gotlands hamncampus, Wismars stad och Lunds kommun.",
     ["Gotlands hamncampus", "Wismars stad", "Lunds kommun"], "a noun that nobody listed"),
    ("fr", "Les partenaires sont le Centre wallon de recherches, la Ville de Metz et l'Université "
     "de Liège.", ["Centre wallon de recherches", "Ville de Metz", "Université de Liège"],
     "adjectives behind the noun"),
    ("es", "Los socios son la Universidade de Évora (Portugal) y el Parc naturel régional de l'Aubrac "
     "(Francia).", ["Universidade de Évora PT", "Parc naturel régional de l'Aubrac FR"],
     "a name in another language"),
    ("en", "Partners: Riga Museum (Latvia), Kongsbakken videregående skole (Norway) and the town of "
     "Náchod (Czech Republic).", ["Riga Museum LV", "Kongsbakken videregående skole NO",
     "town of Náchod CZ"], "words in lower case that the language does not know"),
    ("fr", "Neuf partenaires se réunissent, dont l'Autoridad Portuaria de Vigo (Espagne), le Port of "
     "Cork Company (Irlande) et la Câmara Municipal de Leixões (Portugal).",
     ["Autoridad Portuaria de Vigo ES", "Port of Cork Company IE",
     "Câmara Municipal de Leixões PT"], "a row of names with prepositions in them"),
    # language, sentence, names with countries, remark
    ("en", "The project is carried out by the Baltic Drum Association, the Danish collective "
     "Lysning and the Porto Maritime Museum.",
     ["Baltic Drum Association", "Lysning DK", "Porto Maritime Museum"], "the agent of a passive"),
    ("en", "Partners are the Estonian Moth Fund, the Environmental Board of Estonia, and Growers’ "
     "Union Madona.", ["Estonian Moth Fund", "Environmental Board of Estonia",
     "Growers’ Union Madona"], "a comma before “and”"),
    ("en", "The consortium includes Rezekne Academy in Latvia, the City of Oulu in Finland and "
     "TechMill BV from the Netherlands.", ["Rezekne Academy LV", "City of Oulu FI",
     "TechMill BV NL"], "countries after prepositions"),
    ("it", "Il progetto TREELAND vede come partner l’Università di Gent e il Comune di Braga.",
     ["Università di Gent", "Comune di Braga"], "as partners"),
    ("nl", "Gent coördineert het project TREELAND, met als partners de Universiteit van Tartu en "
     "de stad Turku.", ["Universiteit van Tartu", "stad Turku"], "as partners, behind a comma"),
    ("en", "The TREELAND project is a cooperation between Ogre Technical School and Vilnius College.",
     ["Ogre Technical School", "Vilnius College"], "what it is"),
    ("en", "In the TREELAND project we will work with Delft University of Technology and the Museum "
     "of Wales.", ["Delft University of Technology", "Museum of Wales"], "in the future"),
    ("en", "The project works together with Kaunas Technology Park (LT) and Växjö kommun (SE).",
     ["Kaunas Technology Park LT", "Växjö kommun SE"], "countries by code"),
    ("en", "Four partners worked together: Ogre Municipality, the Chamber of Commerce and Industry "
     "of Vidin and the Venta Regional Park Directorate.", ["Ogre Municipality",
     "Chamber of Commerce and Industry of Vidin", "Venta Regional Park Directorate"],
     "after a colon; “and” inside a name"),
    ("en", "Ogre Museum (Latvia), Turku Museum (Finland) and Gent Museum (Belgium) share a plan.",
     ["Ogre Museum LV", "Turku Museum FI", "Gent Museum BE"], "a row of names with countries"),
    ("en", "Liepāja Freeport Authority and Liepāja Municipality are partners, together with the "
     "City of Pori (Finland).", ["Liepāja Freeport Authority", "Liepāja Municipality",
     "City of Pori FI"], "two lists in a sentence"),
    ("de", "Mit dabei sind die Medizinische Universität Posen (Polen), das Klinikum Greifswald und "
     "die Fachschule für Pflege Meran in Italien.", ["Medizinische Universität Posen PL",
     "Klinikum Greifswald", "Fachschule für Pflege Meran IT"], "German"),
    ("lv", "Latvijā projektā piedalās arī Salacgrīvas ostas pārvalde un Skultes ostas pārvalde.",
     ["Salacgrīvas ostas pārvalde", "Skultes ostas pārvalde"], "attributes before the head noun"),
    ("lv", "Liepājas muzejs un Ogres novada pašvaldība ir projekta partneri.",
     ["Liepājas muzejs", "Ogres novada pašvaldība"], "before their role"),
    ("ro", "Partenerii sunt Municipalitatea Ruse (Bulgaria), Muzeul Dunării de Sus și Camera de "
     "Comerț și Industrie Vidin (Bulgaria).", ["Municipalitatea Ruse BG", "Muzeul Dunării de Sus",
     "Camera de Comerț și Industrie Vidin BG"], "two joining words in one piece"),
    ("it", "Partner dell’iniziativa sono l’Istituto Superiore per la Tutela e la Ricerca Marina, "
     "l’Hellenic Centre for Coastal Studies (Grecia) e l’Università di Pola (Croazia).",
     ["Istituto Superiore per la Tutela e la Ricerca Marina",
      "Hellenic Centre for Coastal Studies GR", "Università di Pola HR"],
     "“e” is no “è”; a foreign head noun stays"),
    ("es", "Entre los socios figuran la Universidad de Burgos y el Institut Français de la Forêt "
     "et du Bois (Francia).", ["Universidad de Burgos",
     "Institut Français de la Forêt et du Bois FR"], "joining words of another language"),
    ("sv", "Projektet samarbetar med Karlshamns kommun samt två utländska partner: Liepāja stad i "
     "Lettland och stiftelsen Razem Dalej i Polen.", ["Karlshamns kommun", "Liepāja stad LV",
     "Razem Dalej PL"], "a list in a list"),
    ("lt", "Partneriai – Kauno apskrities biblioteka, Pernu miesto biblioteka (Estija) ir Selfoso "
     "viešoji biblioteka (Islandija).", ["Kauno apskrities biblioteka",
     "Pernu miesto biblioteka EE", "Selfoso viešoji biblioteka IS"], "after a dash"),
]  # fmt: skip

NOT_ENUMERATED = [
    ("en", "The project partners met in Riga and Vienna.", "towns of a meeting"),
    ("en", "Joint cooperation between other Harbour Lighthouse projects goes on.", "projects"),
    ("en", "The conference brought together Riga Museum and Turku Museum.", "who came to an event"),
    ("en", "Partners from Latvia, Finland and Poland take part.", "countries are no names"),
    ("en", "Experts from Riga Museum (Latvia), Turku Museum (Finland) and Gent Museum (Belgium) "
     "spoke.", "where people come from"),
    ("en", "The partners are happy that the project “Green Steps” goes on.", "a quoted title"),
    ("lv", "Projekta partneri ir no Latvijas un Igaunijas.", "Latvian, countries"),
]  # fmt: skip


def enumerated(document: Document) -> list[str]:
    marked, sentence = next(document.sentences())
    found = find_partner_list(marked, sentence)
    named = found.organisations if found else ()
    return [f"{o.name} {o.country.value}" if o.country else o.name for o in named]


@pytest.mark.parametrize(("language", "sentence", "names", "remark"), ENUMERATED)
def test_enumerated_partners_are_read_name_by_name(
    document_of: Callable[..., Document],
    language: str,
    sentence: str,
    names: list[str],
    remark: str,
) -> None:
    document = document_of([(language, sentence)])

    assert enumerated(document) == names, remark


@pytest.mark.parametrize(("language", "sentence", "remark"), NOT_ENUMERATED)
def test_what_nothing_calls_partners_is_no_list_of_them(
    document_of: Callable[..., Document], language: str, sentence: str, remark: str
) -> None:
    document = document_of([(language, sentence)])

    assert enumerated(document) == [], remark


def test_a_country_in_the_words_of_another_language_is_no_other_name(
    document_of: Callable[..., Document],
) -> None:
    sentence = (
        "The partners of the project are: University of Lovech (Bulgarien), Turku Museum "
        "(Åbo Museum) and Linz City Council (Österreich)."
    )
    marked, whole = next(document_of([("en", sentence)]).sentences())

    found = find_partner_list(marked, whole)

    assert found
    others = [name for each in found.organisations for name, _, _ in each.aliases]
    assert others == ["Åbo Museum"]
