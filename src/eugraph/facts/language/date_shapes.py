"""Shapes: the regular expressions over classes of words that dates are, in every language.

The letters are those of `eugraph.facts.language.date_letters`.
"""

from __future__ import annotations

import regex

_DAY = "[dD]o?"
_YEAR = "(?:Yo?W?|W?Yo?|[TNL])"
_IN = "[O,F]*"
_FULL = (
    "(?:"
    + "|".join(
        (
            f"(?:K[,o]?)?O*{_DAY}O*M(?:o?{_IN}{_YEAR})?",  # 17 April 2018
            f"(?:K[,o]?)?M{_IN}{_DAY}(?:{_IN}{_YEAR})?",  # April 17th, 2018
            f"{_YEAR}{_IN}{_DAY}{_IN}M",  # 2018. gada 17. aprīlī
            f"{_YEAR}{_IN}M{_IN}{_DAY}",  # 2018 m. balandžio 17
            f"Mo?{_IN}{_YEAR}",  # April 2018
            f"{_YEAR}{_IN}M",  # 2018. gada aprīlī
            f"So?{_IN}{_YEAR}",  # spring of 2024
            f"{_YEAR}{_IN}S",  # 2024. gada rudenī
            "(?:K[,o]?)?O*Xo?",
            "Z",
            "(?:K[,o]?)?O*P",
        )
    )
    + ")"
)
_LEFT = f"(?:{_FULL}|{_YEAR}{_IN}{_DAY}|(?:K[,o]?)?O*{_DAY}|{_YEAR}?M{_IN}{_DAY}|M)"
_RIGHT = f"(?:{_FULL}|O*{_DAY}(?:{_IN}{_YEAR})?|O*M)"
_RANGE = f"{_LEFT}[O,]{{0,3}}R[OF]*{_RIGHT}"
_TO_YEAR = f"{_FULL}[O,]{{0,3}}R[OF]*Yo?W?"  # from January 2021 to 2023
_BETWEEN = f"(?<=FO*){_FULL}[O,]{{0,2}}A[OF]*{_FULL}"  # between May 2021 and June 2023
_DAYS = f"(?:{_YEAR}{_IN})?(?:{_DAY},){{0,4}}{_DAY},?A(?:{_FULL})"  # 4, 5 and 6 June
SHAPE = regex.compile(
    f"F?O*(?P<body>{_RANGE}|{_TO_YEAR}|{_BETWEEN}|{_DAYS}|{_FULL})".replace("M", "[Mm]")
    + "|(?<=IO*)(?P<body>[Mm])|(?P<body>m)"
)
ONE_SIDED = regex.compile("(?<!R[OF]*)P(?![O,]{0,3}R)")
"""A day and month without a year that stand in no interval: a numbered heading as well."""
