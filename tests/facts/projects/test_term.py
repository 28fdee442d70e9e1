"""The term of a project: what runs, begins or ends at a date, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.mentions.document import Document
from eugraph.facts.projects.term import find_term

TERMS = [
    # language, sentence, term as an interval in EDTF, remark
    ("en", "The project runs from 1 March 2023 to 28 February 2027.", ["2023-03-01/2027-02-28"],
     "a long interval"),
    ("en", "The project runs for 36 months from 1 September 2023.", ["2023-09-01/.."],
     "since a date"),
    ("lv", "Projekts norisinās 36 mēnešus, sākot no 2023. gada 1. oktobra.", ["2023-10-01/.."],
     "since a date, in Latvian"),
    ("sv", "Projektet pågår till och med den 31 december 2025.", ["../2025-12-31"],
     "until a date"),
    ("fi", "Hanke alkoi 1.1.2024 ja päättyy 31.12.2026.", ["2024-01-01/..", "../2026-12-31"],
     "both ends"),
    ("el", "Το έργο θα ολοκληρωθεί στις 30 Σεπτεμβρίου 2026.", ["../2026-09-30"], "its end"),
    ("en", "The project starts in spring 2024.", ["2024-21/.."], "a season"),
    ("en", "The city has been implementing the project “A B” since 1 October 2023.",
     ["2023-10-01/.."], "since a date"),
    ("ro", "Primăria implementează începând cu data de 1 februarie 2024 proiectul „A B”.",
     ["2024-02-01/.."], "beginning with a date"),
    ("en", "The project ran from January 2021 to 2023.", ["2021-01/2023"], "until a year"),
    ("en", "The project started on 1 September.", ["XXXX-09-01/.."], "a start without its year"),
    ("de", "Das Projekt ist am 1. September 2022 angelaufen.", ["2022-09-01/.."], "a verb behind"),
    ("nl", "Het project wordt op 31 mei 2024 afgerond.", ["../2024-05-31"], "a verb behind, of ending"),
    ("lv", "Projekts 2022. gada 1. jūnijā sākās un 2024. gada 31. maijā beigsies.",
     ["2022-06-01/..", "../2024-05-31"], "each verb behind its date"),
    ("de", "Das Projekt wird noch bis März 2027 gefördert.", ["../2027-03"], "until, a verb behind"),
    ("es", "Fin: 31/12/2026", ["../2026-12-31"], "a label"),
    ("fr", "Fin mai 2026, le projet a un site.", [], "late in a month is no label"),
    ("en", "As of 1 July 2021 the town takes part in the project.", ["2021-07-01/.."], "as of"),
    ("en", "The new term started on 1 September.", [], "a start without its year, of what?"),
    ("en", "In March 2022 they ended the first phase of the project.", [], "of the project"),
    ("en", "The museum in the project has been open since 1 October 2023.", [], "a museum's time"),
    ("en", "The meeting of the project started on 1 March 2023.", [], "the start of an event"),
    ("en", "The deadline to apply for the project is 1 March 2023.", [], "a deadline"),
    ("en", "People from 1 March 2023 on could visit us.", [], "something else since a date"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "terms", "remark"), TERMS)
def test_the_term_is_what_runs_begins_or_ends(
    document_of: Callable[[list[tuple[str, str]]], Document],
    language: str,
    sentence: str,
    terms: list[str],
    remark: str,
) -> None:
    document = document_of([(language, sentence)])

    found = [t.edtf() for marked, s in document.sentences() for t in find_term(marked, s)]

    assert found == terms, remark
