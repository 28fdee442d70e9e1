"""The identifier of languages: py3langid's, walking a word that it has met by memory.

py3langid counts the n-grams of a text by a walk through an automaton, byte for
byte, and in objects of Python's, which took a fifth of the time of reading a
release. Where a word leads to from a state, and which n-grams it passes, is
always the same: so it is remembered, as bytes that numpy counts. The answers are
equal to py3langid's but for the order in which numbers are summed.

Imported only where a text is read: numpy and the model take half a second.
"""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MOST_STEPS = 100_000
_LONGEST_REMEMBERED = 32

Features = NDArray[np.intc]


class Identifier(LanguageIdentifier):  # type: ignore[misc]  # py3langid is untyped
    """py3langid's identifier of languages, with a memory for the words of a language."""

    __slots__ = ["steps"]

    steps: dict[tuple[int, bytes], tuple[int, bytes]]
    """For a state and a word: the state after it and its space, and the features on the way."""

    def _raw_score(self, text: bytes) -> Any:  # noqa: ANN401  # an array of numpy's
        passed = self.passed(text)
        if not passed.size:
            return super()._raw_score(text)
        features, counts = _counted(passed)
        weights = np.log1p(counts, dtype=np.float32)
        return weights @ self.nb_ptc.take(features, axis=0) + self.nb_pc

    def passed(self, text: bytes) -> Features:
        """Return the features that a walk over `text` passes, each as often as it does."""
        *words, last = text.split(b" ")
        state, passed = 0, []
        for word in words:
            step = self.steps.get((state, word)) or self._step(state, word)
            state = step[0]
            passed.append(step[1])
        passed.append(self._walk(state, last)[1])
        return np.frombuffer(b"".join(passed), dtype=np.intc)

    def _step(self, state: int, word: bytes) -> tuple[int, bytes]:
        step = self._walk(state, word + b" ")
        if len(self.steps) >= _MOST_STEPS:
            self.steps.clear()
        if len(word) <= _LONGEST_REMEMBERED:
            self.steps[state, word] = step
        return step

    def _walk(self, state: int, text: bytes) -> tuple[int, bytes]:
        following, row, features = self.tk_nextmove, self.tk_row, self.tk_output
        passed = []
        for byte in text:
            state = following[(row[state] << 8) + byte]
            if features[state] >= 0:
                passed.append(features[state])
        return state, array("i", passed).tobytes()


def _counted(passed: Features) -> tuple[Features, NDArray[np.intp]]:
    """Return the features that are `passed`, one or more, and how often each is."""
    ordered = np.sort(passed)
    is_last = np.empty(ordered.size, dtype=bool)
    is_last[-1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=is_last[:-1])
    places = is_last.nonzero()[0]
    counts = places.copy()
    counts[1:] -= places[:-1]
    counts[0] += 1
    return ordered[places], counts


def load_identifier(languages: list[str]) -> Identifier:
    """Return an identifier that chooses among `languages` and tells probabilities."""
    identifier: Identifier = Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    identifier.steps = {}
    # The choice of languages leaves a table by columns; each look-up takes rows.
    # In single precision, which every look-up would turn them into.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32)
    return identifier
