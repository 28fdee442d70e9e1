"""A web page gives the text of its release, in order and without the page around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.errors import ReleaseError
from eugraph.releases import Limits, Metadata, Release, read_release

TITLE = "Otrā partneru tikšanās projektā „Mūsu upe”"
LATVIAN = (
    "Pašvaldība kopā ar septiņām ārvalstu pilsētām īsteno projektu „Mūsu upe”, ko līdzfinansē ES.",
    "Otrā partneru tikšanās notika no 2018. gada 17. līdz 20. aprīlim, un piedalījās arī skolēni.",
)
ENGLISH = (
    "The town carries out the project “Our River” together with seven towns of other countries.",
    "The second meeting of the partners took place in April, and pupils took part in it as well.",
)
MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{n}'>Sadaļa {n}</a></li>" for n in range(9))
    + "</ul></nav>"
)
COOKIES = (
    "<div class='cookie-consent'><p>Šī vietne izmanto sīkdatnes. Turpinot piekrītat.</p></div>"
)
FOOTER = "<footer><p>© 2023 Dome. Atjaunots 2021-05-06. Visas tiesības aizsargātas.</p></footer>"


def paragraphs(*texts: str) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


def page(body: str, head: str = "", charset: str = "utf-8") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>{TITLE} | Dome</title>{head}"
        f"</head><body>{MENU}{COOKIES}{body}{FOOTER}</body></html>"
    )


def read(folder: Path, source: str | bytes, limits: Limits | None = None) -> Release:
    path = folder / "release.html"
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return read_release(path, limits or Limits())


def lines(release: Release) -> list[str]:
    return [passage.text for passage in release.passages]


BODIES = {
    "an article": f"<main><h1>{TITLE}</h1>{paragraphs(*LATVIAN, *ENGLISH)}</main>",
    "the languages in divisions": (
        f"<main><h1>{TITLE}</h1><div lang='lv'>{paragraphs(*LATVIAN)}</div>"
        f"<div lang='en'>{paragraphs(*ENGLISH)}</div></main>"
    ),
    "no paragraphs at all": (
        f"<div class='title'>{TITLE}</div><div class='text'>{LATVIAN[0]}<br><br>{LATVIAN[1]}<br>"
        f"{ENGLISH[0]}<br>{ENGLISH[1]}</div>"
    ),
    "a page laid out by tables": (
        f"<table><tr><td>{MENU}</td><td><h2>{TITLE}</h2>{paragraphs(*LATVIAN, *ENGLISH)}</td></tr>"
        "</table>"
    ),
    "white space that a browser does not show": (
        f"<main><h1>\n  {TITLE}\t</h1>{paragraphs(*LATVIAN, *ENGLISH)}</main>".replace(" ", " \n ")
    ),
    "inline marks": (f"<main><h1>{TITLE}</h1>{paragraphs(*LATVIAN, *ENGLISH)}</main>").replace(
        "projekt", "<b>pro</b><i>jekt</i>"
    ),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_the_lines_of_the_release_come_in_order_and_nothing_of_the_page(
    body: str, tmp_path: Path
) -> None:
    release = read(tmp_path, page(body))
    assert lines(release) == [TITLE, *LATVIAN, *ENGLISH]
    assert release.languages == ("lv", "en")
    assert release.media_type == "text/html"


def test_lists_and_tables_keep_their_entries_apart(tmp_path: Path) -> None:
    body = (
        f"<main><h1>{TITLE}</h1>{paragraphs(*LATVIAN)}<p>Partneri:</p>"
        "<ul><li>Turku (Somija)</li><li><p>Ghent (Beļģija)</p></li></ul>"
        "<table><tr><th>Partneris</th><th>Valsts</th></tr>"
        "<tr><td>Turku</td><td><p>Somija</p></td></tr></table></main>"
    )
    assert lines(read(tmp_path, page(body)))[3:] == [
        "Partneri:",
        "- Turku (Somija)",
        "- Ghent (Beļģija)",
        "Partneris\tValsts",
        "Turku\tSomija",
    ]


def test_a_title_that_is_found_last_comes_first_all_the_same(tmp_path: Path) -> None:
    """Trafilatura appends a title that is no heading, and the window's title is another."""
    text = "<br><br>".join([*LATVIAN * 3, *ENGLISH * 3])
    body = (
        f"<div class='menu'>{MENU}</div><div class='main'><div class='title'>{TITLE}</div>"
        f"<div class='text'>{text}</div></div>"
    )
    source = page(body).replace(f"<title>{TITLE}", "<title>Sākums")
    assert lines(read(tmp_path, source)) == [TITLE, *LATVIAN * 3, *ENGLISH * 3]


def test_a_title_outside_the_text_is_put_before_it(tmp_path: Path) -> None:
    body = f"<header><h1>{TITLE}</h1></header><main>{paragraphs(*LATVIAN)}</main>"
    assert lines(read(tmp_path, page(body))) == [TITLE, *LATVIAN]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("windows-1257", "windows-1257"),
        ("iso-8859-1", "windows-1257"),  # a server's default, wrong as often as not
        ("utf-8", "windows-1257"),
        ("iso-8859-1", "utf-8"),
        ("no-such-charset", "windows-1257"),
    ],
)
def test_the_letters_decide_about_the_encoding_whatever_is_declared(
    charset: str, encoding: str, tmp_path: Path
) -> None:
    source = page(f"<main><h1>{TITLE}</h1>{paragraphs(*LATVIAN)}</main>", charset=charset)
    assert lines(read(tmp_path, source.encode(encoding))) == [TITLE, *LATVIAN]


DECLARED = """
<meta property='article:published_time' content='2018-04-25T23:30:00+03:00'>
<meta property='og:site_name' content='Dome'>
<link rel='canonical' href='https://example.org/wir'>
<link rel='license' href='https://creativecommons.org/licenses/by/4.0/'>
"""
ARTICLE = {
    "@type": "NewsArticle",
    "datePublished": "2018-04-26T08:00:00Z",
    "publisher": {"@type": "Organization", "name": "Pilsētas dome"},
}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", Metadata()),  # the dates in text and footer are not the page's own
        (
            DECLARED,
            Metadata(
                source="https://example.org/wir",
                published="2018-04-25",
                publisher="Dome",
                licence="https://creativecommons.org/licenses/by/4.0/",
            ),
        ),
        ("<meta name='DCTERMS.issued' content='2018-04-24'>", Metadata(published="2018-04-24")),
        ("<meta itemprop='datePublished' content='pirmdien'>", Metadata()),
        ("<link rel='canonical' href='/relative'>", Metadata()),
        (
            f"<script type='application/ld+json'>{json.dumps(ARTICLE)}</script>",
            Metadata(published="2018-04-26", publisher="Pilsētas dome"),
        ),
        (
            f"<script type='application/ld+json'>{json.dumps({'@graph': [{}, ARTICLE]})}</script>",
            Metadata(published="2018-04-26", publisher="Pilsētas dome"),
        ),
        (
            f"<script type='application/ld+json'>{json.dumps({**ARTICLE, '@type': 'Event'})}</script>",
            Metadata(),
        ),
        ("<script type='application/ld+json'>{broken</script>", Metadata()),
        (f"<script type='application/ld+json'>{'[' * 9000}</script>", Metadata()),
    ],
)
def test_metadata_is_what_the_page_declares(head: str, expected: Metadata, tmp_path: Path) -> None:
    source = page(f"<main><h1>{TITLE}</h1>{paragraphs(*LATVIAN)}</main>", head)
    assert read(tmp_path, source).metadata == expected


def test_the_file_beside_it_goes_before_what_the_page_declares(tmp_path: Path) -> None:
    (tmp_path / "release.toml").write_text("published = 2018-05-01", encoding="utf-8")
    head = (
        "<meta itemprop='datePublished' content='2018-04-25'>"
        "<meta property='og:site_name' content='Dome'>"
    )
    release = read(tmp_path, page(paragraphs(*LATVIAN), head))
    assert release.metadata == Metadata(published="2018-05-01", publisher="Dome")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "is empty"),
        ("<!-- nothing -->", "no text in it"),
        ("<html><body><img src='x.png'></body></html>", "no words in it"),
        ("<i>" * 5_000 + "text", "more nested tags than one reads"),
        ("<script>var text = 'many words'</script>", "no words in it"),
        (page("<b>x</b>" * 600), "has 1,2.. tags; a page may have 1,000"),
        ("<p>Text with a \0 in it.</p>", "zero bytes"),
    ],
)
def test_a_page_without_a_release_is_told(source: str, reason: str, tmp_path: Path) -> None:
    limits = Limits(tags=1_000) if "1,000" in reason else Limits()
    with pytest.raises(ReleaseError, match=reason):
        read(tmp_path, source, limits)


BARE = {
    "no body": f"<meta charset='utf-7'><article><h1>{TITLE}</h1>{paragraphs(*LATVIAN)}</article>",
    "a head alone": f"<html><head><title>X</title></head><article>{paragraphs(TITLE, *LATVIAN)}",
    "deep nesting": f"<html><body>{'<div>' * 5_000}{paragraphs(TITLE, *LATVIAN)}{'</div>' * 5_000}",
}


@pytest.mark.parametrize("kind", BARE)
def test_a_page_that_browsers_show_is_read_whatever_it_lacks(tmp_path: Path, kind: str) -> None:
    assert lines(read(tmp_path, BARE[kind])) == [TITLE, *LATVIAN]


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<td>", "<li>", "<br>", "<table>", "<!--", "<![CDATA[", "&#0;"]
        ),
        st.sampled_from(["<script>", "<h1>", "</ul>", "<?xml version='1.0'?>", "<svg>", "&nbsp;"]),
        st.sampled_from(LATVIAN + ENGLISH),
        st.text(max_size=5),
    ),
    max_size=25,
).map("".join)


@given(MARKUP)
@settings(max_examples=150, deadline=None)
def test_any_markup_gives_a_release_or_a_release_error(
    tmp_path_factory: pytest.TempPathFactory, source: str
) -> None:
    try:
        release = read(tmp_path_factory.getbasetemp(), source)
    except ReleaseError:
        return
    for passage in release.passages:
        assert release.text[passage.start : passage.end] == passage.text
