"""An OAI-PMH harvester: who are you, what have you got, all of it in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from lxml import etree

from eugraph.doctor.finding import Check, checker
from eugraph.doctor.visitor import Answer, Visitor

_OAI: Final = "{http://www.openarchives.org/OAI/2.0/}"
_PIECES: Final = 5
_OK: Final = 200

check = checker("oai")


def play_oai_harvester(visitor: Visitor) -> Iterator[Check]:
    """Ask each verb, and harvest the first pieces of a list."""
    answer, root = _asked(visitor, verb="Identify")
    base = _texts(root, "baseURL")
    yield check("the service says who it is", base, answer.address, f"got {answer.outcome}")
    if not base:
        return
    yield check(
        "it tells the address it is asked at",
        base == [visitor.base + "oai"],
        answer.address,
        f"it tells {base[0]}; set public_url",
    )
    answer, root = _asked(visitor, verb="Nonsense")
    codes = [error.get("code") for error in root.iter(_OAI + "error")] if root is not None else []
    yield check("a wrong verb is told", codes == ["badVerb"], answer.address, f"got {codes}")
    answer, root = _asked(visitor, verb="ListMetadataFormats")
    formats = _texts(root, "metadataPrefix")
    yield check(
        "every record comes in Dublin Core", "oai_dc" in formats, answer.address, f"got {formats}"
    )
    yield from _harvested(visitor)


def _harvested(visitor: Visitor) -> Iterator[Check]:
    known: set[str] = set()
    tokens: set[str] = set()
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    for _ in range(_PIECES):
        answer, root = _asked(visitor, **asked)
        found = _texts(root, "identifier") if root is not None else []
        yield check("a list has records", found, answer.address, f"got {answer.outcome} and none")
        yield check(
            "no record comes twice",
            not known & {*found},
            answer.address,
            f"{next(iter(known & {*found}), '')} came before",
        )
        known |= {*found}
        token = "".join(_texts(root, "resumptionToken"))
        yield check(
            "a list goes on", token not in tokens, answer.address, "a token leads to itself again"
        )
        if not token or token in tokens:
            return
        tokens.add(token)
        asked = {"verb": "ListRecords", "resumptionToken": token}


def _asked(visitor: Visitor, **arguments: str) -> tuple[Answer, etree._Element | None]:
    answer = visitor.get("oai?" + urlencode(arguments))
    return answer, xml_of(answer)


def xml_of(answer: Answer) -> etree._Element | None:
    """Return an answer read as XML, None if it is none; nothing is fetched for it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(answer.body, parser) if answer.status == _OK else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def _texts(root: etree._Element | None, name: str) -> list[str]:
    if root is None:
        return []
    headers = _OAI + "header"
    return [
        element.text or ""
        for element in root.iter(_OAI + name)
        if name != "identifier"
        or ((parent := element.getparent()) is not None and parent.tag == headers)
    ]
