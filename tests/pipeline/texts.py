"""Short releases, each of one project, of which editions are made."""

from __future__ import annotations

TEXT = """Partners of the project “{title}” ({acronym}) met
The project “{title}” ({acronym}) involves {count} partners from 2 countries – Latvia and Sweden.
Term of implementation: 01.09.2018. – 31.08.2020.
The first partner meeting of the project was held in {town}, Latvia, from 3 to 5 May 2019.
"""


def text(
    acronym: str, *, title: str = "Green Corners", count: int = 4, town: str = "Daugavpils"
) -> str:
    """Return a release on a project; releases of one acronym speak of one project."""
    return TEXT.format(acronym=acronym, title=title, count=count, town=town)
