"""An explanation shows why a fact is there, and why one is not."""

from __future__ import annotations

from collections.abc import Callable

from eugraph.facts.explain import Step, explain
from eugraph.facts.reconcile import reconcile
from eugraph.facts.statements.find import find_facts
from eugraph.releases.release import Release


def steps(release: Release) -> list[Step]:
    findings = find_facts(release)

    return [step for said in explain(findings, reconcile(findings)) for step in said.steps]


def test_a_second_lead_is_shown_as_dropped(make_release: Callable[..., Release]) -> None:
    release = make_release(
        [
            ("en", "Kavala Municipality (lead partner) implements project ABCDE."),
            ("en", "The coordinator of the project is Vejle Municipality."),
        ]
    )

    leads = {s.what: s.taken for s in steps(release) if s.what.startswith("lead-partner")}
    assert leads == {
        "lead-partner Kavala Municipality": True,
        "lead-partner Vejle Municipality": False,
    }


def test_a_list_of_visitors_countries_is_shown_with_what_it_lacks(
    make_release: Callable[..., Release],
) -> None:
    release = make_release(
        [
            ("en", "This is project ABCDE."),
            ("en", "The project was shown in Latvia, Spain and Italy."),
        ]
    )

    (listed,) = [s for s in steps(release) if s.what.startswith("countries LV")]
    assert listed.taken is False
    assert "needs" in listed.why


def test_every_sentence_is_explained_with_what_it_is_about(
    make_release: Callable[..., Release],
) -> None:
    release = make_release([("en", "This is project ABCDE. It was held on 5 May 2019.")])
    findings = find_facts(release)

    explained = explain(findings, reconcile(findings))
    assert [said.text for said in explained] == [
        "This is project ABCDE.",
        "It was held on 5 May 2019.",
    ]
    assert {said.project for said in explained} == {findings.things[0].id}
    assert "date 2019-05-05" in [step.what for step in explained[1].steps]
    assert all(release.text[said.start :].startswith(said.text) for said in explained)
