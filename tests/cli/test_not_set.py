"""What the command line says once of what nobody has set."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from eugraph.cli.main import eugraph
from eugraph.cli.options import warn_not_set
from eugraph.settings import Settings


def test_what_is_not_set_is_told_in_one_line_with_an_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    warn_not_set(Settings())
    (line,) = capsys.readouterr().err.splitlines()
    for told in ("publisher_name =", "contact_email =", "licence =", "CC BY 4.0", "eugraph.toml"):
        assert told in line

    warn_not_set(Settings(publisher_name="Rīga", contact_email="a@b.example"))
    (line,) = capsys.readouterr().err.splitlines()
    assert "publisher" not in line
    assert "licence =" in line

    warn_not_set(
        Settings(publisher_name="R", contact_email="a@b.example", licence="http://l.example/")
    )
    assert not capsys.readouterr().err


def test_an_export_asks_for_the_address_it_will_have(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        eugraph, ["export", str(tmp_path / "files"), "--site", str(tmp_path)], env={}
    )

    assert result.exit_code == 2
    assert "--public-url" in result.output
    assert not (tmp_path / "files").exists()
