"""Packages that import what they offer when it is asked for.

One changed release needs little of what eugraph can do, and to load all of it
would take longer than to publish the change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def on_demand(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return what is to be the `__getattr__` of a package (PEP 562).

    `homes` are the modules of its public names. A name is looked up once.
    """

    def look_up(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return look_up
