"""Fact sheets name a project by labels, or by the headline above the labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.mentions.document import Document
from eugraph.facts.projects.scopes import find_projects

SHEETS = [
    # lines, acronym, titles, remark
    (["Title\tCraft Routes of the North", "Acronym\tCRAFTNORTH", "Duration\t01.06.2022 - 31.05.2025"],
     "CRAFTNORTH", ["Craft Routes of the North"], "labels before tabs"),
    (["Smart sensors for healthier soils", "SOILSENSE", "Start date: 1 January 2021.",
      "Coordinator: Turku University."], "SOILSENSE", ["Smart sensors for healthier soils"],
     "the headline, and a short form alone"),
    (["Smart sensors for healthier soils", "Start date: 1 January 2021."], None, None,
     "one label is no sheet"),
    (["Results of the call for projects", "Programme: Erasmus+.", "Funding: 5 million euros."],
     None, None, "money is anybody's"),
    (["The partners met in Riga on Monday", "Lead partner: Turku University.",
      "Duration: 2020-2022."], None, None, "a headline that tells of an event"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "acronym", "titles", "remark"), SHEETS)
def test_a_sheet_names_its_project(
    document_of: Callable[..., Document],
    lines: list[str],
    acronym: str | None,
    titles: list[str] | None,
    remark: str,
) -> None:
    projects = find_projects(document_of([("en", line) for line in lines])).projects
    named = [
        (p.acronym, [title.text for naming in p.namings for title in naming.titles])
        for p in projects
    ]
    assert named == ([(acronym, titles)] if titles is not None else []), remark
