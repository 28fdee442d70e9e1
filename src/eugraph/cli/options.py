"""The options that several verbs share."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from eugraph.facts.claim import Claimant
from eugraph.settings import Settings

F = TypeVar("F", bound=Callable[..., object])

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
ANY = click.Path(path_type=Path)

OVERRIDES = Path("data/overrides")
"""Where a person's corrections are looked for when no folder is named."""


_CONFIG = "eugraph.config"
"""Where the file of settings is kept until the other options are looked at."""


def site_option(verb: F) -> F:
    """Give a verb the option that says where the site is, a setting as others are.

    The verb needs an option that names the file of settings as well.
    """
    return click.option(
        "--site",
        type=FOLDER,
        callback=_site,
        help="The folder of the site: its editions and what they were made from.  [default: site]",
    )(verb)


def _site(context: click.Context, _: click.Parameter, site: Path | None) -> Path:
    from eugraph.settings import load_settings

    return load_settings(context.meta.get(_CONFIG), site=site).site


def strict_option(verb: F) -> F:
    """Give a verb the option to stop at the first bad file."""
    return click.option(
        "--strict", is_flag=True, help="Stop at the first file that cannot be read."
    )(verb)


def workers_option(verb: F) -> F:
    """Give a verb the option that says how many processes share its work."""
    return click.option(
        "--workers",
        type=click.IntRange(1, 64),
        default=lambda: min(os.cpu_count() or 1, 8),
        help="How many processes share the work.  [default: one a core, at most 8]",
    )(verb)


def port_option(verb: F) -> F:
    """Give a verb the option that says where to listen."""
    return click.option(
        "--port", type=click.IntRange(0, 65535), help="The port to listen on.  [default: 8000]"
    )(verb)


def config_option(verb: F) -> F:
    """Give a verb the option that names a file of settings."""
    return _config_option(exposed=True)(verb)


def silent_config_option(verb: F) -> F:
    """Give a verb that needs no setting but the site the option that names a file of settings."""
    return _config_option(exposed=False)(verb)


def _config_option(*, exposed: bool) -> Callable[[F], F]:
    return click.option(
        "--config",
        type=FILE,
        envvar="EUGRAPH_CONFIG",
        is_eager=True,  # the site may stand there
        callback=_remember,
        expose_value=exposed,
        help="A TOML file of settings.",
    )


def _remember(context: click.Context, _: click.Parameter, config: Path | None) -> Path | None:
    context.meta[_CONFIG] = config
    return config


def model_option(verb: F) -> F:
    """Give a verb the option to let a language model read, too."""
    return click.option(
        "--model",
        is_flag=True,
        envvar="EUGRAPH_MODEL",
        help="Let the language model of the settings read, too: the texts are sent to it, and "
        "what it finds besides is kept as candidates, never published as fact.",
    )(verb)


def overrides_option(verb: F) -> F:
    """Give a verb the option that says where corrections are."""
    return click.option(
        "--overrides",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=lambda: OVERRIDES if OVERRIDES.is_dir() else None,
        help="The folder of a person's corrections.  [default: data/overrides, if it is there]",
    )(verb)


def claimant_of(config: Path | None = None, *, wanted: bool) -> Claimant | None:
    """Return the language model as a reader, if one is wanted."""
    if not wanted:
        return None
    from eugraph.language_model import Service, open_reader
    from eugraph.settings import load_settings

    settings = load_settings(config)
    key = os.environ.get("EUGRAPH_MODEL_KEY", "").strip()
    service = Service(settings.model_url, key, settings.model_seconds)
    return open_reader(
        service, settings.model_name, settings.model_folder, settings.model_characters
    )


def shrink_option(verb: F) -> F:
    """Give a verb the option to let more releases vanish than may at once."""
    return click.option(
        "--allow-shrink",
        is_flag=True,
        help="Publish even if most of the published releases are not there any more.",
    )(verb)


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a build is done: what its options are set to."""

    config: Path | None = None
    overrides: Path | None = None
    strict: bool = False
    workers: int | None = None
    model: bool = False
    allow_shrink: bool = False

    @property
    def claimant(self) -> Claimant | None:
        """The language model as a reader, if one is wanted; raises SettingError if not set."""
        return claimant_of(self.config, wanted=self.model)

    @property
    def arguments(self) -> list[str]:
        """What makes a later `eugraph build` one of the same kind.

        The folder of corrections is left to who runs it: it may come to be. So
        is the leave to lose releases, which is given for one build.
        """
        arguments = ["--config", str(self.config)] if self.config else []
        arguments += ["--workers", str(self.workers)] if self.workers else []
        return arguments + ["--strict"] * self.strict + ["--model"] * self.model


def build_options(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of a build, which it gets as one `BuildOptions`, called `options`."""
    names = [each.name for each in fields(BuildOptions)]

    @wraps(verb)
    def with_options(**values: Any) -> None:  # noqa: ANN401  # as click gives them
        options = BuildOptions(**{name: values.pop(name) for name in names})
        verb(**values, options=options)

    for option in (
        shrink_option, overrides_option, model_option, workers_option, strict_option, config_option,
    ):  # fmt: skip
        with_options = option(with_options)
    return with_options


def json_option(verb: F) -> F:
    """Give a verb the option to answer as JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")(
        verb
    )


def warn_not_set(settings: Settings) -> None:
    """Say in one line what of publisher, contact and licence is not set, and how to set it."""
    if not settings.not_set:
        return
    consequences = {
        "publisher_name": "the publisher is called eugraph",
        "contact_email": "nobody is named to ask",
        "licence": "the licence is CC BY 4.0",
    }
    examples = {
        "publisher_name": 'publisher_name = "Example Municipality"',
        "contact_email": 'contact_email = "data@example.org"',
        "licence": 'licence = "http://publications.europa.eu/resource/authority/licence/CC0"',
    }
    follows = ", ".join(consequences[name] for name in settings.not_set)
    lines = ", ".join(examples[name] for name in settings.not_set)
    click.echo(
        f"not set, so in the catalogue {follows}: write {lines} into a file of settings, and add "
        "--config eugraph.toml (docs/settings.md)",
        err=True,
    )
