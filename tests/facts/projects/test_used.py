"""An acronym that is used as a project's names it, where nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.mentions.document import Document
from eugraph.facts.projects.scopes import find_projects

DocumentOf = Callable[[list[tuple[str, str]]], Document]

USED = [
    # language, lines, remark
    ("en", ["SHADYTOWN partners met in Riga.", "Interreg Central Baltic finances it."],
     "it has partners"),
    ("en", ["The SHADYTOWN consortium met.", "It is funded by Erasmus+."], "it has a consortium"),
    ("en", ["Our Erasmus+ year began: SHADYTOWN brings together schools from Spain and Italy."],
     "it joins countries"),
    ("en", ["Riga is a partner in SHADYTOWN, which is funded by Horizon Europe."],
     "one is a partner in it"),
    ("de", ["Im Rahmen von SHADYTOWN, gefördert durch Erasmus+, trafen sich die Partner."],
     "it is financed by a programme"),
]  # fmt: skip

UNUSED = [
    ("en", ["SHADYTOWN partners met in Riga."], "no programme is told of"),
    ("en", ["SHADYTOWN partners met TREELAND partners, all funded by Erasmus+."], "two of them"),
    ("en", ["The Institute of Trees (SHADYTOWN) has a grant.",
            "SHADYTOWN partners met within Erasmus+."], "the short form of a body"),
    ("en", ["Erasmus+ has changed. SHADYTOWN is a shop in Riga."], "nothing is told of it so"),
    ("en", ["IES SHADYTOWN Alto is funded by Erasmus+ with partners."], "a part of a name"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "lines", "remark"), USED)
def test_the_only_acronym_used_as_a_project_names_it(
    document_of: DocumentOf, language: str, lines: list[str], remark: str
) -> None:
    (project,) = find_projects(document_of([(language, line) for line in lines])).projects
    assert project.acronym == "SHADYTOWN", remark
    assert {naming.rule for naming in project.namings} == {"acronym-used-as-project"}, remark


@pytest.mark.parametrize(("language", "lines", "remark"), UNUSED)
def test_another_short_form_names_none(
    document_of: DocumentOf, language: str, lines: list[str], remark: str
) -> None:
    assert find_projects(document_of([(language, line) for line in lines])).projects == (), remark
