"""A feed gives its entries in order, well-formed or not; what is none gives nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.releases.feed import Entry, feed_entries

ADDRESS = "https://example.org/news/feed.xml"


def rss(*items: str) -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{body}</channel></rss>'.encode()


@pytest.mark.parametrize(
    ("item", "expected", "remark"),
    [
        ("<link>https://example.org/a</link>", Entry("https://example.org/a", None), "no date"),
        ("<link>/a</link>", Entry("https://example.org/a", None), "relative"),
        (
            "<link>a</link><pubDate>Wed, 25 Apr 2018 23:30:00 +0300</pubDate>",
            Entry("https://example.org/news/a", "2018-04-25"),
            "late in the evening: the day of its place, not of Greenwich",
        ),
        (
            "<link>a</link><pubDate>2018-04-25</pubDate>",
            Entry("https://example.org/news/a", "2018-04-25"),
            "a date as RSS does not write it",
        ),
        (
            "<link>a</link><pubDate>pirmdien</pubDate>",
            Entry("https://example.org/news/a", None),
            "no date at all",
        ),
    ],
)
def test_an_entry_has_its_address_and_day(item: str, expected: Entry, remark: str) -> None:
    assert feed_entries(rss(item), ADDRESS) == (expected,), remark


def test_an_entry_without_an_address_is_passed_over() -> None:
    items = ("<title>none</title>", "<link>http://[::1</link>", "<link/>", "<link>/a</link>")
    assert feed_entries(rss(*items), ADDRESS) == (Entry("https://example.org/a", None),)


def test_a_feed_that_breaks_off_gives_what_it_has() -> None:
    body = rss("<link>/a</link>", "<link>/b</link>").partition(b"</channel>")[0]
    entries = feed_entries(body, ADDRESS) or ()
    assert [entry.url for entry in entries] == ["https://example.org/a", "https://example.org/b"]


@pytest.mark.parametrize("body", [b"", b"<html><p>text</p></html>", b"{}", b"/etc/passwd", b"\0"])
def test_what_is_no_feed_gives_nothing(body: bytes) -> None:
    assert feed_entries(body, ADDRESS) is None


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_entries_or_nothing(noise: bytes) -> None:
    body = rss("<link>/a</link>")
    middle = len(body) // 2
    for entries in (feed_entries(noise, ADDRESS), feed_entries(body[:middle] + noise, ADDRESS)):
        assert entries is None or all(isinstance(entry, Entry) for entry in entries)
