"""The verbs that make and judge editions: `up`, `build`, `validate`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from eugraph.cli.options import (
    ANY,
    FILE,
    BuildOptions,
    build_options,
    json_option,
    port_option,
    silent_config_option,
    site_option,
    warn_not_set,
)
from eugraph.cli.progress import progress_bar
from eugraph.cli.serving import DeskOptions, serve_site
from eugraph.cli.show import show
from eugraph.errors import GateError, SiteError

RELEASES = Path("data/releases")
"""Where releases are looked for when none are named."""


@click.command()
@click.argument("releases", nargs=-1, type=ANY)
@site_option
@port_option
@build_options
def up(releases: tuple[Path, ...], site: Path, port: int | None, *, options: BuildOptions) -> None:
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

    paths, settings = releases or (RELEASES,), load_settings(options.config, port=port)
    with bind(settings) as listener:  # before what takes long
        if is_current(paths, site, options.claimant, options.overrides):
            warn_not_set(settings)
        else:
            try:
                _build(paths, site, options)
            except GateError as refusal:
                click.echo(f"eugraph: {refusal}", err=True)
        serve_site(site, settings, DeskOptions(paths, options), listener)


@click.command()
@click.argument("releases", nargs=-1, type=ANY)
@site_option
@build_options
@json_option
def build(releases: tuple[Path, ...], site: Path, *, options: BuildOptions, as_json: bool) -> None:
    """Read RELEASES, validate what they say and publish it as a new edition.

    RELEASES are files (.txt, .html, .docx, .pdf) or folders of them; without
    any, data/releases. Only what changed is read again; where nothing changed,
    nothing is published. A file that cannot be read is left out and named. If
    the gate finds a violation, or most of the published releases are gone,
    nothing is published, what was published before stays, and the exit code
    is 3.
    """
    _build(releases or (RELEASES,), site, options, as_json=as_json)


def _build(
    paths: tuple[Path, ...], site: Path, options: BuildOptions, *, as_json: bool = False
) -> None:
    from eugraph.cli.reports import built_record, built_view, refused
    from eugraph.pipeline import build as build_edition
    from eugraph.settings import load_settings

    settings = load_settings(options.config)
    with progress_bar() as progress:
        built = build_edition(
            paths,
            site,
            strict=options.strict,
            workers=options.workers or 1,
            claimant=options.claimant,
            overrides=options.overrides,
            allow_shrink=options.allow_shrink,
            shrink_share=settings.shrink_share,
            keep=settings.keep_editions,
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(built_record(built), ensure_ascii=False, indent=1))
    show(built_view(built), stderr=True)
    warn_not_set(settings)
    if built.edition is None:
        cause = refused(built.verdict, options.overrides, _published(site))
        raise GateError(f"the edition was refused; the report is in {site / 'refused'}. {cause}")


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
