"""The identifier of languages: py3langid's, of many texts at once, walking known words by memory.

py3langid counts the n-grams of a text by a walk through an automaton, byte for
byte, and in objects of Python's, which took a fifth of the time of reading a
release. Where a word leads to from a state, and which n-grams it passes, is
always the same: so it is remembered, as bytes that numpy counts for all texts
together. The answers are equal to py3langid's but for the order in which numbers
are summed.

Imported only where a text is read: numpy and the model take half a second.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MOST_STEPS = 100_000
_LONGEST_REMEMBERED = 32

Numbers = NDArray[np.float32]


class Identifier(LanguageIdentifier):  # type: ignore[misc]  # py3langid is untyped
    """py3langid's identifier of languages, with a memory for the words of a language."""

    __slots__ = ["steps"]

    steps: dict[tuple[int, bytes], tuple[int, bytes]]
    """For a state and a word: the state after it and its space, and the features on the way."""

    def probabilities(self, texts: Sequence[str]) -> Numbers:
        """Return how likely each text (row) is in each language (column, as `nb_classes`).

        Where a language has two columns, both hold what it has altogether.
        """
        encoded = [self._encode(text) for text in texts]
        scores = self._scores([self._passed(text) for text in encoded])
        # As py3langid has it: by the root of its length, a text is as sure as it should be.
        lengths = np.array([len(text) or 1 for text in encoded], dtype=np.float32)
        scores /= np.sqrt(lengths)[:, np.newaxis]
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        for column, twin in self._alias_pairs:
            shares[:, column] += shares[:, twin]
            shares[:, twin] = shares[:, column]
        return shares

    def logarithms(self, texts: Sequence[str], least: float) -> list[dict[str, float]]:
        """Return the logarithm of the probability of each language, the likeliest first, by text.

        What is less likely than `least` is told as that.
        """
        rows = np.log(np.maximum(self.probabilities(texts), least, dtype=np.float64))
        order = np.argsort(-rows, axis=1, kind="stable")
        languages = np.array(self.nb_classes, dtype=object)[order].tolist()
        sorted_rows = np.take_along_axis(rows, order, axis=1).tolist()
        return [dict(zip(*each, strict=True)) for each in zip(languages, sorted_rows, strict=True)]

    def _scores(self, walks: Sequence[bytes]) -> Numbers:
        """Return the score of each text (row) in each language, from the features it passes."""
        size = len(self.nb_ptc)
        passed = np.frombuffer(b"".join(walks), dtype=np.intc)
        begins = np.arange(len(walks) + 1, dtype=np.intc) * size
        of_texts = begins[:-1].repeat([len(walk) // passed.itemsize for walk in walks])
        places, counts = np.unique(passed + of_texts, return_counts=True)
        rows = self.nb_ptc.take(places % size, axis=0)
        weights = np.log1p(counts, dtype=np.float32)
        scores = np.zeros((len(walks), rows.shape[1]), dtype=np.float32)
        for text, (first, last) in enumerate(pairwise(places.searchsorted(begins))):
            if first < last:  # else no language is likelier than another
                scores[text] = weights[first:last] @ rows[first:last] + self.nb_pc
        return scores

    def _passed(self, text: bytes) -> bytes:
        """Return the features that a walk over `text` passes, each as often as it does."""
        *words, last = text.split(b" ")
        state, passed, steps = 0, [], self.steps
        for word in words:
            state, features = steps.get((state, word)) or self._step(state, word)
            passed.append(features)
        passed.append(self._walk(state, last)[1])
        return b"".join(passed)

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


def load_identifier(languages: list[str]) -> Identifier:
    """Return an identifier that chooses among `languages` and tells probabilities."""
    identifier: Identifier = Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    identifier.steps = {}
    # The choice of languages leaves a table by columns; each look-up takes rows.
    # In single precision, which every look-up would turn them into.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32)
    return identifier
