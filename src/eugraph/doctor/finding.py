"""What a role looked at, and whether it was well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eugraph.doctor.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    `name` says what should be so, `well` whether it is; if not, `told` says
    what such a client would stumble over, and `address` where.
    """

    role: str
    name: str
    well: bool
    address: str = ""
    told: str = ""


Sayer = Callable[..., Check]
"""Makes a check of one role: name, whether it is well, address, what is wrong."""

Role = Callable[[Visitor], Iterator[Check]]


def sayer(role: str) -> Sayer:
    """Return what makes the checks of `role`."""

    def say(name: str, well: object, address: str = "", told: str = "") -> Check:
        return Check(role, name, bool(well), address, "" if well else told)

    return say
