"""The drawings of an edition are there before anybody asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from eugraph.editions import Edition
from eugraph.errors import QueryLimitError
from eugraph.server.overview.page import overview_sections
from eugraph.server.source import Source
from eugraph.server.warming import draw, warmed
from eugraph.settings import Settings
from eugraph.workers import Limits, Pool, started

from .conftest import graphs_of, publish_graphs

ONE = """
@base <https://w3id.org/eugraph/id/> .
<project/one> a eug:Project ; skos:prefLabel "One" ; eug:involvesCountry country:LVA .
"""
TWO = ONE.replace("one", "two").replace("One", "Two")


def wait(holds: Callable[[], bool]) -> None:
    """Wait until something holds, generously."""
    until = time.monotonic() + 30
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    assert holds()


def test_each_edition_is_drawn_as_soon_as_it_is_served_and_not_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_graphs(tmp_path, graphs_of(one=ONE))
    with started(tmp_path, Limits(seconds=30)) as pool:
        source = Source.of(tmp_path, Settings(), pool)
        drawn: list[tuple[int, str]] = []

        def noted(source: Source, edition: Edition, tongue: str) -> object:
            sections = overview_sections(source, edition, tongue)
            drawn.append((edition.number, tongue))
            return sections

        monkeypatch.setattr("eugraph.server.warming.overview_sections", noted)
        with warmed(source, pause=0.05):
            wait(lambda: drawn == [(1, "en"), (1, "lv")])
            publish_graphs(tmp_path, graphs_of(one=ONE, two=TWO))
            wait(lambda: drawn[2:] == [(2, "en"), (2, "lv")])

        def ask(*_: object, **__: object) -> NoReturn:
            raise AssertionError

        monkeypatch.setattr(Pool, "ask", ask)
        timeline = overview_sections(source, source.edition, "en")[1]
        assert {row[0].text for row in timeline.rows} == {"One", "Two"}


def test_a_site_without_an_edition_and_workers_that_are_busy_are_passed_over(
    tmp_path: Path, site: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object, **__: object) -> NoReturn:
        raise QueryLimitError("All are busy.", "query_queue")

    monkeypatch.setattr(Pool, "ask", ask)
    draw(Source.of(tmp_path, Settings(), pool))
    draw(Source.of(site, Settings(), pool))
