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
