"""Settings and where they come from."""

from __future__ import annotations

import json
import re
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from eugraph.cli.main import eugraph as command
from eugraph.errors import SettingError
from eugraph.settings import BESIDES, Settings, load_settings


def test_each_source_yields_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "eugraph.toml"
    file.write_text("port = 1\nquery_rows = 1\nquery_depth = 11\nquery_seconds = 7\n")
    environment = {
        "EUGRAPH_QUERY_ROWS": "2",
        "EUGRAPH_QUERY_DEPTH": "12",
        "PORT": "99",
        "EUGRAPH_HOST": "",
    }
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


def _values(setting: Field[Any]) -> tuple[str | int | float, str | int | float, str | int | float]:
    """Return three values that the setting may have, none its default."""
    if isinstance(setting.default, int | float):
        first = setting.default + 1
        return first, first + 1, first + 2
    return ("https://a.example/", "https://b.example/", "https://c.example/")


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_of_every_setting_the_option_beats_the_environment_and_that_the_file(
    tmp_path: Path, setting: Field[Any]
) -> None:
    in_file, in_environment, as_option = _values(setting)
    file = tmp_path / "eugraph.toml"
    file.write_text(f"{setting.name} = {json.dumps(in_file)}\n")
    environment = {f"EUGRAPH_{setting.name.upper()}": str(in_environment)}
    kind: type = type(setting.default)

    def found(file: Path | None, environment: dict[str, str], **option: object) -> object:
        return getattr(load_settings(file, environment, **option), setting.name)

    assert found(None, {}) == setting.default
    assert found(file, {}) == kind(in_file)
    assert found(file, environment) == kind(in_environment)
    assert found(file, environment, **{setting.name: str(as_option)}) == kind(as_option)


def _options() -> list[tuple[str, click.Parameter]]:
    names = {setting.name for setting in fields(Settings)}
    return [
        (verb, each)
        for verb, found in command.commands.items()
        for each in found.params
        if each.name in names
    ]


def test_no_option_of_the_command_line_has_a_default_that_would_beat_the_file() -> None:
    assert {each.name for _, each in _options()} >= {"site", "port", "public_url"}
    for verb, each in _options():
        assert each.to_info_dict()["default"] is None, (verb, each.name)
        assert each.envvar is None, (verb, each.name)


@pytest.mark.parametrize("verb", sorted({verb for verb, each in _options() if each.name == "site"}))
def test_the_site_of_the_file_is_the_one_every_verb_looks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Seen without running a verb: what it would be called with."""
    file = tmp_path / "ok.toml"
    file.write_text('site = "of-file"\n')
    given = ["--config", str(file)]
    words = {"diff": ["1", "2"], "export": ["dir"], "query": ["ASK {}"]}.get(verb, [])

    def site(*options: str) -> object:
        with command.commands[verb].make_context(verb, [*words, *options]) as context:
            return context.params["site"]

    assert site() == Path("site")
    assert site(*given) == Path("of-file")
    monkeypatch.setenv("EUGRAPH_SITE", "of-environment")
    assert site(*given) == Path("of-environment")
    assert site(*given, "--site", "of-option") == Path("of-option")


def test_a_name_in_the_environment_that_is_no_setting_is_an_error() -> None:
    told = "no setting EUGRAPH_PORTT; is EUGRAPH_PORT meant"
    with pytest.raises(SettingError, match=told):
        load_settings(environment={"EUGRAPH_PORTT": "1"})
    load_settings(environment=dict.fromkeys(BESIDES, "1"))


@pytest.mark.parametrize("verb", ["serve", "editions"])
def test_the_command_line_tells_it(monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.setenv("EUGRAPH_PORTT", "1")
    result = CliRunner().invoke(command, [verb])
    assert isinstance(result.exception, SettingError)


TABLES = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")


def test_the_documentation_tells_every_setting_with_its_default_as_it_is() -> None:
    expected = [
        f"| `{each.name}` | {f'`{each.default}`' if str(each.default) else 'none'} "
        f"| {each.metadata['help']} |"
        for each in fields(Settings)
    ]
    expected += [f"| `{name}` | {told} |" for name, told in BESIDES.items()]

    assert sorted(re.findall(r"^\| `.*\|$", TABLES, re.MULTILINE)) == sorted(expected)


def test_the_settings_of_the_example_are_settings(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", TABLES, re.DOTALL)
    assert found
    (tmp_path / "eugraph.toml").write_text(found[1])

    assert load_settings(tmp_path / "eugraph.toml", {}).publisher_name == "Example Municipality"


def test_what_nobody_said_of_publisher_and_licence_is_known_and_has_a_stand_in() -> None:
    nothing = load_settings(environment={})
    told = load_settings(environment={"EUGRAPH_PUBLISHER_NAME": "Rīga", "EUGRAPH_LICENCE": CC_BY})

    assert nothing.not_set == ("publisher_name", "contact_email", "licence")
    assert (nothing.publisher, nothing.data_licence) == ("eugraph", CC_BY)
    assert told.not_set == ("contact_email",)
    assert told.publisher == "Rīga"


@pytest.mark.parametrize("licence", ["CC BY 4.0", "https://a.example/a b", 'https://a.example/">'])
def test_a_licence_that_is_no_address_is_told(licence: str) -> None:
    with pytest.raises(SettingError, match="licence"):
        load_settings(environment={"EUGRAPH_LICENCE": licence})


CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
