"""A language model is asked on demand only, and a build does not depend on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RELEASES = Path(__file__).parents[2] / "data" / "releases"
NOBODY = "http://127.0.0.1:9/v1"
"""The port of the discard service, where nobody answers."""


def eugraph(
    *arguments: str | Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, with these variables in the environment."""
    command = [sys.executable, "-m", "eugraph", *map(str, arguments)]
    variables = {**os.environ, "NO_PROXY": "*", **environment}
    return subprocess.run(
        command, cwd=cwd, env=variables, capture_output=True, text=True, check=False
    )


def test_a_model_is_asked_only_where_the_settings_name_one(tmp_path: Path) -> None:
    done = eugraph("build", "--model", RELEASES, cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        "eugraph: model_url has to be the address of a service, before /chat/completions\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_settings_alone_ask_nobody(tmp_path: Path) -> None:
    settings = {"EUGRAPH_MODEL_URL": NOBODY, "EUGRAPH_MODEL_NAME": "small"}
    done = eugraph("facts", RELEASES / "000_24ffadc2e9eef197.txt", cwd=tmp_path, **settings)

    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_a_build_goes_on_without_a_model_and_says_so(tmp_path: Path) -> None:
    settings = tmp_path / "eugraph.toml"
    settings.write_text(
        f'model_url = "{NOBODY}"\nmodel_name = "small"\nmodel_folder = "{tmp_path / "answers"}"\n'
    )
    key = "key-that-nobody-may-see"
    done = eugraph(
        "build", RELEASES, "--model", "--config", settings, cwd=tmp_path, EUGRAPH_MODEL_KEY=key
    )

    assert done.returncode == 0, done.stderr
    assert "language model: the service cannot be reached" in done.stderr
    assert "published edition 1" in done.stderr
    assert key not in done.stderr + done.stdout
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(key.encode() in path.read_bytes() for path in files)
