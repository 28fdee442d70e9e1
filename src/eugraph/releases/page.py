"""A web page → the text of its release.

Trafilatura tells the release from menus, cookie bars and footers. The text is
its blocks, one to a line, as a browser would show them: white space collapsed,
list items behind a dash, the cells of a row apart by tabs.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from operator import itemgetter

import regex
from lxml import etree, html
from trafilatura import extract

from eugraph.errors import ReleaseError
from eugraph.releases.language import ENOUGH_LETTERS, letters
from eugraph.releases.limits import Limits
from eugraph.releases.page_metadata import page_metadata
from eugraph.releases.release import Metadata

logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# What an element puts before and after its content.
_BLOCK = ("\n\n", "\n\n")
_CELL = ("\t", "\t")
_BREAKS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("article", "aside", "footer", "header", "main", "nav", "section"), _BLOCK),
    **dict.fromkeys(("body", "center", "details", "div", "fieldset", "figure", "form"), _BLOCK),
    **dict.fromkeys(("address", "blockquote", "p", "pre", "summary", "caption", "hr"), _BLOCK),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "figcaption"), _BLOCK),
    **dict.fromkeys(("dl", "ol", "table", "ul"), _BLOCK),
    **dict.fromkeys(("br", "dd", "dt", "tr"), ("\n", "")),
    "li": ("\n- ", ""),
    "td": _CELL,
    "th": _CELL,
}
_FRAME = ("aside", "footer", "form", "nav")
_UNSEEN = ("head", "iframe", "noscript", "object", "script", "select", "style", "svg", "template")

_WHITE_SPACE = regex.compile(r"[ \t\n\r\f]+")
_TITLE_PARTS = regex.compile(r"\s+(?:[|»·–—-]|::)\s+")
_DECLARED = regex.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", regex.I)
_ENCODING = regex.compile(r"""(<meta[^>]{0,200}charset\s*=\s*["']?\s*)[\w.:-]{2,40}""", regex.I)
_TAG = regex.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^<>]*+>", regex.I | regex.S)
_HEAD = "html|head|meta|title|link|script|style|base|noscript|template"
_CONTENT = regex.compile(rf"</head\b[^<>]*+>|<(?!/|(?:{_HEAD})\b)(?=[a-z])", regex.I)
_CONTAINERS = regex.compile(
    r"</?(?:article|center|div|font|main|section|span|table|tbody|td|tr)\b[^<>]*+>", regex.I
)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding a page declares in its first 1,024 bytes (HTML, section 13.2.3.2)."""
    match = _DECLARED.search(data[:1024])
    return match[1].decode("ascii", "replace") if match else None


def read_page(source: str, name: str, limits: Limits) -> tuple[str, Metadata]:
    """Return the text of the release in the page `source`, and what the page says of it.

    What stands more than 255 tags deep is read without the containers it stands in.

    Raises `ReleaseError` under `name` for a page without text or with too many tags.
    """
    tags = source.count("<")
    if tags > limits.tags:
        reason = f"has {tags:,} tags; a page may have {limits.tags:,}: save its text alone"
        raise ReleaseError(name, reason)
    source = _with_body(_ENCODING.sub(r"\1utf-8", source))  # decoded by now, whatever it says
    try:
        page = _parsed(source)
        if not letters(page.text_content()):
            source = _CONTAINERS.sub("\n", source)
            page = _parsed(source)
    except etree.ParserError as error:
        raise ReleaseError(name, "has no text in it; save the page again") from error
    if not letters(page.text_content()) and letters(_TAG.sub(" ", source)):
        reason = "holds text that no browser shows, or more nested tags than one reads"
        raise ReleaseError(name, f"{reason}: save its text alone")
    return _titled(_main_text(source, page), page), page_metadata(page)


def _with_body(source: str) -> str:
    """Return a page with the tag of its body, that HTML lets out: libxml2 knows no `article`."""
    if regex.search(r"<(?:body|frameset)\b", source, regex.I):
        return source
    content = _CONTENT.search(source)
    if content is None:
        return source
    at = content.end() if content[0].startswith("</") else content.start()
    return f"{source[:at]}<body>{source[at:]}"


def text_of(page: html.HtmlElement) -> str:
    """Return the text of all blocks of `page` but for its frame and what is not shown."""
    page = copy.deepcopy(page)
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    etree.strip_elements(page, *_UNSEEN, *_FRAME, with_tail=False)
    pieces = []
    cells = 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        tag = str(element.tag)
        before, after = _BREAKS.get(tag, ("", ""))
        if tag in {"td", "th"} and _is_layout(element):
            before, after = _BLOCK
        elif tag in {"td", "th"}:
            cells += 1 if event == "start" else -1
        elif cells and before:
            before = after = " "
        if event == "start":
            pieces += [before, _collapsed(element.text)]
        else:
            pieces += [after, _collapsed(element.tail)]
    return _tidy("".join(pieces))


def _is_layout(cell: html.HtmlElement) -> bool:
    """Tell whether a table cell holds a part of the page rather than an entry."""
    return sum(1 for _ in cell.iter("p", "div", "table", "li", "h1", "h2", "h3")) > 1


def _collapsed(text: str | None) -> str:
    return _WHITE_SPACE.sub(" ", text or "")


def _tidy(text: str) -> str:
    """Return `text` with at most one blank line, space or tab where there were several."""
    text = regex.sub(r" *\t[ \t]*", "\t", text)
    text = regex.sub(r"[ \t]*\n[ \t]*", "\n", text)
    text = regex.sub(r"(?<=^|\n)-\n+(?!-)", "- ", text)
    text = regex.sub(r"(?<=^|\n)-\n+", "", text)
    text = regex.sub(r"\n{3,}", "\n\n", text)
    return regex.sub(r" {2,}", " ", text).strip()


def _parsed(source: str) -> html.HtmlElement:
    # As bytes: lxml refuses a string that declares its encoding.
    return html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))


def _main_text(source: str, page: html.HtmlElement) -> str:
    """Return the text of the release without its page, as trafilatura sees it; all if unsure."""
    release = extract(source, output_format="html", include_comments=False, favor_recall=True)
    text = text_of(_parsed(release)) if release else ""
    whole = text_of(page)
    return _in_order(text, whole) if letters(text) >= ENOUGH_LETTERS else whole


def _in_order(text: str, whole: str) -> str:
    """Return the lines of `text` in their order in `whole`.

    Trafilatura appends what it finds in a second search, such as a title in a
    `div`; but what stands first on a page is what the release is about.
    """
    places: dict[str, list[int]] = {}
    for place, line in enumerate(whole.split("\n")):
        places.setdefault(line, []).append(place)
    last = -1
    placed = []
    for line in text.split("\n"):
        known = places.get(line, [last]) if line else [last]
        last = next((place for place in known if place > last), known[0])
        placed.append((last, line))
    return _tidy("\n".join(line for _, line in sorted(placed, key=itemgetter(0))))


def _titled(text: str, page: html.HtmlElement) -> str:
    """Return `text` with the title of the page before it, unless it begins with that."""
    title = _title(page)
    return text if title in _collapsed(text[: 3 * len(title) + 300]) else f"{title}\n\n{text}"


def _title(page: html.HtmlElement) -> str:
    """Return the title of what `page` is about, without the name of its site.

    That is its only top heading, what it declares to those who link to it, or
    the longest part of the window's title that stands on the page as a line.
    """
    headings = [_collapsed(heading.text_content()).strip() for heading in page.iter("h1")]
    declared = [str(value) for value in page.xpath("//meta[@property='og:title']/@content")]
    shown = set(text_of(page).split("\n"))
    parts = _TITLE_PARTS.split(_collapsed(page.findtext(".//title")).strip())
    candidates = [
        *(headings if len(headings) == 1 else []),
        *declared,
        *sorted(shown.intersection(parts), key=len, reverse=True),
    ]
    return _collapsed(next(filter(str.strip, candidates), "")).strip()
