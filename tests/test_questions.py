"""The questions researchers ask have the answers that the two releases give.

`questions.json` holds each question in SPARQL with the rows expected, as
lexical forms, numbers or full IRIs, in the order of its ORDER BY;
`further_questions.json` more of their kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import XSD
from rdflib.term import Node

from eugraph.editions import current
from eugraph.pipeline import build
from eugraph.store import Store

HERE = Path(__file__).parent
FILES = ("questions.json", "further_questions.json")
QUESTIONS = [each for name in FILES for each in json.loads((HERE / name).read_text("utf-8"))]
NUMBERS = {XSD.integer, XSD.decimal}


def plain(row: Mapping[str, Node]) -> dict[str, str | int]:
    return {name: value(node) for name, node in row.items()}


def value(node: Node) -> str | int:
    if isinstance(node, rdflib.Literal) and node.datatype in NUMBERS:
        return int(str(node))
    return str(node)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("questions")
    build([HERE.parent / "data" / "releases"], site)
    return site


@pytest.fixture(scope="module")
def store(site: Path) -> Store:
    return Store.read_only(current(site).store)


@pytest.fixture(scope="module")
def graph(site: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(current(site).dumps / "eugraph.nt")


def test_no_question_is_lost() -> None:
    assert len(QUESTIONS) == 25 + 27


@pytest.mark.parametrize("question", QUESTIONS, ids=[q["id"] for q in QUESTIONS])
def test_the_store_answers(store: Store, question: dict[str, object]) -> None:
    assert [plain(row) for row in store.select(str(question["sparql"]))] == question["expected"]


@pytest.mark.parametrize("question", QUESTIONS, ids=[q["id"] for q in QUESTIONS])
def test_rdflib_answers_the_same(graph: rdflib.Graph, question: dict[str, object]) -> None:
    found = graph.query(str(question["sparql"]))

    assert [plain(row.asdict()) for row in found] == question["expected"]  # type: ignore[union-attr]
