"""An RSS or Atom feed → the pages it tells of, with the days they were published."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

import feedparser


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed tells of; `published` is a day as its publisher had it, if given."""

    url: str
    published: str | None


def feed_entries(body: bytes, address: str) -> tuple[Entry, ...] | None:
    """Return the entries of the feed in `body`, in its order; None if it is no feed.

    Feedparser reads RSS 0.9 to 2.0, RSS 1.0 and Atom, well-formed or not.
    """
    # As a file: a string would be taken for an address to fetch or a path to open.
    feed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": address})
    version = str(feed.get("version") or "")
    if not version:
        return None
    is_rss = version.startswith("rss")
    return tuple(
        # What an RSS feed dates by Dublin Core, feedparser calls `updated`.
        Entry(entry.link, _day(entry, "published", "updated" if is_rss else ""))
        for entry in feed.entries
        if entry.get("link")
    )


def _day(entry: feedparser.FeedParserDict, *names: str) -> str | None:
    """Return the day of the first date given, in the time zone it is given in."""
    given = dict(entry)  # itself it would give `published` for `updated`, with a warning
    for name in names:
        written = str(given.get(name) or "")
        for read in (_iso_day, _rfc_day):
            try:
                return read(written).isoformat()
            except ValueError:
                continue
    return None


def _iso_day(written: str) -> date:
    return date.fromisoformat(written[:10])


def _rfc_day(written: str) -> date:
    return parsedate_to_datetime(written).date()
