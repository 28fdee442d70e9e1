"""Write releases about invented projects: the same texts for the same number and seed.

    python bench/texts.py N --out DIR [--seed S]

The texts are what `eugraph build DIR` reads, so that the whole pipeline runs on
as many releases as wanted. A project has one to five releases, each on its next
meeting; two thirds of them in two languages. Partners are of 30 countries, and
take part in several projects. Of every ten releases one lists a country less in
its second version, and of every twenty one counts wrongly: disagreements are
data. A longer folder begins with the releases of a shorter one.

What is said stands in `texts.toml`; names of places come from the gazetteer,
of countries and months from CLDR.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Any

from babel import Locale

from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.gazetteer.known import KnownScheme
from eugraph.shipped import shipped

TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
LANGUAGE: dict[str, str] = TABLE["project"]["languages"]
"""The countries of leading partners, each with the language its releases are in."""

TOWNS = 40
"""So many towns of a country have organisations, the most populous ones."""

MOST_RELEASES = 5
TERMS = (18, 24, 30, 36)
ALONE, WRONG, SHORT = 1 / 3, 1 / 20, 1 / 10
"""How many releases have one version, count wrongly, list too few countries in the second."""

LINES = (
    ("headline",),
    ("about", "partners", "counts", "objective"),
    ("held", "topic", "parts"),
    ("next", "term"),
)
"""The paragraphs of a version, by the sentences of `texts.toml`."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation, with its town and country."""

    name: str
    town: str
    country: str


@dataclass(frozen=True, slots=True)
class Project:
    """One invented project; `partners` begin with the leader."""

    acronym: str
    title: str
    programme: KnownScheme
    partners: tuple[Partner, ...]
    first: date
    months: int

    @property
    def last(self) -> date:
        """Return the last day of the project."""
        return added(self.first, self.months) - timedelta(days=1)

    @property
    def countries(self) -> list[str]:
        """Return the countries of the partners, each once."""
        return list(dict.fromkeys(partner.country for partner in self.partners))


def texts(seed: int) -> Iterator[tuple[str, str, date]]:
    """Yield releases without end: a name, the text, the day of publication."""
    for number in count():
        chance = random.Random(f"{seed}/{number}")  # noqa: S311  # the same for the same seed
        project = invented(number, chance)
        for ordinal in range(1, chance.randint(1, MOST_RELEASES) + 1):
            name = f"{project.acronym.lower()}-{project.first.year}-{ordinal}"
            yield name, *release(project, ordinal, chance)


def invented(number: int, chance: random.Random) -> Project:
    """Return the project with this number."""
    titles = TABLE["titles"]
    home = chance.choice(tuple(LANGUAGE))
    abroad = [code for code in TABLE["project"]["countries"] if code != home]
    others = chance.sample(abroad, chance.randint(2, 7))
    more = chance.choices([home, *others], k=chance.randint(0, 2))
    partners = [partner(code, chance) for code in (home, *others, *more)]
    programmes = load_knowledge().gazetteer.schemes
    first, second, third = (chance.choice(titles[each]) for each in ("first", "second", "third"))
    return Project(
        acronym=acronym(number),
        title=f"{first} {second} for {third}",
        programme=programmes[chance.choice(TABLE["project"]["programmes"])],
        partners=tuple(dict.fromkeys(partners)),
        first=date(chance.randint(2014, 2018), chance.randint(1, 12), 1),
        months=chance.choice(TERMS),
    )


def acronym(number: int) -> str:
    """Return a word that is no other number's."""
    syllables: list[str] = TABLE["titles"]["syllables"]
    digits: list[str] = []
    rest = number
    while rest or len(digits) < 2:  # noqa: PLR2004  # one syllable is no acronym
        rest, digit = divmod(rest, len(syllables))
        digits.append(syllables[digit])
    return "".join(digits) + "XQ"[number % 2]


def partner(country: str, chance: random.Random) -> Partner:
    """Return one of the organisations of a country."""
    town = chance.choice(towns(country))
    forms = TABLE["organisations"].get(country, TABLE["organisations"]["other"])
    form = chance.choices(forms, weights=(6, 2, 3))[0]
    word = TABLE["titles"]["word"][sum(map(ord, town)) % 10]
    return Partner(form.format(place=town, word=word), town, country)


@cache
def towns(country: str) -> list[str]:
    """Return the names of the most populous towns of a country."""
    with sqlite3.connect(
        f"file:{shipped('data/gazetteer/geonames.sqlite')}?mode=ro", uri=True
    ) as index:
        rows = index.execute(
            "SELECT name FROM place WHERE country = ? AND name NOT LIKE '% %' "
            "ORDER BY population DESC, id LIMIT ?",
            (country, TOWNS),
        )
        return [name for (name,) in rows]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A project's meeting of this number, from 1."""

    number: int
    host: Partner
    first: date
    last: date


def meeting(project: Project, number: int) -> Meeting:
    """Return a meeting of a project, always the same."""
    chance = random.Random(f"{project.acronym}/{number}")  # noqa: S311
    month = added(project.first, project.months * number // (MOST_RELEASES + 2))
    first = month + timedelta(days=chance.randint(0, 20))
    last = first + timedelta(days=chance.randint(1, 3))
    return Meeting(number, chance.choice(project.partners), first, last)


def release(project: Project, number: int, chance: random.Random) -> tuple[str, date]:
    """Return the text of a project's release on one of its meetings, and when it was published."""
    home = LANGUAGE[project.partners[0].country]
    alone = home == "en" or chance.random() < ALONE
    wrong, short = chance.random() < WRONG, chance.random() < SHORT
    now = meeting(project, number)
    first = version(home, project, now, listed=project.countries, wrong=wrong)
    listed = project.countries[: -1 if short else None]
    second = [] if alone else [version("en", project, now, listed=listed, wrong=wrong)]
    return "\n\n".join([first, *second]) + "\n", now.last + timedelta(chance.randint(5, 15))


def version(
    language: str, project: Project, now: Meeting, *, listed: list[str], wrong: bool
) -> str:
    """Return one language version of a release."""
    form: dict[str, Any] = TABLE["versions"][language]
    names = Locale(language).territories
    leader, *others = project.partners
    future = meeting(project, now.number + 1)
    slots = {
        "acronym": project.acronym,
        "title": project.title,
        "programme": programme(project.programme, language),
        "lead": leader.name,
        "home": names[leader.country],
        "partners": ", ".join(f"{each.name} ({names[each.country]})" for each in others),
        "partner_count": len(project.partners) + wrong,
        "country_count": len(project.countries),
        "countries": ", ".join(names[code] for code in listed),
        "start": form["day"].format(**calendar(language, project.first)),
        "end": form["day"].format(**calendar(language, project.last)),
        "objective": at(form["objectives"], project.first.month),
        "topic": at(form.get("topics", [""]), now.number),
        "ordinal": TABLE["ordinals"][language][now.number - 1],
        "place": now.host.town,
        "country": names[now.host.country],
        "days": form["days"].format(**calendar(language, now.first, now.last)),
        "next_place": future.host.town,
        "next_month": form["month"].format(**calendar(language, future.first)),
    }
    lines = (" ".join(form[name] for name in line if name in form) for line in LINES)
    return "\n".join(lines).format(**slots)


def programme(scheme: KnownScheme, language: str) -> str:
    """Return what a programme is called in a language, else in English."""
    return (scheme.names.get(language) or scheme.names["en"])[0]


def calendar(language: str, first: date, last: date | None = None) -> dict[str, object]:
    """Return the parts of one or two days as `texts.toml` names them."""
    locale, last = Locale(language), last or first
    in_months: Sequence[str] = TABLE["versions"][language].get("in_months", [""] * 12)
    return {
        "d": first.day,
        "dd": f"{first.day:02}",
        "d1": first.day,
        "d2": last.day,
        "dd1": f"{first.day:02}",
        "dd2": f"{last.day:02}",
        "mm": f"{first.month:02}",
        "month": locale.months["format"]["wide"][first.month],
        "standalone": locale.months["stand-alone"]["wide"][first.month],
        "in_month": in_months[first.month - 1],
        "year": first.year,
    }


def added(day: date, months: int) -> date:
    """Return the first of the month so many months after `day`'s."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def at(values: Sequence[str], number: int) -> str:
    """Return the value at `number`, counted round and round."""
    return values[number % len(values)]


def write(number: int, folder: Path, seed: int = 1) -> None:
    """Write so many releases into a folder, each with its day of publication beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text, published in islice(texts(seed), number):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.toml").write_text(f"published = {published}\n", encoding="utf-8")


def main() -> None:
    """Write and tell how many."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("number", type=int)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.number, options.out, options.seed)
    print(f"{options.number} releases in {options.out}")


if __name__ == "__main__":
    main()
