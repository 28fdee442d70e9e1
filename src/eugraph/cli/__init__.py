"""The command line: read the arguments, call one verb of the house, print.

Each verb is one function in `verbs`; tables for people are made in `tables`.
Only this package imports click and rich. Verbs import what they need when
they run, so that `eugraph --help` stays fast.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the gate refused.
"""

from __future__ import annotations

from eugraph.cli.main import main

__all__ = ["main"]
