"""What is done to facts as a whole: split, merge, duplicate. References to a fact follow it wherever they stand.

Every function changes rows inside a step of the journal that the caller opened, so that undo takes all of it back.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from sqlalchemy import Enum, String, or_, select
from sqlalchemy.orm import Session

from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.model import Base, Citation, Fact, Waiver
from magdesk.model import text as tokens
from magdesk.services.proving import copied, same


class Side(StrEnum):
    """To which part of a split fact a citation goes."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


def split_places(text: str) -> tuple[int, ...]:
    """Where a text can be split well: behind each sentence but the last, and behind semicolons."""
    inside = [(reference.start, reference.end) for reference in tokens.references(text)]
    ends = (match.end() for match in re.finditer(r"[.!?…;]['\"”’)\]]*\s+", text))
    return tuple(place for place in ends if place < len(text) and not _within(inside, place))


def split_fact(session: Session, fact: Fact, place: int, sides: Mapping[uuid.UUID, Side] | None = None) -> Fact:
    """Split a statement in two; the second part comes right behind the first and proves the same elements.

    Args:
        place: offset into the text, in characters; inside a token it moves behind it.
        sides: where each citation goes, by its key; both parts keep those that are not named.

    Returns:
        The second part.

    Raises:
        InputError: one of the parts would be empty.
    """
    for reference in tokens.references(fact.text):
        if reference.start < place < reference.end:
            place = reference.end
    first, second = fact.text[:place].rstrip(), fact.text[place:].lstrip()
    if not first or not second:
        raise InputError(
            _("A fact is split between two sentences; here one of the parts would be empty."),
            _("Put the cursor between two sentences."),
        )
    fact.text = first
    part = Fact(text=second, date=fact.date, place=fact.place, incident_id=fact.incident_id)
    session.add(part)
    part.proofs = [copied(row) for row in fact.proofs]
    for row in _in_order(fact.citations):
        side = (sides or {}).get(row.id, Side.BOTH)
        if side is Side.SECOND:
            part.citations.append(row)
        elif side is Side.BOTH:
            part.citations.append(_copied(row))
    _place_behind(session, fact, part)
    return part


def merge_facts(session: Session, facts: Sequence[Fact]) -> Fact:
    """Make one fact of several: texts joined, citations and proofs united without doubles.

    The first one stays and keeps its incident; date and place are those of the first that has one. Wherever a text
    refers to one of the others, it refers to the one that stays.

    Args:
        facts: two or more, in the order of their numbers.

    Raises:
        InputError: there are not two.
    """
    kept, rest = facts[0] if facts else None, [fact for fact in facts[1:] if fact is not facts[0]]
    if kept is None or not rest:
        raise InputError(_("At least two facts are needed to merge."), _("Select them in the list first."))
    known = {_what(row): row for row in kept.citations}
    rank = max((row.rank for row in kept.citations), default=-1) + 1
    proved = {same(row) for row in kept.proofs}
    texts = [kept.text]
    for fact in rest:
        if _plain(fact.text) not in {_plain(text) for text in texts}:
            texts.append(fact.text)
        kept.date = kept.date or fact.date
        kept.place = kept.place or fact.place
        for row in _in_order(fact.citations):
            double = known.get(_what(row))
            if double is not None:
                double.note = _both(double.note, row.note)
                continue
            copy = _copied(row)
            copy.rank = rank
            rank += 1
            known[_what(copy)] = copy
            kept.citations.append(copy)
        for proof in fact.proofs:
            if same(proof) not in proved:
                proved.add(same(proof))
                kept.proofs.append(copied(proof))
    kept.text = " ".join(text.strip() for text in texts if text.strip())
    gone = {fact.id for fact in rest}
    session.flush()
    redirect(session, gone, kept)
    _forget_waivers(session, rest)
    for fact in rest:
        session.delete(fact)
    session.flush()
    return kept


def duplicate_fact(session: Session, fact: Fact) -> Fact:
    """A copy right behind the original, with the same sources and elements."""
    copy = Fact(text=fact.text, date=fact.date, place=fact.place, incident_id=fact.incident_id)
    copy.citations = [_copied(row) for row in _in_order(fact.citations)]
    copy.proofs = [copied(row) for row in fact.proofs]
    session.add(copy)
    _place_behind(session, fact, copy)
    return copy


def redirect(session: Session, gone: Collection[uuid.UUID], kept: Fact) -> int:
    """Let every text that refers to one of some facts refer to another; how many texts that changed.

    Two references that now say the same side by side become one; the fact itself never refers to itself.
    """
    changed = 0
    for row, name in _texts_naming(session, gone):
        before = getattr(row, name)
        after = _redirected(before, gone, None if row is kept else kept.id)
        if after != before:
            setattr(row, name, after)
            changed += 1
    return changed


def people_of(fact: Fact) -> tuple[uuid.UUID, ...]:
    """The parties that a statement names, in the order in which it does."""
    found = (one.key for one in tokens.references(fact.text) if one.kind == "party")
    return tuple(dict.fromkeys(found))


# ------------------------------------------------------------------------------------------------------ inside


def _texts_naming(session: Session, keys: Collection[uuid.UUID]) -> Iterator[tuple[Base, str]]:
    """Every text of the case that names one of the facts, whatever row it stands in."""
    patterns = [f"%[@fact:{key}]%" for key in keys]
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        names = [
            column.key
            for column in mapper.column_attrs
            if isinstance(column.columns[0].type, String) and not isinstance(column.columns[0].type, Enum)
        ]
        if not names:
            continue
        # SQLite compares letters without regard to case here, as keys are written by hand in either.
        tests = [getattr(kind, name).like(pattern) for name in names for pattern in patterns]
        for row in session.scalars(select(kind).where(or_(*tests))):
            for name in names:
                text = getattr(row, name)
                if isinstance(text, str) and any(one.key in keys for one in tokens.references(text)):
                    yield row, name


def _redirected(text: str, gone: Collection[uuid.UUID], kept: uuid.UUID | None) -> str:
    out, last = [], 0
    for reference in tokens.references(text):
        if reference.kind == "fact" and reference.key in gone:
            out += [text[last : reference.start], tokens.fact_token(kept) if kept is not None else ""]
            last = reference.end
    joined = "".join([*out, text[last:]])
    if kept is None:
        return re.sub(r"[ \t]+(?=[.,;:]|$)|(?<=\s)[ \t]+", "", joined).strip()
    token = re.escape(tokens.fact_token(kept))
    return re.sub(rf"{token}(?:[ \t]*{token})+", tokens.fact_token(kept), joined)


def _forget_waivers(session: Session, facts: Sequence[Fact]) -> None:
    """What was set aside about a fact, or a citation of it, that is no more says nothing about the one that stays."""
    keys = {fact.id for fact in facts} | {row.id for fact in facts for row in fact.citations}
    for waiver in session.scalars(select(Waiver).where(Waiver.subject_id.in_(keys))):
        session.delete(waiver)


def _place_behind(session: Session, fact: Fact, fresh: Fact) -> None:
    """Give a fresh fact the place right behind another among those of the same incident."""
    same = Fact.incident_id.is_(None) if fact.incident_id is None else Fact.incident_id == fact.incident_id
    siblings = list(session.scalars(select(Fact).where(same).order_by(Fact.rank, Fact.id)))
    order = [row for row in siblings if row is not fresh]
    order.insert(order.index(fact) + 1, fresh)
    rank = fact.rank
    for row in order[order.index(fact) + 1 :]:
        if row is not fresh and row.rank > rank:
            break
        rank += 1
        row.rank = rank


def _copied(row: Citation) -> Citation:
    return Citation(
        rank=row.rank,
        evidence_id=row.evidence_id,
        pinpoint_kind=row.pinpoint_kind,
        pinpoint=row.pinpoint,
        quote=row.quote,
        quote_english=row.quote_english,
        stance=row.stance,
        note=row.note,
        seen_by=row.seen_by,
        seen_on=row.seen_on,
        seen_words=row.seen_words,
    )


def _what(row: Citation) -> tuple[object, ...]:
    """What makes two citations the same one."""
    pinpoint = "".join(row.pinpoint.split()).casefold()
    return (row.evidence_id, row.pinpoint_kind, pinpoint, row.stance, _plain(row.quote), _plain(row.quote_english))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _both(first: str, second: str) -> str:
    if not second.strip() or second.strip() in first:
        return first
    return f"{first.strip()} {second.strip()}".strip()


def _in_order(rows: Sequence[Citation]) -> list[Citation]:
    return sorted(rows, key=lambda row: (row.rank, row.id))


def _within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    return any(start < place < end for start, end in spans)
