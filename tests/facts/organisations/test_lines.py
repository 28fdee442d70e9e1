"""Lines one below the other that name bodies and their countries are a listing of partners."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.mentions.document import Document
from eugraph.facts.organisations.lines import in_lines

LISTED = [
    # lines, names with countries as read, whether partners are announced, remark
    (["Partners:", "Latvian Steel Cluster (Latvia)", "Southern Denmark Region (Denmark)",
      "5o Gymnasio Volou (Greece)"],
     ["Latvian Steel Cluster LV", "Southern Denmark Region DK", "5o Gymnasio Volou GR"], True,
     "a country in a name, a number before one"),
    (["The beneficiaries are:", "* University of Braga, Portugal", "* SeaTex BV, the Netherlands"],
     ["University of Braga PT", "SeaTex BV NL"], True, "after commas"),
    (["Partners:", "1. Kavala Academy (Greece) – lead partner", "2. Oulu Institute (Finland), coordinator"],
     ["Kavala Academy GR", "Oulu Institute FI"], True, "a role behind the country"),
    (["Partners:", "- Poland: Gmina Sopot", "- Växjö University – Växjö, Sweden"],
     ["Gmina Sopot PL", "Växjö University SE"], True, "the country first; a town"),
    (["Partner\tCountry", "Rezekne Academy\tLatvia", "Oulu Institute\tFinland"],
     ["Rezekne Academy LV", "Oulu Institute FI"], True, "cells of a table"),
    (["| Partner | Country | Role |", "| Rezekne Academy | Latvia | Coordinator |",
      "| Oulu Institute | Finland | Partner |"],
     ["Rezekne Academy LV", "Oulu Institute FI"], True, "cells between bars"),
    (["Partners:", "- Riga Museum (Latvia)", "- Turku Museum", "- Gent Museum (Belgium)"],
     ["Riga Museum LV", "Turku Museum", "Gent Museum BE"], True, "one without a country"),
    (["Nothing is said.", "Riga Museum (Latvia)", "Turku Museum (Finland)", "Gent Museum (Belgium)"],
     ["Riga Museum LV", "Turku Museum FI", "Gent Museum BE"], True, "three bodies speak for themselves"),
    (["Nothing is said.", "Anna Berg (Sweden)", "Jan Kowal (Poland)", "Ivo Kalns (Latvia)"],
     [], False, "persons are no bodies"),
    (["Project partners:", "- Umeå Municipality", "- Blue Danube Watch", "- Gent Museum"],
     ["Umeå Municipality", "Blue Danube Watch", "Gent Museum"], True,
     "an announcement needs neither countries nor marks"),
    (["Partners:", "- Turku Museum", "- Riga Museum (Latvia)", "- Gent Museum (Belgium)"],
     ["Turku Museum", "Riga Museum LV", "Gent Museum BE"], True, "the first without a country"),
    (["Project partners", "Region of Epirus (LP)", "Università di Pisa", "Consell Insular de Ibiza",
      "Municipality of Bar"],
     ["Region of Epirus", "Università di Pisa", "Consell Insular de Ibiza", "Municipality of Bar"],
     True, "names alone below the word for them"),
    (["Project partners", "Sunny Days", "Happy Children", "Green Fields"], [], False,
     "lines that no word makes bodies"),
    (["The partners met in Gent.", "- Turku Museum", "- Riga Museum"], [], False,
     "a sentence about partners announces none"),
    (["Partners:", "Riga Museum (Latvia)", "All of them met."], [], False, "one line is none"),
    (["Lead partner: City of Gdynia (Poland)", "Partner: Kalmar Museum (Sweden)"],
     ["City of Gdynia PL", "Kalmar Museum SE"], False, "labels are no part of a name"),
    (["Partners: Kalmar Museum (Sweden), Riga Museum (Latvia)", "Contact: Kalmar Museum (Sweden)"],
     [], False, "a line of several names is a sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "names", "announced", "remark"), LISTED)
def test_lines_of_a_listing_are_read(
    document_of: Callable[..., Document],
    lines: list[str],
    names: list[str],
    announced: bool,
    remark: str,
) -> None:
    found = in_lines(document_of([("en", line) for line in lines]))

    read = [line.organisation for line in found]
    assert [f"{o.name} {o.country.value}" if o.country else o.name for o in read] == names, remark
    assert all((line.announced_by is not None) == announced for line in found), remark
