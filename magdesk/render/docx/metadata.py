"""What the file says about itself: title, organisation and date, and nothing of who made it, when, or with what."""

from __future__ import annotations

from datetime import date

from lxml import etree

from magdesk.document.blocks import Document
from magdesk.render.docx.language import MONO, SERIF, culture
from magdesk.render.docx.notes import CONTINUATION, SEPARATOR
from magdesk.render.docx.oxml import XmlElement, element, flag, legal, part_root

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def core_properties(document: Document) -> XmlElement:
    """Title, author and language; created and modified on the document's own date, or not at all."""
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    values = {"title": document.title, "creator": document.author, "language": culture(document.lang)}
    for name, value in values.items():
        if value:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = " ".join(legal(value).split())
    moment = _moment(document.date)
    if moment:
        for name in ("created", "modified"):
            node = etree.SubElement(root, f"{{{_TERMS}}}{name}")
            node.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            node.text = moment
    return root


def _moment(text: str) -> str:
    try:
        return f"{date.fromisoformat(text).isoformat()}T00:00:00Z"
    except ValueError:
        return ""


def extended_properties() -> XmlElement:
    """The part that usually names program, company, template and editing time: here empty."""
    root = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={"ep": _EXTENDED})
    etree.SubElement(root, f"{{{_EXTENDED}}}DocSecurity").text = "0"
    return root


def settings(document: Document) -> XmlElement:
    """The settings part: footnote separators, Word 2013 layout, and no revision identifiers."""
    modes = {"compatibilityMode": "15", "overrideTableStyleFontSizeAndJustification": "1"}
    modes |= {"enableOpenTypeFeatures": "1", "doNotFlipMirrorIndents": "1"}
    uri = "http://schemas.microsoft.com/office/word"
    return part_root(
        "w:settings",
        element("w:zoom", {"w:percent": 100}),
        element("w:defaultTabStop", {"w:val": 720}),
        flag("characterSpacingControl", "doNotCompress"),
        element(
            "w:footnotePr",
            None,
            element("w:footnote", {"w:id": SEPARATOR}),
            element("w:footnote", {"w:id": CONTINUATION}),
        ),
        element(
            "w:compat",
            None,
            *(
                element("w:compatSetting", {"w:name": name, "w:uri": uri, "w:val": value})
                for name, value in modes.items()
            ),
        ),
        element(
            "w:themeFontLang",
            {"w:val": culture(document.lang) or "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"},
        ),
        flag("decimalSymbol", "."),
        flag("listSeparator", ","),
    )


def font_table() -> XmlElement:
    """The faces, and what may stand in for them."""
    return part_root(
        "w:fonts",
        _font(SERIF, "Liberation Serif", "02020603050405020304", "roman", "variable"),
        _font(MONO, "Liberation Mono", "02070309020205020404", "modern", "fixed"),
        _font("SimSun", "宋体", "02010600030101010101", "auto", "variable", charset="86"),
    )


def _font(name: str, other: str, panose: str, family: str, pitch: str, charset: str = "00") -> XmlElement:
    return element(
        "w:font",
        {"w:name": name},
        flag("altName", other),
        flag("panose1", panose),
        flag("charset", charset),
        flag("family", family),
        flag("pitch", pitch),
    )
