"""Narrative: the sections of the submission that the drafter writes, in the order of the packet's outline."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QLabel, QListView, QSplitter, QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.delegates import TwoLineDelegate
from magdesk.gui.desk import Desk
from magdesk.gui.forms import Form
from magdesk.gui.kinds import joined
from magdesk.gui.layouts import discard
from magdesk.gui.lists import Item, ItemModel
from magdesk.gui.page import Page
from magdesk.i18n import _, ngettext
from magdesk.model import Authority, Section
from magdesk.regimes.regime import OutlineSection

UNWRITTEN = ("cover", "contents")  # made wholly from other pages; every other section may begin with own words


@dataclass(frozen=True, slots=True)
class Slot:
    """One section that can be written: of the outline, for all regimes or for one."""

    outline: OutlineSection
    regime: str = ""


def slots_of(desk: Desk) -> list[Slot]:
    """The sections of the packets that the case's authorities lead to, and texts of single regimes that exist."""
    asked = [row.regime for row in desk.rows(Authority)] or list(desk.law.regimes)
    packets = dict.fromkeys(desk.law.regimes[code].packet for code in asked if code in desk.law.regimes)
    outline: dict[str, OutlineSection] = {}
    for code in packets:
        template = desk.law.packets.get(code)
        for section in template.outline if template else ():
            if section.content not in UNWRITTEN:
                outline.setdefault(section.code, section)
    own = {(row.code, row.regime) for row in desk.session.query(Section) if row.regime}
    out = []
    for section in outline.values():
        out.append(Slot(section))
        out += [Slot(section, regime) for code, regime in sorted(own) if code == section.code]
    return out


class NarrativePage(Page):
    """The sections at the left, the text at the right."""

    code = "narrative"

    def __init__(self, desk: Desk) -> None:
        lead = _("What the drafter writes around the facts. People, facts and exhibits are inserted, never typed.")
        super().__init__(desk, _("Narrative"), lead)
        self._slots: list[Slot] = []
        self._keys: list[uuid.UUID] = []
        self._slot: Slot | None = None
        self._fresh: Slot | None = None
        self.model = ItemModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwoLineDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(_("Sections"))
        pane = QFrame()
        pane.setObjectName("masterPane")
        box = QVBoxLayout(pane)
        box.setContentsMargins(0, 8, 0, 0)
        box.addWidget(self.view)
        self.heading = QLabel()
        self.heading.setObjectName("sectionTitle")
        self.guidance = QLabel()
        self.guidance.setObjectName("muted")
        self.guidance.setWordWrap(True)
        self.editor = QVBoxLayout()
        self.empty = QLabel(_("No section to write: choose an authority on the overview first."))
        self.empty.setObjectName("muted")
        content = QWidget()
        content.setMinimumWidth(360)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(24, 8, 24, 20)
        inner.setSpacing(10)
        inner.addWidget(self.heading)
        inner.addWidget(self.guidance)
        inner.addLayout(self.editor, 1)
        inner.addWidget(self.empty)
        self.form: Form | None = None
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(pane)
        splitter.addWidget(content)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([desk.theme.palette.metrics["list"], 900])
        self.body.addWidget(splitter, 1)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.refresh()

    def refresh(self) -> None:
        """Follow the case."""
        self._slots = slots_of(self.desk)
        texts = {(row.code, row.regime): row for row in self.desk.session.query(Section)}
        items = []
        for slot in self._slots:
            row = texts.get((slot.outline.code, slot.regime))
            words = len(row.text.split()) if row else 0
            state = ngettext("{count} word", "{count} words", words).format(count=words) if words else ""
            if not state:
                state = _("required, not written yet") if slot.outline.required else _("not written yet")
            title = slot.outline.heading
            detail = joined(slot.regime, state)
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"{slot.outline.code}/{slot.regime}")
            items.append(Item(key, title, detail, "", None, f"{title}. {detail}"))
        self.model.set_items(items)
        self.empty.setVisible(not self._slots)
        if self._slot not in self._slots:
            self._slot = None
        if self._slot is None and self._slots:
            self.select(0)
        elif self._slot is not None:
            self.select(self._slots.index(self._slot))

    def select(self, place: int) -> None:
        """Show the section at that place of the outline."""
        slot = self._slots[place]
        if slot != self._slot or self.form is None:
            self._slot = slot
            self._build(slot)
        self._bind()
        if self.view.currentIndex().row() != place:
            self.view.setCurrentIndex(self.model.index(place))

    def _build(self, slot: Slot) -> None:
        if self.form is not None:
            self.form.bind(None)
            self.editor.removeWidget(self.form)
            discard(self.form)
        self.form = Form(self.desk, "narrative")
        self.form.narrative("text", _("Text"), words=slot.outline.max_words, fills=True)
        self.editor.addWidget(self.form)
        self.heading.setText(slot.outline.heading)
        self.guidance.setText(slot.outline.guidance)
        self.guidance.setVisible(bool(slot.outline.guidance))

    def _bind(self) -> None:
        slot, form = self._slot, self.form
        if slot is None or form is None:
            return
        found = self.desk.session.query(Section).filter_by(code=slot.outline.code, regime=slot.regime).first()
        if found is not None:
            self._fresh = None
            form.bind(found)
        elif self._fresh != slot or form.row is None or form.row in self.desk.session:
            self._fresh = slot
            form.bind(Section(code=slot.outline.code, regime=slot.regime), fresh=True)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self.refresh()

    def show_place(self, place: Place) -> None:
        """Choose the section: by its row, or by its code as the field."""
        row = self.desk.get(Section, place.row)
        code, regime = (row.code, row.regime) if row is not None else (place.field, "")
        for number, slot in enumerate(self._slots):
            if slot.outline.code == code and slot.regime == regime:
                self.select(number)
                break
        if self.form is not None:
            self.form.focus("text")

    def focus_first(self) -> None:
        """The list of sections."""
        self.view.setFocus()

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._slots):
            self.select(index.row())
