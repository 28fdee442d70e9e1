"""Parameters as they arrive."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, quote_plus

from hypothesis import given
from hypothesis import strategies as st

from eugraph.server.protocol import decoded

LETTERS = st.text(
    st.sampled_from("ab +%\\\"'\n\t\x00{}#?=;/x41N\u00e9\u0101\U0001f600"), max_size=20
)


@given(LETTERS, st.sampled_from([quote, quote_plus, lambda text: quote(text, safe="%+\\")]))
def test_a_query_alone_is_decoded_as_any_form_is(text: str, encode: object) -> None:
    assert callable(encode)
    encoded = f"query={encode(text)}"
    try:
        expected = parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        return
    assert decoded(encoded.encode()) == expected
