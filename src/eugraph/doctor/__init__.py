"""Looks at a running server as its users will: `eugraph doctor URL`.

Each role plays one kind of client, by plain requests and nothing else: it
knows the addresses that the product promises and what such clients were seen
to stumble over, and tells what it met. It asks one thing at a time, at most a
set number of things, and only addresses that begin with the one it was given.
It sees the server from outside alone, so any other server can be looked at.
"""

from __future__ import annotations

from eugraph.doctor.examination import ROLES, Examination, examine
from eugraph.doctor.finding import Check
from eugraph.doctor.visitor import Bounds

__all__ = ["ROLES", "Bounds", "Check", "Examination", "examine"]
