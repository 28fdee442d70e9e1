"""A reader besides the rules: a language model behind an OpenAI-compatible service.

Off unless asked for, since it sends the text of releases to whoever runs the
service. It is asked once for a release, without tools, by a fixed prompt that
is data (`data/language-model/prompt.toml`); the release goes along as JSON, so
no text can pass for a part of the prompt. What it answers is checked by form
here (`answer`) and by content in `eugraph.facts.derive`: every quote must stand
in the text, every value must be read from it again by the rules' own parsers.
Text that gives orders to the model can therefore at most have it claim less, or
claim what the text indeed says; and a claim is only ever a candidate.

Servers differ in how far they keep to a JSON schema, so the schema is sent and
the answer checked all the same, by hand: one object of four fields needs no
library for it. A malformed answer is told and asked for once more; a server that
fails, or is silent for too long, is not: the build goes on without its claims
and says so.

Answers are kept in a folder under the digest of the whole request, so that an
edition can be built again without asking, and is then the same.
"""

from __future__ import annotations

from eugraph.language_model.chat import Service
from eugraph.language_model.reader import ModelReader, open_reader

__all__ = ["ModelReader", "Service", "open_reader"]
