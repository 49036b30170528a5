"""A document becomes a DOCX package."""

from __future__ import annotations

from typing import BinaryIO

from magdesk.document.blocks import Document
from magdesk.render.docx.flow import Flow
from magdesk.render.docx.furniture import section
from magdesk.render.docx.inlines import Inlines
from magdesk.render.docx.links import Bookmarks, Targets
from magdesk.render.docx.metadata import core_properties, extended_properties, font_table, settings
from magdesk.render.docx.notes import Notes
from magdesk.render.docx.numbering import Numbering
from magdesk.render.docx.oxml import XmlElement, element, part_root
from magdesk.render.docx.parts import CONTENT_TYPE, RELATIONSHIP_TYPE, XmlPart, write_package
from magdesk.render.docx.pictures import Pictures
from magdesk.render.docx.styles import styles
from magdesk.render.scripts import is_rtl_language


def render_docx(document: Document, out: BinaryIO) -> None:
    """Write the document as Office Open XML. The same document gives the same bytes.

    Args:
        document: with every reference resolved.
        out: a stream to write to; need not be seekable.

    Raises:
        TypeError: a reference (``Mention``, ``Cite``) was left unresolved.
    """
    main = XmlPart("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN)
    footnotes = XmlPart("/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES)
    bookmarks = Bookmarks(document.blocks)
    lists = Numbering()
    notes = Notes(footnotes, bookmarks, document.exhibits_file, rtl=is_rtl_language(document.lang))
    inlines = Inlines(Targets(main), bookmarks, document.exhibits_file, notes.add)
    flow = Flow(document, inlines, bookmarks, lists, Pictures(main))

    body = flow.body()
    for kind, relationship, root in (
        ("styles", RELATIONSHIP_TYPE.STYLES, styles(document.lang)),
        ("numbering", RELATIONSHIP_TYPE.NUMBERING, lists.root()),
        ("settings", RELATIONSHIP_TYPE.SETTINGS, settings(document)),
        ("fontTable", RELATIONSHIP_TYPE.FONT_TABLE, font_table()),
    ):
        main.relate_to(_filled(f"/word/{kind}.xml", _CONTENT_TYPES[kind], root), relationship)
    footnotes.root = notes.root()
    main.relate_to(footnotes, RELATIONSHIP_TYPE.FOOTNOTES)
    main.root = part_root("w:document", element("w:body", None, *body, section(document, main)))

    write_package(
        main,
        _filled("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, core_properties(document)),
        _filled("/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, extended_properties()),
        out,
    )


_CONTENT_TYPES = {
    "styles": CONTENT_TYPE.WML_STYLES,
    "numbering": CONTENT_TYPE.WML_NUMBERING,
    "settings": CONTENT_TYPE.WML_SETTINGS,
    "fontTable": CONTENT_TYPE.WML_FONT_TABLE,
}


def _filled(name: str, content_type: str, root: XmlElement) -> XmlPart:
    part = XmlPart(name, content_type)
    part.root = root
    return part
