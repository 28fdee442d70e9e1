"""How a release was read, sentence by sentence, for who writes the rules."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from eugraph.cli.tables import shorten
from eugraph.facts.explain import Explained, Step, explain
from eugraph.facts.reconcile import reconcile
from eugraph.facts.statements.find import find_facts
from eugraph.releases.release import Release

_LONGEST = 150
_MARKS = {None: ("  ·  ", "dim"), True: ("taken", "green"), False: ("drop ", "yellow")}


def explained_view(release: Release) -> RenderableType:
    """Return every sentence of a release with its mentions and candidates, as the rules see it."""
    findings = find_facts(release)
    sentences = explain(findings, reconcile(findings))
    return Group(*(line for sentence in sentences for line in _sentence(sentence)))


def _sentence(sentence: Explained) -> Iterator[RenderableType]:
    about = sentence.project.name if sentence.project else "no project"
    head = Styled.assemble(
        (f"\n{sentence.language} {sentence.start}  ", "dim"),
        (shorten(sentence.text, _LONGEST), "bold"),
        (f"  [{about}]", "blue"),
    )
    yield head
    seen = [step for step in sentence.steps if step.taken is None]
    if seen:
        mentions = "  ".join(f"{step.what}: {shorten(step.words, 40)}" for step in seen)
        yield Styled(f"    seen   {mentions}", "dim")
    yield from (_candidate(step) for step in sentence.steps if step.taken is not None)


def _candidate(step: Step) -> Styled:
    mark, style = _MARKS[step.taken]
    score = f"{step.score:.2f}" if step.score is not None else "    "
    return Styled.assemble(
        (f"    {mark}  ", style),
        f"{score}  {step.what}: {shorten(step.words, 60)}",
        (f"  {step.why}", "dim"),
    )
