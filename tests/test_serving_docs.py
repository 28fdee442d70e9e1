"""What `docs/serving.md` says of settings, metrics and formats is so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from eugraph.server.negotiation import of_format
from eugraph.settings import Settings, load_settings
from eugraph.store import GRAPH_FORMATS, QUAD_FORMATS, RESULT_FORMATS

TEXT = (Path(__file__).parents[1] / "docs" / "serving.md").read_text(encoding="utf-8")


def test_the_file_of_settings_is_read_and_says_what_the_defaults_are(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert found
    (tmp_path / "eugraph.toml").write_text(found[1])
    told = tomllib.loads(found[1])
    load_settings(tmp_path / "eugraph.toml", {})
    defaults = {setting.name: setting.default for setting in fields(Settings)}
    for name in set(told) - {"public_url", "query_log"}:
        assert told[name] == defaults[name], name


@pytest.mark.parametrize("name", sorted(set(re.findall(r"EUGRAPH_(\w+)=", TEXT))))
def test_the_environment_names_settings(name: str) -> None:
    assert name.lower() in {setting.name for setting in fields(Settings)}


def test_every_metric_that_is_told_is_there() -> None:
    source = (Path(__file__).parents[1] / "src/eugraph/server/metrics.py").read_text()
    for name in re.findall(r"`(eugraph_\w+)`", TEXT):
        assert f'"{name.removesuffix("_total")}"' in source, name


def test_every_format_that_is_told_is_one() -> None:
    (line,) = (line for line in TEXT.splitlines() if "`format=`" in line)
    offered = (*RESULT_FORMATS, *GRAPH_FORMATS, *QUAD_FORMATS, "text/html")
    for name in re.findall(r"`(\w+)`", line):
        assert of_format(name, offered), name
