"""What pages tell of inferred and doubtful facts is a sentence, and says what is the case."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eugraph.pipeline import build
from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.shipped import shipped
from eugraph.workers import Limits, started

SAID = {
    "graz": "Das Projekt „Grüne Dächer“ (GREENROOF) wird von der Stadt Graz koordiniert. "
    "Am Projekt beteiligen sich 5 Partner aus 2 Ländern – Österreich und Italien.\n",
    "life": "The project “Clean Air” (CLEANAIR), led by Ventspils Municipality in Latvia, is "
    "financed by the LIFE programme and Horizon Europe.\n"
    "Term of implementation: 01.09.2021. – 31.08.2023.\n",
}
OURS = ("000_24ffadc2e9eef197", "002_689f9d673cc17196")

Page = Callable[[str], str]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return what gives the words of a page of a site of our two releases and two more."""
    folder = tmp_path_factory.mktemp("prose")
    (folder / "releases").mkdir()
    texts = {name: (Path(shipped("data/releases")) / f"{name}.txt").read_text() for name in OURS}
    for name, text in (texts | SAID).items():
        (folder / "releases" / f"{name}.txt").write_text(text, encoding="utf-8")
    build([folder / "releases"], folder / "site")
    with started(folder / "site", Limits(workers=1)) as pool:
        client = create_app(folder / "site", Settings(), pool).test_client()

        def words(path: str) -> str:
            answer = client.get(path, headers={"Accept": "text/html"})
            assert answer.status_code == 200
            return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.text)).split())

        yield words


def test_each_programme_has_a_way_of_its_own(page: Page) -> None:
    told = page("/doc/project/cleanair-2021?lang=en")

    assert "Clean Air Horizon Europe LIFE › programme edition: LIFE 2021–2027 In time" in told
    one = (
        "Europe for Citizens › programme edition: Europe for Citizens 2014–2020 "
        "› strand 2: Democratic engagement"
    )
    assert one in page("/doc/project/wir-2017?lang=en")


@pytest.mark.parametrize(
    ("language", "premise", "reason"),
    [
        (
            "en",
            "Korydallos Municipality: lead partner of EUCIDIN",
            "Also possible; not taken, because a first meeting",
        ),
        (
            "lv",
            "Koridalas pašvaldība: vadošais partneris (EUCIDIN)",
            "Arī iespējams; nav ņemts, jo pirmā tikšanās",
        ),
    ],
)
def test_premises_and_years_not_taken_are_told_in_words(
    page: Page, language: str, premise: str, reason: str
) -> None:
    told = page(f"/doc/event/eucidin-2017/korydallos-meeting?lang={language}")

    assert premise in told
    assert reason in told


def test_an_organisation_is_listed_in_the_country_of_its_place(page: Page) -> None:
    assert "Stadt Graz" in page("/organisations?country=country:AUT&lang=en")
    told = page("/doc/org/at-graz-municipality?lang=en")

    assert "by rule: the country of its place" in told
    assert "Austria" not in told.rpartition("Countries it works with")[2]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("project/eucidin-2017?lang=en", "Romania is spelt “Rumania”."),
        ("project/eucidin-2017?lang=en", "Korydallos is spelt “Korydalla”."),
        ("project/eucidin-2017?lang=lv", "Rumānija: rakstīts “Rumania”."),
        ("project/eucidin-2017?lang=en", "Only the Latvian text states the place: Athens."),
        (
            "project/wir-2017?lang=en",
            "The English text states 7 countries and lists 6. This is how it is explained: "
            "Spain is one of the countries involved.",
        ),
        (
            "project/wir-2017?lang=en",
            "The date is written without a year: 17–20 Apr. This is how it is explained: the "
            "first day is 17 April 2018.",
        ),
        (
            "project/wir-2017?lang=lv",
            "Datums norādīts bez gada: 17.–20. apr. Izskaidrojums: pirmā diena ir 2018. gada "
            "17. aprīlis.",
        ),
        (
            "project/wir-2017?lang=en",
            "The English text is damaged here: “[bookmark: _GoBack]From April 17th till”.",
        ),
    ],
)
def test_what_is_at_odds_is_told_in_sentences(page: Page, path: str, told: str) -> None:
    assert told in page(f"/doc/{path}")


def test_damage_is_shown_in_its_own_words_alone(page: Page) -> None:
    told = page("/doc/event/wir-2017/vanersborg-conference?lang=en")
    shown = told.partition("damaged text")[2].partition("incomplete date")[0]

    assert "What it rests on" in shown
    assert "[bookmark: _GoBack]" in shown
    assert "aprīlim" not in shown


@pytest.mark.parametrize("word", ["spelt differently", "in one language", "incomplete", "damaged"])
def test_what_is_no_contradiction_is_not_called_one(page: Page, word: str) -> None:
    paths = ("project/eucidin-2017", "event/eucidin-2017/korydallos-meeting",
             "event/wir-2017/vanersborg-conference", "project/wir-2017")  # fmt: skip

    assert any(word in page(f"/doc/{path}?lang=en") for path in paths)
