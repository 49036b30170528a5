"""Which encoding the bytes of a rich text are in: by the font they are set in, else by the document's code page."""

from __future__ import annotations

import re

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
# Charsets of Windows fonts (RTF 1.9.1, “Font Table”).
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_WORDS = {"mac": "mac_roman", "pca": "cp850", "pc": "cp437", "ansi": "cp1252"}
_CODE_PAGES = {936: "gb18030", 10000: "mac_roman", 10007: "mac_cyrillic", 65001: "utf-8", 1361: "johab"}


class FontTable:
    """Learns from control words, in the order of the document."""

    def __init__(self) -> None:
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default = 0
        self._current = 0

    def take(self, name: str, value: int | None) -> None:
        """Look at a control word."""
        if name in _WORDS:
            self._page = _WORDS[name]
        elif value is None:
            return
        elif name == "ansicpg" and value:
            self._page = _known(value)
        elif name == "deff":
            self._default = value
        elif name == "f":
            self._current = value
        elif name == "fcharset" and value in _CHARSETS:
            self._fonts.setdefault(self._current, _CHARSETS[value])
        elif name == "cpg" and value:
            self._fonts[self._current] = _known(value)

    def encoding(self, font: int | None) -> str:
        """The encoding of what is set in a font; in that of the document, where there is none."""
        return self._fonts.get(self._default if font is None else font, self._page)


def _known(number: int) -> str:
    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
