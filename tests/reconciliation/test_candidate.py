"""Candidates are kept in a file that reads as it was written, or is refused."""

from __future__ import annotations

import json

import pytest

from eugraph.errors import DataError
from eugraph.reconciliation.candidate import (
    Candidate,
    decimal,
    read_candidates,
    write_candidates,
)

ONE = Candidate(
    "project/a", "https://a.example/1", "A", "9.5", confident=False, service="http://s.example/"
)
TWO = Candidate(
    "project/a", "https://a.example/2", "Ā", "10", confident=True, service="http://s.example/"
)


def test_candidates_are_kept_best_first_each_once() -> None:
    assert read_candidates(write_candidates([ONE, TWO, ONE])) == (TWO, ONE)


GOOD = json.loads(write_candidates([ONE]))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 2, "candidates": []}', '{"format": 1, "candidates": [{}]}',
     *(json.dumps({"format": 1, "candidates": [GOOD["candidates"][0] | change]})
       for change in ({"iri": "no address"}, {"score": "much"}, {"path": 3}, {"service": "x"}, {"more": 1}))],
)  # fmt: skip
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(DataError, match=r"candidates\.json"):
        read_candidates(text)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(87.5, "87.5"), (100, "100"), (1.0, "1"), ("12.50", "12.5"), (1e-3, "0.001"), (float("nan"), None),
     (float("inf"), None), (None, None), ("much", None), (True, None), (10**40, None)],
)  # fmt: skip
def test_a_score_is_a_decimal_number(number: object, expected: str | None) -> None:
    assert decimal(number) == expected
