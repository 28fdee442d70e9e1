"""The main job itself: `build`, from the releases to what is served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from eugraph.editions import (
    Edition,
    current,
    editions,
    let_go,
    locked,
    new_draft,
    new_dumps,
    work_beside,
)
from eugraph.errors import ReleaseError, SiteError
from eugraph.facts.claim import Claimant
from eugraph.facts.collection import seldom_collected
from eugraph.pipeline.built import Built, Options
from eugraph.pipeline.inputs import Inputs, take
from eugraph.pipeline.material import base_of, gather
from eugraph.pipeline.reading import Progress, silent
from eugraph.pipeline.stamps import read_stamps
from eugraph.validation import Verdict


@seldom_collected()
def build(  # noqa: PLR0913  # a keyword for each choice
    paths: Iterable[Path],
    site: Path,
    *,
    strict: bool = False,
    workers: int = 1,
    claimant: Claimant | None = None,
    overrides: Path | None = None,
    allow_shrink: bool = False,
    shrink_share: float = 0.5,
    keep: int = 10,
    progress: Progress = silent,
) -> Built:
    """Read the releases at `paths` and publish what they say as the next edition of `site`.

    Only what changed since the edition before is read, described and checked
    again; the outcome is that of a build from nothing with the same register.
    Where nothing changed, nothing is published. The dumps follow the switch.

    With a `claimant`, what it claims besides is kept as candidates. The folder
    `overrides` holds a person's corrections, which stand whatever was read.
    With `strict` the first file that cannot be read ends the build. The `keep`
    newest editions stay whole. Raises `ReleaseError` for a file that cannot be
    read, or if nothing could be read at all, `DataError` if a correction is
    malformed, `ShrinkError` if more than `shrink_share` of the published
    releases vanished and that is not allowed, and `SiteError` if another build
    of the site is running. If the gate refuses, the result has no edition and
    nothing published has changed.
    """
    options = Options(strict, workers, allow_shrink, shrink_share, keep)
    stamps = read_stamps(site)
    inputs = take(paths, site, overrides=overrides, claimant=claimant, stamps=stamps)
    if strict and inputs.passed_over:
        raise inputs.passed_over[0]
    if unchanged := _unchanged(inputs, site, options):
        with locked(site):
            stamps.write(site)
            _complete(site, progress)
        return unchanged
    with new_draft(site) as draft, work_beside(draft) as files:
        base = base_of(site, inputs)
        if base.edition:
            files.begin(base.edition, made_of_it=bool(base.workings.releases))
        material = gather(inputs, site, base, options, progress)
        progress("telling things apart", 0, 1)
        from eugraph.pipeline.making import make  # reading has loaded most of what that needs

        built = make(draft, base, material, files, options, progress)
        stamps.write(site)
        if built.edition:
            _complete(site, progress)
            let_go(site, options.keep)
    return replace(built, left_out=(*built.left_out, *inputs.passed_over))


def is_current(
    paths: Iterable[Path],
    site: Path,
    claimant: Claimant | None = None,
    overrides: Path | None = None,
) -> bool:
    """Tell whether `site` serves what this program makes of these releases and corrections."""
    return _is_of(take(paths, site, overrides=overrides, claimant=claimant), site)


def _is_of(inputs: Inputs, site: Path) -> bool:
    """Tell whether what is served is what comes of these inputs.

    Who went back to an older edition did so knowing what the newest was made
    of: as long as that is all there is, what is served stays.
    """
    try:
        manifest = current(site).manifest
    except SiteError:
        return False
    if manifest.copy_of is not None:
        built = (each.manifest for each in reversed(editions(site)))
        manifest = next((each for each in built if each.copy_of is None), manifest)
    return (manifest.inputs, manifest.program) == (inputs.digests, inputs.made_by)


def _unchanged(inputs: Inputs, site: Path, options: Options) -> Built | None:
    """Return what there is to tell if the edition that is served is of these inputs."""
    if not _is_of(inputs, site):
        return None
    edition = current(site)
    manifest = edition.manifest
    if manifest.to_try_again or (options.strict and manifest.left_out):
        return None
    left_out = tuple(ReleaseError(name, why) for name, why in manifest.left_out.items())
    releases = tuple(each.id for each in inputs.sources if str(each.path) not in manifest.left_out)
    left_out = (*left_out, *inputs.passed_over)
    return Built(edition, Verdict(()), (), releases, left_out, changed=False)


def _complete(site: Path, progress: Progress) -> None:
    """Write the dumps of the edition that is served, and its report as Turtle, if not there."""
    from eugraph.dumps import made_of, write_dumps
    from eugraph.pipeline.keeping import complete_report
    from eugraph.store import Store

    edition = current(site)
    progress("writing dumps", 0, 1)
    complete_report(edition)
    if not edition.dumps.exists():
        with new_dumps(edition) as folder:
            base = _dumped_before(site, edition)
            before = made_of(base.dumps, _other_graphs(base, edition)) if base else None
            write_dumps(folder, edition.graphs, Store.read_only(edition.store), before)


def _dumped_before(site: Path, edition: Edition) -> Edition | None:
    """Return the edition whose files those of `edition` can be made of, if there is one.

    That is the newest that has some, if this program made it and all of it is there.
    """
    earlier = (each for each in reversed(editions(site)) if each.number < edition.number)
    base = next((each for each in earlier if each.dumps.exists()), None)
    if base is None or not base.whole or base.manifest.program != edition.manifest.program:
        return None
    return base


def _other_graphs(base: Edition, edition: Edition) -> Mapping[str, tuple[str, str]]:
    """Return the graphs that differ, as they were and as they are: those that are other files."""
    names = {*base.graph_names, *edition.graph_names}
    other = (name for name in sorted(names) if not base.shares(name, edition))
    return {name: (base.graph(name), edition.graph(name)) for name in other}
