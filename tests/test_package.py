"""The built package works outside the checkout: the wheel, and the wheel made of the sdist."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RELEASE = ROOT / "data" / "releases" / "000_24ffadc2e9eef197.txt"

pytestmark = pytest.mark.wheel


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Run a command in `cwd` with the package at `path`, if one is given; return its output."""
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def build(kind: str, source: Path, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, cwd=source)
    (built,) = into.iterdir()
    return built


def install(wheel: Path, into: Path) -> Path:
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--target",
        into,
        wheel,
        cwd=into.parent,
    )
    return into


@pytest.fixture(params=["wheel", "sdist"])
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the folder of an installation, from the checkout's wheel or from the sdist's."""
    source = ROOT
    if request.param == "sdist":
        with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
            archive.extractall(tmp_path / "source", filter="data")
        (source,) = (tmp_path / "source").iterdir()
    return install(build("wheel", source, tmp_path / "wheel"), tmp_path / "site-packages")


def test_an_installed_eugraph_does_the_whole_job(installed: Path, tmp_path: Path) -> None:
    where = run(
        sys.executable,
        "-c",
        "import eugraph; print(eugraph.__file__)",
        cwd=tmp_path,
        path=installed,
    )
    assert where.startswith(str(installed))

    site = tmp_path / "site"
    run(
        sys.executable,
        "-m",
        "eugraph",
        "build",
        RELEASE,
        "--site",
        site,
        cwd=tmp_path,
        path=installed,
    )
    ask = 'ASK { ?p <https://w3id.org/eugraph/ontology#acronym> "WIR" }'
    answer = run(
        sys.executable, "-m", "eugraph", "query", ask, "--site", site, cwd=tmp_path, path=installed
    )

    assert answer.strip() == "true"
