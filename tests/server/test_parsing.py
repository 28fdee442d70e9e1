"""What is no request, or one of unusual size, and who else waits meanwhile."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from eugraph.server.encoding import chosen
from eugraph.server.negotiation import negotiate
from eugraph.server.parsing import Request


def parsed(*headers: str) -> HTTPRequestParser:
    """Return a request with these `headers`, parsed."""
    request = Request(Adjustments())
    lines = ["GET /sparql?query=ASK HTTP/1.1", *headers, "", ""]
    request.received("\r\n".join(lines).encode("latin-1"))
    assert request.completed
    return request


def test_a_header_of_usual_length_is_read() -> None:
    assert parsed("Host: x", "Cookie: " + "a" * 8000).error is None


def test_a_header_that_is_too_long_is_refused() -> None:
    error = parsed("Host: x", "Accept: " + "a" * 9000).error
    assert error is not None
    assert error.code == 431


@pytest.mark.parametrize(
    "headers",
    [
        ["Host: x", "Host: y"],
        ["Host: x", "Content-Length : 4"],
        ["Host: x", "Content-Length: 4", "Transfer-Encoding: chunked"],
        ["Host: x", "Accept: a\0b"],
        ["Host: x", "Content-Length: +4"],
    ],
)
def test_what_two_readers_may_read_in_two_ways_is_refused(headers: list[str]) -> None:
    error = parsed(*headers).error
    assert error is not None
    assert error.code == 400


def test_nothing_is_waited_for_where_nothing_follows() -> None:
    assert not parsed("Host: x", "Expect: 100-continue").expect_continue


NASTY = (
    '"' + '\\"' * 4000,
    'a/b;c="' * 1100,
    '"' * 8000,
    ";" * 8000,
    "a/b," * 2000,
    "a/b; " * 1600,
)


def test_a_chunk_that_cannot_come_is_not_waited_for() -> None:
    request = Request(Adjustments(max_request_body_size=1000))
    request.received(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    request.received(b"10\r\n")
    before = request.completed
    request.received(b"a" * 16 + b"\r\n" + b"f" * 12 + b"\r\n")
    error = request.error
    assert not before
    assert request.completed
    assert error is not None
    assert error.code == 413


@pytest.mark.parametrize("header", NASTY)
def test_what_is_read_of_a_nasty_header_takes_a_moment(header: str) -> None:
    begin = time.process_time()
    negotiate(header, ["text/csv", "text/html"], {"text/plain": "text/csv"})
    chosen(header)
    assert time.process_time() - begin < 2  # it took minutes, and grew with the square


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        ('text/csv;a="x,text/html;q=2', "text/csv"),
        ('text/html;a="b\\"c,d";q=0.1, text/csv;q=0.5', "text/csv"),
        ('"text/csv, text/html', "text/html"),
    ],
)
def test_a_quotation_mark_quotes_up_to_the_next_or_the_end(accept: str, best: str) -> None:
    assert negotiate(accept, ["text/html", "text/csv"]) == best


@pytest.mark.parametrize("header", ["If-None-Match", "Accept-Language", "Cookie", "Range"])
@pytest.mark.parametrize("value", NASTY)
def test_an_answer_to_nasty_headers_takes_a_moment(
    client: FlaskClient, header: str, value: str
) -> None:
    begin = time.process_time()
    answer = client.get("/sparql?query=ASK%20%7B%7D", headers={header: value})
    assert answer.status_code in {200, 206, 304, 400, 416}
    assert time.process_time() - begin < 2
