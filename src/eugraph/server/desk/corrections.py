"""Corrections from the desk's forms: checked as a build would, then written into one file.

The file is `desk.toml` in the folder of corrections. A correction that is
malformed is told to the person and never written, so a build never stumbles
over what the desk wrote.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import tomlkit

from eugraph.errors import DataError
from eugraph.facts.corrections.correction import Correction, load_corrections
from eugraph.facts.corrections.given import DAYS, NUMBERS, Given, Known
from eugraph.facts.fact import Slot
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.triples.wording import concept_names

FILE: Final = "desk.toml"
"""The file that the desk writes."""

FIELDS: Final = (
    "action", "release", "project", "of", "slot", "organisation", "discrepancy", "old", "value",
    "quote", "language", "country", "who", "when", "why",
)  # fmt: skip
"""What a form may say of a correction, in the order of writing."""

_HEAD: Final = "Written by the publisher's desk; it may be edited by hand as well."
_LONGEST: Final = 5000
_lock = threading.Lock()


Tried = Callable[[Path], Iterable[Mapping[str, Any]]]
"""Says what becomes of the corrections in a folder: their file, number, outcome and reason."""


def add(folder: Path, form: Mapping[str, str], tried: Tried | None = None) -> None:
    """Write the correction that `form` says into `folder`.

    It is `tried` on its release first. Raises DataError if it is malformed,
    or if it would change nothing: its words or what it is about are not there.
    """
    table = _table(form)
    if tried is not None:
        _try(folder, form, tried)
    with _lock:
        document = _document(folder)
        document["correction"].append(table)
        _keep(folder, document)


def _try(folder: Path, form: Mapping[str, str], tried: Tried) -> None:
    """Raise DataError if the correction that `form` says would change nothing in its release."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        for file in filter(Path.is_file, folder.glob("*.toml")):
            shutil.copyfile(file, trial / file.name)
        add(trial, form)
        number = len(_document(trial)["correction"])
        for each in tried(trial):
            if (each["file"], each["number"]) == (FILE, number) and each["outcome"] != "applied":
                raise DataError(FILE, f"this would change nothing: {each['reason']}")


def remove(folder: Path, number: int, action: str) -> None:
    """Take the correction `number` (from 1), an `action`, out of the desk's file.

    Raises DataError if there is no such correction: the file was changed.
    """
    with _lock:
        document = _document(folder)
        entries = document["correction"]
        if not 1 <= number <= len(entries) or entries[number - 1].get("action") != action:
            raise DataError(FILE, "the file was changed meanwhile; look again")
        del entries[number - 1]
        _keep(folder, document)


def written(folder: Path) -> tuple[Correction, ...]:
    """Return every correction in `folder`; raises DataError if one is malformed."""
    return load_corrections(folder, known()) if folder.is_dir() else ()


def known() -> Known:
    """Return what values may name."""
    return Known(load_knowledge().gazetteer, concept_names())


def _table(form: Mapping[str, str]) -> tomlkit.items.Table:
    table = tomlkit.table()
    slot = _slot(form.get("slot", ""))
    for name in FIELDS:
        text = form.get(name, "").replace("\r\n", "\n").strip()
        if len(text) > _LONGEST:
            raise DataError(FILE, f"{name} is longer than {_LONGEST} characters")
        if text:
            given = name in {"old", "value"}
            table[name] = _given(slot, text) if given else _day(text) if name == "when" else text
    other = {name: form.get(f"other-{name}", "").strip() for name in ("release", "project", "of")}
    if any(other.values()):
        inline = tomlkit.inline_table()
        inline.update({name: text for name, text in other.items() if text})
        table["other"] = inline
    return table


def _slot(name: str) -> Slot | None:
    with suppress(ValueError):
        return Slot(name)
    return None


def _given(slot: Slot | None, text: str) -> Given:
    """Return a value in the type that its slot has; what does not fit is told by the check."""
    if slot in NUMBERS and text.isdecimal():
        return int(text)
    return _day(text) if slot in DAYS else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _document(folder: Path) -> Any:  # noqa: ANN401  # tomlkit's documents are untyped inside
    path = folder / FILE
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else None
    except (ValueError, OSError) as error:
        raise DataError(FILE, f"cannot be read: {error}") from error
    if document is None or not document.get("correction"):
        document = tomlkit.document()
        document.add(tomlkit.comment(_HEAD))
        document.add("correction", tomlkit.aot())
    return document


def _keep(folder: Path, document: Any) -> None:  # noqa: ANN401
    """Check the whole file on its own, then put it in the place of the old one."""
    if not document["correction"]:
        (folder / FILE).unlink(missing_ok=True)
        return
    text = tomlkit.dumps(document)
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / FILE).write_text(text, encoding="utf-8")
        tomllib.loads(text)
        load_corrections(Path(name), known())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(name) / FILE, folder / f".{FILE}.new")
            (folder / f".{FILE}.new").replace(folder / FILE)
        except OSError as error:
            raise DataError(FILE, f"{folder} cannot be written: {error.strerror}") from error
