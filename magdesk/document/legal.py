"""The legal analysis of one target: each paragraph pleaded, its words, its elements and what proves each one."""

from __future__ import annotations

import uuid

from magdesk.document.blocks import (
    Block,
    Cell,
    CrossRef,
    Heading,
    Inline,
    Note,
    Paragraph,
    ParagraphStyle,
    Quote,
    Table,
    Text,
)
from magdesk.document.citing import pinpoints
from magdesk.document.context import Brief
from magdesk.document.names import capital
from magdesk.document.narrative import narrative
from magdesk.document.tables import cell, heads, words
from magdesk.isolates import isolated
from magdesk.model.people import BasisStanding, LegalBasis, Target
from magdesk.regimes.regime import AbuseType, Element, Prong, Regime


def target_law(brief: Brief, target: Target, level: int) -> tuple[Block, ...]:
    """The legal analysis of one target, authority by authority."""
    out: list[Block] = []
    for basis, regime, prong in brief.bases(target):
        out += _basis(brief, target, basis, regime, prong, level)
    return tuple(out) or brief.open_paragraph()


def _basis(brief: Brief, target: Target, basis: LegalBasis, regime: Regime, prong: Prong, level: int) -> list[Block]:
    quoted = _first_quoted(brief, prong)
    anchor = f"law-{quoted.id}"
    out: list[Block] = [Heading(level, _title(brief, basis, regime, prong), anchor if quoted is basis else "")]
    again = any(row.prong == basis.prong for row, own, _p in _before(brief, target, basis) if own is regime)
    if not again:
        if quoted is basis:
            out += _wording(brief, basis, prong)
        elif prong.wording and not prong.provenance.verify:
            above = CrossRef(brief.prong_short(regime, prong), anchor)
            out.append(Paragraph(brief.phrase("wording_above", citation=above)))
        if prong.neutral and brief.accused(target.party):
            # "Solely" and "no allegation" would be false of one who is pleaded against for acts as well.
            out.append(Paragraph(brief.phrase("family_pleading", target=brief.subject(target))))
        else:
            pleading = brief.with_citation(prong.pleading, regime.code)
            out.append(Paragraph(brief.compose(pleading, target=brief.subject(target))))
    out += _principal(brief, basis)
    kind = regime.abuse_type(basis.abuse_type) if basis.abuse_type else None
    if kind is not None and _first_of_type(brief, basis):
        out += _definition(brief, kind)
    if basis.argument.strip():
        out += narrative(basis.argument, level=level)
    out.append(_elements(brief, target, basis, regime))
    if prong.neutral:
        label = "family_tie_alone" if brief.accused(target.party) else "family_neutral"
        out.append(Paragraph((Text(brief.label(label), italic=True),)))
    return out


def _wording(brief: Brief, basis: LegalBasis, prong: Prong) -> list[Block]:
    """The literal words of the paragraph; nothing while they are not verified as law."""
    if not prong.wording or prong.provenance.verify:
        if not brief.options.draft or not prong.provenance.verify:
            return []
        return [Paragraph((Text(brief.label("wording_verify", citation=prong.citation), italic=True),))]
    intro = brief.phrase("wording_intro", citation=brief.prong_citation(basis, prong))
    return [
        Paragraph(intro, keep_with_next=True),
        Quote((Paragraph((Text(prong.wording), _law_note(brief, basis, prong))),)),
    ]


def _first_quoted(brief: Brief, prong: Prong) -> LegalBasis:
    """Where words of law are quoted: once, under the first basis that rests on them."""
    everywhere = (entry for target in brief.dossier.targets for entry in brief.bases(target))
    return next(row for row, _regime, own in everywhere if own.wording == prong.wording)


def _before(brief: Brief, target: Target, basis: LegalBasis) -> list[tuple[LegalBasis, Regime, Prong]]:
    """The target's legal bases that are analysed before this one."""
    bases = brief.bases(target)
    return bases[: next(place for place, (row, _r, _p) in enumerate(bases) if row is basis)]


def _first_of_type(brief: Brief, basis: LegalBasis) -> bool:
    """Whether the abuse type is pleaded here for the first time: its definition is printed once."""
    same = (row for target in brief.dossier.targets for row, _regime, _prong in brief.bases(target))
    return next(row for row in same if row.abuse_type == basis.abuse_type) is basis


def _title(brief: Brief, basis: LegalBasis, regime: Regime, prong: Prong) -> tuple[Inline, ...]:
    kind = regime.abuse_type(basis.abuse_type) if basis.abuse_type else None
    title = brief.label("basis_kind", title=prong.title, kind=kind.title) if kind else prong.title
    citation = regime.short if "{citation}" in prong.citation else prong.citation
    key = "basis_heading_alternative" if basis.standing is BasisStanding.ALTERNATIVE else "basis_heading"
    return (Text(brief.label(key, citation=citation, title=title)),)


def _law_note(brief: Brief, basis: LegalBasis, prong: Prong) -> Note:
    """Where the words stand and of which date they are, with the regulation's paragraph where it is known."""
    second = f"; {prong.secondary}" if prong.secondary else ""
    text = brief.label(
        "law_note" if prong.provenance.dated else "law_note_undated",
        citation=brief.prong_citation(basis, prong) + second,
        source=prong.provenance.source,
        date=brief.day(prong.provenance.as_of),
    )
    return Note((Text(text),))


def _principal(brief: Brief, basis: LegalBasis) -> list[Block]:
    if basis.principal is not None and brief.recommends(basis.principal):
        other = brief.subject(basis.principal)
        return [Paragraph(brief.phrase("principal_recommended", principal=other))]
    if basis.principal_listing.strip():
        return [Paragraph((Text(brief.label("principal_blocked", listing=basis.principal_listing.strip())),))]
    return []


def _definition(brief: Brief, kind: AbuseType) -> list[Block]:
    # A definition that only says the title again in other words tells the reader nothing.
    if not kind.definition or kind.provenance.verify or kind.title.casefold() in kind.definition.casefold():
        return []
    source = Note((Text(capital(brief.label("definition_note", source=kind.provenance.source))),))
    return [Paragraph((Text(f"{kind.title}. ", italic=True), Text(kind.definition), source))]


def _elements(brief: Brief, target: Target, basis: LegalBasis, regime: Regime) -> Table:
    elsewhere = _told_elsewhere(brief, basis)
    notes = {
        row.element: row.text
        for row in brief.dossier.element_notes
        if row.legal_basis_id == basis.id and row.element not in elsewhere
    }
    rows: list[tuple[Cell, ...]] = [
        heads(
            brief.label("element"), brief.label("element_facts"), brief.label("element_exhibits"),
            brief.label("element_sources"),
        )
    ]  # fmt: skip
    elements = brief.elements(basis, regime)
    act = _of_the_act(basis, regime)
    above = _shown_above(brief, target, basis, regime)
    told_again = act if above is not None else ()
    proved_groups = {row.group for row in elements if row.group and brief.proving_facts(basis, row)}
    for element in elements:
        if element in told_again:
            continue
        optional = not element.required or element.group in proved_groups
        rows += _element(brief, basis, element, notes.get(element.code, ""), optional=optional)
    if above is not None:
        rows.append((cell(Paragraph(above), shade="muted", span=4),))
    caption = brief.phrase("elements_caption", target=brief.subject(target))
    return Table(tuple(rows), (2.3, 1.0, 2.2, 1.35), header_rows=1, caption=caption)


def _of_the_act(basis: LegalBasis, regime: Regime) -> tuple[Element, ...]:
    """The elements of the abuse or corruption that is pleaded, without those of the paragraph."""
    prong = regime.prong(basis.prong)
    own = prong.elements if prong else ()
    return tuple(row for row in regime.elements(basis.prong, basis.abuse_type) if row not in own)


def _shown_above(brief: Brief, target: Target, basis: LegalBasis, regime: Regime) -> tuple[Inline, ...] | None:
    """The words that refer to an earlier table of the target in which the same facts show the same act."""
    rows = _of_the_act(basis, regime)
    if not rows:
        return None
    shown = _shown(brief, basis, rows)
    if not any(facts for _code, facts, _note in shown):
        return None
    for other, known, prong in _before(brief, target, basis):
        if other.abuse_type == basis.abuse_type and _shown(brief, other, _of_the_act(other, known)) == shown:
            kind = regime.abuse_type(basis.abuse_type)
            return brief.phrase(
                "elements_above",
                codes=Text(f"{rows[0].code}–{rows[-1].code}", bold=True),
                kind=kind.title if kind else "",
                above=brief.prong_short(known, prong),
            )
    return None


def _shown(brief: Brief, basis: LegalBasis, rows: tuple[Element, ...]) -> list[tuple[str, list[uuid.UUID], str]]:
    """What the table says of these elements: their facts, and what the drafters add."""
    notes = {row.element: row.text.strip() for row in brief.dossier.element_notes if row.legal_basis_id == basis.id}
    return [
        (row.code, [fact.id for fact in brief.proving_facts(basis, row)], notes.get(row.code, "")) for row in rows
    ]


def _named(brief: Brief, basis: LegalBasis, element: Element) -> tuple[Inline, ...]:
    """Who is named where an element asks for a principal: the recommendation or the listing is itself the proof."""
    if element.aspect != "principal":
        return ()
    if basis.principal is not None and brief.recommends(basis.principal):
        return (*brief.phrase("element_named", principal=brief.subject(basis.principal)),)
    listing = basis.principal_listing.strip()
    return (Text(isolated(listing)),) if listing else ()


def _told_elsewhere(brief: Brief, basis: LegalBasis) -> frozenset[str]:
    """The paragraph's own elements whose comments stand in a part of their own, e.g. why the act is serious."""
    regime = brief.law.regimes[basis.regime]
    prong = regime.prong(basis.prong)
    parts = [part for section in brief.packet.outline for part in section.parts if part.content == "target_elements"]
    aspects = {aspect for part in parts for aspect in part.aspects}
    return frozenset(element.code for element in (prong.elements if prong else ()) if element.aspect in aspects)


def _element(
    brief: Brief, basis: LegalBasis, element: Element, note: str, *, optional: bool
) -> list[tuple[Cell, ...]]:
    facts = brief.proving_facts(basis, element)
    if not facts and optional and not note.strip():
        return []
    citations = brief.supporting(facts)
    sources = list(dict.fromkeys(row.evidence_id for row in citations))
    weight = ""
    if sources:
        roots = len(brief.roots(citations))
        weight = brief.label("source_count", sources=str(len(sources)), roots=str(roots))
        if roots == element.roots_needed == 1:
            weight = brief.label("source_enough", count=weight)
    missing: tuple[Inline, ...] = (Text(brief.label("no_fact"), italic=True),) if brief.options.draft else ()
    row = (
        words(Text(element.code, bold=True), Text(f"\u2002{element.title}")),
        words(*(brief.fact_refs(facts) or _named(brief, basis, element) or missing)),
        words(*pinpoints(brief, citations)),
        words(weight),
    )
    if not note.strip():
        return [row]
    comment = [
        Paragraph(block.inlines, ParagraphStyle.SMALL) if isinstance(block, Paragraph) else block
        for block in narrative(note, level=4)
    ]
    return [row, (Cell(tuple(comment), shade="muted", span=4),)]
