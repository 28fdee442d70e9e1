"""OAI-PMH 2.0: the harvesting interface that data.europa.eu prefers.

https://www.openarchives.org/OAI/openarchivesprotocol.html. Six verbs, by GET
and POST. Deleted items are kept as deleted for good (`persistent`). A
resumption token holds all that is asked and the place that was reached, so no
list is kept here, no token ever expires, and a new edition between two
requests does no harm.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, Response, request
from lxml import etree

from eugraph.server.harvest.documents import xml_bytes
from eugraph.server.harvest.oai_items import SETS, Item, Items, Place
from eugraph.server.harvest.oai_records import FORMATS, Described, describe_items, metadata
from eugraph.server.source import Source

MOST: Final = 100
"""How many records or headers one answer has at most."""

_FARTHEST: Final = 10**9
"""How far a list may be said to have come."""

_OAI: Final = "http://www.openarchives.org/OAI/2.0/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIST: Final = frozenset({"metadataPrefix", "from", "until", "set"})

# What each verb must and may be given, and what may stand in the place of all else.
_ARGUMENTS: Final[Mapping[str, tuple[frozenset[str], frozenset[str], str]]] = {
    "Identify": (frozenset(), frozenset(), ""),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"}), ""),
    "ListSets": (frozenset(), frozenset(), "resumptionToken"),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset(), ""),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), _LIST, "resumptionToken"),
    "ListRecords": (frozenset({"metadataPrefix"}), _LIST, "resumptionToken"),
}

Arguments = Mapping[str, str]
Element = etree._Element  # noqa: SLF001  # the name that lxml's types have


class _OaiError(Exception):
    """An error of the protocol (section 3.6): its code and what is wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Query:
    """A list that is asked for: which format and sets, changed when, and from which place on."""

    prefix: str
    set: str = ""
    since: str = ""
    until: str = ""
    after: Place = ("", "")
    cursor: int = 0

    @property
    def kinds(self) -> list[str]:
        """The sets whose items come in the format."""
        wanted = [self.set] if self.set else SETS
        return [kind for kind in wanted if FORMATS[self.prefix].disseminates(kind)]

    def token(self) -> str:
        """Return it as a resumption token."""
        state = [self.prefix, self.set, self.since, self.until, *self.after, self.cursor]
        return base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")


def oai_blueprint(source: Source, most: int | None = None) -> Blueprint:
    """Return `/oai`; an answer has at most `most` records, by default `MOST`."""
    blueprint = Blueprint("oai", __name__)

    @blueprint.route("/oai", methods=["GET", "POST"])
    def oai() -> Response:
        """Answer one request of the protocol."""
        given = list((request.form if request.method == "POST" else request.args).items(multi=True))
        root = _root()
        echo = _add(root, "request", f"{source.settings.base_url}oai")
        try:
            verb, arguments = _checked(given)
            element = _VERBS[verb](_Asked(source, arguments, most or MOST))
            for name, value in given:
                echo.set(name, value)
            root.append(element)
        except _OaiError as error:
            if error.code not in {"badVerb", "badArgument"}:
                for name, value in given:
                    echo.set(name, value)
            _add(root, "error", str(error)).set("code", error.code)
        answer = Response(xml_bytes(root), mimetype="text/xml")
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    return blueprint


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request: of what, with which arguments, and how much to answer at most."""

    source: Source
    arguments: Arguments
    most: int


def _checked(given: list[tuple[str, str]]) -> tuple[str, Arguments]:
    """Return the verb and its arguments (section 3.6: badVerb, badArgument)."""
    arguments = dict(given)
    verbs = [value for name, value in given if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in _ARGUMENTS:
        raise _OaiError("badVerb", f"One verb is needed: {', '.join(_ARGUMENTS)}.")
    verb = arguments.pop("verb")
    needed, optional, alone = _ARGUMENTS[verb]
    if len(given) != len(arguments) + 1:
        raise _OaiError("badArgument", "An argument is given twice.")
    if any(_FORBIDDEN.search(text) for pair in given for text in pair):
        raise _OaiError("badArgument", "An argument has characters that XML cannot carry.")
    if alone and alone in arguments:
        if len(arguments) > 1:
            raise _OaiError("badArgument", f"{alone} stands for all other arguments.")
        return verb, arguments
    if missing := needed - arguments.keys():
        raise _OaiError("badArgument", f"{verb} needs {', '.join(sorted(missing))}.")
    if unknown := arguments.keys() - needed - optional:
        raise _OaiError("badArgument", f"{verb} takes no {', '.join(sorted(unknown))[:200]}.")
    return verb, arguments


def _identify(asked: _Asked) -> Element:
    settings, items = asked.source.settings, Items(asked.source)
    root = etree.Element(f"{{{_OAI}}}Identify")
    _add(root, "repositoryName", f"{settings.publisher}: EU-funded projects in press releases")
    _add(root, "baseURL", f"{settings.base_url}oai")
    _add(root, "protocolVersion", "2.0")
    _add(root, "adminEmail", settings.contact_email or "unknown@invalid.invalid")
    _add(root, "earliestDatestamp", _stamp(items.earliest()))
    _add(root, "deletedRecord", "persistent")
    _add(root, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    for coding in ("gzip", "zstd"):
        _add(root, "compression", coding)
    return root


def _list_metadata_formats(asked: _Asked) -> Element:
    kind = None
    if "identifier" in asked.arguments:
        kind = _found(asked).kind
    root = etree.Element(f"{{{_OAI}}}ListMetadataFormats")
    for prefix, known in FORMATS.items():
        if kind is None or known.disseminates(kind):
            form = _add(root, "metadataFormat")
            _add(form, "metadataPrefix", prefix)
            _add(form, "schema", known.schema)
            _add(form, "metadataNamespace", known.namespace)
    return root


def _list_sets(asked: _Asked) -> Element:
    if "resumptionToken" in asked.arguments:
        raise _OaiError("badResumptionToken", "The sets are listed in one piece.")
    root = etree.Element(f"{{{_OAI}}}ListSets")
    for name in SETS:
        entry = _add(root, "set")
        _add(entry, "setSpec", name)
        _add(entry, "setName", name)
    return root


def _get_record(asked: _Asked) -> Element:
    item, prefix = _found(asked), asked.arguments["metadataPrefix"]
    if prefix not in FORMATS or not FORMATS[prefix].disseminates(item.kind):
        raise _OaiError("cannotDisseminateFormat", f"{item.identifier} has no {prefix}.")
    root = etree.Element(f"{{{_OAI}}}GetRecord")
    described = describe_items(asked.source, [item])
    _add_record(root, item, prefix, described, asked.source)
    return root


def _list_identifiers(asked: _Asked) -> Element:
    root = etree.Element(f"{{{_OAI}}}ListIdentifiers")
    query, items, found = _listed(asked)
    for item in found[: asked.most]:
        _add_header(root, item)
    _add_token(root, query, items, found, asked.most)
    return root


def _list_records(asked: _Asked) -> Element:
    root = etree.Element(f"{{{_OAI}}}ListRecords")
    query, items, found = _listed(asked)
    described = describe_items(asked.source, found[: asked.most])
    for item in found[: asked.most]:
        _add_record(root, item, query.prefix, described, asked.source)
    _add_token(root, query, items, found, asked.most)
    return root


_VERBS: Final[Mapping[str, Callable[[_Asked], Element]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}


def _found(asked: _Asked) -> Item:
    identifier = asked.arguments["identifier"]
    item = Items(asked.source).find(identifier)
    if item is None:
        raise _OaiError("idDoesNotExist", f"There is no {identifier[:200]}.")
    return item


def _listed(asked: _Asked) -> tuple[_Query, Items, list[Item]]:
    """Return what is asked, the items there are, and those asked for: one more than is sent."""
    token = asked.arguments.get("resumptionToken")
    query = _resumed(token) if token is not None else _asked_for(asked.arguments)
    items = Items(asked.source)
    found = items.listed(
        query.kinds,
        since=query.since,
        until=query.until or "~",
        after=query.after,
        most=asked.most + 1,
    )
    if not found and token is None:
        raise _OaiError("noRecordsMatch", "Nothing that was published is so.")
    return query, items, found


def _asked_for(arguments: Arguments) -> _Query:
    prefix, wanted = arguments["metadataPrefix"], arguments.get("set", "")
    if prefix not in FORMATS:
        raise _OaiError("cannotDisseminateFormat", f"There are {', '.join(FORMATS)}.")
    if wanted and wanted not in SETS:
        raise _OaiError(
            "noRecordsMatch", f"There is no set {wanted[:100]}; ListSets tells which are."
        )
    since, until = arguments.get("from", ""), arguments.get("until", "")
    for name, text in (("from", since), ("until", until)):
        if name in arguments and not _is_time(text):
            raise _OaiError("badArgument", f"{name} is no YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    if since and until and len(since) != len(until):
        raise _OaiError("badArgument", "from and until differ in granularity.")
    if since and until and since > until:
        raise _OaiError("badArgument", "from is later than until.")
    return _Query(prefix, wanted, _bound(since, "00:00:00"), _bound(until, "23:59:59"))


def _resumed(token: str) -> _Query:
    """Return what a resumption token asks; raises badResumptionToken for one that is not ours."""
    try:
        state = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        prefix, wanted, since, until, changed, path, cursor = state
        query = _Query(prefix, wanted, since, until, (changed, path), cursor)
        texts = all(isinstance(text, str) and not _FORBIDDEN.search(text) for text in state[:-1])
        known = texts and prefix in FORMATS and (not wanted or wanted in SETS)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        known = False
    counted = known and type(cursor) is int and 0 <= cursor <= _FARTHEST
    if not counted or query.token() != token:
        raise _OaiError("badResumptionToken", "This is no resumption token of this service.")
    return query


def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _bound(text: str, time: str) -> str:
    """Return a day or a time as the times of editions are written."""
    if not text:
        return ""
    return f"{text[:10]}T{text[11:19] or time}+00:00"


def _root() -> Element:
    root = etree.Element(f"{{{_OAI}}}OAI-PMH", nsmap={None: _OAI, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", f"{_OAI} {_OAI}OAI-PMH.xsd")
    _add(root, "responseDate", _stamp(datetime.now(UTC).isoformat()))
    return root


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    element = etree.SubElement(parent, f"{{{_OAI}}}{name}")
    element.text = text
    return element


def _add_header(parent: Element, item: Item) -> None:
    header = _add(parent, "header")
    if item.deleted:
        header.set("status", "deleted")
    _add(header, "identifier", item.identifier)
    _add(header, "datestamp", _stamp(item.changed))
    _add(header, "setSpec", item.kind)


def _add_record(
    parent: Element, item: Item, prefix: str, described: Described, source: Source
) -> None:
    record = _add(parent, "record")
    _add_header(record, item)
    if not item.deleted:
        lines = described[item.identifier]
        _add(record, "metadata").append(metadata(prefix, item, lines, source))


def _add_token(parent: Element, query: _Query, items: Items, found: list[Item], most: int) -> None:
    """End an incomplete list: with the token for the next piece, or empty if this is the last."""
    more = len(found) > most
    if not more and not query.cursor:
        return
    following = (
        replace(query, after=found[most - 1].place, cursor=query.cursor + most) if more else query
    )
    token = _add(parent, "resumptionToken", following.token() if more else None)
    token.set("cursor", str(query.cursor))
    if not (query.since or query.until):
        token.set("completeListSize", str(items.count(query.kinds)))


def _stamp(time: str) -> str:
    """Return an ISO 8601 time as the protocol writes it: in UTC, to the second."""
    return datetime.fromisoformat(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
