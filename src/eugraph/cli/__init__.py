"""The command line: read the arguments, call one verb of the house, print.

Each verb is one function (`publishing`, `serving`, `reading`, `querying`, `history` …).
What people see is made in `tables`, `reports` and `edition_tables`, called by
the names in `labels`; what programs see in `records`.
Only this package imports click and rich. Verbs import what they need when
they run, so that `eugraph --help` stays fast.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the gate refused.
"""

from __future__ import annotations

from eugraph.cli.main import main

__all__ = ["main"]
