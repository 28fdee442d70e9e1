"""`/desk`: the pages of the publisher's desk and what their forms do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import BadRequest, Conflict, Forbidden, NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.editions import editions
from eugraph.errors import DataError, ReleaseError, SiteError
from eugraph.facts.corrections.correction import Action
from eugraph.facts.corrections.given import CONCEPTS, COUNTRIES, not_settable
from eugraph.facts.fact import Slot
from eugraph.releases.find import Found
from eugraph.search import Index
from eugraph.server.desk.access import (
    check_form,
    check_person,
    check_place,
    cookie_name,
    derived,
    is_token,
)
from eugraph.server.desk.corrections import FILE, Tried, add, known, remove, written
from eugraph.server.desk.desk import Desk, by_id, go_back, read_corrected
from eugraph.server.desk.facts import discrepancies, groups
from eugraph.server.desk.listing import headline_of, rows_of
from eugraph.server.desk.review import (
    EditionRow,
    Finding,
    Report,
    Where,
    editions_of,
    report_of,
    where_found,
)
from eugraph.server.interface import language
from eugraph.server.source import Source

_LARGEST: Final = 200_000
_MOST_ROWS: Final = 1000
REFUSED: Final = 3
"""The exit code of a build that the gate refused."""


def desk_blueprint(source: Source, desk: Desk) -> Blueprint:
    """Return `/desk` and what is below it, for who holds the token of `desk`."""
    blueprint = Blueprint("desk", __name__, url_prefix="/desk")
    home = f"{source.prefix}desk"
    blueprint.before_request(_guard(desk, home))
    blueprint.after_request(_keep_private)
    _add_pages(blueprint, source, desk)
    _add_deeds(blueprint, source, desk, home)
    return blueprint


def _add_pages(blueprint: Blueprint, source: Source, desk: Desk) -> None:
    """Let `blueprint` show what there is."""

    @blueprint.get("")
    def overview() -> str:
        """Show the newest build, the releases, the corrections and the editions."""
        return _overview(source, desk)

    @blueprint.get("/release/<name>")
    def release(name: str) -> str:
        """Show what was read in a release, and the forms that correct it."""
        return _release(source, desk, name, form=request.args.to_dict())

    @blueprint.get("/build.json")
    def state() -> Response:
        """Say how the build stands."""
        return Response(json.dumps(asdict(desk.builder.state)), mimetype="application/json")


def _add_deeds(blueprint: Blueprint, source: Source, desk: Desk, home: str) -> None:
    """Let `blueprint` do what the forms ask for."""

    @blueprint.post("/corrections")
    def correct() -> BaseResponse | tuple[str, int]:
        """Write a correction."""
        form = request.form.to_dict()
        try:
            add(desk.overrides, form, _tried(desk, form))
        except (DataError, ReleaseError) as error:
            return _release(source, desk, form.get("release", ""), error=error, form=form), 422
        path = f"{home}/release/{quote(form.get('release', ''), safe='')}"
        return redirect(f"{path}{_chosen() or '?'}&kept=1#kept", 303)

    @blueprint.post("/corrections/removal")
    def take_back() -> BaseResponse:
        """Take a correction back that the desk wrote."""
        number = request.form.get("number", type=int) or 0
        try:
            remove(desk.overrides, number, request.form.get("action", ""))
        except DataError as error:
            raise Conflict(str(error)) from error
        return redirect(f"{home}{_chosen()}#corrections", 303)

    @blueprint.post("/builds")
    def build() -> BaseResponse:
        """Start a build."""
        desk.builder.start()
        return redirect(f"{home}{_chosen()}#build", 303)

    @blueprint.post("/editions")
    def serve_again() -> BaseResponse:
        """Serve another edition."""
        number = request.form.get("number", type=int)
        wanted = next((each for each in editions(source.site) if each.number == number), None)
        if wanted is None:
            raise NotFound(f"There is no edition {number}.")
        if desk.builder.state.running:
            raise BadRequest("Wait until the build is done.")
        try:
            go_back(source.site, wanted.number)
        except SiteError as error:
            raise Conflict(str(error)) from error
        return redirect(f"{home}{_chosen()}#editions", 303)


def _tried(desk: Desk, form: Mapping[str, str]) -> Tried:
    """Return what tries corrections on the release of `form`; raises DataError if it names none."""
    files = desk.files()
    for name in filter(None, (form.get("release", ""), form.get("other-release", ""))):
        if name not in files:
            raise DataError(FILE, f"there is no release {name}")
    path = files.get(form.get("release", ""))
    return lambda folder: read_corrected(path, folder)["corrections"] if path else ()


def _guard(desk: Desk, home: str) -> Callable[[], BaseResponse | None]:
    def check() -> BaseResponse | None:
        request.max_content_length = _LARGEST
        check_place(request)
        if request.method == "GET" and "token" in request.args:
            return _exchanged(desk, home)
        check_person(request, desk.token)
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            check_form(request, desk.token)
        return None

    return check


def _exchanged(desk: Desk, home: str) -> BaseResponse:
    """Give the cookie to who brings the token, and let go of the token in the address."""
    if not is_token(request.args["token"], desk.token):
        raise Forbidden("This link is no longer valid; `eugraph up` prints a new one each time.")
    answer = redirect(home, 303)
    answer.set_cookie(
        cookie_name(desk.token),
        derived(desk.token, "cookie"),
        path=home,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _keep_private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _overview(source: Source, desk: Desk) -> str:
    problem, found = "", Found(())
    report, made = report_of(source.site, language()), editions_of(source.site)
    stale = _is_stale(desk, report, made)
    try:
        found = desk.found()
    except ReleaseError as error:
        problem = str(error)
    try:
        corrections = written(desk.overrides)
    except DataError as error:
        corrections, problem = (), str(error)
    left_out = {
        **_left_out(source, desk, stale=stale),
        **{each.name: each.reason for each in (*found.left_out, *found.passed_over)},
    }
    rows = rows_of(source, by_id(found), left_out, language())
    return _page(
        "desk.html",
        desk,
        rows=rows[:_MOST_ROWS],
        more=max(0, len(rows) - _MOST_ROWS),
        problem=problem,
        corrections=corrections,
        own=FILE,
        report=report,
        where=_where(source, report.violations),
        editions=made,
        outcomes=_outcomes(desk),
        newest=made[0] if made else None,
        stale=stale,
        left_out=left_out,
        links=not report.refused,
    )


def _where(source: Source, findings: Sequence[Finding]) -> Mapping[str, Where]:
    """Return where findings belong, as far as what they are about is published."""
    try:
        return where_found(Index(source.edition.search), findings, language())
    except SiteError:
        return {}


def _is_stale(desk: Desk, report: Report, made: Sequence[EditionRow]) -> bool:
    """Tell whether another build came after the last one of the desk: of that nothing is told."""
    state = desk.builder.state
    if state.running or state.code is None:
        return False
    if state.code == 0:
        number = state.record.get("edition")
        return report.refused or (number is not None and any(each.number > number for each in made))
    return state.code == REFUSED and not report.refused


def _left_out(source: Source, desk: Desk, *, stale: bool) -> Mapping[str, str]:
    """Return what the newest build left out, with the reasons: the desk's, or that of the site."""
    record = desk.builder.state.record
    if record and not stale:
        return {each["file"]: each["reason"] for each in record.get("left_out", [])}
    try:
        return source.edition.manifest.left_out
    except SiteError:
        return {}


def _outcomes(desk: Desk) -> Mapping[tuple[str, int], tuple[str, str]]:
    """Return what became of each correction in the last build: by file and number."""
    corrections = desk.builder.state.record.get("corrections", [])
    return {
        (each["file"], each["number"]): (each["outcome"], each["reason"]) for each in corrections
    }


def _release(
    source: Source,
    desk: Desk,
    name: str,
    *,
    error: DataError | ReleaseError | None = None,
    form: Mapping[str, str] | None = None,
) -> str:
    path = desk.files().get(name)
    if path is None:
        raise NotFound(f"There is no release {name}.")
    problem, record = "", None
    try:
        record = desk.read(path)
    except ReleaseError as unreadable:
        problem = str(unreadable)
    report = report_of(source.site, language())
    lang, today = language(), datetime.now(UTC).date().isoformat()
    return _page(
        "desk_release.html",
        desk,
        name=name,
        headline=headline_of(source, name, lang),
        path=path,
        problem=problem,
        record=record,
        groups=groups(record, lang) if record else (),
        discrepancies=discrepancies(record, lang) if record else (),
        findings=(findings := report.of(name)),
        where=_where(source, findings),
        links=not report.refused,
        error=error,
        form=_begun(form or {}),
        kept="kept" in request.args,
        text=_text(source, name),
        slots=[slot for slot in Slot if not not_settable(slot)],
        values=_values(),
        who=_who(desk),
        today=today,
    )


def _begun(form: Mapping[str, str]) -> Mapping[str, str]:
    """Return what a form is to begin with; nothing where no correction was begun."""
    known_actions = set(map(str, Action))
    return form if form.get("action") in known_actions else {}


def _text(source: Source, name: str) -> str:
    """Return the published text of a release, empty if it is not published."""
    try:
        path = source.edition.folder / "texts" / f"{name}.txt"
        return path.read_text(encoding="utf-8")
    except (OSError, SiteError):
        return ""


def _values() -> Mapping[str, tuple[str, ...]]:
    """Return the values that a slot may have, where they are a list."""
    names = known()
    concepts = {
        str(slot): tuple(sorted(names.concepts[scheme])) for slot, scheme in CONCEPTS.items()
    }
    countries = tuple(sorted(names.gazetteer.countries))
    schemes = tuple(sorted(names.gazetteer.schemes))
    return concepts | {str(slot): countries for slot in COUNTRIES} | {"funded-under": schemes}


def _who(desk: Desk) -> str:
    """Return who made the last correction: most likely who sits at the desk."""
    try:
        mine = [each for each in written(desk.overrides) if each.file == FILE]
    except DataError:
        return ""
    return mine[-1].by.who if mine else ""


def _chosen() -> str:
    """Return what keeps the language that the reader chose, if one was chosen."""
    return f"?lang={language()}" if "lang" in request.args else ""


def _page(template: str, desk: Desk, **values: object) -> str:
    return render_template(
        template,
        proof=derived(desk.token, "form"),
        chosen=_chosen(),
        state=desk.builder.state,
        **values,
    )
