"""The register as it is written: an entry is made only of the lines that somebody asks for.

To make all entries of a large register takes longer than everything that a
changed release needs of it. So the lines stay lines, what is in them is looked
up as JSON has it, and a register in which little changed is written by
replacing those lines.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from eugraph.errors import DataError
from eugraph.identity.register import FORMAT, Entry, entry_data, read_entry


class Ledger:
    """The entries of a register, by their numbers, in the order their keys were given."""

    def __init__(self, text: str) -> None:
        """Read what `write_register` wrote; raises `DataError` for anything else."""
        try:
            data = msgspec.json.decode(text)
            self._head, *lines, _, _ = text.split("\n")
            self._lines = [line.removesuffix(",") for line in lines if line]
            self._data: list[Mapping[str, Any]] = data["entries"]
            known = data["format"] == FORMAT and len(self._data) == len(self._lines)
        except (msgspec.MsgspecError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise DataError("register.json", f"it is damaged ({error})") from error
        if not known:
            raise DataError("register.json", "it is of another form")

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of the entries by their paths."""
        return {each["path"]: number for number, each in enumerate(self._data)}

    @property
    def heirs(self) -> Mapping[str, str | None]:
        """The paths that were ever given, each with the one that stands for it now, if another."""
        return {each["path"]: each.get("replaced_by") for each in self._data}

    @cached_property
    def replaced(self) -> Mapping[str, str]:
        """The paths that were replaced, each with the one that stands for it now."""
        return {path: heir for path, heir in self.heirs.items() if heir}

    @cached_property
    def _kinds(self) -> Mapping[str, Sequence[int]]:
        kinds: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(self._data):
            kinds[each["kind"]].append(number)
        return kinds

    def of_kind(self, kind: str) -> Sequence[int]:
        """Return the numbers of the entries of a kind, oldest first."""
        return self._kinds.get(kind, ())

    def entry(self, number: int) -> Entry:
        """Return an entry."""
        return read_entry(self._data[number])

    def releases(self, number: int) -> Iterable[str]:
        """Return the releases whose mentions an entry has, one for each mention."""
        return (mention["release"] for mention in self._data[number].get("mentions", ()))

    def marks(self, number: int, name: str) -> set[str]:
        """Return all marks of an entry in the field of that name, under their present paths."""
        mentions = self._data[number].get("mentions", ())
        found = {mark for mention in mentions for mark in mention.get(name, ())}
        return {self.replaced.get(mark, mark) for mark in found} if self.replaced else found

    def words(self, number: int, names: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the marks of an entry in the fields of these names, each with its name."""
        replaced = self.replaced
        for mention in self._data[number].get("mentions", ()):
            for name in names:
                for mark in mention.get(name, ()):
                    yield name, replaced.get(mark, mark)

    def heir(self, number: int) -> str:
        """Return the path of the entry that stands for an entry now, its own if it does itself."""
        each = self._data[number]
        path: str = each.get("replaced_by") or each["path"]
        return path

    def written(self, entries: Mapping[int, Entry], new: Iterable[Entry]) -> str:
        """Return the register with other entries in the place of some, and new ones, as JSON."""
        lines = list(self._lines)
        for number, entry in entries.items():
            lines[number] = _line(entry)
        lines += map(_line, new)
        return f"{self._head}\n" + ",\n".join(lines) + "\n]}\n"


def _line(entry: Entry) -> str:
    return json.dumps(entry_data(entry), ensure_ascii=False)
