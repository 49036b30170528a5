"""Files in envelopes: signed (what is inside becomes a file of its own), encrypted (said), wrapped by Outlook."""

from __future__ import annotations

import io
from pathlib import PurePath

from magdesk.i18n import _
from magdesk.intake import cms, tnef
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged
from magdesk.intake.mediatypes import suffix_for
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source
from magdesk.intake.textform import TextForm, encoding_said

_LIMIT = 256 << 20


def read_envelope(source: Source, findings: FileReading) -> None:
    """What was signed, as a file inside, and the names in the certificates."""
    try:
        envelope = cms.open_envelope(source.bytes(_LIMIT)[:_LIMIT])
    except Damaged:
        findings.note(_("The signed or encrypted envelope is damaged and could not be opened; ask for a new copy."))
        return
    if envelope.encrypted:
        findings.note(cms.encrypted_said())
        return
    findings.note(cms.signed_said(envelope.signers))
    for name in envelope.signers:
        findings.detail("document", "Certificate of", name)
    if envelope.content:
        findings.child(content_name(source.name, envelope.content), envelope.content)
    else:
        findings.note(_("This is a detached signature: what it signs is in another file. Add that file too."))


def content_name(name: str, content: bytes) -> str:
    """The name of what is inside: that of the envelope without its ending."""
    stem = PurePath(name).stem if PurePath(name).suffix.lower() in (".p7m", ".p7s", ".p7c") else name
    kind = sniff(io.BytesIO(content), stem)
    return stem if PurePath(stem).suffix else f"{stem or 'content'}{suffix_for(kind)}"


def read_wrapped(source: Source, findings: FileReading) -> None:
    """Subject, text and attachments of what Outlook wrapped into ``winmail.dat``."""
    found = tnef.unwrap(source.bytes(_LIMIT)[:_LIMIT])
    findings.detail("mail", "Subject", found.subject)
    findings.text(0, found.text)
    for number, one in enumerate(found.files, 1):
        findings.child(one.name or f"attachment-{number}", one.data)
    if found.guessed:
        findings.note(encoding_said(TextForm("", found.guessed, guessed=True)))
    if not found.whole:
        findings.note(_("The file is damaged or cut off; only what comes before the damage was read."))
