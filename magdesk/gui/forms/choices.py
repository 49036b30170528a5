"""Rows to choose from, in words: what pickers, references and chips show of a row."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from magdesk.gui.desk.desk import Desk
from magdesk.gui.labels import label
from magdesk.gui.words import _
from magdesk.model import Evidence, Fact, Incident, LegalBasis, Party, Recipient, Target
from magdesk.model import text as tokens
from magdesk.services.evidence.lines import read_titles


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen.

    Attributes:
        key: what is stored.
        title: how it reads.
        detail: a second line to tell it from others.
        marks: start and end of what is to stand out in the second line.
    """

    key: uuid.UUID | str
    title: str
    detail: str = ""
    marks: tuple[tuple[int, int], ...] = ()


ChoiceSource = Callable[[Desk], list[Choice]]


def party_name(party: Party) -> str:
    """A party in the window: its name, or what stands for it."""
    return party.name or party.pseudonym or _("Unnamed")


def party_choices(desk: Desk) -> list[Choice]:
    """Every party, by name."""
    found = [Choice(party.id, party_name(party), party_roles(party)) for party in desk.rows(Party)]
    return sorted(found, key=lambda choice: choice.title.casefold())


def party_roles(party: Party) -> str:
    """What a party is in the case: ``Person · target``."""
    roles = [label(party.kind)]
    roles += [_("target")] * (party.target is not None)
    roles += [_("victim")] * (party.victim is not None)
    roles += [_("witness")] * (party.witness is not None)
    return " · ".join(roles)


def recipient_choices(desk: Desk) -> list[Choice]:
    """Every office that a packet goes to, in the user's order."""
    return [
        Choice(row.id, row.office or row.addressee or _("Unnamed"), row.addressee) for row in desk.rows(Recipient)
    ]


def target_choices(desk: Desk) -> list[Choice]:
    """Every target, in the user's order."""
    return [Choice(row.id, party_name(row.party), label(row.party.kind)) for row in desk.rows(Target)]


def incident_choices(desk: Desk) -> list[Choice]:
    """Every incident, in the user's order."""
    return [Choice(row.id, incident_title(row), row.place) for row in desk.rows(Incident)]


def incident_title(row: Incident) -> str:
    """An incident in a few words."""
    return row.title or _("Untitled incident")


def evidence_choices(desk: Desk) -> list[Choice]:
    """Every item of evidence, in the user's order; columns only, so that thousands cost little."""
    numbers = desk.survey.exhibits
    out = []
    for key, title, english, name in read_titles(desk.case):
        number = numbers.get(key)
        mark = _("Exhibit {number}").format(number=number) + " · " if number else ""
        out.append(Choice(key, title or english or name or _("Untitled"), mark + (english if title else "") + ""))
    return out


def evidence_title(row: Evidence) -> str:
    """An item of evidence in a few words."""
    return row.title or row.title_english or row.file_name or _("Untitled")


def fact_choices(desk: Desk) -> list[Choice]:
    """Every fact with its number."""
    return [
        Choice(row.id, _("Fact {number}").format(number=number), plain_text(desk, row.text)[:160])
        for number, row in enumerate(desk.facts(), 1)
    ]


def basis_title(desk: Desk, row: LegalBasis) -> str:
    """A legal basis in a few words: regime and prong."""
    regime = desk.law.regimes.get(row.regime)
    prong = regime.prong(row.prong) if regime else None
    if regime is None:
        return _("No authority selected yet")
    if prong is None:
        return f"{regime.short}: " + _("no ground selected yet")
    kind = regime.abuse_type(row.abuse_type)
    return f"{prong.code} {kind.title if kind else prong.title} ({regime.short})"


def basis_choices(desk: Desk) -> list[Choice]:
    """Every legal basis of every target."""
    return [
        Choice(basis.id, basis_title(desk, basis), party_name(target.party))
        for target in desk.rows(Target)
        for basis in target.legal_bases
    ]


def chip_text(desk: Desk, reference: tokens.Reference) -> str:
    """How a token reads in the window."""
    if reference.kind == "party":
        party = desk.get(Party, reference.key)
        return party_name(party) if party else _("missing person")
    if reference.kind == "fact":
        number = desk.survey.facts.get(reference.key)
        if number:
            return _("Fact {number}").format(number=number)
        return _("Fact") if desk.get(Fact, reference.key) else _("missing fact")
    exhibit = desk.survey.exhibits.get(reference.key)
    row = None if exhibit else desk.get(Evidence, reference.key)
    if exhibit is None and row is None:
        return _("missing exhibit")
    text = (
        _("Ex. {number}").format(number=exhibit)
        if exhibit
        else _("Ex. “{title}”").format(title=evidence_title(row)[:40] if row else "")
    )
    return f"{text}, {reference.pinpoint}" if reference.pinpoint else text


def plain_text(desk: Desk, text: str) -> str:
    """Narrative text with its tokens in words, on one line."""
    out, last = [], 0
    for reference in tokens.references(text):
        out += [text[last : reference.start], chip_text(desk, reference)]
        last = reference.end
    return " ".join("".join([*out, text[last:]]).split())
