"""Responses that are sent again to who sends the same bytes."""

from __future__ import annotations

from pathlib import Path

from eugraph.server.shortcut import Mark, Shortcut

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: long ago\r\nVary: Accept\r\n\r\nok"
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Tally:
    """Something that counts."""

    count = 0

    def inc(self) -> None:
        """Count one more."""
        self.count += 1


def site_at(folder: Path, name: str) -> Path:
    (folder / "new").symlink_to(name)
    (folder / "new").rename(folder / "current")
    return folder


def kept(site: Path, most: int = 10_000) -> tuple[Shortcut, Tally]:
    shortcut, tally = Shortcut(site, most), Tally()
    state = shortcut.state()
    assert state
    shortcut.keep(HEAD, state, RESPONSE, Mark([tally]))
    return shortcut, tally


def test_the_same_bytes_get_the_same_response_with_the_date_of_now(tmp_path: Path) -> None:
    shortcut, tally = kept(site_at(tmp_path, "editions/0001"))
    found = shortcut.find(HEAD)
    assert found is not None
    head, _, body = found.partition(b"\r\n\r\n")
    assert body == b"ok"
    assert b"GMT\r\nVary: Accept" in head
    assert b"long ago" not in found
    assert tally.count == 1
    assert shortcut.find(HEAD.replace(b"x", b"y")) is None


def test_another_edition_ends_it_and_so_does_coming_back(tmp_path: Path) -> None:
    shortcut, _ = kept(site_at(tmp_path, "editions/0001"))
    site_at(tmp_path, "editions/0002")
    assert shortcut.find(HEAD) is None
    site_at(tmp_path, "editions/0001")
    assert shortcut.find(HEAD) is None


def test_a_response_made_while_the_edition_changed_is_not_sent_again(tmp_path: Path) -> None:
    shortcut, tally = kept(site_at(tmp_path, "editions/0001"))
    before = shortcut.state()
    site_at(tmp_path, "editions/0002")
    assert before
    shortcut.keep(HEAD, before, RESPONSE, Mark([tally]))
    assert shortcut.find(HEAD) is None


def test_memory_is_bounded_and_the_oldest_goes(tmp_path: Path) -> None:
    shortcut, tally = kept(site_at(tmp_path, "editions/0001"), most=500)
    state = shortcut.state()
    assert state
    for number in range(10):
        shortcut.keep(HEAD + b"%d" % number, state, RESPONSE, Mark([tally]))
    assert shortcut.find(HEAD) is None
    assert shortcut.find(HEAD + b"9")


def test_a_date_within_the_body_is_no_date(tmp_path: Path) -> None:
    shortcut = Shortcut(site_at(tmp_path, "editions/0001"), 10_000)
    state = shortcut.state()
    assert state
    shortcut.keep(HEAD, state, b"HTTP/1.1 200 OK\r\n\r\n\r\nDate: x\r\n", Mark([]))
    assert shortcut.find(HEAD) is None
