"""The register of keys once given, kept from edition to edition: no IRI changes or vanishes.

One entry for each key that was ever given, in the order they were given. An
entry keeps the mentions it was given to, those of releases that are gone among
them: so a thing is recognised when it comes back, and no key is given twice. A
thing that turned out to be another's has its entry replaced, never removed.

It is written as JSON, one entry to a line, the same text for equal registers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eugraph.errors import DataError
from eugraph.identity.marks import SETS, Marks, Mention

FORMAT = 1
"""The form of the file; another one is not read."""

_FILE = "register.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what it was given to.

    `kind` is that of `eugraph.identity.sameness`, or `release` or
    `participation`; `path` is what stands in the IRI, `project/wir-2017`.
    `replaced_by` is the path of the older entry that the thing was found to be,
    `rule` what it was found by. `of` is what a participation is made of: the
    paths of context and organisation.
    """

    kind: str
    path: str
    mentions: tuple[Mention, ...] = ()
    replaced_by: str | None = None
    rule: str | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The entries in the order their keys were given; no two have one path."""

    entries: tuple[Entry, ...] = ()

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries of a kind, oldest first."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def with_entries(self, entries: Iterable[Entry]) -> Register:
        """Return the register with new entries at its end, and known ones as they are now."""
        fresh = {entry.path: entry for entry in entries}
        kept = tuple(fresh.pop(entry.path, entry) for entry in self.entries)
        return Register((*kept, *fresh.values()))

    @property
    def paths(self) -> frozenset[str]:
        """All paths that were ever given."""
        return frozenset(entry.path for entry in self.entries)

    @property
    def replaced(self) -> Mapping[str, str]:
        """The paths that were replaced, each with the one that stands for it now."""
        return {entry.path: entry.replaced_by for entry in self.entries if entry.replaced_by}


def write_register(register: Register) -> str:
    """Return a register as JSON."""
    lines = (json.dumps(entry_data(entry), ensure_ascii=False) for entry in register.entries)
    return f'{{"format": {FORMAT}, "entries": [\n' + ",\n".join(lines) + "\n]}\n"


def read_register(text: str) -> Register:
    """Return the register that `write_register` wrote.

    Raises `DataError` for anything else: without the register keys would be
    given anew, so a damaged one is not passed over.
    """
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise DataError(_FILE, f"its format is {data['format']!r}, not {FORMAT}")
        register = Register(tuple(read_entry(each) for each in data["entries"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(
            _FILE, f"it is damaged ({type(error).__name__}: {error}); restore it from a copy"
        ) from error
    if len(register.paths) != len(register.entries):
        raise DataError(_FILE, "it is damaged (a key is there twice); restore it from a copy")
    return register


def entry_data(entry: Entry) -> dict[str, object]:
    """Return an entry as what JSON can hold."""
    optional = {
        "replaced_by": entry.replaced_by,
        "rule": entry.rule,
        "of": list(entry.of),
        "mentions": [_mention_data(mention) for mention in entry.mentions],
    }
    return {
        "kind": entry.kind,
        "path": entry.path,
        **{name: value for name, value in optional.items() if value},
    }


def _mention_data(mention: Mention) -> dict[str, object]:
    marks = {name: sorted(getattr(mention.marks, name)) for name in SETS}
    days = {"first": mention.marks.first, "last": mention.marks.last}
    given = {name: value for name, value in {**marks, **days}.items() if value}
    return {"release": mention.release, "label": mention.label, **given}


def read_entry(data: Mapping[str, Any]) -> Entry:
    """Return the entry that `entry_data` wrote; raises TypeError or KeyError for anything else."""
    return Entry(
        kind=_text(data["kind"]),
        path=_text(data["path"]),
        mentions=tuple(_mention(each) for each in data.get("mentions", ())),
        replaced_by=_text(data["replaced_by"]) if "replaced_by" in data else None,
        rule=_text(data["rule"]) if "rule" in data else None,
        of=tuple(_text(each) for each in data.get("of", ())),
    )


def _mention(data: Mapping[str, Any]) -> Mention:
    marks: dict[str, Any] = {
        name: frozenset(_text(each) for each in data[name]) for name in SETS if name in data
    }
    marks |= {name: _text(data[name]) for name in ("first", "last") if name in data}
    return Mention(_text(data["release"]), _text(data["label"]), Marks(**marks))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
