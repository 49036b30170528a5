"""Where links lead: bookmarks inside the document, relationships to what is outside it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit, urlunsplit

from docx.opc.part import Part

from magdesk.document.blocks import Block, Heading, Paragraph, walk
from magdesk.render.docx.oxml import XmlElement, element, legal
from magdesk.render.docx.parts import RELATIONSHIP_TYPE

_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
_SAFE = "!$&'()*+,;=:@/?%-._~"


class Bookmarks:
    """The anchors of a document under names that Word accepts and that tell nothing."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._names: dict[str, str] = {}
        self._headings: dict[int, str] = {}
        self._taken: set[str] = set()
        self._used = 0
        for block in walk(blocks):
            if isinstance(block, Heading | Paragraph) and block.anchor:
                self._names.setdefault(block.anchor, f"_Ref{len(self._names) + 1:08d}")

    def name(self, anchor: str) -> str:
        """The bookmark an anchor is known by; empty when nothing has that anchor."""
        return self._names.get(anchor, "")

    def contents_name(self, number: int) -> str:
        """The bookmark of the heading with this number, counted from 1 through the document."""
        return f"_Toc{number:08d}"

    def around(self, content: Iterable[XmlElement], names: Iterable[str]) -> list[XmlElement]:
        """The content between the starts and ends of its bookmarks; of several equal ones the first holds."""
        starts: list[XmlElement] = []
        ends: list[XmlElement] = []
        for name in names:
            if name and name not in self._taken:
                self._taken.add(name)
                self._used += 1
                starts.append(element("w:bookmarkStart", {"w:id": self._used, "w:name": name}))
                ends.append(element("w:bookmarkEnd", {"w:id": self._used}))
        return [*starts, *content, *reversed(ends)]


class Targets:
    """The outside addresses that one part links to."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._ids: dict[str, str] = {}

    def web(self, url: str) -> str:
        """The relationship for a web address; empty when it is none that can safely be a link."""
        address = web_address(url)
        return self._relate(address) if address else ""

    def page(self, file: str, page: int) -> str:
        """The relationship for a page of a file that lies beside the document; empty when there is no such page."""
        return self._relate(f"{quote(legal(file))}#page={page}") if file and page > 0 else ""

    def _relate(self, target: str) -> str:
        if target not in self._ids:
            self._ids[target] = self._part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._ids[target]


def web_address(url: str) -> str:
    """The address in the form that relationships must have (RFC 3986); empty when it is no web address.

    Word calls a file damaged when it cannot parse a target, so what is doubtful stays plain text.
    """
    try:
        parts = urlsplit("".join(legal(url).split()))
        host = parts.hostname or ""
        port = parts.port
        ascii_host = host.encode("idna").decode("ascii") if host else ""
    except (ValueError, UnicodeError):
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES:
        return ""
    if scheme == "mailto":
        plain = "@" in parts.path and not parts.netloc
        return f"mailto:{quote(parts.path, safe='@+.-_')}" if plain else ""
    if not ascii_host or not all(ch.isalnum() or ch in "-._" for ch in ascii_host) or parts.username:
        return ""
    netloc = ascii_host if port is None else f"{ascii_host}:{port}"
    path, query, fragment = (_quoted(piece) for piece in (parts.path, parts.query, parts.fragment))
    return urlunsplit((scheme, netloc, path, query, fragment))[:2000]


def _quoted(text: str) -> str:
    """Percent-encoded; a percent sign that encodes nothing is itself encoded."""
    pieces = text.split("%")
    out = quote(pieces[0], safe=_SAFE)
    for piece in pieces[1:]:
        encodes = len(piece) >= 2 and all(ch in "0123456789abcdefABCDEF" for ch in piece[:2])
        out += ("%" if encodes else "%25") + quote(piece, safe=_SAFE)
    return out
