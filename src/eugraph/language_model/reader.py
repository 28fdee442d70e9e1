"""The reader: asks the model for the claims of a release, remembers what it answered."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from eugraph.errors import ModelError, SettingError
from eugraph.facts.claim import Claim, Claims
from eugraph.language_model.answer import MalformedAnswerError, read_answer
from eugraph.language_model.chat import Service, complete
from eugraph.language_model.prompt import (
    Message,
    answer_format,
    load_prompt,
    messages,
    passages_within,
)
from eugraph.releases.release import Release

_MOST_FAILURES = 3
"""After so many failures of the service in a row it is not asked again."""


@dataclass(frozen=True, slots=True)
class ModelReader:
    """A reader by the language model `model`: called with a release, it gives claims.

    It raises nothing: what fails is a note. `characters` is how much of a
    release it sends at most, from the beginning; answers are kept in `folder`.
    """

    service: Service
    model: str
    folder: Path
    characters: int = 40_000
    failures: list[ModelError] = field(default_factory=list, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The model and the digest of its prompt."""
        prompt = load_prompt()
        parts = [prompt.system, prompt.retry, dict(prompt.slots), dict(prompt.request)]
        return f"{self.model}, prompt {_digest(parts)[:12]}, {self.characters} characters"

    def __call__(self, release: Release) -> Claims:
        """Return what the model claims of `release`, or a note on why it claims nothing."""
        passages = passages_within(release, self.characters)
        notes = ["it was given the beginning of the text only"]
        if len(passages) == len(release.passages):
            notes = []
        prompt = load_prompt()
        request = {
            "model": self.model,
            "messages": messages(prompt, passages),
            "response_format": answer_format(prompt),
            **prompt.request,
        }
        try:
            claims = self._kept(request) if passages else ()
        except MalformedAnswerError as error:
            claims, notes = (), [f"its answer cannot be used: {error}"]
        except ModelError as error:
            claims, notes = (), [str(error)]
        return Claims(claims, tuple(f"language model: {note}" for note in notes))

    def _kept(self, request: Mapping[str, object]) -> tuple[Claim, ...]:
        """Return the claims kept of an equal request before, or ask and keep."""
        path = self.folder / f"{_digest(request)}.json"
        slots = load_prompt().slots
        try:
            return read_answer(path.read_text(encoding="utf-8"), slots)
        except (OSError, ValueError, MalformedAnswerError):
            pass  # never asked, or what was kept is damaged: ask
        content = self._asked(request)
        claims = read_answer(content, slots)
        _keep(path, content)
        return claims

    def _asked(self, request: Mapping[str, object]) -> str:
        """Return a well-formed answer, the second if the first was malformed."""
        content = self._completed(request)
        try:
            read_answer(content, load_prompt().slots)
        except MalformedAnswerError as error:
            asked = request["messages"]
            again: list[Message] = [
                *(asked if isinstance(asked, list) else ()),
                {"role": "assistant", "content": content},
                {"role": "user", "content": load_prompt().retry.strip().format(reason=error)},
            ]
            content = self._completed({**request, "messages": again})
        return content

    def _completed(self, request: Mapping[str, object]) -> str:
        if len(self.failures) >= _MOST_FAILURES:
            raise ModelError(f"not asked after {_MOST_FAILURES} failures: {self.failures[-1]}")
        try:
            content = complete(self.service, request)
        except ModelError as error:
            self.failures.append(error)
            raise
        self.failures.clear()
        return content


def open_reader(service: Service, model: str, folder: Path, characters: int) -> ModelReader:
    """Return a reader that keeps answers in `folder`, which is made if it is missing.

    Raises `SettingError` if the model cannot be asked with these settings.
    """
    address = urlsplit(service.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise SettingError("model_url has to be the address of a service, before /chat/completions")
    if address.username or address.password or address.query:
        raise SettingError("model_url may hold no key; give it as EUGRAPH_MODEL_KEY")
    if not model:
        raise SettingError("model_name has to name the model to ask")
    if not (service.key.isascii() and service.key.isprintable()) or " " in service.key:
        raise SettingError("EUGRAPH_MODEL_KEY has characters that no key has")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"model_folder cannot be made: {error.strerror}") from error
    return ModelReader(service, model, folder, characters)


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _keep(path: Path, content: str) -> None:
    """Write an answer whole or not at all; several processes may keep the same one."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, prefix=".", delete=False, encoding="utf-8"
        ) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError as error:
        raise ModelError(f"its answer cannot be kept: {error.strerror}") from error
