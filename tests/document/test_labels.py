"""Every word the builders ask for is in the template, and the template fills every placeholder they give."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from magdesk.document import build
from magdesk.document.build import BuildOptions, MissingLabel, build_submission
from magdesk.document.context import Brief, choice_key, fill
from magdesk.model.case import EngagementKind, Publicity
from magdesk.model.drafting import AdverseKind, ProceedingStatus
from magdesk.model.evidence import Access, Copy, Grade, SourceType
from magdesk.model.incidents import Mode
from magdesk.model.people import IdentifierKind, NameKind, PartyKind, RelationKind, VictimGroup, VictimStatus
from magdesk.regimes.regime import Law
from tests.document.cases import generica

CHOICES: tuple[type[StrEnum], ...] = (
    AdverseKind, EngagementKind, Grade, IdentifierKind, Mode, NameKind, PartyKind, ProceedingStatus, Publicity,
    Access, RelationKind, SourceType, VictimGroup, VictimStatus,
)  # fmt: skip


def _asked() -> set[str]:
    """The keys that stand as words in the builders' calls."""
    keys: set[str] = set()
    for file in Path(build.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            found = {
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
            }
            if name in ("label", "phrase", "open_paragraph"):
                keys |= found
            elif name == "count":
                keys |= {f"{key}_{form}" for key in found for form in ("one", "many")}
    return keys


PACKETS = ("us-packet", "uk-packet", "ca-packet", "eu-packet", "au-packet")


@pytest.mark.parametrize("packet", PACKETS)
def test_every_key_asked_for_is_there(law: Law, packet: str) -> None:
    labels = law.packets[packet].labels
    # Keys that end or begin with a line are completed by a stored choice.
    keys = {key for key in _asked() if key.replace("_", "").isalnum() and key.strip("_") == key}
    assert len(keys) > 100
    keys |= {choice_key(member) for kind in CHOICES for member in kind}
    keys |= {choice_key(member) for member in Copy if member is not Copy.UNKNOWN}
    keys |= {f"short_{choice_key(member)}" for kind in (Publicity, Mode) for member in kind}
    assert not sorted(keys - labels.keys())


def test_every_template_text_is_of_its_own_country(law: Law) -> None:
    """What a packet says of itself names no authority of another country."""
    for code in PACKETS[1:]:
        packet = law.packets[code]
        text = "\n".join(_texts(packet))
        assert not AMERICAN.findall(text), code
        assert not re.findall(r"\b\w{3,}(?:iz(?:e|ed|ing|ation)s?|avor|olor|efense)\b", text), code


AMERICAN = re.compile(r"United States|U\.S\.|Treasury|Congress|\bE\.O\.|U\.?S\.?C\b|FOIA|Freedom of Information|¶")


def _texts(value: object) -> Iterator[str]:
    """Every text anywhere in a template."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def test_a_missing_key_is_named(law: Law) -> None:
    packet = law.packets["us-packet"]
    poor = dataclasses.replace(packet, labels={key: text for key, text in packet.labels.items() if key != "victims"})
    without = dataclasses.replace(law, packets={**law.packets, "us-packet": poor})
    case = generica()
    with pytest.raises(MissingLabel, match="victims") as caught:
        build_submission(case.dossier(), without, {}, BuildOptions(date(2026, 1, 1), draft=True))
    assert isinstance(caught.value, KeyError)


def test_filled_in_text_is_never_read_as_a_template() -> None:
    assert fill("{a} and {b}", {"a": "{b}", "b": "{a.__class__}"}) == "{b} and {a.__class__}"
    with pytest.raises(MissingLabel, match="nothing"):
        fill("{nothing}", {})


def test_phrases_place_inlines(law: Law) -> None:
    brief = Brief(generica().dossier(), law, {}, BuildOptions(date(2026, 1, 1), draft=False))
    with pytest.raises(MissingLabel):
        brief.phrase("section_ref")
