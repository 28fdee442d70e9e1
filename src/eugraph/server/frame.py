"""What surrounds every page: its language, the menu, and the other languages to read it in.

A reader's language is that of the `lang` parameter, else the best that
`Accept-Language` asks for. Who chose a language keeps it: every link on a page
that was asked for with `lang` leads on with it. So no cookie is needed, each
address has one content for one reader, and caches may keep it (`Vary`).
"""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import quote, urlencode

from flask import Flask, Response, request

from eugraph.releases.licence import licence_at
from eugraph.search import lists
from eugraph.server.interface import LANGUAGES, has_message, language, translator
from eugraph.server.source import Source

MENU: Final = ("overview", "sparql")
"""The pages that every page leads to."""

EXPORTED: Final = "EXPORTED"
"""Set where pages are written as files: what needs a server is left out of them."""

_NO_PAGE: Final = re.compile(
    r"static/|download/(?!$|\w+/$|\d+/diff/\d+$)|sparql\?|catalog|\.well-known/|oai|feed"
)
_LINK: Final = re.compile(r'(<a [^<>]*?href=")(/[^"#]*)(#[^"]*)?"')
_FORM: Final = re.compile(r"(<form (?![^<>]*method=\"post\")[^<>]*>)")


def frame_pages(app: Flask, source: Source) -> None:
    """Let the templates of `app` know what they need, and let links keep a chosen language."""

    @app.context_processor
    def surroundings() -> dict[str, object]:
        lang = language()
        return {
            "prefix": source.prefix,
            "href": source.href,
            "schema_org": source.schema_org,
            "lang": lang,
            "translate": translator(lang),
            "has_message": lambda key: has_message(lang, key),
            "menu": MENU,
            "exported": app.config.get(EXPORTED, False),
            "licence": licence_at(source.settings.data_licence),
            "kinds": {listed.type: name for name, listed in lists().items()},
            "here": request.path.strip("/").partition("/")[0],
            "languages": [
                (code, translator(code)("page.name"), _in_language(source, code))
                for code in LANGUAGES
            ],
        }

    @app.after_request
    def keep_language(answer: Response) -> Response:
        chosen = request.args.get("lang")
        if chosen in LANGUAGES and answer.mimetype == "text/html" and answer.is_sequence:
            body = _kept(answer.get_data(as_text=True), chosen, source.prefix).encode()
            answer.set_data(body)
            if answer.get_etag()[0]:  # other bytes, so another strong tag
                answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
                answer.make_conditional(request)
        return answer


def _in_language(source: Source, code: str) -> str:
    """Return the address of the page that was asked for, in the language `code`."""
    others = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    path = source.prefix + quote(request.path.removeprefix("/"), safe="/;,=@+~")
    return f"{path}?{urlencode([*others, ('lang', code)])}"


def _kept(page: str, chosen: str, prefix: str) -> str:
    """Return a page whose links to our other pages, and forms, ask for the language `chosen`.

    What a release says stands in it escaped, so that no quotation mark of it
    can look like an attribute's.
    """

    def lead_on(link: re.Match[str]) -> str:
        start, address, fragment = link.groups(default="")
        path = address.removeprefix(prefix)
        if path == address or _NO_PAGE.match(path) or "lang=" in address:
            return link.group()
        return f'{start}{address}{"&amp;" if "?" in address else "?"}lang={chosen}{fragment}"'

    field = rf'\1<input type="hidden" name="lang" value="{chosen}">'
    return _FORM.sub(field, _LINK.sub(lead_on, page))
