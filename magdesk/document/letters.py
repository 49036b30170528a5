"""The cover letter to one office, from its template in the resources."""

from __future__ import annotations

from magdesk.document.blocks import Block, LineBreak, ListBlock, Paragraph, ParagraphStyle, Space, Text
from magdesk.document.context import Brief, fill
from magdesk.document.cover import points_of_contact
from magdesk.document.requests import regime_name
from magdesk.errors import UserError
from magdesk.isolates import isolated
from magdesk.model.case import Contact
from magdesk.model.drafting import Recipient
from magdesk.regimes.regime import Letter

_NAMED_TARGETS = 5


def letter(brief: Brief, recipient: Recipient) -> tuple[Block, ...]:
    """The blocks of the letter.

    Raises:
        UserError: the recipient's letter is not in the packet template.
    """
    template = brief.packet.letter(recipient.letter)
    if template is None:
        raise UserError(
            f"There is no letter “{recipient.letter}” in the packet template.",
            f"Choose one of those that it has: {', '.join(row.code for row in brief.packet.letters)}.",
        )
    values = letter_words(brief, recipient, template)
    out: list[Block] = [*_letterhead(brief), Space(1), Paragraph((Text(values["date"]),)), Space(0.5)]
    out.append(Paragraph(_lines(_address(recipient, template)), ParagraphStyle.ADDRESS))
    if recipient.email.strip():
        out.append(Paragraph((Text(brief.label("by_email", email=recipient.email.strip())),), ParagraphStyle.ADDRESS))
    out += [
        Space(0.5),
        Paragraph(
            (Text(f"{brief.label('subject')} ", bold=True), Text(fill(template.subject, values), bold=True)),
            keep_with_next=True,
        ),
        Paragraph((Text(recipient.salutation.strip() or template.salutation),)),
    ]
    # The last paragraph goes with the signature: a page with a signature alone looks like a mistake.
    last = len(template.paragraphs) - 1
    for place, text in enumerate(template.paragraphs):
        out.append(Paragraph((Text(fill(text, values)),), keep_with_next=place == last))
    out += _signature(brief, template)
    return (*out, *_enclosures(brief), *_copies(brief, template))


def letter_words(brief: Brief, recipient: Recipient | None, template: Letter | None) -> dict[str, str]:
    """The values of a letter's placeholders; those of the transmittal e-mail are the same."""
    case = brief.dossier.case
    names = [brief.naming.in_sentence(target.party) for target in brief.dossier.targets]
    if len(names) > _NAMED_TARGETS:
        names = [*names[: _NAMED_TARGETS - 1], brief.label("others", count=str(len(names) - _NAMED_TARGETS + 1))]
    office = recipient.office.strip() if recipient else ""
    return {
        "title": brief.case_title,
        "reference": case.reference,
        "version": case.version,
        "date": brief.day(brief.options.date),
        "country": case.country,
        "targets": brief.listed(names) or brief.label("no_targets"),
        "authorities": brief.listed([regime_name(brief, regime) for _row, regime in brief.authorities]),
        "submitters": brief.listed([row.name for row in brief.submitters]),
        "contact": _contact(points_of_contact(brief)),
        "exhibits": brief.count("exhibits", len(brief.dossier.exhibits)),
        "office": office or (template.office if template else ""),
        "addressee": recipient.addressee.strip() if recipient else "",
    }


def _contact(contacts: list[Contact]) -> str:
    if not contacts:
        return ""
    first = contacts[0]
    ways = ", ".join(isolated(part) for part in (first.email, first.phone) if part)
    return f"{isolated(first.name)} ({ways})" if ways else first.name


def _letterhead(brief: Brief) -> list[Block]:
    out: list[Block] = []
    for row in brief.submitters:
        details = ", ".join(isolated(part) for part in (row.seats.strip(), row.website.strip()) if part)
        more = (LineBreak(), Text(details)) if details else ()
        out.append(Paragraph((Text(row.name, bold=True), *more), ParagraphStyle.ADDRESS))
    return out


def _address(recipient: Recipient, template: Letter) -> list[str]:
    own = recipient.address.strip().splitlines()
    if not own and not recipient.addressee.strip() and not recipient.office.strip():
        return template.address.strip().splitlines() or [template.office]
    addressee, place = recipient.addressee.strip(), own or template.address.strip().splitlines()
    lines = [addressee, _office(recipient.office.strip(), [addressee, *place]), *place]
    unique: list[str] = []
    for line in lines:
        if line.strip() and line.strip() not in unique:
            unique.append(line.strip())
    return unique


def _office(office: str, others: list[str]) -> str:
    """The office as far as the other lines of the address do not name it, or its holder, already."""
    said = [line.strip().casefold() for line in others]
    if any(line == office.casefold() or line.endswith(f" {office.casefold()}") for line in said):
        return ""
    head, _comma, tail = office.rpartition(", ")
    if head and tail.casefold() in said:
        return _office(head, others)
    head, _comma, tail = office.partition(", ")
    return _office(tail, others) if tail and head.casefold() in said else office


def _lines(lines: list[str]) -> tuple[Text | LineBreak, ...]:
    out: list[Text | LineBreak] = []
    for line in lines:
        if out:
            out.append(LineBreak())
        if line:
            out.append(Text(line))
    return tuple(out)


def _signature(brief: Brief, template: Letter) -> list[Block]:
    out: list[Block] = []
    for row in brief.submitters or (None,):
        contacts = row.contacts if row else []
        contact = next((one for one in contacts if one.point_of_contact), None) or next(iter(contacts), None)
        who = [contact.name, contact.position] if contact else []
        # One paragraph, so that closing, room for a signature and name stay on one page.
        lines = [template.closing, "", "", *(line for line in (*who, row.name if row else "") if line)]
        out.append(Paragraph(_lines(lines), ParagraphStyle.ADDRESS, keep_with_next=True))
    return out


def _copies(brief: Brief, template: Letter) -> list[Block]:
    if not template.copies:
        return []
    return [
        Paragraph((Text(brief.label("copies"), bold=True),), ParagraphStyle.SMALL, keep_with_next=True),
        ListBlock(tuple((Paragraph((Text(office),), ParagraphStyle.SMALL),) for office in template.copies)),
    ]


def _enclosures(brief: Brief) -> list[Block]:
    items = [brief.label("enclosure_submission"), brief.label("enclosure_list"), brief.label("enclosure_exhibits")]
    items += [brief.label("enclosure_annex", file=annex.file, heading=annex.heading) for annex in brief.annexes]
    return [
        Paragraph((Text(brief.label("enclosures"), bold=True),), ParagraphStyle.SMALL, keep_with_next=True),
        ListBlock(tuple((Paragraph((Text(item),), ParagraphStyle.SMALL),) for item in items)),
    ]
