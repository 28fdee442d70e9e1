"""The home page, and the report of the gate on the edition that is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.editions import Edition
from eugraph.search import Index, lists
from eugraph.server.desk.review import (
    SEVERITIES,
    Finding,
    Report,
    report_of_edition,
    where_found,
)
from eugraph.server.differences import number_before
from eugraph.server.interface import language
from eugraph.server.negotiation import GRAPH_ALIASES
from eugraph.server.overview import overview_sections
from eugraph.server.overview.disputed import disputed_days
from eugraph.server.publication import created
from eugraph.server.representations import RDF_FORMATS, accepted, conditional
from eugraph.server.signposts import signpost_dataset
from eugraph.server.source import Source
from eugraph.server.things.page import localizer_for
from eugraph.vocabulary import IRI_BASE

_COUNTED: Final = ("projects", "organisations", "events", "releases", "discrepancies")
_MOST: Final = 8
_FIRST: Final = 5
"""How many findings of each shape the report begins with."""

_PER_PAGE: Final = 50


def pages_blueprint(source: Source) -> Blueprint:
    """Return `/` and `/report`."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def home() -> BaseResponse:
        """Say what this is, what there is, and how to get it; who asks for RDF is led to that."""
        if accepted(["text/html", *RDF_FORMATS], GRAPH_ALIASES) != "text/html":
            return redirect(f"{source.prefix}catalog", 303)
        edition, lang = source.edition, language()
        index = Index(edition.search)
        newest = {
            name: index.page(lists()[name], language=lang, sort="latest", most=_MOST)
            for name in ("projects", "releases")
        }
        body = render_template(
            "home.html",
            totals=[(n, index.page(lists()[n], language=lang, most=0).total) for n in _COUNTED],
            projects=newest["projects"].entries,
            releases=newest["releases"].entries,
            disputed=disputed_days(source, edition),
            picture=_picture(source, edition, lang),
            localizer=localizer_for(index, set(), lang),
            triples=edition.statistics.triples,
            base_url=source.settings.base_url,
            edition=edition.number,
            before=number_before(source, edition),
            created=created(edition)[:10],
            publisher=source.settings.publisher,
            cited=source.settings.public_url or IRI_BASE,
            href=source.href,
        )
        answer = conditional(body.encode(), "text/html")
        signpost_dataset(answer, source.published())
        return answer

    @blueprint.get("/report")
    def report() -> Response:
        """Show what the gate found in the edition that is served."""
        edition, lang = source.edition, language()
        report = report_of_edition(edition, lang)
        shape, page = request.args.get("shape", ""), request.args.get("page", 1, type=int)
        groups = _groups(report, shape, page)
        findings = [each for group in groups for each in group.findings]
        index = Index(edition.search)
        body = render_template(
            "report.html",
            report=report,
            groups=groups,
            shape=shape,
            page=page,
            localizer=localizer_for(index, {each.focus for each in findings}, lang),
            where=where_found(index, findings, lang),
            href=source.href,
        )
        return conditional(body.encode(), "text/html")

    return blueprint


@dataclass(frozen=True, slots=True)
class Group:
    """What the report shows of the findings of one shape, of `total`; `pages` of them all."""

    severity: str
    shape: str
    total: int
    findings: tuple[Finding, ...]
    pages: int


def _groups(report: Report, shape: str, page: int) -> tuple[Group, ...]:
    """Return the first findings of every shape; or of one `shape` those of a page.

    Raises NotFound if there is no such page.
    """
    start, end = (_PER_PAGE * (page - 1), _PER_PAGE * page) if shape else (0, _FIRST)
    groups = tuple(
        Group(
            severity,
            name,
            len(found),
            tuple(each.read() for each in found[start:end]),
            -(-len(found) // _PER_PAGE),
        )
        for severity in SEVERITIES
        for name, found in report.by_shape(severity).items()
        if shape in {"", name}
    )
    if start < 0 or (shape and not any(each.findings for each in groups)):
        raise NotFound(f"There is no page {page} of {shape}.")
    return groups


def _picture(source: Source, edition: Edition, lang: str) -> Markup:
    section = overview_sections(source, edition, lang)[0]
    return section.picture if section.rows else Markup()
