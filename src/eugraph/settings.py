"""Every setting: its name, its default and one line of help.

A value comes from, the later the stronger: the default below, a TOML file,
the environment (`EUGRAPH_PORT=8080`; empty is not set), an option of the command
line. Settings are read once, at the start, and passed on frozen.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from eugraph.errors import DataError, SettingError
from eugraph.toml_file import read_toml

_PREFIX: Final = "EUGRAPH_"

_CC_BY: Final = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"

BESIDES: Final = {
    "EUGRAPH_CONFIG": "The TOML file of settings, as `--config`.",
    "EUGRAPH_MODEL": "1 to let the language model read, too, as `--model`.",
    "EUGRAPH_MODEL_KEY": "The key of the language model's service; it stands nowhere else.",
    "EUGRAPH_PROGRESS": "`lines` to tell progress as lines, for programs.",
    "EUGRAPH_FRONTEND": "Whether installing bundles the query editor ([how](frontend.md)).",
}
"""What else the environment may say, each with its line of help."""


def _setting(default: object, help_: str, least: float | None = None) -> Any:  # noqa: ANN401
    return field(default=default, metadata={"help": help_, "least": least})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set.

    What always holds: every number is within its bounds, and `public_url` is
    empty or an absolute http(s) address that ends in a slash.
    """

    site: Path = _setting(Path("site"), "Folder that holds the published editions.")
    host: str = _setting("127.0.0.1", "Address to listen on; 0.0.0.0 for every network.")
    port: int = _setting(8000, "Port to listen on; 0 for any that is free.", 0)
    public_url: str = _setting(
        "", "Address under which the world sees this service; by default that of host and port."
    )
    threads: int = _setting(64, "Requests that are answered at the same time.", 1)
    connections: int = _setting(2000, "Connections that are open at the same time.", 1)
    idle_seconds: int = _setting(
        30, "Seconds until a silent connection is closed; a request has twice as long to come.", 1
    )

    query_seconds: float = _setting(12.0, "Seconds a query may take.", 0.1)
    query_memory: int = _setting(400, "MiB of memory a query may take.", 200)
    query_shared_memory: int = _setting(
        900, "MiB of memory that all queries may take together.", 200
    )
    query_rows: int = _setting(5_000_000, "Rows or triples an answer may have.", 1)
    query_length: int = _setting(500_000, "Characters a query may have.", 100)
    query_depth: int = _setting(100, "How deep groups and brackets of a query may nest.", 10)
    query_workers: int = _setting(
        6, "Queries that run at the same time; a third of the places is kept for quick ones.", 1
    )
    query_queue: int = _setting(
        16, "Queries that wait when all workers are busy: quick ones, and as many long ones.", 0
    )
    answer_memory: int = _setting(64, "MiB of answers that are kept for who asks the same.", 0)
    query_links: int = _setting(10_000, "Short links to queries that are kept; 0 for none.", 0)
    query_queue_seconds: float = _setting(10.0, "Seconds a query waits for a worker.", 0)
    client_seconds: float = _setting(
        120.0, "Seconds of work that the queries of one client may cause in a minute; 0: any.", 0
    )
    trusted_proxies: str = _setting(
        "127.0.0.1 ::1", "Addresses of proxies that say for whom they ask, by X-Forwarded-For."
    )
    query_log: str = _setting(
        "", "File for the log of queries, - for standard error; by default there is none."
    )

    model_url: str = _setting(
        "",
        "Base address of an OpenAI-compatible service, asked with --model; its key goes into "
        "the environment alone, as EUGRAPH_MODEL_KEY.",
    )
    model_name: str = _setting("", "Name of the language model to ask there.")
    model_seconds: float = _setting(60.0, "Seconds the language model may take for a release.", 1)
    model_characters: int = _setting(40_000, "Characters of a release it is given at most.", 100)
    model_folder: Path = _setting(Path("model-answers"), "Folder that its answers are kept in.")

    shrink_share: float = _setting(
        0.5, "Share of the published releases that may vanish at once without --allow-shrink.", 0
    )
    keep_editions: int = _setting(
        10, "Newest editions that stay whole; of older ones the downloads and the history stay.", 2
    )

    publisher_name: str = _setting(
        "", "Name of the publisher, as the catalogue tells it; by default eugraph."
    )
    publisher_url: str = _setting("", "Homepage of the publisher; by default this service's.")
    publisher_type: str = _setting(
        "",
        "Kind of publisher, from the ADMS publisher types; by default nothing is said of it.",
    )
    contact_name: str = _setting("", "Whom to ask about the data; by default the publisher.")
    contact_email: str = _setting("", "Where to ask; by default the homepage is given instead.")
    licence: str = _setting(
        "", "Licence of the data, by its address in the EU's licence table; by default CC BY 4.0."
    )

    def __post_init__(self) -> None:
        for setting in fields(self):
            least = setting.metadata["least"]
            if least is not None and getattr(self, setting.name) < least:
                raise SettingError(f"{setting.name} must be {least} or more.")
        for name in ("public_url", "publisher_url", "publisher_type", "licence"):
            address = getattr(self, name)
            if address and urlsplit(address).scheme not in {"http", "https"}:
                raise SettingError(f"{name} must begin with http:// or https://.")
            if any(letter.isspace() or letter in '<>"' for letter in address):
                raise SettingError(f"{name} is no address: {address}")
        if self.public_url and not self.public_url.endswith("/"):
            object.__setattr__(self, "public_url", self.public_url + "/")

    @property
    def base_url(self) -> str:
        """The address under which the world sees this service, ending in a slash."""
        return self.public_url or f"http://{self.host}:{self.port}/"

    @property
    def publisher(self) -> str:
        """The name of the publisher, that of the program where none is set."""
        return self.publisher_name or "eugraph"

    @property
    def data_licence(self) -> str:
        """The address of the licence of the data, of CC BY 4.0 where none is set."""
        return self.licence or _CC_BY

    @property
    def not_set(self) -> tuple[str, ...]:
        """What is not set of the settings on whose the data are and how they may be used."""
        expected = ("publisher_name", "contact_email", "licence")
        return tuple(name for name in expected if not getattr(self, name))


def load_settings(
    file: Path | None = None, environment: Mapping[str, str] | None = None, **options: object
) -> Settings:
    """Return the settings of `file`, `environment` and `options`; an option of None is not set.

    Without an `environment`, it is that of the process.

    Raises SettingError, naming the setting and where it was set.
    """
    settings = _updated(Settings(), _table(file) if file else {}, str(file))
    set_ = _of_environment(os.environ if environment is None else environment)
    settings = _updated(settings, set_, "the environment")
    given = {name: value for name, value in options.items() if value is not None}
    return _updated(settings, given, "the command line")


def _of_environment(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return the settings in the environment; raises SettingError for a name that is none."""
    named = {_PREFIX + setting.name.upper(): setting.name for setting in fields(Settings)}
    for key in environment:
        if key.upper().startswith(_PREFIX) and key not in {*named, *BESIDES}:
            close = get_close_matches(key.upper(), [*named, *BESIDES], n=1)
            meant = f"; is {close[0]} meant?" if close else ""
            raise SettingError(f"the environment: there is no setting {key}{meant}")
    return {name: environment[key] for key, name in named.items() if environment.get(key)}


def _updated(settings: Settings, values: Mapping[str, object], source: str) -> Settings:
    known = {setting.name: setting for setting in fields(Settings)}
    converted: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            close = get_close_matches(name, known, n=1)
            meant = f"; is {close[0]} meant?" if close else "."
            raise SettingError(f"{source}: there is no setting {name}{meant}")
        converted[name] = _converted(known[name], value, source)
    try:
        return replace(settings, **converted)
    except SettingError as error:
        raise SettingError(f"{source}: {error}") from None


def _converted(setting: Field[Any], value: object, source: str) -> object:
    """Return `value` in the type of the setting's default."""
    kind: type = type(setting.default)
    if type(value) is kind:
        return value
    if isinstance(value, str) or (kind is float and isinstance(value, int)):
        try:
            return kind(value)
        except ValueError:
            pass
    raise SettingError(f"{source}: {setting.name} must be {kind.__name__}, not {value!r}.")


def _table(file: Path) -> Mapping[str, object]:
    try:
        return read_toml(file)
    except DataError as error:
        raise SettingError(f"{file} is no readable TOML file: {error.reason}") from error
