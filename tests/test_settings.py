"""Settings and where they come from."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from eugraph.errors import SettingError
from eugraph.settings import Settings, load_settings


def test_each_source_yields_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "eugraph.toml"
    file.write_text("port = 1\nquery_rows = 1\nquery_depth = 11\nquery_seconds = 7\n")
    environment = {"EUGRAPH_QUERY_ROWS": "2", "EUGRAPH_QUERY_DEPTH": "12", "PORT": "99"}
    settings = load_settings(file, environment, query_depth=13, host=None)
    found = (settings.port, settings.query_rows, settings.query_depth, settings.host)
    assert found == (1, 2, 13, "127.0.0.1")
    assert settings.query_seconds == 7.0


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("prot = 1", "no setting prot"),
        ('port = "many"', "port must be int"),
        ("port = true", "port must be int"),
        ("query_seconds = 0", "query_seconds must be 0.1 or more"),
        ('public_url = "data.example.org"', "must begin with http"),
        ("port = ", "no readable TOML"),
    ],
)
def test_an_impossible_setting_is_named_with_its_source(
    tmp_path: Path, toml: str, told: str
) -> None:
    file = tmp_path / "eugraph.toml"
    file.write_text(toml)
    with pytest.raises(SettingError, match=told) as caught:
        load_settings(file, {})
    assert "eugraph.toml" in str(caught.value)


def test_the_environment_is_named_too() -> None:
    with pytest.raises(SettingError, match="the environment: port must be int"):
        load_settings(environment={"EUGRAPH_PORT": "x"})


def test_the_public_address_ends_in_a_slash() -> None:
    assert (
        load_settings(environment={}, public_url="https://example.org/eu").base_url
        == "https://example.org/eu/"
    )
    assert load_settings(environment={}, port=81).base_url == "http://127.0.0.1:81/"


def test_every_setting_has_a_line_of_help() -> None:
    for setting in fields(Settings):
        assert setting.metadata["help"].endswith("."), setting.name
