"""The server as a process, over real sockets: slow clients, clients that leave, a clean stop."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import pytest

from eugraph.dumps import write_dumps
from eugraph.editions import GRAPH_BASE, Manifest, fill, new_draft, publish

START = """
import sys
from pathlib import Path
from eugraph.server import serve
from eugraph.settings import load_settings
serve(Path(sys.argv[1]), load_settings(environment={}, port=0, threads=8, idle_seconds=2,
    query_seconds=2, query_memory=300, query_queue_seconds=10, query_log="-"))
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass
class Conforms:
    """The verdict of a gate that found nothing."""

    conforms: bool = True


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    errors: Path
    """The file that its standard error goes to."""

    def connect(self) -> socket.socket:
        """Return a new connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of one request, the connection closed after it."""
        with self.connect() as connection:
            connection.sendall(request(path, "Connection: close\r\n"))
            answer = read_all(connection)
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body


def request(path: str, headers: str = "") -> bytes:
    """Return the bytes of a GET."""
    return f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/csv, */*\r\n{headers}\r\n".encode()


def read_all(connection: socket.socket) -> bytes:
    """Return what comes until the other side closes."""
    blocks = []
    while block := connection.recv(1 << 16):
        blocks.append(block)
    return b"".join(blocks)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server on a site of 2,000 triples."""
    site = tmp_path_factory.mktemp("site")
    lines = sorted(
        f'<https://example.org/{i}> <https://example.org/p> "{i}" .\n' for i in range(2000)
    )
    publish_edition(site, "".join(lines))
    yield from start(site)


def publish_edition(site: Path, lines: str) -> None:
    """Publish an edition of one graph, which has these lines."""
    graphs = {GRAPH_BASE + "one": lines}
    with new_draft(site) as draft:
        fill(draft, graphs, {})
        write_dumps(draft.dumps, graphs)
        publish(draft, Conforms(), Manifest(draft.number, "2026-01-01T00:00:00+00:00", "eugraph 0"))


def start(site: Path) -> Iterator[Server]:
    """Run a server for `site`."""
    command = [sys.executable, "-c", START, str(site)]
    errors = site.with_name(site.name + ".errors")
    with errors.open("wb") as file, subprocess.Popen(command, stderr=file) as process:
        for _ in range(600):
            told = re.search(r"http://127\.0\.0\.1:(\d+)/", errors.read_text())
            if told or process.poll() is not None:
                break
            time.sleep(0.05)
        assert told, errors.read_text()
        server = Server(process, int(told.group(1)), errors)
        for _ in range(30):  # on a busy machine the workers take their time to start
            if server.get(sparql("ASK {}"))[0] == HTTPStatus.OK:
                break
        yield server
        process.terminate()


def sparql(query: str) -> str:
    """Return the path that asks `query`."""
    return "/sparql?query=" + quote(query)


def workers(server: Server) -> set[int]:
    """Return the ids of the processes below the server."""
    found, open_ = set(), [server.process.pid]
    while open_:
        pid = open_.pop()
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except FileNotFoundError:
            continue
        found |= {int(child) for child in children}
        open_ += [int(child) for child in children]
    return found


def asked(port: int, *requests: bytes) -> bytes:
    """Return what one connection answers to `requests`, sent one after another."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        got = b""
        for each in requests:
            connection.sendall(each)
            wanted = got.count(b"HTTP/1.1 ") + 1
            while got.count(b"HTTP/1.1 ") < wanted or not got.endswith(b"}"):
                block = connection.recv(1 << 16)
                assert block, got  # it hung up
                got += block
        return got


def test_what_is_asked_again_is_answered_again_and_mixed_with_the_new(server: Server) -> None:
    def ask(number: int) -> bytes:
        return request(sparql(f"SELECT ({number} AS ?n) {{}}")).replace(b"text/csv", b"*/*")

    mixed = [ask(n) for n in (1, 2, 1, 1, 3, 2, 1)]
    answers = asked(server.port, *mixed).split(b"HTTP/1.1 200 OK")[1:]
    values = [re.search(rb'"value":"(\d)"', answer) for answer in answers]
    assert [value and int(value.group(1)) for value in values] == [1, 2, 1, 1, 3, 2, 1]


def test_who_has_an_answer_already_is_told_so_again_and_again_on_one_connection(
    server: Server,
) -> None:
    path = sparql("SELECT (9 AS ?n) {}")
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(request(path))
        head = b""
        while b"\r\n9" not in head:
            head += connection.recv(1 << 16)
        tag = re.search(rb"ETag: (\S+)", head, re.IGNORECASE)
        assert tag
        for _ in range(3):
            connection.sendall(request(path, f"If-None-Match: {tag.group(1).decode()}\r\n"))
            told = b""
            while not told.endswith(b"\r\n\r\n"):
                told += connection.recv(1 << 16)
            assert told.startswith(b"HTTP/1.1 304 ")
            assert b"connection: close" not in told.lower()


def test_who_has_a_file_already_is_told_so_until_it_is_another(tmp_path: Path) -> None:
    def ask(server: Server, sent: bytes) -> bytes:
        with server.connect() as connection:
            connection.sendall(sent)
            return read_all(connection)

    site = tmp_path / "site"
    path = "/download/latest/eugraph.nt"
    publish_edition(site, '<https://example.org/a> <https://example.org/p> "first" .\n')
    with contextmanager(start)(site) as server:
        told = ask(server, request(path, "Connection: close\r\n"))
        tag = re.search(rb"ETag: (\S+)", told, re.IGNORECASE)
        assert tag
        again = request(path, f"Connection: close\r\nIf-None-Match: {tag[1].decode()}\r\n")
        for _ in range(3):
            assert ask(server, again).startswith(b"HTTP/1.1 304 ")
        publish_edition(site, '<https://example.org/a> <https://example.org/p> "second" .\n')
        told = ask(server, again)
        assert told.startswith(b"HTTP/1.1 200 ")
        assert b"second" in told


def response_to(connection: socket.socket, sent: bytes) -> tuple[bytes, dict[bytes, bytes], bytes]:
    """Return the status line of a response on `connection`, its headers but the date, its body."""

    def more() -> bytes:
        block = connection.recv(1 << 16)
        assert block, "It hung up."
        return block

    connection.sendall(sent)
    got = b""
    while b"\r\n\r\n" not in got:
        got += more()
    head, _, body = got.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines)}
    headers.pop(b"date")
    while len(body) < int(headers[b"content-length"]):
        body += more()
    return status, headers, body


@pytest.mark.parametrize(
    "more",
    ["Connection: keep-alive\r\n", "Accept-Encoding: gzip\r\n", "Accept: text/turtle, a/b\r\n"],
)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 50",
        "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 40",
        'SELECT * { ?s <http://e/none> "%2B+é\\u00e9" }',
        "SELECT * { ?s ?p",
        "SELECT * { SERVICE <http://127.0.0.1/> {} }",
        ENDLESS,
    ],
)
def test_a_client_that_goes_on_is_answered_as_one_that_begins(
    server: Server, query: str, more: str
) -> None:
    begin = request(sparql("ASK {}"), more)
    with server.connect() as connection:
        for text in (query, f"# {more}\n{query}"):
            path = sparql(text) + ("&timeout=0.4" if query == ENDLESS else "")
            response_to(connection, begin)  # from now on what its headers mean is known
            later = response_to(connection, request(path, more))
            with server.connect() as other:
                # A fragment has the whole request parsed.
                assert response_to(other, request(path + "#", more)) == later
            assert response_to(connection, request(path, more)) == later


def test_requests_in_one_packet_are_each_answered_as_asked(server: Server) -> None:
    first, second = (
        request(sparql(f"SELECT ({n} AS ?n) {{}}"), "Connection: close\r\n" * (n == 8))
        for n in (7, 8)
    )
    for _ in range(3):
        with server.connect() as connection:
            connection.sendall(first + second)
            assert re.findall(rb"\r\n(\d)\r\n", read_all(connection)) == [b"7", b"8"]


def test_requests_that_follow_at_once_or_in_pieces_are_each_answered(server: Server) -> None:
    with server.connect() as connection:
        for number in range(100, 160):
            question = request(sparql(f"SELECT ({number} AS ?piece) {{}}"))
            for piece in (question[:30], question[30:]) if number % 3 == 0 else (question,):
                connection.sendall(piece)
                if number % 9 == 0:
                    time.sleep(0.01)
            answer = b""
            while f"\r\n{number}\r\n".encode() not in answer:
                answer += connection.recv(1 << 16)
            assert answer.count(b"HTTP/1.1 ") == 1
            assert b"piece\r\n" in answer


def test_more_clients_than_threads_that_ask_without_a_pause_are_all_answered(
    server: Server,
) -> None:
    def ask(client: int) -> list[bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        with closing(connection):
            answers = []
            for number in range(20):
                query = f"SELECT ({client * 100 + number} AS ?n) {{}}"
                connection.request("GET", sparql(query), headers={"Accept": "text/csv"})
                answers.append(connection.getresponse().read())
            return answers

    with ThreadPoolExecutor(24) as clients:
        for client, answers in enumerate(clients.map(ask, range(24))):
            assert answers == [f"n\r\n{client * 100 + n}\r\n".encode() for n in range(20)]


def test_what_is_kept_waits_for_what_is_still_being_sent(server: Server) -> None:
    known = request(sparql("SELECT (4711 AS ?n) {}"), "X-Kept: 1\r\n")
    with server.connect() as connection:
        connection.sendall(known)
        assert b"4711" in connection.recv(1 << 16)
    long = request(sparql("SELECT * { ?s ?p ?o }"))  # chunked, so it ends the connection
    for pause in (0.0, 0.05):
        with server.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(long)
            time.sleep(pause)
            connection.sendall(known)
            got = b""
            with suppress(ConnectionResetError):  # what is left unread when it closes
                while block := connection.recv(1 << 16):
                    got += block
            assert got.startswith(b"HTTP/1.1 200 OK")
            assert b"4711" not in got


def test_a_head_answered_from_memory_has_no_body(server: Server) -> None:
    head = (
        request("/healthz").replace(b"GET", b"HEAD").replace(b"/healthz", sparql("ASK {}").encode())
    )
    for _ in range(3):
        with server.connect() as connection:
            connection.sendall(head)
            connection.sendall(request("/healthz", "Connection: close\r\n"))
            told = read_all(connection)
        assert told.count(b"HTTP/1.1 200 OK") == 2
        assert told.endswith(b"ok\n")
        assert b"true" not in told


def test_a_client_that_wants_the_connection_closed_is_answered_from_memory_and_has_it_closed(
    server: Server,
) -> None:
    head = request(sparql("SELECT (RAND() * 0 + 42 AS ?n) {}"), "Connection: close\r\n")
    fixed = request(sparql("SELECT (42 AS ?n) {}"), "Connection: close\r\n")
    for sent in (head, fixed, fixed, fixed):
        with server.connect() as connection:
            connection.sendall(sent)
            told = read_all(connection)  # until the server closes
        assert told.count(b"HTTP/1.1 200 OK") == 1
        assert b"\r\nConnection: close" in told
        assert told.partition(b"\r\n\r\n")[2].startswith(b"n\r\n42")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01 no request\r\n\r\n", 400),
        (request("/healthz", "Accept : text/csv\r\n"), 400),
        (request("/healthz", "X-Long: " + "a" * 9000 + "\r\n"), 431),
        (request("/healthz", "Transfer-Encoding: other\r\n"), 501),
    ],
)
def test_what_is_no_request_is_told_so_by_a_problem_document(
    server: Server, sent: bytes, status: int
) -> None:
    with server.connect() as connection:
        connection.sendall(sent)
        head, _, body = read_all(connection).partition(b"\r\n\r\n")
    assert f" {status} ".encode() in head
    assert b"application/problem+json" in head
    assert b"Access-Control-Allow-Origin: *" in head
    assert json.loads(body)["status"] == status
    assert "exception" not in server.errors.read_text()


def test_slow_clients_delay_nobody(server: Server) -> None:
    with ExitStack() as open_:
        for _ in range(60):
            slow_head = open_.enter_context(server.connect())
            slow_head.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            slow_body = open_.enter_context(server.connect())
            slow_body.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nq")
        assert server.get(sparql("ASK {}"))[0] == 200


def test_a_silent_client_is_sent_away(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        connection.settimeout(20)
        assert connection.recv(100) == b""


def test_an_answer_that_is_not_complete_does_not_end_as_if_it_were(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(request(sparql(ENDLESS_ROWS)))
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"Transfer-Encoding: chunked" in answer
    # The last chunk; a row may end in a nought as well.
    assert not answer.endswith(b"\r\n0\r\n\r\n")


def test_an_answer_that_breaks_off_leaves_no_traceback_but_a_line_in_the_log(
    server: Server,
) -> None:
    with server.connect() as connection:
        connection.sendall(request(sparql(ENDLESS_ROWS)))
        read_all(connection)
    told = server.errors.read_text()
    assert "Traceback" not in told
    assert '"outcome": "query_seconds"' in told


def test_a_complete_answer_ends_as_such(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", sparql("SELECT * { ?s ?p ?o }"), headers={"Accept": "text/csv"})
    answer = connection.getresponse()
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert len(answer.read().splitlines()) == 2001
    connection.close()


@pytest.mark.parametrize("query", [ENDLESS, ENDLESS_ROWS])
def test_the_work_of_a_client_that_left_stops(server: Server, query: str) -> None:
    assert server.get(sparql("ASK {}"))[0] == 200
    before = workers(server)
    with server.connect() as connection:
        connection.sendall(request(sparql(query)))
        time.sleep(0.3)
    deadline = time.monotonic() + 1.5  # the query itself would go on for two seconds
    while time.monotonic() < deadline:
        if before - workers(server):
            break
        time.sleep(0.02)
    else:
        pytest.fail("The worker goes on for nobody.")
    assert server.get(sparql("ASK {}"))[0] == 200


def test_a_query_that_takes_too_long_is_told_as_such(server: Server) -> None:
    begin = time.monotonic()
    status, body = server.get(sparql(ENDLESS))
    assert status == 504
    assert b"query_seconds" in body
    assert time.monotonic() - begin < 6


def test_a_long_address_is_read(server: Server) -> None:
    values = " ".join(f'"{i:05d}"' for i in range(2000))
    status, body = server.get(sparql(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {values} }} }}"))
    assert (status, body.split()) == (200, [b"n", b"2000"])


def test_a_taken_port_is_told_with_what_to_do(server: Server, tmp_path: Path) -> None:
    from eugraph.errors import SettingError, SiteError
    from eugraph.server import serve
    from eugraph.settings import Settings

    with pytest.raises(SiteError):
        serve(tmp_path, Settings(port=server.port))
    site = tmp_path / "site"
    with new_draft(site) as draft:
        fill(draft, {}, {})
        publish(draft, Conforms(), Manifest(draft.number, "", ""))
    with pytest.raises(SettingError, match="choose another"):
        serve(site, Settings(port=server.port))


def test_a_request_that_runs_is_answered_before_the_end(tmp_path: Path) -> None:
    with new_draft(tmp_path) as draft:
        lines = sorted(f'<https://example.org/{i}> <a:p> "{i}" .\n' for i in range(2000))
        fill(draft, {GRAPH_BASE + "one": "".join(lines)}, {})
        publish(draft, Conforms(), Manifest(draft.number, "2026-01-01T00:00:00+00:00", "eugraph 0"))
    for server in start(tmp_path):
        assert server.get(sparql("ASK {}"))[0] == 200
        processes = workers(server)
        with server.connect() as connection:
            connection.sendall(request(sparql(ENDLESS), "Connection: close\r\n"))
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            assert b" 504 " in read_all(connection)
        assert server.process.wait(10) == 0
        for _ in range(100):
            if not any(Path(f"/proc/{pid}").exists() for pid in processes):
                break
            time.sleep(0.05)
        else:
            pytest.fail("Processes are left over.")


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"a"),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n", b"a"),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
)
def test_a_request_that_comes_drop_by_drop_is_not_waited_for(
    server: Server, begin: bytes, drop: bytes
) -> None:
    with server.connect() as connection:
        connection.sendall(begin)
        connection.settimeout(0.5)
        answer = b""
        for _ in range(60):
            with suppress(TimeoutError):
                answer = connection.recv(1 << 16)
                break
            connection.sendall(drop)
    assert answer.partition(b"\r\n")[0].endswith(b" 408 Request Timeout")
    assert b"application/problem+json" in answer
    assert server.get("/healthz")[0] == 200


@pytest.mark.parametrize("coding", ["", "Accept-Encoding: gzip\r\n"])
def test_an_answer_that_breaks_off_does_not_look_whole_to_a_client_of_http_1_0(
    server: Server, coding: str
) -> None:
    asked = request(sparql(ENDLESS_ROWS), coding).replace(b"HTTP/1.1", b"HTTP/1.0")
    with server.connect() as connection:
        connection.settimeout(60)
        connection.sendall(asked)
        with pytest.raises(ConnectionResetError):
            read_all(connection)

    whole = request(sparql("SELECT * { ?s ?p ?o }"), coding).replace(b"HTTP/1.1", b"HTTP/1.0")
    with server.connect() as connection:
        connection.settimeout(60)
        connection.sendall(whole)
        assert read_all(connection).startswith(b"HTTP/1.0 200 OK")


def test_a_chain_that_the_engine_cannot_take_is_the_fault_of_the_query(server: Server) -> None:
    query = "ASK { FILTER(" + "||".join(["false"] * 60_000) + ") }"
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        for _ in range(2):
            connection.request(
                "POST", "/sparql", query, {"Content-Type": "application/sparql-query"}
            )
            answer = connection.getresponse()
            told = json.loads(answer.read())
            assert answer.status == 422
            assert "chains" in told["detail"]
    assert server.get(sparql("ASK {}"))[0] == 200
    metrics = server.get("/metrics")[1].decode()
    assert 'eugraph_workers_killed_total{reason="crashed"}' in metrics
    assert 'eugraph_queries_total{outcome="crashed"} 2.0' in metrics
