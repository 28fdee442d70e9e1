"""An edition as files for download: whole, by type of thing, and as tables.

Every file is made of the same sorted lines, so equal graphs give equal bytes
in every format, whatever the hash seed: a harvester that compares sees real
changes only. No clock, edition number, machine or address stands in a file.
"""

from __future__ import annotations

from eugraph.dumps.files import Dump, made_of, read_dumps, sums, write_dumps
from eugraph.dumps.graphs import (
    MEDIA_TYPES,
    STATEMENTS,
    STEM,
    release_lines,
    write_dump,
    write_statements,
)
from eugraph.dumps.tables import TABLES, table_titles, write_table

__all__ = [
    "MEDIA_TYPES",
    "STATEMENTS",
    "STEM",
    "TABLES",
    "Dump",
    "made_of",
    "read_dumps",
    "release_lines",
    "sums",
    "table_titles",
    "write_dump",
    "write_dumps",
    "write_statements",
    "write_table",
]
