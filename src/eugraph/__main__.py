"""`python -m eugraph` is the `eugraph` command."""

from __future__ import annotations

from eugraph.cli import main

main()
