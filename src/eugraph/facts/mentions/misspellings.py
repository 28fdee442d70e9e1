"""Whether the words that state a country misspell it."""

from __future__ import annotations

from eugraph.facts.fact import Country, Fact
from eugraph.facts.mentions.document import Document


def only_misspelt(document: Document, fact: Fact) -> bool:
    """Return whether all words that state a country misspell it."""
    value = fact.statement.value
    return isinstance(value, Country) and all(
        misspells(document, value, piece.start, piece.end) for piece in fact.evidence
    )


def misspells(document: Document, country: Country, start: int, end: int) -> bool:
    """Return whether a country is misspelt in a stretch of the text of a release."""
    return any(start <= at < end and code == country.code for at, code in document.misspelt)
