"""The releases as the desk lists them: by headline, with what became of each file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eugraph.editions import Edition
from eugraph.errors import SiteError
from eugraph.search import Index
from eugraph.server.source import Source
from eugraph.vocabulary import IRI_BASE

_WITH_PROJECT = "SELECT DISTINCT ?release WHERE { ?release <%sontology#aboutProject> ?project }"


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release: its id, headline and file; why it is `not_read`, if it is not.

    `published` tells whether the edition that is served has it, `projects`
    whether a project was found in it.
    """

    name: str
    headline: str
    file: str
    not_read: str = ""
    published: bool = True
    projects: bool = True


def rows_of(
    source: Source, files: Mapping[str, Path], left_out: Mapping[str, str], language: str
) -> tuple[ReleaseRow, ...]:
    """Return the releases of `files` (by id), and what was left out (file → reason), by headline.

    What is not read comes first: there is something to do. Of `left_out`, what
    is gone by now is no row, nor is metadata that was not taken.
    """
    edition = _edition(source)
    names = _names(edition, files, language)
    with_projects = _with_projects(source, edition)
    rows = [
        ReleaseRow(
            name,
            names.get(name, ""),
            path.name,
            left_out.get(str(path), ""),
            name in names,
            name not in names or name in with_projects,
        )
        for name, path in files.items()
    ]
    known = {str(path) for path in files.values()}
    rows += [
        ReleaseRow("", "", Path(file).name, reason, published=False)
        for file, reason in left_out.items()
        if file not in known and not file.endswith(".toml") and Path(file).exists()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.not_read, row.headline, row.file)))


def headline_of(source: Source, name: str, language: str) -> str:
    """Return the headline of a release as it is published, empty if it is not."""
    return _names(_edition(source), [name], language).get(name, "")


def _edition(source: Source) -> Edition | None:
    try:
        return source.edition
    except SiteError:
        return None


def _names(edition: Edition | None, ids: Iterable[str], language: str) -> Mapping[str, str]:
    if edition is None:
        return {}
    iris = [f"{IRI_BASE}id/release/{name}" for name in ids]
    names = Index(edition.search).names(iris, language=language)
    return {iri.rpartition("/")[2]: name for iri, (name, _) in names.items()}


def _with_projects(source: Source, edition: Edition | None) -> set[str]:
    if edition is None:
        return set()
    rows = source.rows(edition, _WITH_PROJECT % IRI_BASE)
    return {row["release"]["value"].rpartition("/")[2] for row in rows}
