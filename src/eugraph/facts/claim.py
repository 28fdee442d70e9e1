"""Claims: what a reader that is no set of rules says a release states, such as a language model.

A claim is not believed: `eugraph.facts.derive` takes it as far as the text
bears it out. This is the interface between the two, and all that both know.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from eugraph.releases.release import Release


class Claim(Struct, frozen=True):
    """That a release states `value` in the words `quote` of its passage number `passage`.

    `slot` is a key of `eugraph.facts.derive.CLAIMABLE`.
    """

    slot: str
    value: str
    quote: str
    passage: int


class Claims(Struct, frozen=True):
    """What a reader claims of one release, and what a person should know of how it went."""

    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()


class Claimant(Protocol):
    """A reader beside the rules: asked for one release, it gives its claims and raises nothing."""

    @property
    def name(self) -> str:
        """What it is, exactly enough to tell whether an edition was made with it."""

    def __call__(self, release: Release) -> Claims:
        """Return what `release` states, as this reader reads it."""
