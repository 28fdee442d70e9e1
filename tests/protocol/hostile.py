"""Queries that mean harm, each in the way it does, and those that mean none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CROSS: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"


def hostile(canary: str) -> Mapping[str, str]:
    """Return hostile queries by what they try; `canary` is an address that nothing may reach."""
    values = " ".join(f'"{n}"' for n in range(60))
    blowup = " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(6))
    doubled = "".join(f" BIND(CONCAT(?c{n}, ?c{n}) AS ?c{n + 1})" for n in range(34))
    deep = "(" * 90 + "<a:p>" + ")*" * 90
    return {
        "count of a cross product": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
        "cross product sorted": f"SELECT * {{ {CROSS} }} ORDER BY ?l ?c",
        "distinct cross product": f"SELECT DISTINCT ?a ?d ?g {{ {CROSS} }} OFFSET 90000000",
        "5,000 nested groups": "SELECT * " + "{" * 5000 + "}" * 5000,
        "20,000 parentheses": "SELECT * { FILTER" + "(" * 20000 + "1" + ")" * 20000 + " }",
        "5,000 negations": "ASK { FILTER(" + "!" * 5000 + "true) }",
        "nesting behind a string": "ASK { FILTER('}' = " + "(" * 5000 + "1" + ")" * 5000 + ") }",
        "a text doubled 34 times": f'SELECT (STRLEN(?c34) AS ?n) {{ BIND("x" AS ?c0){doubled} }}',
        "a path between everything": "SELECT (COUNT(*) AS ?n) { ?a (!<a:p>|^!<a:p>)* ?b . ?c (!<a:q>)+ ?d }",
        "nested paths": f"SELECT (COUNT(*) AS ?n) {{ ?a {deep} ?b . {CROSS} }}",
        "VALUES 60 to the 6th": f"SELECT (COUNT(*) AS ?n) {{ {blowup} }}",
        "one endless text": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?t) {{ {CROSS} }}",
        "an expression for each of a cross product": f'ASK {{ {CROSS} FILTER(REGEX(STR(?c), "(a+)+(b|c)*$") && STRLEN(CONCAT(STR(?a), STR(?d))) < 0) }}',
        "a regular expression that is huge": "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '" + "(a{1,50}){1,50}" * 8 + "')) }",
        "SERVICE": f"SELECT * {{ SERVICE <{canary}> {{ ?s ?p ?o }} }}",
        "SERVICE SILENT": f"SELECT * {{ SERVICE SILENT <{canary}> {{ ?s ?p ?o }} }}",
        "SERVICE by a variable": f"SELECT * {{ VALUES ?u {{ <{canary}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
        "SERVICE glued": f"SELECT*{{FILTER(1<2)sErViCe<{canary}>{{?s ?p ?o}}}}",
        "SERVICE by a prefix": f"PREFIX c: <{canary}> SELECT * {{ SERVICE c: {{ ?s ?p ?o }} }}",
        "FROM": f"SELECT * FROM <{canary}> {{ ?s ?p ?o }}",
        "FROM NAMED": f"SELECT * FROM NAMED <{canary}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "a file by FROM": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "a file described": "DESCRIBE <a:b> FROM <file:///etc/passwd>",
        "LOAD": f"LOAD <{canary}>",
    }  # fmt: skip
