"""The built package works outside the checkout: the wheel, and the wheel made of the sdist."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RELEASE = ROOT / "data" / "releases" / "000_24ffadc2e9eef197.txt"

pytestmark = pytest.mark.wheel


BUNDLE = "eugraph/server/static/built/editor.js"


def run(*command: str | Path, cwd: Path, path: Path | None = None, **variables: str) -> str:
    """Run a command in `cwd` with the package at `path`, if one is given; return its output."""
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {}), **variables}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def build(kind: str, source: Path, into: Path, **variables: str) -> Path:
    command = (sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into)
    run(*command, cwd=source, path=None, **{"EUGRAPH_FRONTEND": "required", **variables})
    (built,) = into.iterdir()
    return built


def unpacked(sdist: Path, into: Path) -> Path:
    with tarfile.open(sdist) as archive:
        archive.extractall(into, filter="data")
    (source,) = into.iterdir()
    return source


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
        source = unpacked(build("sdist", ROOT, tmp_path / "sdist"), tmp_path / "source")
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


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sources as the sdist has them, without the bundle that it carries."""
    folder = tmp_path_factory.mktemp("sdist")
    source = unpacked(build("sdist", ROOT, folder / "sdist"), folder / "source")
    shutil.rmtree(source / "src" / "eugraph" / "server" / "static" / "built")
    return source


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_the_query_editor_and_not_its_sources(bare: Path, tmp_path: Path) -> None:
    carried = names(build("wheel", bare, tmp_path))

    assert {BUNDLE, "eugraph/server/static/built/LICENCES.txt"} <= carried
    assert not any("/frontend/" in name for name in carried)


def test_where_npm_cannot_be_reached_the_wheel_goes_without_unless_required(
    bare: Path, tmp_path: Path
) -> None:
    source = shutil.copytree(bare, tmp_path / "source")
    shutil.rmtree(source / "src" / "eugraph" / "server" / "static" / "built", ignore_errors=True)
    away = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_cache": str(tmp_path / "npm")}

    carried = names(build("wheel", source, tmp_path / "wheel", EUGRAPH_FRONTEND="auto", **away))
    assert "eugraph/server/app.py" in carried
    assert BUNDLE not in carried
    with pytest.raises(AssertionError, match="could not be bundled"):
        build("wheel", source, tmp_path / "none", EUGRAPH_FRONTEND="required", **away)
