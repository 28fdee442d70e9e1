"""The verb that serves editions: `serve`; `up` serves by it as well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from socket import socket

import click

from eugraph.cli.options import (
    ANY,
    OVERRIDES,
    BuildOptions,
    config_option,
    overrides_option,
    port_option,
    site_option,
)
from eugraph.settings import Settings


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
    from eugraph.settings import load_settings

    settings = load_settings(config, port=port, public_url=public_url)
    options = BuildOptions(config=config, overrides=overrides)
    serve_site(site, settings, DeskOptions(releases, options) if releases else None)


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """For which releases the publisher's desk is open, and how a build is done from it."""

    releases: tuple[Path, ...]
    build: BuildOptions


def serve_site(
    site: Path, settings: Settings, desk: DeskOptions | None, listener: socket | None = None
) -> None:
    """Serve `site` until the process is stopped, with the publisher's desk if there is one."""
    from eugraph.server import open_desk, serve

    def announce(address: str) -> None:
        click.echo(f"serving {site} on {address} (Ctrl-C stops)", err=True)

    def announce_desk(link: str) -> None:
        click.echo(f"publisher's desk: {link}", err=True)

    opened = None
    if desk:
        overrides, arguments = desk.build.overrides or OVERRIDES, desk.build.arguments
        opened = open_desk(desk.releases, site, overrides, announce_desk, arguments)
    serve(site, settings, announce, opened, listener)
