"""XML and SVG: the words in them."""

from __future__ import annotations

from lxml import etree

from magdesk.i18n import _
from magdesk.intake.encodings import decode
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.xmltext import local, parse_xml
from magdesk.intake.source import Source

_LIMIT = 30_000_000


def read_markup(source: Source, findings: FileReading) -> None:
    """The text between the tags; entities stay as they are and nothing is fetched."""
    raw = source.bytes(_LIMIT)[:_LIMIT]
    if b"<!ENTITY" in raw:
        findings.note(_("The file declares entities; they are not followed."))
    try:
        root = parse_xml(raw)
    except etree.XMLSyntaxError:
        findings.text(0, decode(raw, source.encoding))
        findings.note(_("The file is not well-formed XML; it was read as plain text."))
        return
    if source.media_type == "image/svg+xml":
        findings.pages = 1
        for name in ("title", "desc"):
            for element in root.iter(f"{{*}}{name}"):
                findings.detail("document", name.capitalize(), "".join(element.itertext()))
                break
    skipped = {"style", "script", "metadata"}
    lines = [
        element.text
        for element in root.iter()
        if element.text and element.text.strip() and local(element) and local(element) not in skipped
    ]
    findings.text(0, "\n".join(lines))
