"""The verb that writes a site as files: `export`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from eugraph.cli.options import (
    config_option,
    json_option,
    site_option,
    warn_not_set,
    workers_option,
)
from eugraph.cli.progress import progress_bar

_MOST = 10


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@site_option
@config_option
@click.option("--public-url", help="The address under which the files will be.")
@workers_option
@json_option
def export(  # noqa: PLR0913  # one parameter an option
    folder: Path,
    site: Path,
    config: Path | None,
    public_url: str | None,
    workers: int,
    *,
    as_json: bool,
) -> None:
    """Write the published pages and files into DIR, for any plain web host.

    The addresses are the same as those of the server. What needs a server, such
    as queries, is a page that says so; search and facets are left out. The
    address of the files has to be told, here or in the settings. An export that
    is in DIR is replaced, in whole; anything else is left alone.
    """
    from eugraph.server.export import export_site
    from eugraph.settings import load_settings

    settings = load_settings(config, public_url=public_url)
    if not settings.public_url:
        raise click.UsageError(
            "the catalogue and the downloads name the address under which the files will be: "
            "give it with --public-url, such as https://data.example.org/, or set public_url"
        )
    warn_not_set(settings)
    with progress_bar() as progress:
        exported = export_site(site, folder, settings, progress, workers=workers)
    if as_json:
        click.echo(json.dumps(asdict(exported), ensure_ascii=False, indent=1))
        return
    click.echo(f"{exported.files} files of edition {exported.edition} in {folder}", err=True)
    for address in exported.missing[:_MOST]:
        click.echo(f"linked to, but not there: {address}", err=True)
    if len(exported.missing) > _MOST:
        click.echo(f"and {len(exported.missing) - _MOST} more", err=True)
