"""Rich Text Format: the text, without fonts, styles, pictures; and Outlook's packed form of it ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.rtfcodes import TOKEN, FontTable
from magdesk.intake.source import Source

_LIMIT = 64 << 20
_SKIPPED = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "objclass", "themedata", "colorschememapping",
    "datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "fldinst", "xmlnstbl",
    "filetbl", "revtbl", "mmathPr", "nonshppict", "bkmkstart", "bkmkend", "pnseclvl", "template", "private1",
    "userprops", "falt", "sp", "shprslt", "panose", "blipuid", "wgrffmtfilter",
}  # fmt: skip
_NOTES = {"footnote", "annotation", "shptxt"}
_KEPT_DESTINATIONS = {"shptxt", "footnote", "header", "footer", "annotation", "shpinst", "sn", "ftnsep"}
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n\n", "page": "\n\n", "row": "\n", "cell": "\t", "nestcell": "\t",
    "tab": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "nestrow": "\n",
}  # fmt: skip
_INFO = {
    "title": "Title", "author": "Author", "operator": "Last changed by", "company": "Company", "subject": "Subject",
    "keywords": "Keywords", "doccomm": "Comments",
}  # fmt: skip
_MOMENTS = {"creatim": "Created", "revtim": "Changed", "printim": "Printed"}


def read_rtf(source: Source, findings: FileReading) -> None:
    """Text and properties of an RTF document."""
    raw = source.bytes(_LIMIT)
    if len(raw) > _LIMIT:
        findings.note(_("The document is very large; only its beginning was read."))
    reader = _GroupReader()
    text = reader.read(raw[:_LIMIT])
    for key, name in _INFO.items():
        findings.detail("document", name, reader.info.get(key, "").strip())
    for key, name in _MOMENTS.items():
        parts = reader.moments.get(key, {})
        if parts.get("yr"):
            day = f"{parts['yr']:04d}-{parts.get('mo', 1):02d}-{parts.get('dy', 1):02d}"
            findings.detail("document", name, f"{day} {parts.get('hr', 0):02d}:{parts.get('min', 0):02d}")
            if key == "creatim":
                findings.made_on(day)
    if b"\\object" in raw:
        findings.note(_("Objects embedded in the document were not read."))
    findings.text(0, text)
    if not text.strip():
        findings.note(_("The document holds no text."))


def rtf_text(raw: bytes) -> str:
    """The text of an RTF document."""
    return _GroupReader().read(raw)


class _GroupReader:
    """Walks the groups of the document.

    Attributes:
        info: title, author and so on.
        moments: dates, by their parts.
    """

    def __init__(self) -> None:
        self.info: dict[str, str] = {}
        self.moments: dict[str, dict[str, int]] = {}
        self._fonts = FontTable()

    def read(self, raw: bytes) -> str:
        # A note would tear the sentence in two in which its mark stands: notes and comments come after the text.
        body: list[str] = []
        beside: list[str] = []
        out = body
        pending = bytearray()  # bytes of one run in an old encoding; two of them may be one letter
        stack: list[tuple[str, int | None, int, bool, list[str]]] = []
        destination, fallback, hidden = "", 1, False
        font: int | None = None
        skip = 0
        at, end = 0, len(raw)
        starred = False

        def flush() -> None:
            if pending:
                put(bytes(pending).decode(self._fonts.encoding(font), "replace"))
                pending.clear()

        def put(text: str) -> None:
            if destination in _INFO:
                self.info[destination] = self.info.get(destination, "") + text
            elif not destination:
                out.append(text)

        while at < end:
            match = TOKEN.match(raw, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            word, number, code, symbol, brace, letters = match.groups()
            if brace == b"{":
                flush()
                stack.append((destination, font, fallback, hidden, out))
                starred = False
            elif brace == b"}":
                flush()
                if stack:
                    was = hidden
                    destination, font, fallback, hidden, outer = stack.pop()
                    if outer is not out:
                        out.append("\n")
                        out = outer
                    if was and not hidden:
                        put("]")
                skip = 0
            elif code is not None:
                if skip:
                    skip -= 1
                else:
                    pending.append(int(code, 16))
            elif letters is not None:
                if skip:
                    letters, skip = letters[skip:], max(0, skip - len(letters))
                pending += letters
            elif symbol is not None:
                flush()
                if symbol == b"*":
                    starred = True
                elif symbol in b"\\{}":
                    put(symbol.decode())
                elif symbol == b"~":
                    put("\u00a0")
                elif symbol == b"_":
                    put("‑")
                elif symbol in b"\r\n":
                    put("\n")
            elif word is not None:
                flush()
                name = word.decode()
                value = int(number) if number else None
                self._fonts.take(name, value)
                if name == "bin" and value:
                    at += max(0, value)
                elif name == "u" and value is not None:
                    put(_letter(value))
                    skip = fallback
                elif name == "uc":
                    fallback = max(0, min(value or 0, 8))
                elif name in _SIGNS:
                    put(_SIGNS[name])
                elif name == "f" and value is not None:
                    font = value
                elif name in ("v", "plain"):
                    was, hidden = hidden, name == "v" and value != 0
                    put(_("[hidden: ") if hidden and not was else "]" if was and not hidden else "")
                    font = None if name == "plain" else font
                elif destination == "info" and (name in _INFO or name in _MOMENTS):
                    destination = name
                elif destination in _MOMENTS and name in ("yr", "mo", "dy", "hr", "min") and value is not None:
                    self.moments.setdefault(destination, {})[name] = value
                elif name in _SKIPPED or (starred and name not in _KEPT_DESTINATIONS):
                    destination = name
                elif name in _NOTES:
                    out = beside
                starred = False
        flush()
        return _joined("".join([*body, "\n" if beside else "", *beside]))


def _letter(value: int) -> str:
    return chr(value & 0xFFFF)


def _joined(text: str) -> str:
    """Halves of letters beyond the basic plane, put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096


def unpack_rtf(packed: bytes) -> bytes:
    """RTF out of the packed form that Outlook stores; empty when it is neither of its two kinds."""
    if len(packed) < 16:
        return b""
    _whole, size, kind = struct.unpack_from("<II4s", packed)
    if kind == b"MELA":
        return packed[16:]
    if kind != b"LZFu" or size > _LIMIT:
        return b""
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\x00"))
    write = len(_DICTIONARY)
    out = bytearray()
    at, end = 16, len(packed)
    while at < end and len(out) < size:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= end or len(out) >= size:
                break
            if control >> bit & 1:
                if at + 1 >= end:
                    return bytes(out)
                token = packed[at] << 8 | packed[at + 1]
                at += 2
                start, length = token >> 4, (token & 15) + 2
                if start == write % _WINDOW:
                    return bytes(out)
                for step in range(length):
                    byte = window[(start + step) % _WINDOW]
                    out.append(byte)
                    window[write % _WINDOW] = byte
                    write += 1
            else:
                out.append(packed[at])
                window[write % _WINDOW] = packed[at]
                write += 1
                at += 1
    return bytes(out)
