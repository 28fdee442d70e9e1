"""The `eugraph` command and what holds for every verb: errors become exit codes."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from eugraph.cli.doctor import doctor
from eugraph.cli.exporting import export
from eugraph.cli.history import diff, editions, rollback
from eugraph.cli.linking import link
from eugraph.cli.publishing import build, up, validate
from eugraph.cli.querying import dump, query
from eugraph.cli.reading import facts, fetch
from eugraph.cli.serving import serve
from eugraph.errors import EugraphError, GateError

FAILED, REFUSED = 1, 3
"""Exit codes beside click's own: 0 done, 2 wrong usage."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="eugraph")
def eugraph() -> None:
    """Read press releases about EU-funded projects and publish what they say as linked open data.

    Every published fact carries the words it rests on. `eugraph up` does the
    whole job: it builds the graph of a folder of releases and serves it.
    """


for verb in (
    up, build, fetch, facts, validate, query, dump, serve, link, editions, diff, rollback, export,
    doctor,
):  # fmt: skip
    eugraph.add_command(verb)


def main() -> NoReturn:
    """Run the command; exit 0 done, 1 failed, 2 wrong usage, 3 the gate refused."""
    try:
        eugraph(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except GateError as error:
        click.echo(f"eugraph: {error}", err=True)
        sys.exit(REFUSED)
    except EugraphError as error:
        click.echo(f"eugraph: {error}", err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        # The reader of our output has left (`eugraph dump | head`): not our failure.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(0)
