"""What happens here, counted for Prometheus: `/metrics`.

https://prometheus.io/docs/instrumenting/exposition_formats/; names and units
follow https://prometheus.io/docs/practices/naming/.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from eugraph.editions import current
from eugraph.errors import SiteError
from eugraph.server.answers import Answers
from eugraph.workers import Pool

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The counts of one server process since it started; safe for any number of threads."""

    def __init__(self, site: Path, pool: Pool, answers: Answers) -> None:
        """Count what `site`, `pool` and `answers` tell by themselves, besides what is reported."""
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "eugraph_requests",
            "Requests that were answered, by part of the service and status.",
            ["part", "status"],
            registry=self._registry,
        )
        self.queries = Counter(
            "eugraph_queries",
            "SPARQL queries by what became of them: answered, kept (answered from memory), the "
            "limit that stopped them, or why they were refused.",
            ["outcome"],
            registry=self._registry,
        )
        self.seconds = Histogram(
            "eugraph_query_seconds",
            "How long queries took that were not answered from memory.",
            buckets=_BOUNDS,
            registry=self._registry,
        )
        self.sent = Counter(
            "eugraph_answer_bytes",
            "Bytes of answers to SPARQL queries, before they were coded.",
            registry=self._registry,
        )
        self._registry.register(_State(site, pool, answers))
        ProcessCollector(registry=self._registry)

    def text(self) -> bytes:
        """Return everything in the text format."""
        return generate_latest(self._registry)


class _State(Collector):
    """What is asked for when it is wanted."""

    def __init__(self, site: Path, pool: Pool, answers: Answers) -> None:
        self._site = site
        self._pool = pool
        self._answers = answers

    def collect(self) -> Iterator[Metric]:
        """Yield the state of workers, answers and edition."""
        kills = CounterMetricFamily(
            "eugraph_workers_killed",
            "Workers that were killed or crashed, and why.",
            labels=["reason"],
        )
        for reason, number in sorted(self._pool.kills.items()):
            kills.add_metric([reason], number)
        yield kills
        yield GaugeMetricFamily(
            "eugraph_queries_running", "Queries that workers are at.", self._pool.running
        )
        yield GaugeMetricFamily(
            "eugraph_queries_waiting", "Queries that wait for a worker.", self._pool.waiting
        )
        yield GaugeMetricFamily(
            "eugraph_kept_bytes", "Bytes of answers in memory.", self._answers.size
        )
        yield from self._edition()

    def _edition(self) -> Iterator[Metric]:
        try:
            edition = current(self._site)
            created = datetime.fromisoformat(edition.manifest.created).timestamp()
            triples = edition.statistics.triples
        except (SiteError, OSError, ValueError):
            return
        yield GaugeMetricFamily(
            "eugraph_edition", "Number of the edition that is served.", edition.number
        )
        yield GaugeMetricFamily(
            "eugraph_edition_created_timestamp_seconds", "When that edition was made.", created
        )
        yield GaugeMetricFamily("eugraph_triples", "Triples of its default graph.", triples)
