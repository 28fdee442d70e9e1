"""Releases that attack whoever shows them, for the pages to be asked of."""

from __future__ import annotations

from pathlib import Path

TURNED = "\u202edesrever\u202c \u202eneppo"
"""A text that is turned around, and one that is and never turned back."""

WORD = "W" * 10_000

SCRIPTS = f"""The second meeting of the project EVIL <script>alert(1)</script> took place
Daugavpils City Council in cooperation with the Association of {TURNED} Towns (Sweden, lead partner) implements the project “Bridges <script>alert(2)</script> & 'Tunnels' of <b>Towns</b> {TURNED}” (“EVIL”) within the framework of the European Union Programme “Europe for Citizens”. The project involves 10 partners from 7 countries – Sweden, Italy, Austria, Germany, Finland and Latvia. The goal of the project is to promote <svg onload=alert(3)> cooperation & "peace" {TURNED} among towns.
From April 17th till 20th the conference “<iframe src=javascript:alert(4)>” was held in Vanersborg <img src=x onerror=alert(5)>, Sweden. The third meeting will be held in Rīga <u onclick=alert(6)>, Latvia in March, 2019.
Term of implementation: 16.10.2017. – 15.10.2019.

Projekts “Tilti <script>alert(7)</script> un 'tuneļi' {TURNED}” (“EVIL”) tiek finansēts no Eiropas Savienības programmas „Eiropa pilsoņiem” līdzekļiem. Projektā ir iesaistīti 11 partneri no 6 valstīm: Zviedrijas, Itālijas un Latvijas. Īstenošanas termiņš: 16.10.2017. – 15.10.2019.
"""

BESIDE = """
published = 2018-05-01
publisher = "<script>alert(8)</script> & \\"Co\\" \u202eneppo"
licence = "https://example.org/licence?a=1&b=<2>'"
"""

LONG = f"""The first meeting of the project LONG took place
{WORD} City Council in cooperation with the {WORD} municipality in Sweden (lead partner) implements the project “{WORD}” (“LONG”) within the framework of the European Union Programme “Europe for Citizens”. The project involves 3 partners from 2 countries – Sweden and Latvia. The goal of the project is to promote {WORD}.
The meeting was held in Riga from 17 to 20 April 2018. Term of implementation: 16.10.2017. – 15.10.2019.

Projekts “{WORD}ā” (“LONG”) tiek finansēts no Eiropas Savienības programmas „Eiropa pilsoņiem” līdzekļiem. Projektā ir iesaistīti 4 partneri no 2 valstīm: Zviedrijas un Latvijas.
"""

CORRECTIONS = """
[[correction]]
action = "alias"
release = "scripts"
of = "Riga"
value = "Rīga <u onclick=alert(6)>"
quote = "Rīga <u onclick=alert(6)>, Latvia"
who = "<script>alert(9)</script>"
when = 2026-01-01
why = "<script>alert(10)</script> \u202eneppo"

[[correction]]
action = "alias"
release = "scripts"
of = "Vanersborg"
value = "Vanersborg <img src=x onerror=alert(5)>"
quote = "Vanersborg <img src=x onerror=alert(5)>, Sweden"
who = "<script>alert(9)</script>"
when = 2026-01-01
why = "&lt;i&gt;"

[[correction]]
action = "set"
release = "scripts"
slot = "role"
of = "EVIL"
organisation = "<iframe src=javascript:alert(4)>"
country = "SE"
value = "partner"
quote = "the conference “<iframe src=javascript:alert(4)>” was held"
who = "<script>alert(9)</script>"
when = 2026-01-01
why = "An organisation with tags in its name."
"""


def write_first(folder: Path) -> None:
    """Write releases with scripts, and corrections with more of them."""
    (folder / "releases").mkdir(parents=True)
    (folder / "releases" / "scripts.txt").write_text(SCRIPTS, encoding="utf-8")
    (folder / "releases" / "scripts.toml").write_text(BESIDE, encoding="utf-8")
    (folder / "data" / "overrides").mkdir(parents=True)
    corrections = folder / "data" / "overrides" / "tags.toml"
    corrections.write_text(CORRECTIONS, encoding="utf-8")


def write_second(folder: Path) -> None:
    """Write a release of endless words."""
    (folder / "releases" / "long.txt").write_text(LONG, encoding="utf-8")
