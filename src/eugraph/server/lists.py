"""Lists with facets: `/projects` and its like, as page, CSV and RDF, with the query behind."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.editions import Edition
from eugraph.search import Choice, Index, Listed, Page, lists, query_of, short_query_of
from eugraph.server.addresses import compact, expand
from eugraph.server.interface import has_message, language
from eugraph.server.negotiation import GRAPH_ALIASES
from eugraph.server.overview.disputed import Disputed, disputed_days
from eugraph.server.paging import page_number
from eugraph.server.representations import (
    RDF_FORMATS,
    add_links,
    choose,
    conditional,
    serialized,
)
from eugraph.server.source import Source
from eugraph.server.things.localizer import Localizer
from eugraph.server.things.page import localizer_for
from eugraph.vocabulary import PROLOGUE

_OFFERED: Final = ["text/html", "text/csv", *RDF_FORMATS]
_FORMS: Final = {
    "csv": "text/csv",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
_PER_PAGE: Final = 25
_MOST_CHOICES: Final = 12
_ALL_CHOICES: Final = 500
_MOST_VALUES: Final = 6
_BATCH: Final = 200
_MOST_CHOSEN: Final = 50

_ASKED: Final = ("sort", "page", "wide", "format", "lang")
"""What the address of a list may tell beside its facets."""

_FORMER_SORTS: Final = {"begin": "latest", "-begin": "earliest"}
"""What kinds of sorting were called in addresses before, and are called now."""


@dataclass(frozen=True, slots=True)
class View:
    """A list as somebody asks for it: narrowed by facets, sorted, one page of it."""

    listed: Listed
    chosen: tuple[tuple[str, str], ...]
    sort: str
    page: int
    wide: str

    def address(self, **changes: object) -> str:
        """Return the parameters of this view's address with `changes` made; `chosen` is one."""
        chosen = changes.get("chosen", self.chosen)
        assert isinstance(chosen, tuple)  # noqa: S101  # ours alone
        parameters: list[tuple[str, object]] = [(name, compact(value)) for name, value in chosen]
        sort, page = changes.get("sort", self.sort), changes.get("page", 1)
        parameters += [("sort", sort)] if sort != self.listed.sorts[0] else []
        parameters += [("page", page)] if page != 1 else []
        parameters += [("wide", wide)] if (wide := changes.get("wide")) else []
        parameters += [("format", form)] if (form := changes.get("format")) else []
        return f"?{urlencode(parameters)}" if parameters else "?"

    def without(self, facet: str, value: str) -> str:
        """Return the address with one narrowing taken back."""
        return self.address(chosen=tuple(each for each in self.chosen if each != (facet, value)))

    def narrowed(self, facet: str, value: str) -> str:
        """Return the address with one narrowing more."""
        return self.address(chosen=(*self.chosen, (facet, value)))


def lists_blueprint(source: Source) -> Blueprint:
    """Return `/projects`, `/organisations` and so on, each with its extensions."""
    blueprint = Blueprint("lists", __name__)
    names, forms = ", ".join(lists()), ", ".join(_FORMS)

    @blueprint.get(f"/<any({names}):name>")
    @blueprint.get(f"/<any({names}):name>.<any({forms}):extension>")
    def of(name: str, extension: str = "") -> BaseResponse:
        """Return a list, narrowed by the parameters that name its facets."""
        view = _view(lists()[name])
        form = request.args.get("format", "")
        if request.args.get("sort") in _FORMER_SORTS:
            address = view.address(page=view.page, wide=view.wide, format=form)
            kept = f"&lang={language()}" if "lang" in request.args else ""
            return redirect(f"{source.prefix}{request.path[1:]}{address}{kept}", 301)
        form = _FORMS.get(extension) or _FORMS.get(form, "")
        media_type = form or choose(_OFFERED, GRAPH_ALIASES)
        edition = source.edition
        index = Index(edition.search)
        match media_type:
            case "text/csv":
                body = _csv(view, index, disputed_days(source, edition), language())
            case "text/html":
                body = _html(view, index, source, edition)
            case _:
                body = serialized(_lines(view, index, source, edition), media_type)
        answer = conditional(body, media_type)
        answer.headers["Link"] = _alternates(source.prefix + name, view, but=media_type)
        if media_type == "text/csv":  # another table than the download of that name
            answer.headers["Content-Disposition"] = f'inline; filename="{name}-list.csv"'
            add_links(answer, (f"{source.prefix}download/latest/{name}.csv", "related"))
        return answer

    return blueprint


def _alternates(path: str, view: View, *, but: str) -> str:
    """Return the Link header of a list: the same view in its other forms (RFC 8288)."""
    return ", ".join(
        f'<{path}{view.address(format=form)}>; rel="alternate"; type="{media_type}"'
        for form, media_type in _FORMS.items()
        if media_type != but
    )


def _view(listed: Listed) -> View:
    """Return the view that the parameters ask for; raises BadRequest for one that tells nothing."""
    known = [*listed.facets, *_ASKED]
    for name in request.args:
        if name not in known:
            raise BadRequest(f"This list has no {name[:40]!r}; it has {', '.join(known)}.")
    chosen = [
        (name, expand(value))
        for name, value in request.args.items(multi=True)
        if name in listed.facets and value
    ]
    if len(chosen) > _MOST_CHOSEN:
        raise BadRequest(
            f"A list is narrowed by at most {_MOST_CHOSEN} values; these are {len(chosen)}."
        )
    asked = request.args.get("sort", "")
    sort = _one_of("sort", _FORMER_SORTS.get(asked, asked), listed.sorts)
    _one_of("format", request.args.get("format", ""), tuple(_FORMS))
    wide = request.args.get("wide", "")
    return View(listed, tuple(dict.fromkeys(chosen)), sort, page_number(), wide)


def _one_of(name: str, given: str, known: Sequence[str]) -> str:
    """Return the value of a parameter, the first that is known if nothing; raises BadRequest."""
    if given and given not in known:
        raise BadRequest(f"{name} is one of {', '.join(known)}, not {given[:40]!r}.")
    return given or known[0]


def _html(view: View, index: Index, source: Source, edition: Edition) -> bytes:
    lang = language()
    first = (view.page - 1) * _PER_PAGE
    page = index.page(
        view.listed, view.chosen, language=lang, sort=view.sort, first=first, most=_PER_PAGE
    )
    if first and first >= page.total:
        raise NotFound(f"There is no page {view.page}.")
    choices = index.choices(view.listed, view.chosen, language=lang, most=_ALL_CHOICES)
    values = index.values(view.listed, (e.iri for e in page.entries), language=lang)
    iris = {each.value for several in choices.values() for each in several}
    iris |= {value for _, value in view.chosen}
    localizer = localizer_for(index, iris, lang)
    body = render_template(
        "list.html",
        view=view,
        page=page,
        pages=-(-page.total // _PER_PAGE),
        choices=_shortened(choices, view),
        values=_in_words(values, localizer),
        disputed=disputed_days(source, edition),
        localizer=localizer,
        label=lambda facet: _label(localizer, view.listed, facet),
        named=lambda value: _named(localizer, value),
        shown=lambda facet, names: _shown(localizer, facet, names),
        strange=index.strange(view.listed, view.chosen),
        short_query=short_query_of(view.listed, view.chosen, language=lang),
        query=query_of(view.listed, view.chosen, view.sort, language=lang),
        path=source.prefix + view.listed.name,
        href=source.href,
    )
    return body.encode()


def _shortened(
    choices: Mapping[str, tuple[Choice, ...]], view: View
) -> Mapping[str, tuple[tuple[Choice, ...], int]]:
    """Return the first choices of each facet and how many more there are; all of a wide one."""
    return {
        name: (
            several[: (most := _ALL_CHOICES if name == view.wide else _MOST_CHOICES)],
            max(0, len(several) - most),
        )
        for name, several in choices.items()
    }


def _label(localizer: Localizer, listed: Listed, facet: str) -> str:
    """Return what a facet is called: of some lists it means something of its own."""
    own = f"facet.{facet}-{listed.name}"
    return localizer.translate(own if has_message(localizer.language, own) else f"facet.{facet}")


def _named(localizer: Localizer, value: str) -> str:
    """Return what the value of a facet is called."""
    if value in {"with", "without"}:
        return localizer.translate(f"facet.{value}")
    return localizer.name(value) if ":" in value else value


def _shown(localizer: Localizer, facet: str, names: Sequence[str]) -> str:
    """Return the values of a facet as a row shows them."""
    if facet == "discrepancies":
        names = [localizer.translate(f"facet.{name}") for name in names]
    left = len(names) - _MOST_VALUES
    shown = (" / " if facet == "title" else ", ").join(names[:_MOST_VALUES])
    return f"{shown}, {localizer.translate('list.more', count=left)}" if left > 0 else shown


def _in_words(
    values: Mapping[str, Mapping[str, tuple[str, ...]]], localizer: Localizer
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return names of values; what has none in the index is called by its IRI there."""
    return {
        iri: {
            facet: tuple(
                localizer.name(name) if name.startswith("http") else name for name in names
            )
            for facet, names in facets.items()
        }
        for iri, facets in values.items()
    }


def _csv(view: View, index: Index, disputed: Mapping[str, Disputed], lang: str) -> bytes:
    """Return every row of a view: what it is, its days, what the shown facets call it.

    Where releases disagree on a day, every day that they give is there.
    """
    page = _all(view, index, lang)
    values = index.values(view.listed, (each.iri for each in page.entries), language=lang)
    values = _in_words(values, localizer_for(index, (), lang))
    facets = [each.name for each in view.listed.facets.values() if each.shown or each.brief]
    days = ["begin", "end"] if view.listed.begin else []
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(["iri", "name", *days, *facets])
    for each in page.entries:
        mine = values.get(each.iri, {})
        cells = ["; ".join(mine.get(facet, ())) for facet in facets]
        at_odds = disputed.get(each.iri, {})
        term = ["; ".join(at_odds.get(day) or (getattr(each, day),)) for day in days]
        writer.writerow([each.iri, each.name, *term, *cells])
    return output.getvalue().encode()


def _lines(view: View, index: Index, source: Source, edition: Edition) -> list[str]:
    """Return what the default graph says of every thing of a view, as sorted N-Triples."""
    iris = [each.iri for each in _all(view, index, "en").entries]
    lines = {line for batch in _batches(iris) for line in source.graph(edition, _described(batch))}
    return sorted(lines)


def _all(view: View, index: Index, lang: str) -> Page:
    return index.page(view.listed, view.chosen, language=lang, sort=view.sort, most=-1)


def _described(iris: Iterable[str]) -> str:
    values = " ".join(f"<{iri}>" for iri in iris)
    return f"{PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"


def _batches(iris: list[str]) -> Iterable[list[str]]:
    return (iris[start : start + _BATCH] for start in range(0, len(iris), _BATCH))
