"""The identifier of languages: py3langid's, walking a word that it has met by memory.

py3langid counts the n-grams of a text by a walk through an automaton, byte for
byte, which took a sixth of the time of reading a release. Where a word leads
to from a state, and which n-grams it passes, is always the same: so it is
remembered, and the answers are equal to py3langid's to the last bit.

Imported only where a text is read: numpy and the model take half a second.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MOST_STEPS = 100_000
_LONGEST_REMEMBERED = 32


class Identifier(LanguageIdentifier):  # type: ignore[misc]  # py3langid is untyped
    """py3langid's identifier of languages, with a memory for the words of a language."""

    __slots__ = ["steps"]

    steps: dict[tuple[int, bytes], tuple[int, list[int]]]
    """For a state and a word: the state after it and its space, and the features on the way."""

    def _raw_score(self, text: bytes) -> Any:  # noqa: ANN401  # an array of numpy's
        visits = self.visits(text)
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(text)

    def visits(self, text: bytes) -> Counter[int]:
        """Return how often a walk over `text` passes each feature, in the order first passed."""
        *words, last = text.split(b" ")
        state, passed = 0, []
        for word in words:
            step = self.steps.get((state, word)) or self._step(state, word)
            state = step[0]
            passed += step[1]
        passed += self._walk(state, last)[1]
        return Counter(passed)

    def _step(self, state: int, word: bytes) -> tuple[int, list[int]]:
        step = self._walk(state, word + b" ")
        if len(self.steps) >= _MOST_STEPS:
            self.steps.clear()
        if len(word) <= _LONGEST_REMEMBERED:
            self.steps[state, word] = step
        return step

    def _walk(self, state: int, text: bytes) -> tuple[int, list[int]]:
        following, row, features = self.tk_nextmove, self.tk_row, self.tk_output
        passed = []
        for byte in text:
            state = following[(row[state] << 8) + byte]
            if features[state] >= 0:
                passed.append(features[state])
        return state, passed


def load_identifier(languages: list[str]) -> Identifier:
    """Return an identifier that chooses among `languages` and tells probabilities."""
    identifier: Identifier = Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    identifier.steps = {}
    # The choice of languages leaves a table by columns; each look-up takes rows.
    # In single precision, which every look-up would turn them into.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32)
    return identifier
