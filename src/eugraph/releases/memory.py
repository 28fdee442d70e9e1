"""What hosts said of the versions they sent, remembered in the folder they were saved in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from eugraph.errors import ReleaseError
from eugraph.releases.web import Validators

_NAME = ".fetched.json"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a host said of a version, and the file it was saved as; a feed has none."""

    validators: Validators
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """The last visits by address, written down after each; read from one file of a folder."""

    path: Path
    visits: dict[str, Visit]

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Return what is remembered in `folder`, perhaps nothing.

        Raises `ReleaseError` naming the file if it is damaged.
        """
        path = folder / _NAME
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
            visits = {
                url: Visit(Validators(entry["etag"], entry["last_modified"]), entry["file"])
                for url, entry in entries.items()
            }
        except FileNotFoundError:
            visits = {}
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            reason = "is damaged; remove it, and all will be fetched anew"
            raise ReleaseError(str(path), reason) from error
        return cls(path, visits)

    def visit(self, url: str) -> Visit | None:
        """Return the last visit to `url`."""
        return self.visits.get(url)

    def keep(self, url: str, visit: Visit) -> None:
        """Remember `visit` as the last one to `url`."""
        self.visits[url] = visit
        entries = {
            address: {
                "etag": kept.validators.etag,
                "last_modified": kept.validators.last_modified,
                "file": kept.file,
            }
            for address, kept in sorted(self.visits.items())
        }
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(entries, indent=1, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self.path)
