"""Rich text with every letter written as Unicode, as pandoc needs it: it takes each byte for Western European.

What pandoc leaves out is made visible on the way: hidden and deleted text in brackets, comments as notes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from magdesk.i18n import _
from magdesk.intake.readers.rtfcodes import TOKEN, FontTable

_BINARY = frozenset({"pict", "objdata", "themedata", "datastore", "colorschememapping", "fonttbl"})
_PRINTABLE = range(0x20, 0x7F)


@dataclass(frozen=True, slots=True)
class _RtfGroup:
    """What holds within a group.

    Attributes:
        font: its number; none for the font of the document.
        fallback: letters that stand for one Unicode letter.
        raw: whether its letters are left as they are.
        hidden: how many kinds of brackets are open.
        closing: what is written before its end.
    """

    font: int | None = None
    fallback: int = 1
    raw: bool = False
    marked: frozenset[str] = frozenset()
    author: bool = False


def unicode_rtf(raw: bytes) -> bytes:
    """The same document in Unicode escapes."""
    return _RtfRewriter().rewrite(raw)


class _RtfRewriter:
    def __init__(self) -> None:
        self._fonts = FontTable()
        self._out = bytearray()
        self._pending = bytearray()  # bytes of one run; two of them may be one letter
        self._group = _RtfGroup()
        self._stack: list[_RtfGroup] = []
        self._author = ""
        self._skip = 0

    def rewrite(self, raw: bytes) -> bytes:
        at = 0
        while at < len(raw):
            match = TOKEN.match(raw, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            word, number, code, symbol, brace, letters = match.groups()
            whole = match.group()
            if brace:
                self._flush()
                self._brace(brace)
            elif code is not None or letters is not None:
                self._letters(whole, bytes([int(code, 16)]) if code else letters)
            elif word is not None:
                self._flush()
                at += self._word(word.decode(), int(number) if number else None, whole, raw, at)
            elif symbol is not None:
                self._flush()
                self._out += whole
        self._flush()
        return bytes(self._out)

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            self._stack.append(self._group)
            self._out += brace
            return
        before = self._stack.pop() if self._stack else _RtfGroup()
        self._put("]" * len(self._group.marked - before.marked))
        self._group = before
        self._out += brace

    def _letters(self, whole: bytes, letters: bytes) -> None:
        if self._group.raw:
            self._out += whole
            return
        if self._skip:
            left, letters = letters[: self._skip], letters[self._skip :]
            self._skip -= len(left)
            self._out += whole if not letters else left
        self._pending += letters

    def _flush(self) -> None:
        if not self._pending:
            return
        text = bytes(self._pending).decode(self._fonts.encoding(self._group.font), "replace")
        self._pending.clear()
        if self._group.author:
            self._author += text
        self._put(text)

    def _put(self, text: str) -> None:
        for letter in text:
            if letter in "\\{}":
                self._out += b"\\" + letter.encode()
            elif ord(letter) in _PRINTABLE:
                self._out += letter.encode()
            else:
                halves = letter.encode("utf-16-le", "replace")
                for place in range(0, len(halves), 2):
                    value = int.from_bytes(halves[place : place + 2], "little", signed=True)
                    self._out += b"{\\uc0\\u%d}" % value

    def _word(self, name: str, value: int | None, whole: bytes, raw: bytes, at: int) -> int:
        """Take a control word; how many bytes after it were taken with it."""
        group = self._group
        self._fonts.take(name, value)
        if name == "bin" and value:
            taken = raw[at : at + max(0, value)]
            self._out += whole + taken
            return len(taken)
        if name == "annotation" and self._out.endswith(b"{\\*"):
            del self._out[-2:]
            self._out += b"\\footnote "
            who = self._author.strip()
            self._put(_("Comment ({head}): ").format(head=who) if who else _("Comment: "))
            self._author = ""
            return 0
        if name in _BINARY:
            self._group = replace(group, raw=True)
        elif name == "atnauthor":
            self._group = replace(group, author=True)
        elif name == "f" and value is not None:
            self._group = replace(group, font=value)
        elif name == "plain":
            self._put("]" * len(group.marked))
            self._group = replace(group, font=None, marked=frozenset())
        elif name == "uc":
            self._group = replace(group, fallback=max(0, min(value or 0, 8)))
        elif name in ("v", "deleted"):
            self._mark(name, on=value != 0)
            return 0
        self._out += whole
        if name == "u":
            self._skip = group.fallback
        return 0

    def _mark(self, name: str, *, on: bool) -> None:
        marked = self._group.marked
        if on and name not in marked:
            self._put(_("[hidden: ") if name == "v" else _("[deleted: "))
            self._group = replace(self._group, marked=marked | {name})
        elif not on and name in marked:
            self._put("]")
            self._group = replace(self._group, marked=marked - {name})
