"""E-mail: its headers as a table, its text, and the list of what was attached. Nothing remote is fetched."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass, field
from email.message import Message

from magdesk.i18n import _
from magdesk.intake import tnef
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.addresses import add_addresses
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.markuptree import MarkupTree
from magdesk.intake.conversion.refusal import NEW_COPY, OPEN_ORIGINAL, TOO_LARGE, Refusal
from magdesk.intake.conversion.webpage import add_page
from magdesk.intake.conversion.wording import add_paragraphs
from magdesk.intake.filefacts import FileDetail
from magdesk.intake.filereading import FileReading
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.mailparts import (
    LIMIT,
    MESSAGE_TYPES,
    file_name,
    is_attached,
    leaves,
    message_bytes,
    message_inside,
    parse_message,
    payload_of,
    seals,
    text_form_of,
    text_of,
)
from magdesk.intake.readers.mail import read_headers
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.readers.mhtml import take_page
from magdesk.intake.source import Source
from magdesk.intake.textform import TextForm, encoding_said

_PARTS = 2_000
_SHOWN = (
    ("From", _("From")), ("From (address)", _("From (address)")), ("On behalf of", _("On behalf of")),
    ("Sender", _("Sender")), ("Reply-To", _("Reply to")),
    ("To", _("To")), ("To (address)", _("To (address)")),
    ("Cc", _("Copy to")), ("Cc (address)", _("Copy to (address)")),
    ("Bcc", _("Blind copy to")), ("Bcc (address)", _("Blind copy to (address)")),
    ("Date", _("Date")), ("Sent", _("Sent")), ("Received", _("Received")), ("Subject", _("Subject")),
    ("Message-ID", _("Message ID")), ("In-Reply-To", _("In reply to")), ("List-Id", _("List")),
    ("X-Originating-IP", _("Sent from (IP)")),
)  # fmt: skip


@dataclass(slots=True)
class Attached:
    """What was attached to a message.

    Attributes:
        note: why its bytes are not known; empty when they are.
    """

    name: str
    kind: str
    size: int
    digest: str
    note: str = ""


@dataclass(slots=True)
class _Parts:
    plain: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)


def convert_mail(source: Source, gathering: Gathering) -> None:
    """One message."""
    raw = source.bytes(LIMIT)
    if len(raw) > LIMIT:
        raise Refusal(_("The message is too large to be converted into pages."), TOO_LARGE)
    add_message(raw, gathering, source.encoding)
    add_addresses(gathering)


def add_message(raw: bytes, gathering: Gathering, known: KnownEncoding = UNKNOWN) -> None:
    """Add a message: headers, text, attachments.

    Raises:
        Refusal: it has none of them.
    """
    message = parse_message(raw, known)
    findings = FileReading("message/rfc822", on_text=_ignore)
    read_headers(message, findings)
    parts = _sorted(message, gathering)
    for sentence, _closed in seals(message):
        gathering.first(sentence)
    add_headers(findings.facts().details, gathering)
    _add_body(parts, gathering)
    add_attached(parts.attached, gathering)
    if not gathering.blocks:
        raise Refusal(_("The message holds nothing that could be read."), NEW_COPY)


def add_headers(details: tuple[FileDetail, ...], gathering: Gathering) -> None:
    """Add the headers a reader looks for, in the order of a letter."""
    told: dict[str, list[str]] = {}
    for one in details:
        if one.section == "mail":
            told.setdefault(one.name, []).append(one.value)
    subject = told.get("Subject", [""])[0]
    if subject:
        gathering.add(tree.heading(2, [tree.run(subject[:400])]))
    pairs = [(label, "; ".join(dict.fromkeys(told[name]))[:3_000]) for name, label in _SHOWN if told.get(name)]
    if pairs:
        gathering.add(tree.particulars(pairs))


def add_attached(attached: list[Attached], gathering: Gathering) -> None:
    """Add the list of what was attached."""
    if not attached:
        return
    gathering.add(tree.heading(3, [tree.run(_("Attachments ({count})").format(count=len(attached)))]))
    head = [tree.text_cell(word, header=True) for word in (_("Name and type"), _("Size"), _("SHA-256"))]
    rows: list[list[tree.Node | str]] = [list(head)]
    for one in attached[:500]:
        about = [tree.paragraph([tree.run(one.name, bold=True)]), tree.paragraph([tree.run(one.kind)], "small")]
        digest = tree.cell(
            [tree.paragraph([tree.run(_split(one.digest) or one.note, mono=bool(one.digest))], "small")]
        )
        rows.append([tree.cell(about), _bytes_text(one.size) if one.digest else "", digest])
    gathering.add(tree.table(rows, (3.2, 1.0, 3.4), header_rows=1))
    gathering.note(_("The attachments are not in these pages; they are inside the original file."))


def _add_body(parts: _Parts, gathering: Gathering) -> None:
    plain = "\n\n".join(text.strip("\n") for text in parts.plain if text.strip())
    seen = "\n\n".join(html_text(text) for text in parts.markup)
    if plain and len(seen) <= 2 * len(plain) + 200:
        add_paragraphs(plain, gathering)
        if parts.markup:
            gathering.note(
                _("The message contains its text twice; the plain version is shown, the formatted one is not.")
            )
        inside = [name for name in parts.pictures if not parts.markup or any(name in text for text in parts.markup)]
        for name in inside:
            block = gathering.picture(f"cid:{name}", parts.pictures[name])
            if block is not None:
                gathering.add(block)
    elif parts.markup:
        reader = MarkupTree(gathering, lambda address: parts.pictures.get(address.removeprefix("cid:").strip()))
        for text in parts.markup:
            reader.add(text)
    else:
        gathering.add(tree.paragraph([tree.run(_("The message has no text."), italic=True)], "small"))


def _sorted(message: Message, gathering: Gathering) -> _Parts:
    parts = _Parts()
    for number, part in enumerate(leaves(message)):
        if number >= _PARTS:
            gathering.note(
                _("The message has more than {count} parts; the others are not shown.").format(count=_PARTS)
            )
            break
        form = text_form_of(part) if part.get_content_maintype() == "text" and not is_attached(part) else None
        if form is not None:
            gathering.first(encoding_said(form))
        _sort(part, parts)
    return parts


def _sort(part: Message, parts: _Parts) -> None:
    kind = part.get_content_type()
    name = file_name(part)
    attached = is_attached(part)
    if kind in MESSAGE_TYPES:
        _attach_message(part, name, parts)
    elif not attached and kind == "text/html":
        parts.markup.append(text_of(part))
    elif not attached and kind.startswith("text/") and kind != "text/calendar":
        parts.plain.append(text_of(part))
    elif not kind.startswith("multipart/"):
        data = payload_of(part)
        mark = str(part.get("Content-ID") or "").strip().strip("<>")
        if mark and kind.startswith("image/"):
            parts.pictures[mark] = data
        if data:
            parts.attached.append(_attached(name or _("(no name)"), kind, data))
            if data.startswith(tnef.MARK):
                parts.attached += [
                    _attached(
                        _("{name} (in {outer})").format(name=one.name, outer=name), guess_type(one.name), one.data
                    )
                    for one in tnef.unwrap(data).files
                ]
        elif name:
            parts.attached.append(Attached(name, kind, 0, "", _("empty or damaged")))


def _attached(name: str, kind: str, data: bytes) -> Attached:
    return Attached(name, kind, len(data), hashlib.sha256(data).hexdigest())


def guess_type(name: str) -> str:
    """The type that a name promises; only for a list."""
    return mimetypes.guess_type(name, strict=True)[0] or "application/octet-stream"


def _attach_message(part: Message, name: str, parts: _Parts) -> None:
    inner = message_inside(part)
    subject = str(inner.get("Subject", "")) if inner is not None else ""
    data = message_bytes(part)
    digest = hashlib.sha256(data).hexdigest() if data else ""
    shown = name or subject or _("(no name)")
    parts.attached.append(Attached(shown, "message/rfc822", len(data), digest, "" if data else _("damaged")))


def _split(digest: str) -> str:
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _bytes_text(size: int) -> str:
    return _("{size:,} bytes").format(size=size)


def _ignore(_page: int, _text: str) -> None:
    return


def convert_wrapped(source: Source, gathering: Gathering) -> None:
    """What Outlook wrapped into ``winmail.dat``: subject, text, and the list of attachments."""
    found = tnef.unwrap(source.bytes(LIMIT)[:LIMIT])
    if not found.whole:
        gathering.first(_("The original is damaged or unusual; it is shown as far as it could be read."))
    if found.guessed:
        gathering.first(encoding_said(TextForm("", found.guessed, guessed=True)))
    if found.subject:
        gathering.add(tree.heading(2, [tree.run(found.subject[:400])]))
    add_paragraphs(found.text, gathering)
    add_attached([_attached(one.name, guess_type(one.name), one.data) for one in found.files], gathering)


def convert_archive(source: Source, gathering: Gathering) -> None:
    """A web page saved as MHTML: its first page, with the pictures that came along."""
    raw = source.bytes(LIMIT)
    if len(raw) > LIMIT:
        raise Refusal(_("The web page is too large to be converted into pages."), TOO_LARGE)
    page = take_page(parse_message(raw))
    if page is None:
        raise Refusal(_("The page holds no text; its content may be loaded by script."), OPEN_ORIGINAL)
    known = ((_("Saved from"), page.address), (_("Saved on"), page.saved))
    add_page(page.text, gathering, page.find, tuple(pair for pair in known if pair[1]))
    add_addresses(gathering)
