"""What is known of a release from outside its text: `<stem>.toml` beside the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import regex
import tomlkit

from eugraph.errors import DataError, ReleaseError
from eugraph.releases.iri import is_web_iri
from eugraph.releases.licence import licence_iri
from eugraph.releases.release import Metadata
from eugraph.toml_file import read_toml

_MONTH = regex.compile(r"\d{4}-\d{2}")
_SHA_256 = regex.compile(r"[0-9a-f]{64}")
_DAY = regex.compile(r"\d{4}-\d{2}-\d{2}")


def read_sidecar(path: Path) -> Metadata:
    """Return the metadata in the TOML file at `path`; nothing is known if there is no such file.

    A licence that is neither known by its name nor an address is not taken,
    nor is a day that no release can be from; `not_taken` tells of them. Raises
    `ReleaseError` naming the file for an unknown key or a value that cannot be
    what its key says.
    """
    entries = _entries(path)
    values = {key: _value(path, key, entries) for key in entries}
    values.pop("sha256", None)  # of the file when it was fetched, for whoever compares
    return Metadata(
        **{key: taken for key, given in values.items() if (taken := _taken(key, given))}
    )


def not_taken(path: Path) -> ReleaseError | None:
    """Return what to tell of what the TOML file at `path` says and is not taken, if anything."""
    with suppress(ReleaseError):  # told by whoever reads it
        entries = _entries(path)
        values = {key: _value(path, key, entries) for key in entries}
        reasons = [
            _WHY[key].format(value) for key, value in values.items() if not _taken(key, value)
        ]
        return ReleaseError(str(path), "; ".join(reasons)) if reasons else None
    return None


def _taken(key: str, value: str) -> str | None:
    """Return what is known from a value that is well-formed, if it can be believed."""
    if key == "licence":
        return _licence(value)
    return value if key not in _DATED or is_plausible(value) else None


EARLIEST_YEAR: Final = 1987
"""Nobody told of a funded project of today before: the Single European Act made the programmes."""
YEARS_AHEAD: Final = 1
"""A release may be dated ahead (an embargo), but no further than into the next year."""


def is_plausible(day: str) -> bool:
    """Tell whether a release can be from `day` (`YYYY-MM-DD` or `YYYY-MM`)."""
    return EARLIEST_YEAR <= int(day[:4]) <= datetime.now(UTC).year + YEARS_AHEAD


_UNLIKELY: Final = (
    f"{{!r}} is no year of a release (from {EARLIEST_YEAR} to next year), and the date is not "
    "taken; correct it"
)
_WHY: Final = {
    "licence": (
        "licence: {!r} is no licence known here, and is not published; write its address "
        "(https://…) or its SPDX id, such as CC-BY-4.0"
    ),
    "published": f"published: {_UNLIKELY}",
    "retrieved": f"retrieved: {_UNLIKELY}",
}


def _licence(name: str) -> str | None:
    """Return the address of a licence that is given by address or name."""
    if known := licence_iri(name):
        return known
    try:
        return web_address(name)
    except ValueError:
        return None


def _entries(path: Path) -> Mapping[str, object]:
    """Return what stands in the TOML file at `path`; nothing if there is no such file."""
    if not path.exists() and not path.is_symlink():
        return {}
    try:
        entries = read_toml(path)
    except DataError as error:
        raise ReleaseError(str(path), error.reason) from error
    unknown = entries.keys() - _KEYS.keys()
    if unknown:
        known = ", ".join(_KEYS)
        reason = f"has the unknown key {min(unknown)}; the keys are {known}"
        raise ReleaseError(str(path), reason)
    return entries


def write_sidecar(path: Path, entries: Mapping[str, str | None]) -> None:
    """Set `entries` in the TOML file at `path`; None leaves an entry as it is.

    Comments and the order of what stands there stay. Days are written as TOML
    dates. Raises `ReleaseError` for a file that is not TOML.
    """
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError) as error:
        raise ReleaseError(str(path), f"is not TOML in UTF-8: {error}") from error
    for key, value in entries.items():
        if value is not None:
            is_day = key in _DATED and _DAY.fullmatch(value)
            document[key] = date.fromisoformat(value) if is_day else value
    fresh = path.with_suffix(".toml.new")
    fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
    fresh.replace(path)


def _value(path: Path, key: str, entries: Mapping[str, object]) -> str:
    try:
        return _KEYS[key](entries[key])
    except ValueError as error:
        raise ReleaseError(str(path), f"{key}: {error}") from error


def web_address(value: object) -> str:
    """Return `value` as the address of a page; raises `ValueError` if it is none."""
    text = words(value, most=LONGEST_ADDRESS)
    if not is_web_iri(text):
        raise ValueError(f"{_brief(text)} is no address of a page (https://…)")
    return text


def publication_date(value: object) -> str:
    """Return `value` as `YYYY-MM-DD` or `YYYY-MM`; raises `ValueError` if no calendar has it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        day = value if _DAY.fullmatch(value) else f"{value}-01" if _MONTH.fullmatch(value) else ""
        try:
            date.fromisoformat(day)
        except ValueError:
            pass
        else:
            return value
    raise ValueError(f'{_brief(value)} is no date; write 2018-04-25 or "2018-04"')


LONGEST: Final = 1_000
"""Characters of the longest name that is taken: it stands on every page of its release."""
LONGEST_ADDRESS: Final = 2_000
"""Characters of the longest address that is taken, as many as browsers and harvesters do."""


def words(value: object, *, most: int = LONGEST) -> str:
    """Return `value` as words without white space around them; raises `ValueError` for none.

    That is one line of at most so many characters.
    """
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{_brief(value)} is no text; write it between quotation marks")
    text = value.strip()
    if len(text) > most:
        raise ValueError(f"has {len(text):,} characters; it may have {most:,}: shorten it")
    if any(unicodedata.category(letter) in _NO_LETTERS for letter in text):
        raise ValueError(f"{_brief(text)} has a control character; write it in one line of text")
    return text


_NO_LETTERS: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BRIEF: Final = 60


def _brief(value: object) -> str:
    """Return a value as it is shown to a person: enough of it to be found."""
    shown = repr(value)
    return shown if len(shown) <= _BRIEF else f"{shown[:_BRIEF]}…"


def _digest(value: object) -> str:
    if not isinstance(value, str) or not _SHA_256.fullmatch(value):
        raise ValueError(f"{_brief(value)} is no SHA-256 digest (64 hexadecimal digits)")
    return value


_DATED = frozenset({"published", "retrieved"})
_KEYS: Mapping[str, Callable[[object], str]] = {
    "source": web_address,
    "published": publication_date,
    "publisher": words,
    "licence": words,
    "retrieved": publication_date,
    "sha256": _digest,
}
