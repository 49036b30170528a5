"""What the packet needs before it can be sent (C01, C02, C30, C37, C40)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from magdesk.checks.exported import Nature
from magdesk.checks.scope import Hit, Scope
from magdesk.checks.submissions import each
from magdesk.model.case import OrganisationRole
from magdesk.model.review import ReviewRole
from magdesk.regimes.filing import Filing

_ADDRESS_AGE = timedelta(days=30)
_SUBMITTERS = (OrganisationRole.LEAD, OrganisationRole.CO_SUBMITTER)
_DELISTING = re.compile(r"reconsideration|de-?list", re.IGNORECASE)  # mailboxes for those who want to leave a list
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def cover(scope: Scope) -> Iterator[Hit]:
    """C01: title, offices, authorities, submitter, point of contact with e-mail and telephone."""
    dossier = scope.dossier
    if not dossier.case.title.strip():
        yield Hit(scope.case_place("title"))
    if not scope.authorities:
        yield Hit(scope.case_place("authorities"), "authority")
    for row in dossier.authorities:
        if row.regime not in scope.law.regimes:
            place = scope.row_place("overview", "authority", row, "regime", regime=row.regime)
            yield Hit(place, "regime", {"regime": row.regime})
    yield from each(scope, lambda filing: _offices(scope, filing))
    submitters = [row for row in dossier.organisations if row.role in _SUBMITTERS]
    if not any(row.name.strip() for row in submitters):
        yield Hit(scope.case_place("organisations"), "submitter")
    contacts = [contact for row in submitters for contact in row.contacts if contact.point_of_contact]
    if not contacts:
        yield Hit(scope.case_place("contacts"), "contact")
    for contact in contacts:
        for name in ("name", "email", "phone"):
            value = getattr(contact, name).strip()
            if not value or (name == "email" and not _EMAIL.fullmatch(value)):
                place = scope.row_place("overview", "contact", contact, name, title=contact.name)
                yield Hit(place, "contact_datum", {"datum": scope.label(f"contact_{name}")})


def _offices(scope: Scope, filing: Filing) -> Iterator[Hit]:
    written_to = {row.letter for row in scope.dossier.recipients}
    for letter in filing.packet.letters:
        if not letter.optional and letter.code not in written_to:
            place = scope.case_place("recipients", "export")
            yield Hit(place, "office", {"office": letter.office}, mark=letter.code)


def standing(scope: Scope) -> Iterator[Hit]:
    """C02: why the organisation knows the facts."""
    for row in scope.dossier.organisations:
        if row.role in _SUBMITTERS and not row.link_to_case.strip():
            place = scope.row_place("overview", "organisation", row, "link_to_case", title=row.name)
            yield Hit(place, words={"organisation": row.name or scope.label("unnamed")})


def markings(scope: Scope) -> Iterator[Hit]:
    """C30: banner and request for confidential treatment are there; no classification words are."""
    yield from each(scope, lambda filing: _confidential(scope, filing))
    forbidden = {word for filing in scope.filings for word in filing.packet.forbidden_words}
    if not forbidden:
        return
    own_banner = scope.dossier.case.banner
    alternatives = "|".join(re.escape(word) for word in sorted(forbidden, key=lambda word: (-len(word), word)))
    anywhere = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
    # In running text “secret” is a word; a marking stands alone in its line, in capitals, perhaps with slashes.
    marking = re.compile(rf"^[^\w\n]{{0,20}}(?:{alternatives})(?:\s*//.*)?[^\w\n]*$", re.MULTILINE)
    banner_match = anywhere.search(own_banner)
    if banner_match:
        yield Hit(scope.case_place("banner"), "forbidden", {"word": banner_match[0]})

    def look(text: str) -> tuple[str, ...]:
        match = marking.search(text)
        return (match[0].strip(),) if match else ()

    for text, found in scope.found("markings", alternatives, (Nature.PROSE,), look):
        yield Hit(text.place, "forbidden", {"word": found[0]})


def _confidential(scope: Scope, filing: Filing) -> Iterator[Hit]:
    packet = filing.packet
    if not (scope.dossier.case.banner or packet.banner).strip():
        yield Hit(scope.case_place("banner"))
    standing_request = any(section.content == "confidentiality" and section.text for section in packet.outline)
    if not standing_request and not scope.dossier.section("confidentiality", *filing.codes):
        yield Hit(scope.case_place("confidentiality", "narrative"), "request")


def addresses(scope: Scope) -> Iterator[Hit]:
    """C37: each recipient's address was verified within thirty days."""
    yield from each(scope, lambda filing: _somebody(scope, filing))
    letters = {letter.code for packet in scope.law.packets.values() for letter in packet.letters}
    offered = ", ".join(letter.code for filing in scope.filings for letter in filing.packet.letters)
    for row in scope.dossier.recipients:
        words = {"office": row.office or scope.label("unnamed")}
        if row.letter not in letters:
            unknown = scope.row_place("export", "recipient", row, "letter", title=row.office)
            yield Hit(unknown, "letter", {**words, "letter": row.letter, "offered": offered})
        place = scope.row_place("export", "recipient", row, "verified_on", title=row.office)
        if _DELISTING.search(row.email):
            wrong = scope.row_place("export", "recipient", row, "email", title=row.office)
            yield Hit(wrong, "delisting", {**words, "email": row.email.strip()})
        if not row.address.strip() and not row.email.strip():
            empty = scope.row_place("export", "recipient", row, "address", title=row.office)
            yield Hit(empty, "empty", words)
        elif row.verified_on is None or row.verified_on > scope.today:
            yield Hit(place, words=words)
        elif scope.today - row.verified_on > _ADDRESS_AGE:
            yield Hit(place, "stale", {**words, "date": row.verified_on.isoformat()})


def _somebody(scope: Scope, filing: Filing) -> Iterator[Hit]:
    if not any(row.letter not in filing.leave_out for row in scope.dossier.recipients):
        yield Hit(scope.case_place("recipients", "export"), "none")


def lawyer(scope: Scope) -> Iterator[Hit]:
    """C40: a lawyer has signed."""
    signed = (row for row in scope.dossier.signoffs if row.role is ReviewRole.LAWYER)
    if not any(row.name.strip() and row.signed_on is not None for row in signed):
        yield Hit(scope.case_place("signoffs", "review"))
