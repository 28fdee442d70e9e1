"""The verbs that make, judge and serve editions: `up`, `build`, `validate`, `serve`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import click

from eugraph.cli.options import (
    ANY,
    FILE,
    OVERRIDES,
    claimant_of,
    config_option,
    json_option,
    model_option,
    overrides_option,
    port_option,
    shrink_option,
    silent_config_option,
    site_option,
    strict_option,
    tell_unsaid,
    workers_option,
)
from eugraph.cli.progress import progress_bar
from eugraph.cli.show import show
from eugraph.errors import GateError, SiteError
from eugraph.facts.claim import Claimant

RELEASES = Path("data/releases")
"""Where releases are looked for when none are named."""


@click.command()
@click.argument("releases", nargs=-1, type=ANY)
@site_option
@port_option
@config_option
@strict_option
@workers_option
@model_option
@overrides_option
@shrink_option
def up(  # noqa: PLR0913  # one parameter an option
    releases: tuple[Path, ...],
    site: Path,
    port: int | None,
    config: Path | None,
    *,
    overrides: Path | None,
    strict: bool,
    workers: int,
    model: bool,
    allow_shrink: bool,
) -> None:
    """Build the graph of RELEASES if it is not up to date, and serve it.

    RELEASES are files (.txt, .html, .docx, .pdf) or folders of them; without
    any, data/releases. If the gate refuses the new edition, the last good one
    is served, and without one the desk alone. A link is printed that opens the
    publisher's desk, on this machine alone: what was read, what looks wrong,
    and forms to correct it.
    """
    from eugraph.pipeline import is_current
    from eugraph.server import bind
    from eugraph.settings import load_settings

    paths = releases or (RELEASES,)
    claimant = claimant_of(config, wanted=model)
    with bind(load_settings(config, port=port)) as listener:  # before what takes long
        if is_current(paths, site, claimant, overrides):
            tell_unsaid(load_settings(config))
        else:
            try:
                _build(
                    paths,
                    site,
                    strict=strict,
                    workers=workers,
                    claimant=claimant,
                    overrides=overrides,
                    config=config,
                    allow_shrink=allow_shrink,
                )
            except GateError as refusal:
                click.echo(f"eugraph: {refusal}", err=True)
        options = _options(config, strict=strict, workers=workers, model=model)
        work = _Work(paths, overrides, options)
        _serve(site, config, port=port, work=work, listener=listener)


@click.command()
@click.argument("releases", nargs=-1, type=ANY)
@site_option
@strict_option
@workers_option
@config_option
@model_option
@overrides_option
@shrink_option
@json_option
def build(  # noqa: PLR0913  # one parameter an option
    releases: tuple[Path, ...],
    site: Path,
    config: Path | None,
    *,
    overrides: Path | None,
    strict: bool,
    workers: int,
    model: bool,
    allow_shrink: bool,
    as_json: bool,
) -> None:
    """Read RELEASES, validate what they say and publish it as a new edition.

    RELEASES are files (.txt, .html, .docx, .pdf) or folders of them; without
    any, data/releases. Only what changed is read again; where nothing changed,
    nothing is published. A file that cannot be read is left out and told. If
    the gate finds a violation, or most of the published releases are gone,
    nothing is published, what was published before stays, and the exit code
    is 3.
    """
    claimant = claimant_of(config, wanted=model)
    paths = releases or (RELEASES,)
    _build(
        paths,
        site,
        strict=strict,
        workers=workers,
        claimant=claimant,
        overrides=overrides,
        config=config,
        allow_shrink=allow_shrink,
        as_json=as_json,
    )


def _build(  # noqa: PLR0913  # what the options say
    paths: tuple[Path, ...],
    site: Path,
    *,
    strict: bool,
    workers: int,
    claimant: Claimant | None,
    overrides: Path | None,
    config: Path | None,
    allow_shrink: bool,
    as_json: bool = False,
) -> None:
    from eugraph.cli.reports import built_record, built_view, refused
    from eugraph.pipeline import build as build_edition
    from eugraph.settings import load_settings

    settings = load_settings(config)
    with progress_bar() as progress:
        built = build_edition(
            paths,
            site,
            strict=strict,
            workers=workers,
            claimant=claimant,
            overrides=overrides,
            allow_shrink=allow_shrink,
            shrink_share=settings.shrink_share,
            keep=settings.keep_editions,
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(built_record(built), ensure_ascii=False, indent=1))
    show(built_view(built), stderr=True)
    tell_unsaid(settings)
    if built.edition is None:
        told = refused(built.verdict, overrides, _published(site))
        raise GateError(f"the edition was refused; the report is in {site / 'refused'}. {told}")


def _published(site: Path) -> frozenset[str]:
    from eugraph.editions import current

    try:
        names = current(site).graph_names
    except SiteError:
        return frozenset()
    return frozenset(name.rpartition("/")[2] for name in names)


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@site_option
@silent_config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "turtle", "json"]),
    default="text",
    show_default=True,
)
@click.option(
    "--language",
    type=click.Choice(["en", "lv"]),
    default="en",
    show_default=True,
    help="of the report for people",
)
@json_option
def validate(
    files: tuple[Path, ...], site: Path, form: str, language: str, *, as_json: bool
) -> None:
    """Put Turtle FILES, or without any the current edition of the site, before the gate.

    Prints the SHACL report, for people, as Turtle or as JSON. The exit code is
    3 if there is a violation.
    """
    from eugraph.cli.reports import verdict_view
    from eugraph.pipeline import validate_files, validate_site
    from eugraph.validation import report_json, report_turtle

    verdict = validate_files(files) if files else validate_site(site)
    if as_json or form == "json":
        click.echo(report_json(verdict), nl=False)
    elif form == "turtle":
        click.echo(report_turtle(verdict), nl=False)
    else:
        show(verdict_view(verdict, language))
    if not verdict.conforms:
        raise GateError("there are violations")


@click.command()
@site_option
@port_option
@config_option
@overrides_option
@click.option("--public-url", help="The address under which the world sees this server.")
@click.option(
    "--desk",
    "releases",
    type=ANY,
    multiple=True,
    help="Open the publisher's desk, on this machine alone, for the releases there.",
)
def serve(  # noqa: PLR0913  # one parameter an option
    site: Path,
    port: int | None,
    config: Path | None,
    *,
    overrides: Path | None,
    public_url: str | None,
    releases: tuple[Path, ...],
) -> None:
    """Serve the published edition over HTTP; a new edition is picked up without a restart."""
    work = _Work(releases, overrides, _options(config)) if releases else None
    _serve(site, config, port=port, public_url=public_url, work=work)


def _options(
    config: Path | None, *, strict: bool = False, workers: int | None = None, model: bool = False
) -> list[str]:
    """Return what a build from the desk is told besides, as this one was."""
    options = ["--config", str(config)] if config else []
    options += ["--workers", str(workers)] if workers else []
    return options + ["--strict"] * strict + ["--model"] * model


@dataclass(frozen=True, slots=True)
class _Work:
    """What the publisher's desk is to be opened for, and what a build is told besides."""

    releases: tuple[Path, ...]
    overrides: Path | None
    options: list[str]


def _serve(  # noqa: PLR0913  # what the options say
    site: Path,
    config: Path | None,
    *,
    port: int | None,
    public_url: str | None = None,
    work: _Work | None = None,
    listener: socket | None = None,
) -> None:
    from eugraph.server import open_desk
    from eugraph.server import serve as serve_site
    from eugraph.settings import load_settings

    def announce(address: str) -> None:
        click.echo(f"serving {site} on {address} (Ctrl-C stops)", err=True)

    def tell(link: str) -> None:
        click.echo(f"publisher's desk: {link}", err=True)

    desk = (
        open_desk(work.releases, site, work.overrides or OVERRIDES, tell, work.options)
        if work
        else None
    )
    settings = load_settings(config, port=port, public_url=public_url)
    serve_site(site, settings, announce, desk, listener)
