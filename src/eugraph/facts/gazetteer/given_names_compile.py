"""Compile the list of given names of Europe from Faker's lists of them.

    pip install faker
    python -m eugraph.facts.gazetteer.given_names_compile data/gazetteer/given-names.txt

Faker is needed for this alone: the compiled file is part of the sources. Names
are folded as words are compared; left out are names of less than three letters
and of several words, and those that may as well begin the name of a body: names
of larger towns, and words in use (`_WORDS`). Equal input gives an equal file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from eugraph.facts.gazetteer.geonames import PlaceIndex, plain
from eugraph.facts.language.words import fold

LOCALES = """
    bg_BG cs_CZ da_DK de_AT de_CH de_DE el_GR en_GB en_IE en_US es_ES et_EE fi_FI fr_BE fr_CH
    fr_FR ga_IE hr_HR hu_HU it_IT lt_LT lv_LV mk_MK nl_BE nl_NL no_NO pl_PL pt_PT ro_RO sk_SK
    sl_SI sv_SE tr_TR uk_UA
"""
"""The lists taken, as Faker calls them. The Icelandic one is of every name allowed by law."""

_SHORTEST = 3
_TOWN = 20_000
_WORDS = """
    abril africa alba ale alla allen alma amber america ami angel april art asa asia august aura
    aurora autumn ava bel bill bon brook chad chance che china christian come consuelo cosme
    cruz crystal dag daisy dakota dale dawn dean del destiny dolores dom don dragon durante eden
    ene enes eren est europa european faith fem forest france frances gene genesis georgia
    georgian german glen grace grant greco harmony heather holly hope ide india iris ivy jade
    jara jasmine jet job jordan joy june kader kent kick kind kipras laika lance liberty lily
    linn loni luna lux luz made maire mar marco mare marina mark masa max may meg mercedes mir
    mira nada nas noble noor nor nova olive ortak ove over par pat patru paz pearl peer penny
    per pia pilar pole polo porto rada regina reino rex rich river rob rocio rok rose ruby saint
    salvador san sankt santa sierra sky slava sol star stella sud summer suvi taja terra til
    till trinity una union unity uno vega vera verde via ville violet vita viva will zak zora
    zvezda
"""


def main(path: Path) -> None:
    """Write the names to `path`, one a line, in order."""
    towns = PlaceIndex(path.parent / "geonames.sqlite")
    names = sorted(set(_kept(_listed(), towns)))
    path.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def _listed() -> Iterator[str]:
    for locale in LOCALES.split():
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for listing in (name for name in dir(provider) if name.startswith("first_names")):
            yield from getattr(provider, listing)


def _kept(names: Iterable[str], towns: PlaceIndex) -> Iterator[str]:
    words = frozenset(_WORDS.split())
    for name in names:
        folded = fold(name)
        usable = len(folded) >= _SHORTEST and folded.isalpha() and folded not in words
        if usable and not _is_town(folded, towns):
            yield folded


def _is_town(name: str, towns: PlaceIndex) -> bool:
    words = plain(name)
    named = towns.named(words)
    return any(p.population >= _TOWN and plain(p.name) == words for p in named)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
