"""Kinds of rows that several pages put into their forms: citations, names, identifiers, positions, relations."""

from __future__ import annotations

import re
import uuid
from typing import Any

from magdesk.dates.partialdate import PartialDate
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import add_cards
from magdesk.gui.forms.choices import (
    Choice,
    evidence_choices,
    evidence_title,
    party_choices,
    party_name,
    recipient_choices,
)
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import Pick, RowKind, pick_kind, pick_of
from magdesk.gui.forms.standardfield import Standard
from magdesk.gui.labels import label
from magdesk.gui.words import _, joined, ngettext
from magdesk.model import Base, Citation, Consent, Identifier, Name, Party, Position, Relation
from magdesk.model.facts import PinpointKind, Stance, is_seen
from magdesk.model.people import ConsentLevel, EndState, IdentifierKind, NameKind, PartyKind, RelationKind
from magdesk.values import script_of


def sources(row: Any) -> str:
    """How many sources a row has."""
    count = len(row.citations)
    if not count:
        return _("no source")
    text = ngettext("{count} source", "{count} sources", count).format(count=count)
    against = sum(one.stance is Stance.CONTRADICTS for one in row.citations)
    return f"{text}, " + _("{count} against").format(count=against) if against else text


def span_of(start: PartialDate | None, end: PartialDate | None, state: EndState) -> str:
    """A time span in words."""
    first = start.display() if start is not None else ""
    last = end.display() if end is not None else label(state) if state is not EndState.UNKNOWN else ""
    return f"{first} – {last}".strip(" –") if last else first


# ------------------------------------------------------------------------------------------------ citations


def _build_citation(form: Form) -> None:
    form.reference("evidence_id", _("Evidence"), evidence_choices, required=True)
    form.choice("pinpoint_kind", _("Counted in"), PinpointKind, 4)
    form.text("pinpoint", _("Pinpoint"), 4, hint=_("e.g. 4-5, 00:03:10, Sheet1!B7:D9"))
    form.choice("stance", _("Stance"), Stance, 4)
    form.multiline("quote", _("Quote, in the language of the source"))
    form.multiline("quote_english", _("Quote in English"), lines=1)
    form.text("note", _("Note"))


def _citation_title(desk: Desk, row: Citation) -> str:
    number = desk.survey.exhibits.get(row.evidence_id)
    title = evidence_title(row.evidence)
    return _("Ex. {number}: {title}").format(number=number, title=title) if number else title


def _citation_detail(_desk: Desk, row: Citation) -> str:
    words = {
        PinpointKind.PAGE: _("p. {n}"),
        PinpointKind.PARAGRAPH: _("para. {n}"),
        PinpointKind.MESSAGE: _("message {n}"),
        PinpointKind.LINE: _("line {n}"),
    }
    place = words.get(row.pinpoint_kind, "{n}").format(n=row.pinpoint) if row.pinpoint else ""
    if row.pinpoint_kind is PinpointKind.WHOLE:
        place = label(row.pinpoint_kind)
    seen = _("seen by {name}").format(name=row.seen_by) if is_seen(row, row.evidence) else ""
    return joined(label(row.stance) if row.stance is not Stance.SUPPORTS else "", place, seen)


def _cited(row: Citation) -> tuple[uuid.UUID, int, str, tuple[PinpointKind, str]]:
    """The item, the first page that is named, the quotation as words to look for piece by piece, and the pinpoint."""
    pages = re.search(r"[0-9]+", row.pinpoint) if row.pinpoint_kind is PinpointKind.PAGE else None
    pieces = [" ".join(piece.replace('"', " ").split()) for piece in re.split(r"…|\.\.\.|\[[^\]]*\]", row.quote)]
    words = " ".join(f'"{piece}"' for piece in pieces if piece)
    return row.evidence_id, int(pages[0]) if pages else 0, words, (row.pinpoint_kind, row.pinpoint)


CITATION = RowKind(
    kind=Citation,
    page="facts",
    add=_("Add a source"),
    one=_("source"),
    empty=_("No source yet: add the exhibit and the page that show this."),
    title=_citation_title,
    detail=_citation_detail,
    build=_build_citation,
    against=lambda row: row.stance is Stance.CONTRADICTS,
    picks=(pick_of("evidence_id", evidence_choices),),
    source=_cited,
)


def add_sources(form: Form, title: str = "") -> None:
    """The sources of the form's row."""
    add_cards(form, CITATION, "citations", title or _("Sources"))


# ---------------------------------------------------------------------------------------------------- names


def _build_name(form: Form) -> None:
    form.text("text", _("Name"), 8)
    form.choice("kind", _("Kind"), NameKind, 4)
    form.text("script", _("Script"), 4, hint=_("detected from the letters"))
    form.standard("language", _("Language"), Standard.LANGUAGE, 4, hint=_("e.g. ar, ru, zh"))
    form.text("system", _("Romanization"), 4)
    add_sources(form)


def _name_detail(_desk: Desk, row: Name) -> str:
    script = row.script or (script_of(row.text) if row.text else "")
    return joined(label(row.kind), script if script not in ("Latn", "Zyyy") else "", sources(row))


NAME = RowKind(
    kind=Name,
    page="targets",
    add=_("Add a name"),
    one=_("name"),
    empty=_("No name yet: start with the one that the documents will use."),
    title=lambda _desk, row: row.text,
    detail=_name_detail,
    build=_build_name,
    start=lambda _desk, owner: {"kind": NameKind.ALIAS if owner is not None and owner.names else NameKind.PRIMARY},  # type: ignore[attr-defined]
)


# ---------------------------------------------------------------------------------------------- identifiers


def _build_identifier(form: Form) -> None:
    form.choice("kind", _("Kind"), IdentifierKind, 6)
    form.standard("country", _("Country"), Standard.COUNTRY, 6)
    form.text("value", _("Value"), 8)
    form.partial_date("date", _("Date, if it is one"), 4)
    form.text("note", _("Note"))
    add_sources(form)


# What a designating office needs first comes first; what is entered already, of what there is but one, comes last.
_OF_PEOPLE = (
    IdentifierKind.DATE_OF_BIRTH, IdentifierKind.SEX, IdentifierKind.NATIONALITY, IdentifierKind.LOCATION,
    IdentifierKind.PLACE_OF_BIRTH, IdentifierKind.PASSPORT, IdentifierKind.NATIONAL_ID,
)  # fmt: skip
_OF_BODIES = (
    IdentifierKind.REGISTRATION_NUMBER, IdentifierKind.DATE_FOUNDED, IdentifierKind.LOCATION,
    IdentifierKind.TAX_NUMBER, IdentifierKind.WEBSITE,
)  # fmt: skip
_ONE_OF_EACH = frozenset(
    {
        IdentifierKind.DATE_OF_BIRTH, IdentifierKind.SEX, IdentifierKind.PLACE_OF_BIRTH, IdentifierKind.DATE_OF_DEATH,
        IdentifierKind.DATE_FOUNDED,
    }
)  # fmt: skip


def _identifier_kinds(_desk: Desk, owner: Base | None) -> list[Choice]:
    person = not isinstance(owner, Party) or owner.kind is PartyKind.PERSON
    wanted = _OF_PEOPLE if person else _OF_BODIES
    there = {row.kind for row in owner.identifiers} if isinstance(owner, Party) else set()
    rest = [kind for kind in IdentifierKind if kind not in wanted and kind is not IdentifierKind.OTHER]
    order = [*wanted, *rest, IdentifierKind.OTHER]
    order.sort(key=lambda kind: kind in there and kind in _ONE_OF_EACH)
    return [Choice(kind, label(kind), _("entered already") if kind in there else "") for kind in order]


def _identifier_title(_desk: Desk, row: Identifier) -> str:
    value = row.value or (row.date.display() if row.date else "")
    return f"{label(row.kind)}: {value}" if value else label(row.kind)


IDENTIFIER = RowKind(
    kind=Identifier,
    page="targets",
    add=_("Add an identifier"),
    one=_("identifier"),
    empty=_("None yet. A designating office first needs date of birth, sex, nationality and location."),
    title=_identifier_title,
    detail=lambda _desk, row: joined(row.country, sources(row)),
    build=_build_identifier,
    picks=(Pick("kind", _identifier_kinds),),
)


# ------------------------------------------------------------------------------------ positions, relations


def _build_position(form: Form) -> None:
    form.text("title", _("Post or rank"), 6)
    form.text("body", _("Institution"), 6)
    form.reference("organisation_id", _("Institution, if it is part of this case"), party_choices, 8)
    form.text("place", _("Place"), 4)
    form.partial_date("start", _("From"), 4)
    form.partial_date("end", _("Until"), 4)
    form.choice("end_state", _("Has it ended?"), EndState, 4)
    form.boolean("government", _("Makes the holder an official of a foreign government"))
    form.boolean("leader", _("Makes the holder a leader of the body"))
    add_sources(form)


def _position_title(_desk: Desk, row: Position) -> str:
    body = row.body or (party_name(row.organisation) if row.organisation else "")
    return ", ".join(part for part in (row.title, body) if part)


POSITION = RowKind(
    kind=Position,
    page="targets",
    add=_("Add a position"),
    one=_("position"),
    empty=_("No position yet. Every post with its dates shows who could do what, when."),
    title=_position_title,
    detail=lambda _desk, row: joined(span_of(row.start, row.end, row.end_state), sources(row)),
    build=_build_position,
)


def _build_relation(form: Form) -> None:
    form.choice("kind", _("Relation"), RelationKind, 5)
    form.reference("other_id", _("To whom"), party_choices, 7, required=True)
    form.partial_date("start", _("From"), 4)
    form.partial_date("end", _("Until"), 4)
    form.choice("end_state", _("Has it ended?"), EndState, 4)
    form.number("percent", _("Share (percent)"), 4)
    form.text("note", _("Note"), 8)
    form.boolean("include_in_request", _("Also ask for an entry ban on this family member"))
    add_sources(form)


RELATION = RowKind(
    kind=Relation,
    page="targets",
    add=_("Add a relation"),
    one=_("relation"),
    empty=_("No relation yet: whom does this party command, own, act for or belong to?"),
    title=lambda _desk, row: f"{label(row.kind)} {party_name(row.other)}" if row.other else label(row.kind),
    detail=lambda _desk, row: joined(
        f"{row.percent:g} %" if row.percent is not None else "",
        span_of(row.start, row.end, row.end_state),
        sources(row),
    ),
    build=_build_relation,
    picks=(pick_kind("kind", tuple(RelationKind)), pick_of("other_id", party_choices)),
)


# ------------------------------------------------------------------------------------------------- consents


def _build_consent(form: Form) -> None:
    form.choice("level", _("Level"), ConsentLevel, 8)
    form.date("obtained_on", _("Obtained on"), 4)
    form.text("obtained_by", _("Obtained by"), 4)
    form.text("language", _("Language"), 4)
    form.text("interpreter", _("Interpreter"), 4)
    form.multiline("scope", _("What was agreed, in the person's words"))
    form.boolean("informed_of_disclosure_risk", _("Was told that a government may disclose what it receives"))
    form.reference(
        "recipient_id", _("Only for this recipient (leave empty for whoever the level allows)"), recipient_choices, 6
    )
    form.reference(
        "guardian_id", _("Given by, for a child or another person who cannot consent alone"), party_choices, 6
    )
    form.date("review_on", _("Ask again on"), 4)
    form.reference("form_id", _("Signed form"), evidence_choices, 8)
    form.moment("withdrawn_at", _("Withdrawn on"), 4)


def _consent_detail(_desk: Desk, row: Consent) -> str:
    if row.withdrawn_at is not None:
        return _("withdrawn")
    return row.obtained_on.isoformat() if row.obtained_on else _("no date")


CONSENT = RowKind(
    kind=Consent,
    page="people",
    add=_("Record consent"),
    one=_("consent"),
    empty=_("No consent recorded. Without it, nothing about this person may leave the case."),
    title=lambda _desk, row: label(row.level),
    detail=_consent_detail,
    build=_build_consent,
)
