"""Role readings: that an organisation leads a project or is its partner, with the words."""

from __future__ import annotations

from msgspec import Struct

from eugraph.facts.organisations.named import NamedOrganisation

LEAD, PARTNER = "lead-partner", "partner"


class RoleReading(Struct, frozen=True):
    """That an organisation has a role, with the words `first:last` that say so."""

    organisation: NamedOrganisation
    role: str
    first: int
    last: int
    score: float
    rule: str
