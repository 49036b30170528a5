"""Elements of WordprocessingML, their order inside property blocks, and text that XML can carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

XmlElement = etree._Element  # noqa: SLF001 - lxml names its element class so

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

_P_ORDER = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "bidi",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
    "rPr",
    "sectPr",
]
_R_ORDER = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "noProof",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "kern",
    "position",
    "sz",
    "szCs",
    "u",
    "shd",
    "vertAlign",
    "rtl",
    "cs",
    "lang",
]
_ORDER = {"w:pPr": _P_ORDER, "w:rPr": _R_ORDER}

# What XML 1.0 cannot carry at all. Values are cleaned on entry; this is the last door.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Attributes = Mapping[str, str | int]
XmlChild = XmlElement | None


def qname(name: str) -> str:
    """``w:p`` in Clark notation; a bare name stays bare."""
    prefix, colon, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}" if colon else name


def legal(text: str) -> str:
    """The text without the characters that no XML file can hold."""
    return _ILLEGAL.sub("", text)


def element(name: str, attributes: Attributes | None = None, *children: XmlChild, text: str = "") -> XmlElement:
    """An element; children that are ``None`` are left out."""
    prefix = name.partition(":")[0]
    node = etree.Element(qname(name), nsmap={prefix: NS[prefix]})
    for key, value in (attributes or {}).items():
        node.set(qname(key), legal(str(value)))
    node.extend(child for child in children if child is not None)
    if text:
        node.text = legal(text)
    return node


def flag(name: str, value: str | int | None = None) -> XmlElement:
    """A property element, with its value in ``w:val`` if it has one."""
    return element(f"w:{name}", None if value is None else {"w:val": value})


def one_face(name: str) -> XmlElement:
    """The same face for Latin and complex scripts."""
    return element("w:rFonts", {"w:ascii": name, "w:hAnsi": name, "w:cs": name})


def properties(name: str, items: Iterable[XmlChild]) -> XmlChild:
    """A property block (``w:pPr``, ``w:rPr``) with its children in the order that the schema demands.

    A later item replaces an earlier one of the same name. ``None`` when nothing is left.
    """
    order = _ORDER[name]
    found: dict[str, XmlElement] = {}
    for item in items:
        if item is not None:
            found[etree.QName(item).localname] = item
    if not found:
        return None
    return element(name, None, *(found[key] for key in sorted(found, key=order.index)))


def part_root(name: str, *children: XmlChild) -> XmlElement:
    """The root of a part, declaring every prefix once so that its descendants need not."""
    root = etree.Element(qname(name), nsmap={prefix: uri for prefix, uri in NS.items() if prefix != "xml"})
    root.extend(child for child in children if child is not None)
    return root


def serialise(root: XmlElement) -> bytes:
    """The bytes of a part."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
