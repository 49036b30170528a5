"""References inside narrative text: people and facts are named by key, never by a typed name or number.

Narrative text is CommonMark. Two tokens are ours: ``{@party:UUID}`` prints the name (or pseudonym) of a
party, ``[@fact:UUID]`` prints a footnote with the sources of a numbered fact, ``[@evidence:UUID, p. 4]`` a
footnote that cites one exhibit (Pandoc's citation form). Because the text holds keys, a protected name
cannot leak through it and a renumbered fact stays right.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
TOKEN = re.compile(
    rf"\{{@party:(?P<party>{_UUID})\}}"
    rf"|\[@fact:(?P<fact>{_UUID})\]"
    rf"|\[@evidence:(?P<evidence>{_UUID})(?:,\s*(?P<pinpoint>[^\]\n]{{1,80}}))?\]"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One token found in narrative text.

    Attributes:
        kind: ``party``, ``fact`` or ``evidence``.
        key: the key of the row referred to.
        pinpoint: where in the evidence, as typed (``p. 4``); empty for the other kinds.
        start: offset of the token in the text.
        end: offset just behind the token.
    """

    kind: str
    key: uuid.UUID
    pinpoint: str
    start: int
    end: int


def references(text: str) -> Iterator[Reference]:
    """All tokens of the text, in order."""
    for match in TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "pinpoint" else "evidence"
        assert kind is not None
        yield Reference(kind, uuid.UUID(match[kind]), (match["pinpoint"] or "").strip(), match.start(), match.end())


def party_token(key: uuid.UUID) -> str:
    """The token that prints a party's name."""
    return f"{{@party:{key}}}"


def fact_token(key: uuid.UUID) -> str:
    """The token that cites a fact's sources."""
    return f"[@fact:{key}]"


def evidence_token(key: uuid.UUID, pinpoint: str = "") -> str:
    """The token that cites one exhibit, with an optional pinpoint."""
    return f"[@evidence:{key}, {pinpoint}]" if pinpoint else f"[@evidence:{key}]"
