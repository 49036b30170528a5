"""Narrative: the sections of the submission that the drafter writes, in the order of the packet's outline."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import CalmCombo, ElidedButton
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page, PageState
from magdesk.gui.layouts import discard
from magdesk.gui.lists.listpage import ItemModel, ListItem
from magdesk.gui.rowpainting import TwoLineDelegate
from magdesk.gui.words import _, joined, ngettext
from magdesk.model import Authority, Section
from magdesk.regimes.filing import Filing, filings
from magdesk.regimes.regime import OutlineSection

UNWRITTEN = ("cover", "contents")  # made wholly from other pages; every other section may begin with own words
_EDITOR = 260  # pixels that the text has at least


@dataclass(frozen=True, slots=True)
class Slot:
    """One section of one submission that can be written.

    Attributes:
        own: the authority that an own text is stored under: the first of the submission that has one, else the
            first.
        regime: the authority that the shown text is stored under; empty for the text that all submissions share.
    """

    outline: OutlineSection
    own: str = ""
    regime: str = ""


def _key(slot: Slot) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, slot.outline.code)


def filings_of(desk: Desk) -> tuple[Filing, ...]:
    """The submissions of the case; while no authority is chosen, those of all there are."""
    asked = [row.regime for row in desk.rows(Authority)] or list(desk.law.regimes)
    return filings(asked, desk.law)


def slots_of(desk: Desk, filing: Filing) -> list[Slot]:
    """The sections of the submission that can be written, each with the text that stands for it."""
    written = {(row.code, row.regime) for row in desk.rows(Section) if row.regime}
    out = []
    for section in filing.packet.outline:
        if section.content in UNWRITTEN or (section.regimes and not set(section.regimes) & set(filing.codes)):
            continue
        regime = next((code for code in filing.codes if (section.code, code) in written), "")
        out.append(Slot(section, regime or filing.codes[0], regime))
    return out


class NarrativePage(Page):
    """The submission and its sections at the left, the text at the right."""

    code = "narrative"

    def __init__(self, desk: Desk) -> None:
        lead = _(
            "What the drafter writes around the facts. Insert people, facts and exhibits as references; do "
            "not type them."
        )
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
        self.submission = CalmCombo()
        self.submission.setAccessibleName(_("Submission"))
        self.submission.activated.connect(self.refresh)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 6)
        head.addWidget(self.submission)
        box = QVBoxLayout(pane)
        box.setContentsMargins(0, 8, 0, 0)
        box.addLayout(head)
        box.addWidget(self.view)
        self.heading = Label()
        self.heading.setObjectName("sectionTitle")
        self.guidance = Label()
        self.guidance.setObjectName("muted")
        self.guidance.setWordWrap(True)
        self.scope = Label()
        self.scope.setObjectName("muted")
        self.scope.setWordWrap(True)
        self.part = ElidedButton()
        self.part.setProperty("kind", "quiet")
        self.part.clicked.connect(self._on_part)
        self.editor = QVBoxLayout()
        self.empty = Label(_("There is no section to write: first choose an authority on the case page."))
        self.empty.setObjectName("muted")
        content = QWidget()
        content.setObjectName("scrollBody")
        inner = QVBoxLayout(content)
        inner.setContentsMargins(24, 8, 24, 20)
        inner.setSpacing(10)
        inner.addWidget(self.heading)
        inner.addWidget(self.guidance)
        inner.addWidget(self.scope)
        inner.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addLayout(self.editor, 1)
        inner.addWidget(self.empty)
        self.form: Form | None = None
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(pane)
        # Guidance may be longer than a low window: what is above the editor scrolls with it.
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumWidth(360)
        splitter.addWidget(area)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([desk.theme.palette.metrics["list"], 900])
        self.body.addWidget(splitter, 1)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.refresh()

    def refresh(self) -> None:
        """Follow the case."""
        self._list_submissions()
        filing = self.filing
        self._slots = slots_of(self.desk, filing) if filing is not None else []
        texts = {(row.code, row.regime): row for row in self.desk.rows(Section)}
        items = []
        for slot in self._slots:
            row = texts.get((slot.outline.code, slot.regime))
            words = len(row.text.split()) if row else 0
            state = ngettext("{count} word", "{count} words", words).format(count=words) if words else ""
            if not state:
                state = _("required, not written yet") if slot.outline.required else _("not written yet")
            title = slot.outline.heading
            detail = joined(_("separate text") if slot.regime and self._several else "", state)
            items.append(ListItem(_key(slot), title, detail, "", None, f"{title}. {detail}"))
        self.model.set_items(items)
        self.empty.setVisible(not self._slots)
        codes = [slot.outline.code for slot in self._slots]
        if codes:
            shown = self._slot.outline.code if self._slot is not None else ""
            self.select(codes.index(shown) if shown in codes else 0)
        else:
            self._slot = None

    @property
    def filing(self) -> Filing | None:
        """The submission whose sections are shown."""
        found: Filing | None = self.submission.currentData()
        return found

    @property
    def _several(self) -> bool:
        return self.submission.count() > 1

    def _list_submissions(self) -> None:
        """Follow the authorities, and stay with the submission that is shown."""
        shown = self.filing
        self.submission.clear()
        for filing in filings_of(self.desk):
            names = ", ".join(regime.short for regime in filing.regimes)
            self.submission.addItem(f"{filing.regimes[0].jurisdiction}: {names}", filing)
            if shown is not None and filing.packet.code == shown.packet.code:
                self.submission.setCurrentIndex(self.submission.count() - 1)
        self.submission.setVisible(self._several)

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
        self.form.setMinimumHeight(_EDITOR)
        self.editor.addWidget(self.form)
        self.heading.setText(slot.outline.heading)
        self.guidance.setText(slot.outline.guidance)
        self.guidance.setVisible(bool(slot.outline.guidance))
        place = self.filing.regimes[0].jurisdiction if self.filing is not None else ""
        if slot.regime:
            self.scope.setText(_("This text is used only in this submission ({place}).").format(place=place))
            self.part.setText(_("Use the shared text"))
        else:
            self.scope.setText(_("All submissions of this case use this text."))
            self.part.setText(_("Write a separate text for this submission"))
        for widget in (self.scope, self.part):
            widget.setVisible(self._several)
        self.part.setEnabled(not self.desk.read_only)

    def _on_part(self) -> None:
        """Give the submission a text of its own, which begins as the common one; or take it away again."""
        slot = self._slot
        if slot is None or not self.desk.flush():
            return
        rows = {row.regime: row for row in self.desk.rows(Section, code=slot.outline.code)}
        if slot.regime:
            own = rows[slot.regime]
            self.desk.try_change(_("Use the shared text"), lambda session: session.delete(own))
        else:
            text = rows[""].text if "" in rows else ""
            section = Section(code=slot.outline.code, regime=slot.own, text=text)
            self.desk.try_change(_("Write a separate text"), lambda session: session.add(section))

    def _bind(self) -> None:
        slot, form = self._slot, self.form
        if slot is None or form is None:
            return
        found = next(iter(self.desk.rows(Section, code=slot.outline.code, regime=slot.regime)), None)
        if found is not None:
            self._fresh = None
            form.bind(found)
        elif self._fresh != slot or form.row is None or self.desk.holds(form.row):
            self._fresh = slot
            form.bind(Section(code=slot.outline.code, regime=slot.regime), fresh=True)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self.refresh()

    def show_place(self, place: Place) -> None:
        """Choose the section: by its row, or by its code as the field."""
        row = self.desk.get(Section, place.row)
        code, regime = (row.code, row.regime) if row is not None else (place.field, "")
        for number in range(self.submission.count()):
            filing: Filing = self.submission.itemData(number)
            if filing.packet.section(code) is not None and (not regime or regime in filing.codes):
                if regime or self.filing is None or self.filing.packet.section(code) is None:
                    self.submission.setCurrentIndex(number)
                    self.refresh()
                break
        codes = [slot.outline.code for slot in self._slots]
        if code in codes:
            self.select(codes.index(code))
        if self.form is not None:
            self.form.focus("text")

    def state(self) -> PageState:
        """With the chosen section."""
        return replace(super().state(), chosen=(_key(self._slot),) if self._slot is not None else ())

    def restore(self, state: PageState) -> None:
        """Choose the section again."""
        keys = [_key(slot) for slot in self._slots]
        if state.chosen and state.chosen[0] in keys:
            self.select(keys.index(state.chosen[0]))
        super().restore(state)

    def focus_first(self) -> None:
        """The list of sections."""
        self.view.setFocus()

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._slots):
            self.select(index.row())
