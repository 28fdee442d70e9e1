"""Our service against Oxigraph's own server and rdflib-endpoint, all on the same data.

    python bench/serving.py --quads merged.nq          # 10,000 synthetic releases, with --merged
    python bench/serving.py --site SITE                # a site that eugraph built

Needs `oxigraph` and `rdflib-endpoint[cli]` from PyPI, in the environment this
runs in or in the one that --peers names. Each endpoint is started here, on a
port that is free, and stopped at the end. Rounds are interleaved; what counts
is the ratios, which are medians over the rounds. See README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from eugraph.store import Statistics

JSON = "application/sparql-results+json"
NT = "application/n-triples"
CLIENTS = 8
NUMBERS = count()

SYNTHETIC = "https://data.example.org/ontology#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass(frozen=True)
class Endpoint:
    """A running endpoint: its name, its port and the path of its service."""

    name: str
    port: int
    path: str
    process: int


def synthetic(project: str, acronym: str) -> dict[str, tuple[str, str]]:
    """Return the look-ups over the synthetic vocabulary: name → query and media type."""
    v = f"PREFIX e: <{SYNTHETIC}> PREFIX r: <http://www.w3.org/2000/01/rdf-schema#> "
    about = (
        f"{{ <{project}> ?p ?o }} UNION {{ ?pa e:inProject <{project}> ; ?pp ?po "
        "OPTIONAL { ?po r:label ?l } }"
    )
    return {
        "acronym": (v + f'SELECT ?p ?l {{ ?p e:acronym "{acronym}" ; r:label ?l }}', JSON),
        "partners": (
            v + f"SELECT DISTINCT ?o ?l ?c {{ ?pa e:inProject <{project}> ; e:organisation ?o . "
            "?o r:label ?l ; e:country ?c }",
            JSON,
        ),
        "construct": (
            v + f"CONSTRUCT {{ <{project}> ?p ?o . ?pa ?pp ?po . ?po r:label ?l }} {{ {about} }}",
            NT,
        ),
        "describe": (f"DESCRIBE <{project}>", NT),
        "path": (
            v + f"SELECT DISTINCT ?o2 {{ <{project}> ^e:inProject/e:organisation/"
            "^e:organisation/e:inProject/e:fundedBy ?o2 }",
            JSON,
        ),
    }


def our_own(project: str, acronym: str) -> dict[str, tuple[str, str]]:
    """Return the same look-ups over our own vocabulary."""
    v = (
        "PREFIX eug: <https://w3id.org/eugraph/ontology#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    )
    about = (
        f"{{ <{project}> ?p ?o }} UNION {{ <{project}> eug:hasParticipation ?pa . ?pa ?pp ?po "
        "OPTIONAL { ?po skos:prefLabel ?l } }"
    )
    return {
        "acronym": (v + f'SELECT ?p ?l {{ ?p eug:acronym "{acronym}" ; skos:prefLabel ?l }}', JSON),
        "partners": (
            v + f"SELECT DISTINCT ?o ?l {{ <{project}> eug:hasParticipation/eug:participant ?o . "
            "?o skos:prefLabel ?l }",
            JSON,
        ),
        "construct": (
            v + f"CONSTRUCT {{ <{project}> ?p ?o . ?pa ?pp ?po . ?po skos:prefLabel ?l }} "
            f"{{ {about} }}",
            NT,
        ),
        "describe": (f"DESCRIBE <{project}>", NT),
        "path": (
            v + f"SELECT DISTINCT ?o {{ <{project}> eug:hasParticipation/eug:participant/"
            "^eug:participant/eug:participationIn/eug:fundedUnder ?o }",
            JSON,
        ),
    }


def main() -> None:
    """Run what is asked for and print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quads", type=Path, help="N-Quads with a merged default graph")
    parser.add_argument("--site", type=Path, help="a site that eugraph built")
    parser.add_argument("--peers", type=Path, default=Path(sys.prefix) / "bin", help="their folder")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each figure of a round")
    parser.add_argument("--without-rdflib", action="store_true", help="it loads slowly")
    parser.add_argument("--stream", action="store_true", help="a SELECT of a million rows instead")
    options = parser.parse_args()
    with ExitStack() as open_:
        folder = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="eugraph-bench-")))
        site = options.site or edition_of(options.quads, folder / "site")
        endpoints = [open_.enter_context(endpoint) for endpoint in started(site, options, folder)]
        if options.stream:
            stream(endpoints, options.rounds)
        else:
            look_ups(endpoints, queries_for(site), options)


def edition_of(quads: Path, site: Path) -> Path:
    """Put `quads` into an edition of a new site, past the gate, and return the site."""
    folder = site / "editions" / "0001"
    (folder / "graphs").mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS, lenient=True)
    store.optimize()
    store.flush()
    manifest = {"number": 1, "created": "2026-01-01T00:00:00+00:00", "program": "bench"}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "statistics.json").write_text(json.dumps(asdict(Statistics(len(store), 0, 0))))
    (site / "current").symlink_to("editions/0001")
    return site


def queries_for(site: Path) -> dict[str, tuple[str, str]]:
    """Return the look-ups for what `site` holds, about its first project."""
    store = ox.Store.read_only(str(site / "current" / "store"))
    for make, acronym in (
        (our_own, "https://w3id.org/eugraph/ontology#acronym"),
        (synthetic, SYNTHETIC + "acronym"),
    ):
        found = store.query(f"SELECT ?s ?a {{ ?s <{acronym}> ?a }} ORDER BY ?s LIMIT 1")
        for row in found:
            return make(row["s"].value, row["a"].value)
    raise SystemExit("There is no project in that data.")


def started(site: Path, options: argparse.Namespace, folder: Path) -> Iterator[Endpoint]:
    """Yield a context for each endpoint, Oxigraph's first: it is what the others are held to."""
    store = site / "current" / "store"
    peers = options.peers
    port = free_port()
    yield running(
        "oxigraph",
        [peers / "oxigraph", "serve-read-only", "-l", store, "-b", f"127.0.0.1:{port}"],
        port,
        "/query",
    )
    port = free_port()
    command = [sys.executable, "-m", "eugraph", "serve", "--site", site, "--port", str(port)]
    yield running("eugraph", command, port, "/sparql")
    if not options.without_rdflib and not options.stream:
        file = folder / "default.nt"
        with file.open("wb") as output:
            ox.Store.read_only(str(store)).dump(
                output, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()
            )
        port = free_port()
        command = [
            peers / "rdflib-endpoint",
            "serve",
            file,
            "--port",
            str(port),
            "--host",
            "127.0.0.1",
        ]
        yield running("rdflib-endpoint", command, port, "/")


@contextmanager
def running(name: str, command: list[object], port: int, path: str) -> Iterator[Endpoint]:
    """Run an endpoint until the context ends."""
    words = [str(word) for word in command]
    if shutil.which(words[0]) is None:
        raise SystemExit(f"{words[0]} is missing; --peers names the folder that has it.")
    # A million rows take longer than a query may, where others keep the machine busy.
    environment = os.environ | {"EUGRAPH_QUERY_SECONDS": "300"}
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(port, process)
            yield Endpoint(name, port, path, process.pid)
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 600) -> None:
    """Wait until something listens on `port`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{process.args} does not answer.")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def request(endpoint: Endpoint, query: str, accept: str, *, new: bool) -> bytes:
    """Return the bytes of a request; `new` gives it a text that was never asked."""
    text = f"#{time.time()} {next(NUMBERS)}\n{query}" if new else query
    return (
        f"GET {endpoint.path}?query={quote(text)} HTTP/1.1\r\nHost: 127.0.0.1:{endpoint.port}\r\n"
        f"Accept: {accept}\r\n\r\n"
    ).encode()


def is_whole(answer: bytes) -> bool:
    """Tell whether an answer has come completely; raises ValueError if it is no 200."""
    head, mark, body = answer.partition(b"\r\n\r\n")
    if not mark:
        return False
    if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")):
        raise ValueError(head.decode(errors="replace").splitlines()[0])
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.partition(b":")[2])
    return body.endswith(b"0\r\n\r\n")


def ask(connection: socket.socket, question: bytes) -> bytes:
    """Send `question` and return the whole answer."""
    connection.sendall(question)
    answer = b""
    while not is_whole(answer):
        block = connection.recv(1 << 18)
        if not block:
            raise ConnectionError("It hung up.")
        answer += block
    return answer


def latency(endpoint: Endpoint, query: str, accept: str, seconds: float) -> float:
    """Return the median time of one client's new queries, in seconds."""
    times = []
    with socket.create_connection(("127.0.0.1", endpoint.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        until = time.perf_counter() + seconds
        while time.perf_counter() < until or not times:
            question = request(endpoint, query, accept, new=True)
            begin = time.perf_counter()
            ask(connection, question)
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def throughput(endpoint: Endpoint, query: str, accept: str, seconds: float, *, new: bool) -> float:
    """Return the answers a second that `CLIENTS` clients get who ask without a pause."""
    poll, answers = select.epoll(), {}
    with ExitStack() as open_:
        for _ in range(CLIENTS):
            connection = open_.enter_context(socket.create_connection(("127.0.0.1", endpoint.port)))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            answers[connection.fileno()] = [connection, b""]
            poll.register(connection, select.EPOLLIN)
            connection.sendall(request(endpoint, query, accept, new=new))
        done, begin = 0, time.perf_counter()
        while time.perf_counter() - begin < seconds or not done:
            for descriptor, _ in poll.poll(1):
                state = answers[descriptor]
                state[1] += state[0].recv(1 << 18)
                if is_whole(state[1]):
                    done, state[1] = done + 1, b""
                    state[0].sendall(request(endpoint, query, accept, new=new))
        return done / (time.perf_counter() - begin)


def look_ups(
    endpoints: list[Endpoint], queries: dict[str, tuple[str, str]], options: argparse.Namespace
) -> None:
    """Print latency of new queries, throughput of new and of repeated ones, and the ratios."""
    measures: dict[str, Callable[[Endpoint, str, str], float]] = {
        "latency of new queries, ms": lambda e, q, a: latency(e, q, a, options.seconds) * 1e3,
        "new queries/s": lambda e, q, a: throughput(e, q, a, options.seconds, new=True),
        "repeated queries/s": lambda e, q, a: throughput(e, q, a, options.seconds, new=False),
    }
    for measure, take in measures.items():
        print(f"\n{measure:28}" + "".join(f"{e.name:>18}" for e in endpoints))
        ratios: dict[str, list[float]] = {e.name: [] for e in endpoints}
        for name, (query, accept) in queries.items():
            rounds = [[take(e, query, accept) for e in endpoints] for _ in range(options.rounds)]
            columns = list(zip(*rounds, strict=True))
            print(f"  {name:26}" + "".join(f"{statistics.median(c):18.2f}" for c in columns))
            for endpoint, column in zip(endpoints, columns, strict=True):
                each = [one / first for one, first in zip(column, columns[0], strict=True)]
                ratios[endpoint.name].append(statistics.median(each))
        means = [statistics.geometric_mean(ratios[e.name]) for e in endpoints]
        print(f"  {'ratio, geometric mean':26}" + "".join(f"{m:18.2f}" for m in means))


def stream(endpoints: list[Endpoint], rounds: int) -> None:
    """Print first byte, total and growth of a SELECT of a million rows."""
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000000"
    for _ in range(rounds):
        for endpoint in endpoints:
            before = resident(endpoint.process)
            with socket.create_connection(("127.0.0.1", endpoint.port)) as connection:
                begin = time.perf_counter()
                connection.sendall(request(endpoint, query, JSON, new=True))
                size, most, tail = len(connection.recv(1)), before, b""
                first = time.perf_counter() - begin
                while not tail.endswith(b"0\r\n\r\n"):
                    block = connection.recv(1 << 20)
                    if not block:
                        raise ConnectionError("It hung up before the end.")
                    size, tail = size + len(block), (tail + block)[-7:]
                    most = max(most, resident(endpoint.process))
                total = time.perf_counter() - begin
            print(
                f"{endpoint.name:12} first byte {first * 1e3:8.1f} ms  total {total:6.2f} s  "
                f"{size / 1e6:.0f} MB  first process {(most - before) / 1e6:+.0f} MB"
            )


def resident(process: int) -> int:
    """Return the bytes of memory that a process has in use."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096


if __name__ == "__main__":
    main()
