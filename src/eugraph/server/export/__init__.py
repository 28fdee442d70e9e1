"""The site as files for any plain web host, at the same addresses.

The application itself is asked for every page and file, as a browser and a
crawler would: there is no second way to make them. What is asked begins with
everything that was published, and goes on with what its pages link to. One
edition is asked throughout, whatever is published meanwhile.

`/doc/project/x` becomes `doc/project/x/index.html`, `/doc/project/x.ttl` a file
of that name; an address that leads to another becomes a page that leads there.
What needs a server (queries, search) is a page that says so. A plain host does
not look at what follows `?`: the further pages of a list, `projects?page=2`, are
at `projects/page/2/`, and its pages lead there. Search, facets and what else would
lead to another page than it says are left out.

A file that an earlier export in the same folder has, byte for byte, stays that
file, with its time: what copies a folder to a host takes what changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from eugraph.editions import current
from eugraph.errors import SiteError
from eugraph.processes import conversations
from eugraph.server.export.addresses import LIVE, published
from eugraph.server.export.asking import Task, answer, asker
from eugraph.server.export.crawl import Crawl, Progress, alone, together
from eugraph.server.export.folder import replacing
from eugraph.settings import Settings

__all__ = ["LIVE", "MARK", "Exported", "export_site"]

MARK: Final = "eugraph-export.json"
"""The file by which an export is known; a folder without it is not replaced."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: how many files of which edition, and what is not in it.

    `live` are addresses that need a server, `missing` those that a page links
    to and that are not there, with the status.
    """

    edition: int
    files: int
    live: tuple[str, ...]
    missing: tuple[str, ...]


def export_site(
    site: Path, folder: Path, settings: Settings, progress: Progress, *, workers: int = 1
) -> Exported:
    """Write what is published on `site` into `folder`, in place of an export that is there.

    So many processes as there are `workers` ask and write. The folder is
    replaced in whole, at the end. Raises `SiteError` if nothing is published,
    or if there is something else in the folder.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise SiteError(f"{folder} holds something else; name a new folder or an empty one.")
    edition = current(site)
    crawl = Crawl(published(edition))
    with replacing(folder) as new:
        task = Task(site, edition, settings, new, folder)
        if workers > 1:
            with conversations(workers, partial(answer, task)) as lines:
                together(crawl, lines, progress)
        with asker(task) as own:
            alone(crawl, own, progress)
            notices = own.write_live_notices(crawl.live)
        about = {"edition": edition.number, "created": edition.manifest.created}
        (new / MARK).write_text(json.dumps(about) + "\n", encoding="utf-8")
        # Without it GitHub's host leaves out what begins with a dot, such as `.well-known`.
        (new / ".nojekyll").touch()
    files = crawl.written + notices
    return Exported(edition.number, files, tuple(sorted(crawl.live)), crawl.missing)
