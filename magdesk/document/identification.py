"""Who exactly: names in all scripts, each identifier with its own source, positions, relations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from magdesk.document.blocks import Block, Cite, Figure, Inline, ListBlock, Mention, Paragraph, Table, Text
from magdesk.document.context import Brief, choice_key
from magdesk.document.family import family_note
from magdesk.document.narrative import sentence
from magdesk.document.spans import institution, span
from magdesk.document.tables import cell, fields, heads, label_table, words
from magdesk.dossier.told import tie_told
from magdesk.isolates import isolated
from magdesk.model.facts import Citation
from magdesk.model.people import (
    FAMILY,
    EndState,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Party,
    PartyKind,
    Position,
    Relation,
    Target,
    Unknown,
)

_PERSON = (
    IdentifierKind.DATE_OF_BIRTH,
    IdentifierKind.PLACE_OF_BIRTH,
    IdentifierKind.SEX,
    IdentifierKind.NATIONALITY,
    IdentifierKind.LOCATION,
)
_BODY = (IdentifierKind.LOCATION, IdentifierKind.DATE_FOUNDED, IdentifierKind.REGISTRATION_NUMBER)

TableRow = tuple[str, Sequence[Block]]


def target_identification(brief: Brief, target: Target) -> tuple[Block, ...]:
    """The identification of one target."""
    party = target.party
    out: list[Block] = [*_photo(brief, target)]
    if party.description.strip():
        out.append(Paragraph(sentence(party.description.strip())))
    rows: list[TableRow] = [
        *_names(brief, party),
        (brief.label("kind"), (Paragraph((Text(brief.choice(party.kind)),)),)),
        *_identifiers(brief, party),
        (
            brief.label("foreign_person"),
            _prose(target.foreign_person_basis) if brief.prints("foreign_person") else (),
        ),
        (brief.label("namesakes"), _checked(brief, target.namesake_check, target.namesake_checked_on)),
        (
            brief.label("designation_check"),  # a look at the list of the United States; others are told by their own
            _checked(brief, target.designation_check, target.designation_checked_on)
            if brief.prints("programme")
            else (),
        ),
    ]
    out += label_table(rows, widths=(1.0, 2.8))
    out += _positions(brief, party)
    out += _relations(brief, party)
    return tuple(out)


def source_of(brief: Brief, owner_id: object, citations: Sequence[Citation]) -> tuple[Inline, ...]:
    """The note with the sources of a row; a draft shows where one is missing."""
    return (Cite(row=str(owner_id)),) if citations or brief.options.draft else ()


# ---------------------------------------------------------------------------------------------- names


def _names(brief: Brief, party: Party) -> list[TableRow]:
    if party.protected:
        return [(brief.label("name"), (Paragraph((Mention(str(party.id)),)),))]
    rows: list[TableRow] = []
    for kind in NameKind:
        named = [name for name in party.names if name.kind is kind and name.text]
        if named:
            rows.append((brief.choice(kind), tuple(Paragraph(_name(brief, name)) for name in named)))
    return rows


def _name(brief: Brief, name: Name) -> tuple[Inline, ...]:
    system: tuple[Inline, ...] = (Text(f" ({isolated(name.system)})"),) if name.system else ()
    bold = name.kind in (NameKind.PRIMARY, NameKind.NATIVE)
    lang = name.language if name.kind is not NameKind.TRANSLITERATION else ""
    return (Text(isolated(name.text), bold=bold, lang=lang), *system, *source_of(brief, name.id, name.citations))


# ---------------------------------------------------------------------------------------- identifiers


def _identifiers(brief: Brief, party: Party) -> list[TableRow]:
    core = _PERSON if party.kind is PartyKind.PERSON else _BODY
    rows: list[TableRow] = []
    for kind in IdentifierKind:
        found = [row for row in party.identifiers if row.kind is kind and (row.value or row.date or row.country)]
        unknown = brief.dossier.unknown(party.id, kind.value)
        blocks: list[Block] = [Paragraph(_identifier(brief, row)) for row in found]
        if not found and unknown is not None:
            blocks.append(_not_found(brief, unknown))
        elif not found and kind in core:
            blocks += brief.open_paragraph("not_recorded")
        if blocks:
            rows.append((brief.choice(kind), blocks))
    return rows


def identifier_text(row: Identifier) -> str:
    """The datum in words: date as far as known, number, country of issue."""
    date = row.date.display() if row.date else ""
    value = isolated(row.value.strip())
    value = f"{value} ({date})" if date and value and date not in value else value or date
    country = row.country.strip()
    if country and country.casefold() not in value.casefold():
        value = f"{value}, {isolated(country)}" if value else isolated(country)
    return value


def _identifier(brief: Brief, row: Identifier) -> tuple[Inline, ...]:
    note: tuple[Inline, ...] = (
        (Text(" ("), *fields(sentence(row.note.strip())), Text(")")) if row.note.strip() else ()
    )
    return (Text(identifier_text(row)), *note, *source_of(brief, row.id, row.citations))


def _not_found(brief: Brief, unknown: Unknown) -> Paragraph:
    """A datum that was looked for in vain: says where and when."""
    text = brief.label("not_found")
    searched = unknown.searched.strip().rstrip(".")
    if searched and unknown.searched_on:
        text = brief.label("not_found_searched_on", searched=searched, date=brief.day(unknown.searched_on))
    elif searched:
        text = brief.label("not_found_searched", searched=searched)
    note: tuple[Inline, ...] = (Text(" "), *sentence(unknown.note.strip())) if unknown.note.strip() else ()
    return Paragraph((Text(text), *note))


# ------------------------------------------------------------------------------ positions, relations


def _positions(brief: Brief, party: Party) -> tuple[Block, ...]:
    if not party.positions:
        return ()
    rows = [heads(brief.label("position"), brief.label("institution"), brief.label("dates"))]
    for position in _latest_first(party.positions):
        title: list[Inline] = [
            *(Text(position.title or brief.label("not_recorded")),),
            *source_of(brief, position.id, position.citations),
        ]
        dates: list[Block] = [Paragraph((Text(span(brief, position.start, position.end, position.end_state)),))]
        for field in ("start", "end"):
            unknown = brief.dossier.unknown(position.id, field)
            if unknown is not None:
                dates.append(_not_found(brief, unknown))
        rows.append((cell(Paragraph(tuple(title))), words(*institution(position)), cell(*dates)))
    caption = brief.phrase("positions_caption", name=Mention(str(party.id), article=True))
    return (Table(tuple(rows), (2.2, 2.2, 1.8), header_rows=1, caption=caption),)


def _latest_first(positions: Sequence[Position]) -> list[Position]:
    """Posts still held first, then by their beginning, latest first; undated ones last, in the user's order."""

    def key(position: Position) -> tuple[bool, int]:
        start = position.start or position.end
        return position.end_state is not EndState.ONGOING, -start.earliest().toordinal() if start else 0

    return sorted(positions, key=key)


def _relations(brief: Brief, party: Party) -> tuple[Block, ...]:
    own = [*party.relations]
    others = [
        relation
        for other in brief.dossier.parties.values()
        if other.id != party.id
        for relation in other.relations
        if relation.other_id == party.id
    ]
    told = [relation for relation in (*own, *others) if tie_told(brief.dossier, relation)]
    items = [(Paragraph(relation_words(brief, relation)),) for relation in told]
    if not items:
        return ()
    kin = [key for row in told if row.kind in FAMILY for key in (row.party_id, row.other_id) if key != party.id]
    out: list[Block] = [
        Paragraph(brief.phrase("relations_caption", name=Mention(str(party.id), article=True)), keep_with_next=True),
        ListBlock(tuple(items)),
    ]
    return (*out, *family_note(brief, (brief.dossier.parties[key] for key in kin)))


def relation_words(brief: Brief, relation: Relation) -> tuple[Inline, ...]:
    """A relation as a neutral sentence with its source."""
    out: list[Inline] = [
        *brief.phrase(
            choice_key(relation.kind),
            party=Mention(str(relation.party_id), article=True),
            other=Mention(str(relation.other_id), article=True),
        )
    ]
    facts: list[str] = []
    if relation.percent is not None:
        facts.append(f"{relation.percent:g}%")
    if relation.start or relation.end:
        facts.append(span(brief, relation.start, relation.end, relation.end_state))
    if facts:
        out.append(Text(f" ({', '.join(facts)})"))
    note: list[Inline] = [Text(" "), *sentence(relation.note.strip())] if relation.note.strip() else []
    return (*out, Text("."), *note, *source_of(brief, relation.id, relation.citations))


# ---------------------------------------------------------------------------------------------- other


def _photo(brief: Brief, target: Target) -> tuple[Block, ...]:
    item = brief.dossier.evidence.get(target.photo_id) if target.photo_id else None
    if item is None or target.party.protected or brief.options.pictures is None:
        return ()
    data = brief.options.pictures(item)
    if not data:
        return ()
    name = brief.naming.printed(target.party)
    caption = (*brief.phrase("photo_caption", name=Mention(str(target.party_id))), Cite(evidence=str(item.id)))
    return (Figure(data, 0.24, brief.label("photo_alt", name=name), caption),)


def _prose(text: str) -> tuple[Block, ...]:
    return (Paragraph(sentence(text.strip())),) if text.strip() else ()


def _checked(brief: Brief, text: str, day: date | None) -> tuple[Block, ...]:
    if not text.strip():
        return ()
    suffix = brief.label("checked_on", date=brief.day(day)) if day else ""
    return (Paragraph((*fields(sentence(text.strip())), *((Text(f" ({suffix})"),) if suffix else ()))),)
