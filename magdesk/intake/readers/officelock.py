"""Office files locked with a password, opened in memory; and the properties of the old formats."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

import msoffcrypto  # type: ignore[import-untyped]
import olefile

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source

_LIMIT = 256 << 20
_PROPERTIES = (
    ("title", "Title"), ("author", "Author"), ("last_saved_by", "Last changed by"), ("create_time", "Created"),
    ("last_saved_time", "Changed"), ("last_printed", "Printed"), ("subject", "Subject"), ("comments", "Comments"),
    ("keywords", "Keywords"), ("company", "Company"), ("manager", "Manager"), ("creating_application", "Made with"),
    ("num_pages", "Pages as last saved"), ("revision_number", "Revision"), ("template", "Template"),
)  # fmt: skip


def unlocked(source: Source, findings: FileReading) -> Source | None:
    """An encrypted document of the newer formats as what it is inside; none when it stays locked."""
    opened = opened_office(source, findings, always=True)
    if opened is None:
        return None
    inner = sniff(opened, source.name)
    findings.detail("document", "Encrypted", _("yes"))
    findings.media_type = inner
    return Source(opened, source.name, inner, source.password, source.ocr, programs=source.programs)


def opened_office(source: Source, findings: FileReading, *, always: bool = False) -> BinaryIO | None:
    """The document without its lock; as it is, when it has none; none when it stays locked.

    Args:
        always: it is known to be encrypted.
    """
    source.stream.seek(0)
    try:
        with foreign("msoffcrypto"):
            office: Any = msoffcrypto.OfficeFile(source.stream)
            encrypted = always or office.is_encrypted()
    except Damaged:
        if always:
            findings.locked = True
            findings.note(_("The file is encrypted in a way that cannot be opened here."))
            return None
        source.stream.seek(0)
        return source.stream
    if not encrypted:
        source.stream.seek(0)
        return source.stream
    # Excel's own password for “read-only recommended” files; anybody may use it.
    for password in (source.password, "VelvetSweatshop"):
        if not password:
            continue
        out = io.BytesIO()
        try:
            with foreign("msoffcrypto"):
                office.load_key(password=password, **({"verify_password": True} if always else {}))
                office.decrypt(out)
        except Damaged:
            out = io.BytesIO()
        if not out.getbuffer().nbytes:
            continue
        out.seek(0)
        findings.locked = False
        return out
    findings.lock(tried=bool(source.password))
    return None


def read_ole_properties(stream: BinaryIO, findings: FileReading) -> None:
    """Author, dates and programs of a document of the formats before 2007."""
    stream.seek(0)
    try:
        with foreign("olefile"), olefile.OleFileIO(stream) as ole:
            metadata = ole.get_metadata()
            names = {"/".join(entry).lower() for entry in ole.listdir()}
    except Damaged:
        return
    codepage: int = getattr(metadata, "codepage", None) or 1252
    encoding = "utf-8" if codepage in (65001, -535) else f"cp{codepage & 0xFFFF}"
    for key, label in _PROPERTIES:
        value: Any = getattr(metadata, key, None)
        if isinstance(value, bytes):
            try:
                value = value.decode(encoding, "replace")
            except LookupError:
                value = value.decode("cp1252", "replace")
        findings.detail("document", label, value or None)
        if key == "create_time" and value:
            findings.made_on(value)
    if any("vba" in name.split("/") or name.startswith(("macros/", "_vba_project")) for name in names):
        findings.detail("document", "Macros", _("contains macros; they are never run"))
