"""A field of several codes that the law's resources offer: a chip for each that is chosen, and a list to add one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.flow import FlowLayout
from magdesk.gui.forms.fields import ComboField
from magdesk.gui.layouts import discard
from magdesk.gui.words import _


class CodesField(ComboField):
    """Codes, stored between commas; one that the law no longer knows stays, and is shown as such.

    Attributes:
        chips: what is chosen, by code; a click takes it out.
    """

    def __init__(
        self,
        desk: Desk,
        page: str,
        name: str,
        label: str,
        help_text: str,
        *,
        options: Callable[[Any], list[tuple[str, str]]],
        add: str,
    ) -> None:
        self._options, self._invite = options, add
        self._codes: list[str] = []
        self.chips: dict[str, QPushButton] = {}
        super().__init__(desk, page, name, label, help_text)

    def assemble(self, box: QVBoxLayout) -> None:
        """Chips, then the list."""
        self._area = QWidget()
        self._area.setAccessibleName(self.title)
        self._flow = FlowLayout(self._area)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._area.setSizePolicy(policy)
        box.addLayout(self.head)
        box.addWidget(self._area)
        box.addWidget(self.editor)

    def show_value(self, value: str) -> None:
        """A chip for each code, and the others in the list."""
        self._codes = list(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
        options = dict(self._options(self.row))
        for chip in self.chips.values():
            discard(chip)
        self.chips = {}
        for code in self._codes:
            text = options.get(code) or _("{code} (not available here)").format(code=code)
            chip = ElidedButton(f"{text}  ✕".replace("&", "&&"), self._area)
            chip.setProperty("kind", "chip")
            chip.setAccessibleName(_("Remove: {thing}").format(thing=text))
            chip.setEnabled(not self.desk.read_only)
            chip.clicked.connect(partial(self._on_removed, code))
            self.chips[code] = chip
            self._flow.addWidget(chip)
            chip.show()
        self._area.setVisible(bool(self._codes))
        self.editor.clear()
        self.editor.addItem(self._invite, "")
        for code, text in options.items():
            if code not in self._codes:
                self.editor.addItem(text, code)

    def read_value(self) -> str:
        """What is chosen, and what is picked from the list."""
        picked = str(self.editor.currentData() or "")
        return ", ".join(dict.fromkeys([*self._codes, *([picked] if picked else [])]))

    @property
    def unsaved(self) -> bool:
        """Whether other codes are chosen than are stored; how they are written does not matter."""
        if not self.alive:
            return False
        stored = [part.strip() for part in str(getattr(self.row, self.name)).split(",") if part.strip()]
        return stored != [part for part in self.read_value().split(", ") if part]

    def commit(self) -> None:
        """What was picked becomes a chip once it is stored."""
        picked = bool(self.editor.currentData())
        super().commit()
        if picked and self.alive and self not in self.desk.unsaved:
            self.load()

    def _on_removed(self, code: str) -> None:
        self._codes = [one for one in self._codes if one != code]
        self.on_edited()
        self.commit()
        self.load()
