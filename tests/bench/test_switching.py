"""A switch of editions is seen by no request: none fails, none is answered from two."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

COMMAND = Path(__file__).parents[2] / "bench" / "switching.py"


def test_editions_are_switched_under_load_without_a_failed_or_a_mixed_answer() -> None:
    command = [sys.executable, str(COMMAND), "--times", "15", "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)

    told = json.loads(done.stdout)
    assert (told["failed"], told["mixed"]) == (0, 0), told["examples"]
    assert told["addresses that differ"] >= 5
    assert told["requests"] >= 2 * told["clients"] * told["switches"]
