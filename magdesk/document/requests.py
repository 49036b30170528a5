"""The exact request for each target: authority, paragraphs, public or not, family members by association."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

from magdesk.document.assets import assets
from magdesk.document.blocks import Block, Heading, Inline, ListBlock, Mention, Paragraph, Text
from magdesk.document.context import Brief
from magdesk.document.family import family_note
from magdesk.document.identification import identifier_text, source_of
from magdesk.document.measures import measures_sentence
from magdesk.document.narrative import narrative, sentence
from magdesk.document.tables import joined
from magdesk.document.titles import same_order
from magdesk.model.case import Authority
from magdesk.model.people import FAMILY, BasisStanding, IdentifierKind, Relation, RelationKind, Target
from magdesk.regimes.regime import Regime

_ACT = re.compile(r" \(|, ")  # what stands before it is the name of an act or regulations
# A relation is stored as the target's: whose parent the target is, is the target's child.
_SEEN_FROM_THE_RELATIVE = {RelationKind.PARENT: RelationKind.CHILD, RelationKind.CHILD: RelationKind.PARENT}
_NEAR = timedelta(days=60)  # as the check of the authority has it
_SHOWN = (IdentifierKind.DATE_OF_BIRTH, IdentifierKind.PLACE_OF_BIRTH, IdentifierKind.NATIONALITY)


def requests(brief: Brief, level: int) -> tuple[Block, ...]:
    """One request for each target."""
    out: list[Block] = []
    for number, target in enumerate(brief.dossier.targets, 1):
        out.append(Heading(level + 1, (Mention(str(target.party_id)),), f"request-{number}"))
        out += narrative(brief.asked(target), level=level + 1) or brief.open_paragraph()
        items = [(Paragraph(line),) for line in _measures(brief, target)]
        if items:
            out.append(ListBlock(tuple(items)))
        out += assets(brief, target)
        out += _family(brief, target)
    return (*out, *_ends(brief), *_lapses(brief))


def _measures(brief: Brief, target: Target) -> list[tuple[Inline, ...]]:
    lines: list[tuple[Inline, ...]] = []
    for authority, regime in brief.authorities:
        bases = [(basis, prong) for basis, own, prong in brief.bases(target) if own is regime]
        if not bases:
            continue
        first = [brief.prong_citation(row, prong) for row, prong in bases if row.standing is BasisStanding.PRIMARY]
        others = [brief.prong_citation(row, prong) for row, prong in bases]
        second = [citation for citation in dict.fromkeys(others) if citation not in first]
        paragraphs = same_order(first)
        if second:
            alternative = brief.label("in_the_alternative", paragraphs=same_order(second))
            paragraphs = f"{paragraphs}; {alternative}" if paragraphs else alternative
        parts = [
            measures_sentence(brief, authority, regime, target),
            _publicity(brief, authority) if brief.prints("publicity") else (),
        ]
        name = regime_name(brief, regime)
        act = _ACT.split(name)[0]
        if paragraphs.startswith(act):  # the paragraph says already what it is a paragraph of
            head: tuple[Inline, ...] = (Text(act, bold=True), Text(f"{paragraphs.removeprefix(act)}."))
        else:
            head = (Text(f"{name}: ", bold=True), Text(f"{paragraphs}."))
        lines.append(joined([head, *parts], " "))
    return lines


def regime_name(brief: Brief, regime: Regime) -> str:
    """What a regime is called in running text, with the user's yearly citation."""
    return brief.with_citation(regime.title, regime.code)


def _publicity(brief: Brief, authority: Authority) -> tuple[Inline, ...]:
    wish = brief.choice(authority.publicity)
    reason = sentence(authority.publicity_reason.strip())
    return joined([wish, reason], " ")


def _ends(brief: Brief) -> list[Block]:
    """That a law ends soon, or has ended as far as is known; nothing once somebody said where it was extended."""
    read = {row.subject_id for row in brief.dossier.waivers if row.code == "C38"}
    day = max(brief.options.date, brief.dossier.case.filing_date or brief.options.date)
    out: list[Block] = []
    for row, regime in brief.authorities:
        until = regime.in_force_until
        if until is None or regime.yearly_citation or row.id in read or until - day > _NEAR:
            continue
        key = "law_ended" if day > until else "law_ends"
        out.append(Paragraph((Text(brief.label(key, regime=regime.title, until=brief.day(until))),)))
    return out


def _lapses(brief: Brief) -> list[Block]:
    """That listings end by themselves, where they do: the reader is asked to think of it in time."""
    years = sorted({regime.listing_years for _row, regime in brief.authorities if regime.listing_years})
    return [Paragraph((Text(brief.label("listing_lapses", years=str(count))),)) for count in years]


def _family(brief: Brief, target: Target) -> list[Block]:
    """The relatives for whom action is asked by association: where a law reaches them as such, and never a target."""
    if not any(prong.neutral for _basis, regime, _prong in brief.bases(target) for prong in regime.prongs):
        return []
    relatives: dict[uuid.UUID, Relation] = {}
    for party in brief.dossier.parties.values():
        for relation in party.relations:
            ends = (relation.party_id, relation.other_id)
            if relation.include_in_request and relation.kind in FAMILY and target.party_id in ends:
                other = ends[1] if ends[0] == target.party_id else ends[0]
                own = brief.dossier.parties[other].target
                if own is None or not brief.recommends(own):
                    relatives.setdefault(other, relation)
    if not relatives or not brief.prints("family"):
        return []
    items = tuple((Paragraph(_relative(brief, target, relation)),) for relation in relatives.values())
    return [
        Paragraph(brief.phrase("family_request", target=brief.subject(target)), keep_with_next=True),
        ListBlock(items),
        *family_note(brief, (brief.dossier.parties[key] for key in relatives)),
    ]


def _relative(brief: Brief, target: Target, relation: Relation) -> tuple[Inline, ...]:
    """A relative by name and degree, with what identifies: nothing that could be read as an allegation."""
    own = relation.party_id == target.party_id
    party = brief.dossier.parties[relation.other_id if own else relation.party_id]
    degree = _SEEN_FROM_THE_RELATIVE.get(relation.kind, relation.kind) if own else relation.kind
    words = (Mention(str(party.id)), Text(f", {brief.label(f'relative_{degree.value}')}"))
    details: list[tuple[Inline, ...]] = []
    if not party.protected:
        for kind in _SHOWN:
            for row in party.identifiers:
                if row.kind is kind:
                    label = f"{brief.choice(kind)}: {identifier_text(row)}"
                    details.append((Text(label), *source_of(brief, row.id, row.citations)))
    return (*joined([words, *details], "; "), Text("."), *source_of(brief, relation.id, relation.citations))
