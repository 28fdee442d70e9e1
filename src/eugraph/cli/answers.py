"""The answers to queries as tables."""

from __future__ import annotations

import csv
import io

from rich.table import Table

from eugraph.store import Answer


def answer_view(answer: Answer) -> Table | str:
    """Return solutions as a table, a boolean as a word. Reads the answer, once."""
    output = io.BytesIO()
    answer.serialize("text/csv", output)
    text = output.getvalue().decode()
    if text.strip() in {"true", "false"}:
        return text.strip()
    variables, *rows = csv.reader(io.StringIO(text))
    table = Table(*variables, header_style="bold")
    for row in rows:
        table.add_row(*row)
    return table
