"""What a role looked at, and whether it was well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eugraph.doctor.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    `name` says what should be so, `well` whether it is; if not, `reason` says
    what such a client would stumble over, and `address` where.
    """

    role: str
    name: str
    well: bool
    address: str = ""
    reason: str = ""


Checker = Callable[..., Check]
"""Makes a check of one role: name, whether it is well, address, what is wrong."""

Role = Callable[[Visitor], Iterator[Check]]


def checker(role: str) -> Checker:
    """Return what makes the checks of `role`."""

    def check(name: str, well: object, address: str = "", reason: str = "") -> Check:
        return Check(role, name, bool(well), address, "" if well else reason)

    return check
