"""Outlook messages: headers, text and attachments as the reader of such files takes them out."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import BinaryIO

from magdesk.i18n import _
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.message import Attached, add_attached, add_headers
from magdesk.intake.conversion.refusal import NEW_COPY, Refusal
from magdesk.intake.conversion.wording import add_paragraphs
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.msg import read_msg
from magdesk.intake.source import Source


def convert_msg(source: Source, gathering: Gathering) -> None:
    """One message."""
    texts: list[str] = []
    attached: list[Attached] = []

    def take(name: str, data: BinaryIO) -> None:
        digest, size = hashlib.sha256(), 0
        while piece := data.read(1 << 20):
            digest.update(piece)
            size += len(piece)
        kind = mimetypes.guess_type(name, strict=True)[0] or "application/octet-stream"
        attached.append(Attached(name, kind, size, digest.hexdigest() if size else "", "" if size else _("empty")))

    findings = FileReading(source.media_type, on_text=lambda _page, text: texts.append(text), on_child=take)
    damaged = False
    try:
        with foreign("olefile"):
            read_msg(source, findings)
    except Damaged:
        damaged = True
    facts = findings.facts()
    if not (texts or attached or any(one.section == "mail" for one in facts.details)):
        raise Refusal(_("The message is damaged or empty; nothing could be read from it."), NEW_COPY)
    if damaged:
        gathering.first(_("The original is damaged or unusual; it is shown as far as it could be read."))
    add_headers(facts.details, gathering)
    for text in texts:
        add_paragraphs(text, gathering)
    known = {one.name for one in attached}
    attached += [Attached(name, "", 0, "", _("not taken out")) for name in facts.attached if name not in known]
    add_attached(attached, gathering)
