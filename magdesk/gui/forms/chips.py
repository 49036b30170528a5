"""A field of several choices at once: one chip for each that can be ticked, and words of one's own."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.flow import FlowLayout
from magdesk.gui.forms.field import Field
from magdesk.gui.forms.fields import CalmLine
from magdesk.gui.labels import label as words_for
from magdesk.gui.layouts import discard


class ChipsField(Field):
    """Choices of an enumeration, stored as their values between commas; words that are none of them stay as they are.

    Ticking stores at once. The editor that takes the focus is the line for words of one's own, behind the chips.
    """

    editor: CalmLine

    def __init__(
        self, desk: Desk, page: str, name: str, label: str, help_text: str, *, kind: type[StrEnum], other: str = ""
    ) -> None:
        self._kind = kind
        self._own: list[str] = []
        self.chips: dict[str, QPushButton] = {}
        super().__init__(desk, page, name, label, help_text)
        self.editor.setPlaceholderText(other)
        for value in kind:
            self._add(value.value, words_for(value))

    def make_editor(self) -> CalmLine:
        """The line for other words."""
        editor = CalmLine()
        editor.textEdited.connect(self.on_edited)
        editor.returnPressed.connect(self.commit)
        return editor

    def assemble(self, box: QVBoxLayout) -> None:
        """Chips, then the line."""
        self.area = QWidget()
        self.area.setAccessibleName(self.title)
        self._flow = FlowLayout(self.area)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.area.setSizePolicy(policy)
        box.addLayout(self.head)
        box.addWidget(self.area)
        box.addWidget(self.editor)

    def show_value(self, value: str) -> None:
        """Tick what is stored, with a chip of its own for each word that is no choice."""
        words = [part.strip() for part in value.split(",") if part.strip()]
        known = {one.value for one in self._kind}
        own = list(dict.fromkeys(word for word in words if word not in known))
        for word in [word for word in self._own if word not in own]:
            discard(self.chips.pop(word))
        for word in own:
            if word not in self.chips:
                self._add(word, word)
        self._own = own
        for code, chip in self.chips.items():
            chip.setChecked(code in words)
        self.editor.clear()

    def read_value(self) -> str:
        """What is ticked, in the order of the chips, and what is typed."""
        ticked = [code for code, chip in self.chips.items() if chip.isChecked()]
        typed = [part.strip() for part in self.editor.text().split(",") if part.strip()]
        named = {words_for(value).casefold(): value.value for value in self._kind}
        return ", ".join(dict.fromkeys([*ticked, *(named.get(word.casefold(), word) for word in typed)]))

    @property
    def unsaved(self) -> bool:
        """Whether other groups are ticked than are stored; how they are written does not matter."""
        if not self.alive:
            return False
        stored = [part.strip() for part in str(getattr(self.row, self.name)).split(",") if part.strip()]
        return set(stored) != {part for part in self.read_value().split(", ") if part}

    def set_writable(self, writable: bool) -> None:
        """Read-only chips can still be read."""
        self.editor.setVisible(writable)
        for chip in self.chips.values():
            chip.setEnabled(writable)

    def commit(self) -> None:
        """What was typed becomes a chip once it is stored."""
        typed = bool(self.editor.text().strip())
        super().commit()
        if typed and self.alive and self not in self.desk.unsaved:
            self.load()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right move between chips."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and isinstance(event, QKeyEvent) and isinstance(watched, QPushButton):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            order = list(self.chips.values())
            if step is not None and watched in order:
                order[(order.index(watched) + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _add(self, code: str, text: str) -> None:
        chip = ElidedButton(text.replace("&", "&&"), self.area)
        chip.setCheckable(True)
        chip.setProperty("kind", "chip")
        chip.setAccessibleName(text)
        chip.installEventFilter(self)
        chip.clicked.connect(self._on_clicked)
        self.chips[code] = chip
        self._flow.addWidget(chip)
        chip.show()

    def _on_clicked(self) -> None:
        self.on_edited()
        self.commit()
