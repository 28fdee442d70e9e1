"""What hostile texts cost grows with their length: work is counted, and for patterns timed."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType

import pytest

from eugraph.errors import ReleaseError
from eugraph.facts.language.words import Stemmer, split_words
from eugraph.facts.reconcile import reconcile
from eugraph.facts.statements.find import find_facts
from eugraph.releases.language import distinctive_words
from eugraph.releases.passages import passages_of
from eugraph.releases.read import read_release

SHORT = 1_500
TIMES = 4
"""A text is compared with one so many times shorter."""


def _load() -> ModuleType:
    path = Path(__file__).parents[2] / "bench" / "hostile.py"
    spec = importlib.util.spec_from_file_location("hostile", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOSTILE = _load()


def calls(work: Callable[[], object]) -> int:
    """Return how many functions `work` calls, those of the interpreter among them."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", HOSTILE.TEXTS)
def test_reading_does_work_in_proportion_to_the_text(kind: str, tmp_path: Path) -> None:
    def read(length: int) -> Callable[[], object]:
        folder = tmp_path / str(length)
        folder.mkdir()
        path = HOSTILE.write(kind, folder, length)

        def work() -> None:
            try:
                reconcile(find_facts(read_release(path)))
            except ReleaseError as error:
                assert str(path) in str(error) or path.name in str(error)  # noqa: PT017

        return work

    works = read(SHORT), read(SHORT * TIMES)
    for work in works:
        work()  # what is loaded once, a lexicon say, is not counted
    short, long = map(calls, works)

    assert long < 1.6 * TIMES * max(short, 5_000), f"{short} calls became {long}"


PIECES = ["[bookmark: ", "1.", " 000", "A.", "l'", "a-", "AB-", "a.@", "a@", "http://", "a/", "1/1/",
          "«", "“a", "a\u00ad", "\u0301", "SA.", "www.", "1-", "20.20.2020"]  # fmt: skip


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the least CPU time of several tries."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        work(text)
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize("piece", PIECES)
def test_patterns_take_time_in_proportion_to_the_text(piece: str) -> None:
    stemmer = Stemmer.of(["s"])

    def work(text: str) -> None:
        split_words(text, stemmer)
        distinctive_words(text)
        passages_of("x", text)

    work("words of a text")
    short, long = (piece * (length // len(piece)) for length in (10_000, 40_000))

    assert seconds(work, long) < 3 * TIMES * max(seconds(work, short), 0.02)
