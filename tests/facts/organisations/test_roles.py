"""Who leads and who is a partner is decided by the words around a name, in its sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Concept, Organisation, Participation, Reading, Slot

SAID = [
    # language, sentence, lead, partners, remark
    ("en", "Riga City Council in cooperation with Kavala Municipality in Greece (lead partner) "
     "implements project ABCDE.", "Kavala Municipality", ["Riga City Council"], "in brackets"),
    ("en", "Riga City Council, as a lead partner, together with Kavala Municipality (Greece) and "
     "the City of Weimar (Germany) starts the project ABCDE.", "Riga City Council",
     ["City of Weimar", "Kavala Municipality"], "as a lead partner"),
    ("en", "The coordinator of the project is Vejle Municipality in Denmark.",
     "Vejle Municipality", [], "after the copula"),
    ("en", "The project is coordinated by the University of Minho (Portugal).",
     "University of Minho", [], "a passive verb"),
    ("en", "Partners: Rural Move (Portugal, coordinator), Turku Museum (Finland) and Riga Museum "
     "(Latvia).", "Rural Move", ["Riga Museum", "Turku Museum"], "behind its country"),
    ("en", "Project partners: University College Cork (lead), Port of Brest, Cefas (UK).",
     "University College Cork", ["Cefas", "Port of Brest"], "a short mark in brackets"),
    ("en", "River Lab coordinates the project ABCDE.", "River Lab", [], "a name without a noun"),
    ("en", "Anna Berg coordinates the project ABCDE.", None, [], "a person"),
    ("en", "The project brings together teacher training institutions from Finland and Ireland: the "
     "University of Oulu (coordinator) and Dublin City University.", "University of Oulu",
     ["Dublin City University"], "what describes institutions is no event"),
    ("ro", "Muzeul Satului, în parteneriat cu Muzeul ASTRA și Höfðabrekka ehf (Islanda), anunță "
     "finalizarea proiectului.", None, ["Höfðabrekka ehf", "Muzeul ASTRA", "Muzeul Satului"],
     "a verb begins the next clause"),
    ("pt", "O consórcio integra seis parceiros, entre os quais a Universidade de Évora, a Junta de "
     "Extremadura (Espanha) e a Diputación de Badajoz (Espanha).", None,
     ["Diputación de Badajoz", "Junta de Extremadura", "Universidade de Évora"],
     "a name that is a verb besides"),
    ("it", "Coordina l'Università di Pisa.", "Università di Pisa", [], "the verb opens the sentence"),
    ("en", "The meeting was hosted by the lead organisation, Vejle Municipality.",
     "Vejle Municipality", [], "in apposition"),
    ("en", "The coordinator of the project, Prof. Anna Smith, spoke.", None, [], "a person"),
    ("en", "The consortium includes Delft University (Netherlands), Port of Gdynia S.A. (Poland) "
     "and SINTEF AS (Norway).", None, ["Delft University", "Port of Gdynia S.A.", "SINTEF AS"],
     "names with countries"),
    ("en", "Partners came from Green Hands from Spain and Zielona Szkoła from Poland.", None,
     ["Green Hands", "Zielona Szkoła"], "names from countries"),
    ("lv", "Rīgas pilsētas dome kopā ar Kavalas pašvaldību Grieķijā (vadošais partneris) īsteno "
     "projektu ABCDE.", "Kavalas pašvaldība", ["Rīgas pilsētas dome"], "Latvian, in brackets"),
    ("lv", "Projekta vadošais partneris ir Gentes pilsēta (Stad Gent), kas pārstāv Beļģiju.",
     "Gentes pilsēta", [], "Latvian, after the copula"),
    ("lv", "Latviju projektā pārstāv Preiļu novada dome un Krāslavas novada dome.", None,
     ["Krāslavas novada dome", "Preiļu novada dome"], "they represent their country"),
    ("ro", "Proiectul reunește școli din 2 țări: Franța – Collège Hugo (coordonator), "
     "România – Școala Gimnazială Enescu.", "Collège Hugo", ["Școala Gimnazială Enescu"],
     "after their countries"),
    ("en", "Partners in project ABCDE: Kavala Academy (Greece) – coordinator, Riga Museum (Latvia), "
     "Oulu Institute (Finland).", "Kavala Academy", ["Oulu Institute", "Riga Museum"],
     "behind a dash in a list"),
    ("en", "The seminar of the project ABCDE was led by Turku University.", None, [],
     "an event is led, no project"),
    ("de", "Der Workshop im Projekt ABCDE wurde von der Universität Jena geleitet.", None, [],
     "an event is led, in German"),
    ("en", "Turku University leads the workshop of the project ABCDE.", None, [], "leads an event"),
    ("en", "Turku University will coordinate the project ABCDE.", "Turku University", [],
     "still to come"),
    ("es", "La Universidad de Cádiz liderará el proyecto ABCDE.", "Universidad de Cádiz", [],
     "still to come, in Spanish"),
    ("en", "The Town of Lier has taken on the role of the lead partner in the project ABCDE.",
     "Town of Lier", [], "takes on a role"),
    ("lv", "Projekta ABCDE vadošā partnera lomu uzņēmusies Oulu Universitāte.", "Oulu Universitāte",
     [], "takes on a role, in Latvian"),
    ("lt", "Projektą ABCDE, finansuojamą pagal programą „Interreg Europe“, koordinuoja Turku "
     "universitetas.", "Turku universitetas", [], "a clause between the project and its verb"),
    ("it", "A coordinare il progetto ABCDE è la Fondazione Aurora.", "Fondazione Aurora", [],
     "the verb before its subject"),
    ("en", "The lead partner of the project ABCDE is the foundation “Morze” from Poland.", "Morze",
     [], "a name in quotation marks, with its country"),
    ("en", "The project ABCDE was written by the Dutch NGO Stichting Zon, who act as coordinators.",
     "Stichting Zon", [], "a body in its own language, behind its kind"),
    ("lv", "Projekta ABCDE koordinators ir Meža, augsnes un dabas institūts.",
     "Meža, augsnes un dabas institūts", [], "what a body is for, listed in its name"),
    ("en", "Turku University is one of nine partners in the project ABCDE.", None,
     ["Turku University"], "one of the partners"),
    ("sv", "Kalmar kommun är en av sju partner i projektet ABCDE.", None, ["Kalmar kommun"],
     "one of them, in Swedish"),
    ("de", "Im Projekt ABCDE ist die Hochschule Emden Partner.", None, ["Hochschule Emden"],
     "the verb first"),
    ("de", "Die Federführung im Projekt liegt bei der Stadt Emden.", "Stadt Emden", [],
     "over what lies between"),
    ("nl", "Gemeente Zwolle trekker van Europees waterproject ABCDE", "Gemeente Zwolle", [],
     "before the role in a headline; what describes the project leads nothing"),
    ("en", "The experience of the earlier Carbon Roads project, led by Delft University, helps us.",
     None, [], "the lead of another project"),
    ("de", "Partnerschulen sind das 3. Gymnasium Kalamaria (Griechenland), das Liceo Galilei (Italien) "
     "und die Srednja škola Ludbreg (Kroatien).", None,
     ["3. Gymnasium Kalamaria", "Liceo Galilei", "Srednja škola Ludbreg"],
     "a number opens a name; the word for partners is none"),
    ("en", "The other partners are Natuurpunt (Belgium), the Conservatoire d’espaces naturels (France) "
     "and Vejle Museum (Denmark).", None,
     ["Conservatoire d’espaces naturels", "Natuurpunt", "Vejle Museum"], "a name in another language"),
    ("de", "Die Federführung liegt bei der Stadt Emden.", "Stadt Emden", [], "it lies with the town"),
    ("pt", "O Município de Beja participa, como parceiro, no projeto ABCDE.", None,
     ["Município de Beja"], "as a partner"),
    ("lv", "Projektu koordinē Liceo Volta no Milānas.", "Liceo Volta", [], "the object first"),
    ("fi", "Oulun yliopisto koordinoi hanketta ABCDE.", "Oulun yliopisto", [],
     "the project itself leads nothing"),
    ("nl", "De gemeente Zwolle is projectleider. De andere partners zijn de stad Gent (België) en "
     "de gemeente Oldenburg (Duitsland).", "gemeente Zwolle", ["gemeente Oldenburg", "stad Gent"],
     "a noun in lower case that begins a town's name"),
    ("pl", "Partnerami są m.in. Miasto Ostrawa (Czechy) oraz Uniwersytet Śląski (Polska).", None,
     ["Miasto Ostrawa", "Uniwersytet Śląski"], "among others, abbreviated"),
    ("en", "The project is coordinated by Delft University & Research in the Netherlands.",
     "Delft University & Research", [], "an ampersand in a name"),
    ("en", "The host was the Nordic Institute for Water (Sweden), which coordinates the project.",
     "Nordic Institute for Water", [], "a relative clause"),
    ("en", "The project is coordinated by Srednja šola Ptuj in Slovenia.", "Srednja šola Ptuj", [],
     "a name in another language"),
    ("fr", "Coordonné par l'association Rives d'Avenir, le projet avance.", "Rives d'Avenir", [],
     "a noun in lower case before the name"),
    ("ro", "Universitatea din Arad, partener într-un proiect Orizont Europa.", None,
     ["Universitatea din Arad"], "a partner in apposition"),
    ("sv", "Kalmar kommun deltar i projektet ABCDE.", None, ["Kalmar kommun"], "it takes part"),
    ("en", "Teachers of Riga Secondary School took part in the meeting of the project.", None, [],
     "people take part in an event"),
    ("it", "Il progetto coinvolge cinque scuole di cinque Paesi: Italia, Svezia e Grecia.", None, [],
     "countries are no body"),
    ("de", "Koordiniert wird ABCDE von der Universität Turku (Finnland).", "Universität Turku", [],
     "the name of the project between verb and “by”"),
]  # fmt: skip


def roles(reading: Reading) -> dict[str, list[str]]:
    names = {t.id: t.names[0].text for t in reading.things if isinstance(t, Organisation)}
    found: dict[str, list[str]] = {"lead-partner": [], "partner": []}
    for fact in reading.facts:
        subject, value = fact.statement.subject, fact.statement.value
        if isinstance(subject, Participation) and subject.context.name.startswith("project"):
            assert isinstance(value, Concept)
            found[value.name].append(names[subject.organisation])
    return {role: sorted(named) for role, named in found.items()}


@pytest.mark.parametrize(("language", "sentence", "lead", "partners", "remark"), SAID)
def test_roles_are_read_from_their_sentence(  # noqa: PLR0913, PLR0917 (a row of the table)
    reading_of: Callable[..., Reading],
    language: str,
    sentence: str,
    lead: str | None,
    partners: list[str],
    remark: str,
) -> None:
    reading = reading_of([(language, sentence), ("en", "This is project ABCDE.")])

    found = roles(reading)
    assert found == {"lead-partner": [lead] if lead else [], "partner": partners}, remark


def test_lines_below_a_cue_for_partners_are_partners(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("en", "Project ABCDE"),
            ("en", "Project partners:"),
            ("en", "- Ljudska univerza Ljubljana (Slovenia) - coordinator"),
            ("en", "- Centro Danilo Dolci, Italy"),
            ("en", "- Romania: Asociația Meșterilor"),
        ]
    )

    assert roles(reading) == {
        "lead-partner": ["Ljudska univerza Ljubljana"],
        "partner": ["Asociația Meșterilor", "Centro Danilo Dolci"],
    }


def test_one_organisation_in_two_languages_is_one(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("lv", "Rīgas pilsētas dome kopā ar Vejles pašvaldību Dānijā un Goricijas pašvaldību "
             "Itālijā īsteno projektu ABCDE."),
            ("en", "Riga City Council together with Vejle Municipality (Denmark) and the "
             "Municipality of Gorizia (Italy) implements project ABCDE."),
        ]
    )  # fmt: skip

    partners = {
        f.statement.subject.organisation
        for f in reading.facts
        if f.statement.slot is Slot.ROLE and isinstance(f.statement.subject, Participation)
    }
    named = [t for t in reading.things if isinstance(t, Organisation) and t.id in partners]
    by_country = {t.country: {n.language for n in t.names} for t in named if t.country}
    assert by_country["DK"] == {"lv", "en"}
    assert by_country["IT"] == {"lv", "en"}
