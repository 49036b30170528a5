"""E-mail: headers, body, attachments. Nothing remote is fetched, nothing is run."""

from __future__ import annotations

from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.knownencoding import CHOSEN, GUESSED, UNKNOWN, KnownEncoding
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
from magdesk.intake.mediatypes import suffix_for
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.source import Source
from magdesk.intake.textform import encoding_said

_PARTS = 5_000
HEADERS = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To", "Return-Path",
    "Delivered-To", "X-Original-To", "X-Originating-IP", "X-Mailer", "User-Agent", "Authentication-Results",
    "Received-SPF", "List-Id", "Importance", "Organization",
)  # fmt: skip
_ONLY_NAMED = {"Authentication-Results", "Received-SPF"}


def read_mail(source: Source, findings: FileReading) -> None:
    """What a message says of itself, its text, and its attachments as files of their own."""
    raw = source.bytes(LIMIT)
    if len(raw) > LIMIT:
        findings.note(_("The message is too large to be read in full; its end was not read."))
    read_message(raw[:LIMIT], findings, source.encoding)


def read_message(raw: bytes, findings: FileReading, known: KnownEncoding = UNKNOWN) -> None:
    """The same for the bytes of a message."""
    message = parse_message(raw, known)
    read_headers(message, findings)
    _read_parts(message, findings)
    sealed = False
    for sentence, closed in seals(message):
        findings.note(sentence)
        sealed = sealed or closed
    if not findings.has_text and not sealed:
        findings.note(_("The message holds no text that could be read."))


def read_headers(message: Message, findings: FileReading) -> None:
    """The headers a person asks for, the date in UTC too, and each server it came through."""
    for name in HEADERS:
        for value in header_values(message, name):
            if name == "Date":
                _read_date(value, findings)
            else:
                findings.detail("mail", name, value)
    for number, value in enumerate(header_values(message, "Received"), 1):
        findings.detail("mail", f"Received {number}", " ".join(value.split()))
    for value in header_values(message, "DKIM-Signature"):
        domain = next((part.strip()[2:] for part in value.split(";") if part.strip().startswith("d=")), "")
        findings.detail("mail", "DKIM signature", _("for {domain} (not verified)").format(domain=domain or "?"))
    if message.defects:
        findings.detail(
            "reading", "Irregular message", ", ".join(sorted({type(one).__name__ for one in message.defects}))
        )


def _say_encoding(part: Message, findings: FileReading) -> None:
    """Say in what a text was read that does not state it; a person may choose another."""
    form = text_form_of(part)
    if form is not None:
        findings.detail("reading", CHOSEN if form.chosen else GUESSED, form.encoding)
        findings.note(encoding_said(form))


def _read_date(value: str, findings: FileReading) -> None:
    try:
        with foreign("email"):
            moment = parsedate_to_datetime(value)
    except Damaged:
        findings.detail("mail", "Date", value)
        return
    findings.detail("mail", "Date", moment)
    findings.made_on(moment.date())


def header_values(message: Message, name: str) -> list[str]:
    """The decoded values of a header, however badly it was written."""
    try:
        with foreign("email"):
            return [str(value) for value in message.get_all(name, [])]
    except Damaged:
        wanted = name.lower()
        return [_raw(value) for key, value in message.raw_items() if key.lower() == wanted]


def _raw(value: Any) -> str:
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _read_parts(message: Message, findings: FileReading) -> None:
    plain: list[str] = []
    markup: list[str] = []
    for number, part in enumerate(leaves(message)):
        if number >= _PARTS:
            findings.note(
                _("The message has more than {count} parts; the others were not read.").format(count=_PARTS)
            )
            break
        kind = part.get_content_type()
        name = file_name(part)
        attached = is_attached(part)
        if kind in MESSAGE_TYPES:
            _take_message(part, name, findings)
        elif not attached and kind == "text/plain":
            _say_encoding(part, findings)
            plain.append(text_of(part))
        elif not attached and kind == "text/html":
            _say_encoding(part, findings)
            markup.append(html_text(text_of(part)))
        elif kind.startswith("text/") and not attached and kind != "text/calendar":
            plain.append(text_of(part))
        elif not kind.startswith("multipart/"):
            _take_file(part, name, kind, findings)
    body = "\n\n".join(text for text in plain if text.strip()) or "\n\n".join(markup)
    findings.text(0, body)
    longer = "\n\n".join(markup)
    if plain and len(longer) > 2 * len(body) + 200:
        findings.text(0, longer)


def _take_message(part: Message, name: str, findings: FileReading) -> None:
    inner = message_inside(part)
    subject = "".join(header_values(inner, "Subject"))[:80] if inner is not None else ""
    data = message_bytes(part)
    if data or inner is None:
        findings.child(name or f"{subject or 'message'}.eml", data)
        return
    findings.mention(name or subject or "message.eml")
    findings.note(_("A message attached to this one is damaged and could not be taken out."))


def _take_file(part: Message, name: str, kind: str, findings: FileReading) -> None:
    data = payload_of(part)
    if not data:
        if name:
            findings.mention(name)
            findings.note(_("An attachment is empty or damaged and could not be taken out."))
        return
    findings.child(name or f"part{suffix_for(kind)}", data)
