"""Bounds follow from the date, for every kind of EDTF that eugraph writes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.facts.edtf import edtf_bounds


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-04-17", "2018-04-17", "2018-04-17"),
        ("2019-03", "2019-03-01", "2019-03-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),  # a leap year
        ("2019", "2019-01-01", "2019-12-31"),
        ("2024-21", "2024-03-01", "2024-05-31"),  # spring
        ("2024-24", "2024-01-01", "2025-02-28"),  # the winter it begins with, or ends with
        ("2024-36", "2024-10-01", "2024-12-31"),  # the fourth quarter
        ("2024-21/2025-23", "2024-03-01", "2025-11-30"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2018-04-17/2018-04-20", "2018-04-17", "2018-04-20"),
        ("2017?-09-27/2017?-09-29", "2017-09-27", "2017-09-29"),  # a doubt is no width
        ("[2018-04-20..2018-12-31]", "2018-04-20", "2018-12-31"),
        ("[2017, 2019-05]", "2017-01-01", "2019-05-31"),
        ("2018-04-20/..", "2018-04-20", None),
        ("../2019-05", None, "2019-05-31"),
        ("XXXX-04-17/XXXX-04-20", None, None),  # no year: no bound
    ],
)
def test_bounds_are_the_earliest_and_latest_day(
    text: str, first: str | None, last: str | None
) -> None:
    expected = tuple(day and date.fromisoformat(day) for day in (first, last))

    assert edtf_bounds(text) == expected


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2018-13", "2018-25", "2018-02-30", "17.04.2018", "18-04-17"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        edtf_bounds(text)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 1, 1)), st.integers(0, 365))
def test_an_interval_of_days_is_its_own_bounds(start: date, days: int) -> None:
    end = start + timedelta(days=days)

    assert edtf_bounds(f"{start}/{end}") == (start, end)
