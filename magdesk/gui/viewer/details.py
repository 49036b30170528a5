"""What a file says of itself, beside what it shows: camera, place, headers. Claims, not proof."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.layouts import take_all
from magdesk.gui.words import _

_SECTIONS = {
    "position": _("Location"), "camera": _("Camera"), "document": _("File"), "mail": _("Message"),
    "web": _("Web"), "media": _("Recording"), "archive": _("Archive"), "attachment": _("Attachments"),
    "reading": _("How it was read"), "lock": _("Lock"),
}  # fmt: skip
_POSITION = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
_SHOWN = 200


class DetailsPanel(QScrollArea):
    """The panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("detailsPanel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(252)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("What the file says about itself"))
        body = QWidget()
        body.setObjectName("detailsBody")
        self._box = QVBoxLayout(body)
        self._box.setContentsMargins(16, 14, 14, 20)
        self._box.setSpacing(2)
        self.setWidget(body)

    def show_details(self, details: Sequence[tuple[str, str, str]]) -> None:
        """Show section, name and value of each."""
        take_all(self._box)
        while self._box.takeAt(0) is not None:
            continue
        by_section: dict[str, list[tuple[str, str]]] = {}
        for section, name, value in details[:_SHOWN]:
            by_section.setdefault(section, []).append((name, value))
        order = [*_SECTIONS, *(section for section in by_section if section not in _SECTIONS)]
        for section in order:
            if section not in by_section:
                continue
            title = _label(_SECTIONS.get(section, section), "cardTitle")
            title.setContentsMargins(0, 10 if self._box.count() else 0, 0, 2)
            self._box.addWidget(title)
            for name, value in by_section[section]:
                self._box.addWidget(_label(name, "fieldLabel"))
                text = _label(value, "")
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                text.setContentsMargins(0, 0, 0, 5)
                self._box.addWidget(text)
                if section == "position" and (degrees := in_degrees(value)):
                    line = _label(degrees, "help")
                    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                    line.setContentsMargins(0, 0, 0, 5)
                    self._box.addWidget(line)
        note = _label(_("What the file claims is not proof."), "help")
        note.setContentsMargins(0, 10, 0, 0)
        self._box.addWidget(note)
        self._box.addStretch(1)


def in_degrees(position: str) -> str:
    """A decimal position as ``48° 51′ 29.6″ N, 2° 17′ 40.2″ E``; empty if it is none."""
    match = _POSITION.match(position)
    if match is None:
        return ""
    latitude, longitude = float(match[1]), float(match[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return ""
    return f"{_degrees(latitude, 'N', 'S')}, {_degrees(longitude, 'E', 'W')}"


def _degrees(value: float, positive: str, negative: str) -> str:
    tenths = round(abs(value) * 36_000)
    degrees, rest = divmod(tenths, 36_000)
    minutes, seconds = divmod(rest, 600)
    return f"{degrees}° {minutes}′ {seconds / 10:.1f}″ {negative if value < 0 else positive}"


def _label(text: str, name: str) -> QLabel:
    # Long paths and digests have no place to break; give them some.
    label = Label(re.sub(r"(\S{26})(?=\S)", "\\1\u200b", text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if name:
        label.setObjectName(name)
    return label
