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


def test_what_became_of_each_date_is_told(make_release: Callable[..., Release]) -> None:
    release = make_release(
        [
            ("en", "The project ABCDE runs from 1 June 2021 to 31 May 2024."),
            ("en", "Apply for the workshop by 5 May 2022."),
            ("en", "The museum was founded on 3 May 1990."),
            ("en", "The second meeting was held on 6 May 2022 in Riga."),
        ]
    )

    told = {s.what: (s.taken, s.why) for s in steps(release) if s.taken is not None}
    assert told["term 2021-06-01/2024-05-31"] == (True, "long-interval-is-term")
    assert told["date 2022-05-05"] == (False, "the sentence tells of a deadline")
    assert told["event workshop"] == (False, "the sentence tells of a deadline")
    assert told["date 1990-05-03"] == (False, "the sentence tells of history")
    assert told["date 2022-05-06"] == (True, "the day of an event")
