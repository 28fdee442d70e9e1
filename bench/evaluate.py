"""How well releases are read: precision and recall by slot and language, against gold.

    python bench/evaluate.py FOLDER [--gold FOLDER] [--errors] [--save FILE] [--compare FILE]

FOLDER holds releases; the gold of `visit.txt` is `visit.json` in the folder of
gold (without --gold: `gold` beside or in FOLDER). Only releases with gold are
read. `--compare` shows by slot what was won and lost since a saved run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eugraph.errors import EugraphError
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.reconcile import read_facts
from eugraph.releases.find import find_releases
from eugraph.releases.read import read_release
from gold import Facts, Thing, Written, facts_of, load_gold

NAMES = frozenset({"title", "programme", "strand", "lead", "partner", "place"})
"""Slots whose values are names: right if most of their words are."""

_SHARE = 0.6
_SMALL = frozenset({"the", "of", "a"})
RIGHT, WRONG, MISSED = "right", "wrong", "missed"


@dataclass(slots=True)
class Tally:
    """How often a slot was right, wrong and missed, and each mistake in a line."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def add(self, slot: str, outcome: str, value: str = "") -> None:
        """Count one value."""
        self.counts[slot, outcome] += 1
        if outcome != RIGHT:
            self.mistakes.append(f"{slot}: {outcome} {value}")


def plain(text: str) -> str:
    """Return `text` without case, diacritics and marks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        re.findall(r"[\w+-]+", "".join(c for c in letters if not unicodedata.combining(c)))
    )


def same(slot: str, one: Written, other: Written) -> bool:
    """Tell whether a value is written in one of the right ways; names may differ in a few words."""
    if {plain(each) for each in one} & {plain(each) for each in other}:
        return True
    return slot in NAMES and any(_share(a, b) >= _SHARE for a in one for b in other)


def _share(one: str, other: str) -> float:
    a, b = set(plain(one).split()) - _SMALL, set(plain(other).split()) - _SMALL
    return len(a & b) / len(a | b) if a | b else 0.0


def score(gold: Facts, read: Facts) -> Tally:
    """Return how the values of `read` compare with those of `gold`, thing by thing."""
    tally = Tally()
    for kind in ("release", "project", "event"):
        wanted = [thing for thing in gold.things if thing.kind == kind]
        found = [thing for thing in read.things if thing.kind == kind]
        pairs = _paired(wanted, found)
        for mine, theirs in pairs:
            if kind != "release":
                tally.add(kind, RIGHT)
            _score_thing(tally, mine, theirs)
        for thing in _without(wanted, [mine for mine, _ in pairs]):
            tally.add(kind, MISSED, _name(thing))
            _score_thing(tally, thing, Thing(kind))
        for thing in _without(found, [theirs for _, theirs in pairs]):
            passed = any(_likeness(other, thing) >= 1 for other in gold.let_pass)
            if not passed and not (kind == "event" and gold.any_event):
                tally.add(kind, WRONG, _name(thing))
                _score_thing(tally, Thing(kind), thing)
    return tally


def _name(thing: Thing) -> str:
    texts = (thing.values.get(slot) for slot in ("acronym", "title", "start", "type"))
    return next((values[0][0] for values in texts if values), "?")


def _without(things: Iterable[Thing], taken: Sequence[Thing]) -> list[Thing]:
    return [thing for thing in things if not any(thing is other for other in taken)]


_WEIGHTS = {
    "acronym": 3,
    "title": 2,
    "start": 2,
    "place": 1.5,
    "lead": 1,
    "ordinal": 0.5,
    "type": 0.5,
}


def _likeness(one: Thing, other: Thing) -> float:
    if one.kind != other.kind:
        return 0.0
    return sum(
        weight
        for slot, weight in _WEIGHTS.items()
        if any(
            same(slot, a, b) for a in one.values.get(slot, ()) for b in other.values.get(slot, ())
        )
    )


def _paired(wanted: list[Thing], found: list[Thing]) -> list[tuple[Thing, Thing]]:
    """Pair things one to one, the most alike first; one alone on both sides is the same one."""
    if len(wanted) == len(found) == 1:
        return [(wanted[0], found[0])]
    ranked = sorted(
        ((_likeness(a, b), -i, -j) for i, a in enumerate(wanted) for j, b in enumerate(found)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for likeness, i, j in ranked:
        if likeness >= 1 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return [(wanted[i], found[j]) for i, j in pairs.items()]


def _score_thing(tally: Tally, gold: Thing, read: Thing) -> None:
    for slot in sorted({*gold.values, *read.values}):
        left = list(read.values.get(slot, ()))
        for wanted in gold.values.get(slot, ()):
            hit = next((value for value in left if same(slot, wanted, value)), None)
            if hit is not None:
                left.remove(hit)
                tally.add(slot, RIGHT)
            elif (slot, wanted) not in gold.optional:
                tally.add(slot, MISSED, wanted[0])
        for value in left:
            if not any(same(slot, passed, value) for passed in gold.allowed.get(slot, ())):
                tally.add(slot, WRONG, value[0])


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation: counts by language and slot, quotes checked, seconds by release."""

    counts: dict[str, Counter[tuple[str, str]]]
    mistakes: tuple[str, ...]
    quotes: int
    exact: int
    seconds: tuple[float, ...]


def evaluate(files: Iterable[tuple[Path, Path]]) -> Run:
    """Read every release and compare it with its gold."""
    counts: dict[str, Counter[tuple[str, str]]] = {}
    mistakes: list[str] = []
    seconds: list[float] = []
    quotes = exact = 0
    gazetteer = load_knowledge().gazetteer
    for file, gold_file in files:
        release = read_release(file)
        read_facts(release)  # the languages are loaded when first met
        begun = time.perf_counter()
        reading = read_facts(release)
        seconds.append(time.perf_counter() - begun)
        gold = load_gold(gold_file)
        tally = score(gold, facts_of(release, reading, gazetteer))
        counts.setdefault("+".join(gold.languages), Counter()).update(tally.counts)
        mistakes += [f"{file.stem}: {mistake}" for mistake in tally.mistakes]
        pieces = [piece for fact in reading.facts for piece in fact.evidence]
        quotes += len(pieces)
        exact += sum(release.text[p.start : p.end] == p.quote for p in pieces)
    return Run(counts, tuple(mistakes), quotes, exact, tuple(seconds))


Row = tuple[int, int, int]


def rows(counts: Counter[tuple[str, str]]) -> dict[str, Row]:
    """Return right, wrong and missed by slot, and of all together."""
    slots = sorted({slot for slot, _ in counts})
    table = {
        slot: (counts[slot, RIGHT], counts[slot, WRONG], counts[slot, MISSED]) for slot in slots
    }
    table["all"] = (
        sum(row[0] for row in table.values()),
        sum(row[1] for row in table.values()),
        sum(row[2] for row in table.values()),
    )
    return table


def _rates(row: Row) -> tuple[float, float, float]:
    right, wrong, missed = row
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _lines(title: str, table: dict[str, Row]) -> Iterator[str]:
    yield f"{title:<20} right wrong missed  precision recall    F1"
    for slot, row in table.items():
        precision, recall, f1 = _rates(row)
        counted = f"{row[0]:5} {row[1]:5} {row[2]:6}"
        yield f"{slot:<20} {counted}  {precision:9.3f} {recall:6.3f} {f1:5.3f}"


def _changes(old: dict[str, dict[str, list[int]]], new: dict[str, dict[str, Row]]) -> Iterator[str]:
    """Yield a line for each slot of each language that is not read as it was."""
    none = [0, 0, 0]
    for language in sorted({*old, *new}):
        before, after = old.get(language, {}), new.get(language, {})
        for slot in sorted({*before, *after}):
            was, is_ = tuple(before.get(slot, none)), tuple(after.get(slot, none))
            if was != is_:
                texts = (
                    f"{name} {b - a:+}"
                    for name, a, b in zip((RIGHT, WRONG, MISSED), was, is_, strict=True)
                    if a != b
                )
                yield f"{language:<8} {slot:<20} {', '.join(texts)}"


def _gold_folder(folder: Path) -> Path:
    return next((f for f in (folder / "gold", folder.parent / "gold") if f.is_dir()), folder)


def main() -> None:
    """Evaluate and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--compare", type=Path)
    options = parser.parse_args()
    if options.compare and not options.compare.is_file():
        parser.error(f"there is no saved run {options.compare}; make one with --save")
    try:
        _print(parser, options)
    except EugraphError as error:
        parser.error(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `… | head`


def _print(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    golds = options.gold or _gold_folder(options.folder)
    files = [
        (f, g)
        for f in find_releases([options.folder]).releases
        if (g := golds / f"{f.stem}.json").exists()
    ]
    if not files:
        parser.error(f"no release in {options.folder} has gold in {golds}")
    run = evaluate(files)
    report(run, options.save, options.compare, errors=options.errors)


def report(run: Run, save: Path | None, compare: Path | None, *, errors: bool) -> None:
    """Print a run, by language and whole, then what changed since a saved one."""
    whole: Counter[tuple[str, str]] = sum(run.counts.values(), Counter())
    tables = {language: rows(counts) for language, counts in sorted(run.counts.items())}
    tables["all"] = rows(whole)
    show: Callable[[str], None] = print
    for language, table in tables.items():
        show("\n".join(_lines(language, table)) + "\n")
    show(f"evidence: {run.exact} of {run.quotes} quotes stand in the text at their place")
    rate, median = len(run.seconds) / sum(run.seconds), statistics.median(run.seconds)
    show(f"speed: {rate:.0f} releases/s; median {1000 * median:.1f} ms a release")
    if errors:
        show("\n" + "\n".join(run.mistakes))
    if compare:
        old = json.loads(compare.read_text(encoding="utf-8"))
        changes = list(_changes(old, tables))
        show(f"\nsince {compare.name}:\n" + ("\n".join(changes) or "nothing changed"))
    if save:
        save.write_text(json.dumps(tables, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
