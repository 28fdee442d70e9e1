"""The evaluation counts what is right, wrong and missed, and shows what has changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parents[2] / "bench" / "evaluate.py"
TEXT = (
    "The project “City Lanterns” LANTERN is led by Tartu Municipality (Estonia). "
    "It involves 9 partners from 3 countries: Estonia, Latvia and Italy. "
    "The second meeting of the project took place in Liepaja, Latvia, on 12–14 March 2018.\n"
)
PROJECT: dict[str, object] = {
    "acronym": "LANTERN",
    "title": {"en": "City Lanterns"},
    "lead_partner": {"name": "Tartu Municipality", "country": "EE"},
    "countries_listed": {"en": ["EE", "LV", "IT"]},
    "stated_partner_count": {"en": 9},
    "stated_country_count": {"en": 3},
}
EVENT: dict[str, object] = {
    "type": "meeting",
    "ordinal": 2,
    "start": "2018-03-12",
    "end": "2018-03-14",
    "place": {"locality": "Liepaja", "country": "LV"},
    "future": False,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lantern.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def evaluate(
    folder: Path, project: dict[str, object], event: dict[str, object], *options: str
) -> str:
    gold = {"languages": ["en"], "projects": [project], "events": [event]}
    (folder / "lantern.json").write_text(json.dumps(gold), encoding="utf-8")
    command = [sys.executable, str(COMMAND), str(folder), "--errors", *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def rows(output: str) -> dict[str, list[str]]:
    """Return right, wrong and missed by slot, over all languages."""
    table = output.partition(f"\n{'all':<20} right")[2].partition("\n\n")[0].splitlines()[1:]
    return {line.split()[0]: line.split()[1:4] for line in table}


def test_a_right_reading_has_no_mistakes(folder: Path) -> None:
    output = evaluate(folder, PROJECT, EVENT)

    assert rows(output)["all"][1:] == ["0", "0"]
    assert rows(output)["country"] == ["3", "0", "0"]
    quotes = output.partition("evidence: ")[2].split()
    assert quotes[0] == quotes[2] != "0"


def test_each_mistake_is_counted_in_its_slot(folder: Path) -> None:
    project = {
        **PROJECT,
        "acronym": "LAMP",
        "strand": "Town twinning",
        "countries_listed": {"en": ["EE", "LV", "FR"]},
        "lead_partner": {"name": "Town Council of Tartu", "country": "EE"},
    }
    event = {**EVENT, "ordinal": None, "ordinal_alt": [2], "end": "2018-03-15", "end_alt": [None]}
    output = evaluate(folder, project, event)

    assert rows(output)["acronym"] == ["0", "1", "1"]
    assert rows(output)["strand"] == ["0", "0", "1"]
    assert rows(output)["country"] == ["2", "1", "1"]
    assert rows(output)["lead"] == ["0", "1", "1"]  # one of four words
    assert rows(output)["end"] == ["0", "1", "0"]  # it may be left out, and is not
    assert "ordinal" not in rows(output)  # it is right besides
    assert "lantern: country: missed en FR" in output


def test_what_changed_since_a_saved_run_is_shown(folder: Path) -> None:
    saved = str(folder / "old.json")
    evaluate(folder, {**PROJECT, "stated_partner_count": {"en": 8}}, EVENT, "--save", saved)
    output = evaluate(folder, PROJECT, EVENT, "--compare", saved)

    changes = output.partition("since old.json:\n")[2].splitlines()
    assert changes[-1].split() == [
        "en",
        "partner-count",
        "right",
        "+1,",
        "wrong",
        "-1,",
        "missed",
        "-1",
    ]
    evaluate(folder, PROJECT, EVENT, "--save", saved)
    assert "nothing changed" in evaluate(folder, PROJECT, EVENT, "--compare", saved)


@pytest.mark.parametrize(
    ("gold", "arguments", "reason"),
    [
        ('{"projects": "LANTERN"}', (), "lantern.json: is no gold"),
        ("{", (), "lantern.json: is no gold"),
        ("{}", ("--compare", "nowhere.json"), "there is no saved run nowhere.json"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(
    folder: Path, gold: str, arguments: tuple[str, ...], reason: str
) -> None:
    (folder / "lantern.json").write_text(gold, encoding="utf-8")

    run = subprocess.run(
        [sys.executable, COMMAND, folder, *arguments], capture_output=True, text=True, check=False
    )

    assert run.returncode == 2
    assert reason in run.stderr
    assert "Traceback" not in run.stderr
