"""The prompt: what the model is told, as data, and the request made of it for one release."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from eugraph.errors import DataError
from eugraph.facts.derive import CLAIMABLE
from eugraph.releases.release import Passage, Release
from eugraph.shipped import shipped

_FILE = "data/language-model/prompt.toml"

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is told; `slots` says for each of `CLAIMABLE` what to look for."""

    system: str
    retry: str
    slots: Mapping[str, str]
    request: Mapping[str, object]


@cache
def load_prompt() -> Prompt:
    """Return the shipped prompt; raises `DataError` if its file is malformed."""
    path = shipped(_FILE)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        prompt = Prompt(data["system"], data["retry"], data["slots"], data["request"])
    except (ValueError, KeyError) as error:
        raise DataError(path.name, f"not the prompt of a language model: {error}") from error
    if prompt.slots.keys() != CLAIMABLE.keys():
        odd = min(prompt.slots.keys() ^ CLAIMABLE.keys())
        raise DataError(path.name, f"[slots] has to tell of just what can be claimed: {odd!r}")
    return prompt


def passages_within(release: Release, characters: int) -> tuple[Passage, ...]:
    """Return the passages from the first on whose texts together have at most `characters`."""
    taken: list[Passage] = []
    for passage in release.passages:
        characters -= len(passage.text)
        if characters < 0:
            break
        taken.append(passage)
    return tuple(taken)


def messages(prompt: Prompt, passages: tuple[Passage, ...]) -> list[Message]:
    """Return the messages that ask for the claims of a release's first passages."""
    slots = "\n".join(f"- {name}: {meaning}" for name, meaning in prompt.slots.items())
    material = [
        {"passage": number, "language": passage.language, "text": passage.text}
        for number, passage in enumerate(passages)
    ]
    return [
        {"role": "system", "content": prompt.system.strip() + "\n" + slots},
        {"role": "user", "content": json.dumps(material, ensure_ascii=False)},
    ]


def answer_format(prompt: Prompt) -> dict[str, object]:
    """Return the form of the answer, as the `response_format` of a request: strict."""
    claim = {
        "slot": {"type": "string", "enum": sorted(prompt.slots)},
        "value": {"type": "string"},
        "quote": {"type": "string"},
        "passage": {"type": "integer"},
    }
    claims = {"type": "array", "items": _object(claim)}
    schema = {"name": "claims", "strict": True, "schema": _object({"claims": claims})}
    return {"type": "json_schema", "json_schema": schema}


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
