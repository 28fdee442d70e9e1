"""Who goes back to an older edition stays there until something new comes."""

from __future__ import annotations

from pathlib import Path

from eugraph.comparison import compare
from eugraph.editions import current
from eugraph.pipeline import build, is_current, roll_back

from .texts import text

TEXT = """Pirmā partneru tikšanās

Daugavpils pilsētas dome īsteno projektu “Zaļās upes” (ZALU). Projektā ir {count} partneri.
"""


def write(folder: Path, count: int) -> None:
    """Write one release that tells of so many partners."""
    folder.mkdir(exist_ok=True)
    (folder / "zalu.txt").write_text(TEXT.format(count=count), encoding="utf-8")


def test_what_was_gone_back_to_is_served_until_a_release_changes(tmp_path: Path) -> None:
    releases, site = tmp_path / "releases", tmp_path / "site"
    for count in (5, 6):
        write(releases, count)
        assert build([releases], site).edition
    roll_back(site, 1)
    assert current(site).manifest.copy_of == 1

    assert is_current([releases], site)
    assert not build([releases], site).changed
    assert current(site).number == 3

    write(releases, 7)
    assert not is_current([releases], site)
    assert build([releases], site).changed
    assert current(site).number == 4


def test_a_difference_tells_what_the_texts_say_otherwise(tmp_path: Path) -> None:
    release, site = tmp_path / "one.txt", tmp_path / "site"
    release.write_text(f"{text('GREENCOR')}\nThe hall was full.\n", encoding="utf-8")
    old = build([release], site).edition
    release.write_text(f"{text('GREENCOR')}\nThe hall was empty.\n", encoding="utf-8")
    new = build([release], site).edition
    assert old
    assert new

    altered = {each.path: each for each in compare(old, new).things}

    assert altered["release/one"].struck == ("The hall was full.",)
    assert altered["release/one"].written == ("The hall was empty.",)
    assert not any(each.is_rewritten for path, each in altered.items() if path != "release/one")
