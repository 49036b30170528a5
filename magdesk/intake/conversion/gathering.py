"""Takes blocks as they are made and passes them on, up to what a person can be asked to read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from magdesk.i18n import _
from magdesk.intake.conversion.pictures import SizedPicture, shown_picture
from magdesk.intake.conversion.tree import Node, figure, paragraph, run
from magdesk.values import clean_text

CHARACTERS = 600_000  # of JSON: some hundred and fifty dense pages
PICTURES = 200
PICTURE_BYTES = 48 << 20
_TINY = 20  # pixels; what is smaller is a bullet, a spacer or a tracker


class Enough(Exception):
    """The document is longer than is shown."""


class Gathering:
    """What a document is turned into.

    Attributes:
        notes: what the pages do not show of the original, in sentences.
        preface: what a reader has to know before reading, in sentences.
        blocks: how many were passed on.
    """

    def __init__(
        self,
        on_block: Callable[[str], None],
        on_picture: Callable[[str, bytes], None],
        on_pulse: Callable[[], None] | None = None,
    ) -> None:
        """Start empty.

        Args:
            on_block: takes each block as JSON.
            on_picture: takes key and bytes (PNG or JPEG) of each picture, before the block that shows it.
        """
        self.notes: dict[str, None] = {}
        self.preface: dict[str, None] = {}
        self.blocks = 0
        self._on_block, self._on_picture, self._on_pulse = on_block, on_picture, on_pulse
        self._room = CHARACTERS
        self._told: list[str] = []
        self._picture_room = PICTURE_BYTES
        self._pictures: dict[str, SizedPicture | None] = {}
        self._links: dict[str, int] = {}

    def add(self, block: Node) -> None:
        """Pass on a block.

        Raises:
            Enough: there is no more room; the part of a table that fits was passed on.
        """
        told = json.dumps(block, ensure_ascii=False, separators=(",", ":"))
        if len(told) > self._room:
            if block.get("t") == "t":
                self._add_part(block)
            raise Enough
        self._pass_on(told)

    def _add_part(self, block: Node) -> None:
        rows, room = [], self._room
        for row in block["r"]:
            room -= len(json.dumps(row, ensure_ascii=False, separators=(",", ":"))) + 1
            if room < 1_000:
                break
            rows.append(row)
        if rows:
            self._pass_on(json.dumps({**block, "r": rows}, ensure_ascii=False, separators=(",", ":")))

    def _pass_on(self, told: str) -> None:
        self._room -= len(told)
        self.blocks += 1
        self._told.append(told)
        self._on_block(told)

    @property
    def shown(self) -> str:
        """The text of all blocks that were passed on."""
        return " | ".join("".join(_texts(json.loads(told))) for told in self._told)

    def note(self, sentence: str) -> None:
        """Say what is not shown."""
        self.notes[clean_text(sentence, multiline=False).strip()] = None

    def first(self, sentence: str) -> None:
        """Say something at the head of the first page."""
        self.preface[clean_text(sentence, multiline=False).strip()] = None

    def pulse(self) -> None:
        """Show that work goes on."""
        if self._on_pulse is not None:
            self._on_pulse()

    def link(self, address: str) -> int:
        """The number under which an address is listed at the end; 0 for what leads nowhere a person could go."""
        address = clean_text(address, multiline=False).strip()[:2_000]
        if not address or address.startswith("#") or address.lower().startswith(("javascript:", "data:", "cid:")):
            return 0
        if address not in self._links and len(self._links) >= 1_000:
            return 0
        return self._links.setdefault(address, len(self._links) + 1)

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses linked to, in the order of their numbers."""
        return tuple(self._links)

    def picture(self, key: str, data: bytes | None, description: str = "", width: float | None = None) -> Node | None:
        """A picture as a block, or a line that says why it is not shown; none for what is too small to be seen.

        Args:
            key: names the picture within the document.
            data: its bytes, in whatever format; none when they are missing.
            width: inches; by its own size when not known.
        """
        if key not in self._pictures:
            self._pictures[key] = self._taken(key, data)
        shown = self._pictures[key]
        if shown is None:
            what = description or key.rpartition("/")[2]
            return paragraph([run(_("[Picture not shown: {name}]").format(name=what[:200]), italic=True)], "small")
        if max(shown.width, shown.height) <= _TINY:
            return None
        inches = width if width else shown.width / 96
        return figure(key, inches / 6.05, description[:500])

    def _taken(self, key: str, data: bytes | None) -> SizedPicture | None:
        if not data or len(self._pictures) >= PICTURES:
            self.note(_("Some pictures of the original are not shown."))
            return None
        self.pulse()
        shown = shown_picture(data)
        if shown is None or len(shown.data) > self._picture_room:
            self.note(_("Some pictures of the original are not shown."))
            return None
        self._picture_room -= len(shown.data)
        self._on_picture(key, shown.data)
        return shown


def _texts(node: Any) -> Iterator[str]:
    """The text in a part of the tree; what stands in different blocks is parted."""
    if isinstance(node, str):
        yield f"{node} | "
    elif isinstance(node, list):
        for one in node:
            yield from _texts(one)
    elif "x" in node:
        yield str(node["x"])
    elif "br" in node:
        yield " | "
    else:
        for key in ("c", "i", "fn", "b", "n", "r"):
            if isinstance(node.get(key), list):
                if key == "fn":
                    yield " | "  # its mark stands right behind a word
                yield from _texts(node[key])
                yield " | "
