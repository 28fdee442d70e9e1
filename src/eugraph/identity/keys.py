"""Keys of things: what a thing is called in its IRI, the same in every release that names it.

A key is ASCII, lower case, words joined by hyphens; `/` leads from the whole
to a part. It is made of what does not change: a place of its country and name,
an organisation of its place and kind (councils are renamed, their town is
not), a project of its acronym and the year it starts, an event of its project,
place and noun. Dates are no part of an event's key, for dates are inferred.
"""

from __future__ import annotations

import regex
from anyascii import anyascii

_NOT_KEY = regex.compile(r"[^a-z0-9]+")
_LONGEST = 80

TERRITORIAL_KINDS = frozenset({"municipality", "region", "county", "state"})
"""Kinds of organisation of which a place has one: there the place and the kind are the key."""


def slug(name: str) -> str:
    """Return `name` as words of a key: `Malmö` → `malmo`, `Πάτρα` → `patra`.

    At most 80 characters, cut between words. A name without any letter or
    digit gives its code points, so that the key is never empty.
    """
    words = _NOT_KEY.sub("-", anyascii(name).lower()).strip("-")
    if not words:
        words = "-".join(f"u{ord(letter):x}" for letter in name[:8]) or "unnamed"
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def place_key(name: str, country: str | None) -> str:
    """Return the key of a place: `se-vanersborg`; without a country the name alone."""
    return "-".join(filter(None, (country and country.lower(), slug(name))))


def organisation_key(name: str, *, kind: str | None, place: str | None, country: str | None) -> str:
    """Return the key of an organisation: `lv-daugavpils-municipality`, or country and name.

    `place` is the key of its place. Only kinds of which a place has one
    (`TERRITORIAL_KINDS`) are known by place and kind; of others a town may have
    several, so their name decides.
    """
    if place and kind in TERRITORIAL_KINDS:
        return f"{place}-{kind}"
    return "-".join(filter(None, (country and country.lower(), slug(name))))


def project_key(name: str, year: int | None) -> str:
    """Return the key of a project: `wir-2017`; without a known start the name alone."""
    return f"{slug(name)}-{year}" if year else slug(name)


def event_key(project: str | None, place: str | None, noun: str) -> str:
    """Return the key of a main event: `wir-2017/vanersborg-conference`.

    `place` is the key of its place without the country. Without a place the
    noun stands alone, without a project there is no first part.
    """
    what = "-".join(filter(None, (place, slug(noun))))
    return "/".join(filter(None, (project, what)))
