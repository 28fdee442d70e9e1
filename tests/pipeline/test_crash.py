"""A build that is killed, at whatever point, harms nothing; two at once do not meet."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eugraph.editions import current, editions
from eugraph.errors import SiteError
from eugraph.pipeline import build, open_store
from eugraph.store import Store

from .test_increment import content
from .texts import text

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

BUILD = """
import json, os, signal, sys
from pathlib import Path
from eugraph.pipeline import build
from eugraph.store import Store

releases, site, fatal = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
EVENTS = {"os.rename", "os.symlink", "os.link", "os.mkdir", "os.remove", "shutil.rmtree"}
told = []

def watch(event, arguments):
    if event == "open" and not isinstance(arguments[0], int) and set("wax+") & set(arguments[1] or ""):
        event = "write"
    elif event not in EVENTS:
        return
    if str(site) in os.fspath(arguments[0]) or event == "os.symlink":
        if len(told) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        told.append(f"{event} {os.path.basename(os.fspath(arguments[0]))}")

sys.addaudithook(watch)
build([releases], site)
print(json.dumps(told))
"""
"""Builds a site, and kills itself before it does the `fatal`-th thing to the files of the site."""


def run(releases: Path, site: Path, fatal: int = -1) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, which may kill itself."""
    command = [sys.executable, "-c", BUILD, str(releases), str(site), str(fatal)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a changed release and a new one."""
    folder = tmp_path_factory.mktemp("releases")
    (folder / "one.txt").write_text(text("GREENCOR", count=5), encoding="utf-8")
    (folder / "two.txt").write_text(text("BLUEBAY", title="Blue Bay"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site on which the release before is published."""
    root = tmp_path_factory.mktemp("published")
    (root / "one.txt").write_text(text("GREENCOR"), encoding="utf-8")
    build([root / "one.txt"], root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def whole(releases: Path, published: Path) -> tuple[Path, list[str]]:
    """Return the site after a build that was left alone, and all it did to the files of it."""
    site = published.with_name("whole")
    shutil.copytree(published, site, symlinks=True)
    done = run(releases, site)
    assert done.returncode == 0, done.stderr
    return site, json.loads(done.stdout)


def points(told: list[str]) -> list[int]:
    """Return where to kill: before each step that others can see, and in the midst of the rest."""
    seen = ("os.rename", "os.symlink")
    steps = [number for number, event in enumerate(told) if event.startswith(seen)]
    return sorted({*steps, *range(0, len(told), max(1, len(told) // 4))})


def test_killed_at_any_point_a_build_leaves_the_served_edition_whole_and_the_next_one_clean(
    whole: tuple[Path, list[str]], releases: Path, published: Path, tmp_path: Path
) -> None:
    site, told = whole
    wanted = content(current(site))
    served = content(current(published))
    assert any(event.startswith("os.symlink") for event in told)
    for point in points(told):
        broken = tmp_path / f"{point}"
        shutil.copytree(published, broken, symlinks=True)

        ended = run(releases, broken, point)

        assert ended.returncode == -signal.SIGKILL, told[point]
        left = current(broken)
        expected = served if left.number == 1 else wanted
        found = content(left)
        dumps = {name for name in expected if name.startswith("dumps/")}
        follow = [set(), dumps, {*dumps, "report.ttl"}]
        assert found.keys() in [expected.keys() - later for later in follow], told[point]
        assert all(expected[name] == found[name] for name in found), told[point]
        assert list(Store.read_only(left.store).select(COUNT))
        build([releases], broken)
        assert content(current(broken)) == wanted, told[point]
        assert [each.number for each in editions(broken)] == [1, 2], told[point]
        assert not list(broken.glob("editions/.draft"))
        assert not list(broken.glob("editions/*/.dumps"))
        shutil.rmtree(broken)


SHARED = """
import os, signal, sys
from pathlib import Path
from eugraph.pipeline import build

def fatal(step, done, total):
    if step == "reading" and done == 1:
        os.kill(os.getpid(), signal.SIGKILL)

build([Path(sys.argv[1])], Path(sys.argv[2]), workers=2, progress=fatal)
"""
"""Builds a site with two processes more, and kills itself while these read."""


def test_a_build_that_is_killed_leaves_no_process_that_keeps_the_next_one_away(
    tmp_path: Path,
) -> None:
    for number in range(20):
        said = text(f"PROJECT{number}", title=f"Number {number}")
        (tmp_path / f"{number}.txt").write_text(said, encoding="utf-8")
    command = [sys.executable, "-c", SHARED, str(tmp_path), str(tmp_path / "site")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as killed:
        killed.communicate(timeout=60)  # until nobody has it open any more

    assert killed.returncode == -signal.SIGKILL
    assert build([tmp_path], tmp_path / "site").edition


def test_the_second_of_two_builds_is_told_of_the_first(
    releases: Path, published: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(published, site, symlinks=True)
    told: list[str] = []

    def meanwhile(step: str, done: int, total: int) -> None:
        del done, total
        if step == "validating":
            with pytest.raises(SiteError, match="Another build"):
                build([releases], site)
            told.append(step)

    build([releases], site, progress=meanwhile)

    assert told == ["validating"]
    assert current(site).number == 2
    assert list(open_store(site).select(COUNT))
