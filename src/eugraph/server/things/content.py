"""What a page shows of a thing: properties, values and their readings, parts and conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eugraph.server.things.evidence import Words

_FEW: Final = 3
_SHORT: Final = 40


@dataclass(frozen=True, slots=True)
class Premise:
    """What an inferred value follows from: a statement in words, and where to read about it."""

    text: str
    iri: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One assertion: how sure it is, by which rule, in which words, from which premises.

    `state` is the name of its status: `stated`, `inferred`, `candidate` or
    `disputed`; `status`, `certainty` and `rule` are words for a reader.
    """

    iri: str
    state: str
    status: str
    certainty: str
    rule: str
    explained: str
    comment: str
    words: tuple[Words, ...]
    premises: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words; `iri` is what it names, empty for text; `state` as of its best reading.

    `clash` is `contradicted` or `remarked` where a discrepancy concerns it, `doubt` says how.
    `written` is how the data write it where a reader may want to know. Of many
    readings only the best are here: `left` counts the others, and the query
    `more` gives them all.
    """

    text: str
    iri: str
    language: str
    written: str
    state: str
    readings: tuple[Reading, ...]
    clash: str
    doubt: str
    more: str
    left: int

    @property
    def quoted(self) -> str:
        """The words that a thing without a page is told in; empty for literals and where none."""
        words = (one.quote for each in self.readings for one in each.words)
        return next(words, "") if self.iri else ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property and its values."""

    iri: str
    name: str
    definition: str
    values: tuple[Value, ...]

    @property
    def short(self) -> bool:
        """Whether the values are many and short, to be set side by side."""
        return len(self.values) > _FEW and all(len(each.text) <= _SHORT for each in self.values)


@dataclass(frozen=True, slots=True)
class Part:
    """A participation: who takes part in what, and in which roles."""

    organisation: str
    context: str
    roles: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A discrepancy: what it is, whether it is settled, and the readings that disagree.

    `contradicts` tells it from a remark, such as that one language leaves something out.
    """

    iri: str
    contradicts: bool
    type: str
    state: str
    status: str
    comment: str
    readings: tuple[tuple[str, Reading], ...]
