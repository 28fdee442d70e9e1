"""The gate: what must be true of a graph before it is published. The only door to pySHACL.

What is checked is data: the 59 shapes of `shapes/`, with messages and advice in
English and Latvian. How it is checked follows from cost:

- Core constraints look at one release with its reference data (`constraints`,
  pySHACL), so only releases that changed need to be looked at again;
- SPARQL constraints, the ones about sense and about several releases, are set
  queries over the whole edition (`sense`): pySHACL would run each query once
  for every node;
- what no shape can say is computed (`grounding`: the words are in the text;
  `dates`: bounds follow from the date; `form`: IRIs; `names`: folded names) and
  reported in the same form, under a shape that has the message but no
  constraint.

Two releases may disagree, so limits on how often a property may occur hold for
each release on its own; that releases disagree is a finding of its own
(`shapes/releases.ttl`).

A finding names the release and the words that bear on it (`witnesses`): from
the evidence in the graph, not from the text. The graph is asked through a
function that is handed in, so this package knows no store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eugraph.on_demand import on_demand
from eugraph.validation.finding import (
    Finding,
    Quote,
    Result,
    Severity,
    Verdict,
    describe_finding,
)

if TYPE_CHECKING:
    from eugraph.validation.gate import (
        WORTH_A_PROCESS,
        ask_graph,
        check_graphs,
        check_together,
        judge,
        validate,
        validate_files,
    )
    from eugraph.validation.grounding import check_grounding
    from eugraph.validation.reach import Reach, reached
    from eugraph.validation.report import (
        finding_json,
        finding_lines,
        graph_of_json,
        report_graph,
        report_json,
        report_turtle,
    )
    from eugraph.validation.sense import Ask
    from eugraph.validation.sentences import in_sentences
    from eugraph.validation.shapes import Shape, Shapes, load_shapes

__all__ = [
    "WORTH_A_PROCESS",
    "Ask",
    "Finding",
    "Quote",
    "Reach",
    "Result",
    "Severity",
    "Shape",
    "Shapes",
    "Verdict",
    "ask_graph",
    "check_graphs",
    "check_grounding",
    "check_together",
    "describe_finding",
    "finding_json",
    "finding_lines",
    "graph_of_json",
    "in_sentences",
    "judge",
    "load_shapes",
    "reached",
    "report_graph",
    "report_json",
    "report_turtle",
    "validate",
    "validate_files",
]

__getattr__ = on_demand(
    __name__,
    {
        "WORTH_A_PROCESS": "eugraph.validation.gate",
        "Ask": "eugraph.validation.sense",
        "Reach": "eugraph.validation.reach",
        "Shape": "eugraph.validation.shapes",
        "Shapes": "eugraph.validation.shapes",
        "ask_graph": "eugraph.validation.gate",
        "check_graphs": "eugraph.validation.gate",
        "check_grounding": "eugraph.validation.grounding",
        "check_together": "eugraph.validation.gate",
        "finding_json": "eugraph.validation.report",
        "finding_lines": "eugraph.validation.report",
        "graph_of_json": "eugraph.validation.report",
        "in_sentences": "eugraph.validation.sentences",
        "judge": "eugraph.validation.gate",
        "load_shapes": "eugraph.validation.shapes",
        "reached": "eugraph.validation.reach",
        "report_graph": "eugraph.validation.report",
        "report_json": "eugraph.validation.report",
        "report_turtle": "eugraph.validation.report",
        "validate": "eugraph.validation.gate",
        "validate_files": "eugraph.validation.gate",
    },
)
