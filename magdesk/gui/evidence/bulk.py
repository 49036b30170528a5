"""Several items at once: the fields that many have in common, set in one step that can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.columns import size_words
from magdesk.gui.evidence.scanbar import ScanBar
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.fields import CalmLine
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.words import _, joined, ngettext
from magdesk.model.evidence import Access, Copy, Grade, SourceType
from magdesk.services.evidence.lines import items_of
from magdesk.services.removal import plan_removal
from magdesk.values import clean_text

if TYPE_CHECKING:
    from magdesk.casefile import Session

_KEEP = _("Leave unchanged")
_MANY = 400


class _Choice:
    """One choice of an enumeration, or leave it; perhaps none."""

    def __init__(self, kind: type[StrEnum], *, empty: str = "") -> None:
        self.editor = CalmCombo()
        self._values: list[StrEnum | None] = [*([None] if empty else []), *kind]
        self.editor.addItem(_KEEP)
        self.editor.addItems([label(value) if value is not None else empty for value in self._values])

    def given(self) -> bool:
        return self.editor.currentIndex() > 0

    def value(self) -> object:
        return self._values[self.editor.currentIndex() - 1]

    def clear(self) -> None:
        self.editor.setCurrentIndex(0)


class _Flag:
    """Yes, no, or leave it."""

    def __init__(self) -> None:
        self.editor = CalmCombo()
        self.editor.addItems([_KEEP, _("Yes"), _("No")])

    def given(self) -> bool:
        return self.editor.currentIndex() > 0

    def value(self) -> object:
        return self.editor.currentIndex() == 1

    def clear(self) -> None:
        self.editor.setCurrentIndex(0)


class _BulkText:
    """A line of text; an empty one leaves it."""

    def __init__(self, read: Callable[[str], object] = clean_text) -> None:
        self.editor: QLineEdit = CalmLine()
        self.editor.setPlaceholderText(_KEEP)
        self._read = read

    def given(self) -> bool:
        return bool(self.editor.text().strip())

    def value(self) -> object:
        return self._read(self.editor.text())

    def clear(self) -> None:
        self.editor.clear()


_Input = _Choice | _Flag | _BulkText


class BulkPanel(QFrame):
    """What stands in place of the forms while several items are chosen.

    Attributes:
        applied: the items were changed.
        removed: they were deleted.
        recognition_requested: the text of the scans among them is to be read by a program: keys and languages.
    """

    applied = Signal()
    removed = Signal()
    recognition_requested = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._keys: list[uuid.UUID] = []
        self.caption = Label()
        self.caption.setObjectName("cardTitle")
        self.facts = Label()
        self.facts.setObjectName("help")
        self.facts.setWordWrap(True)
        self.inputs: dict[str, _Input] = {
            "source_type": _Choice(SourceType),
            "grade": _Choice(Grade, empty=_("Not graded yet")),
            "access": _Choice(Access),
            "copy": _Choice(Copy),
            "obtained_by": _BulkText(),
            "obtained_from": _BulkText(),
            "obtained_on": _BulkText(PartialDate.parse),
            "obtained_where": _BulkText(),
            "obtained_how": _BulkText(),
            "lawfulness": _BulkText(),
            "language": _BulkText(),
            "produce": _Flag(),
        }
        titles = {
            "source_type": _("Kind of source"), "grade": _("Grade"), "access": _("Who may see it"),
            "copy": _("Original or copy"), "obtained_by": _("Obtained by"),
            "obtained_from": _("Obtained from"), "obtained_on": _("Obtained on"), "obtained_where": _("Where"),
            "obtained_how": _("How"), "lawfulness": _("Why it was lawful to obtain it"), "language": _("Language"),
            "produce": _("Include in the bundle when cited"),
        }  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        for place, (name, one) in enumerate(self.inputs.items()):
            cell = QWidget()
            box = QVBoxLayout(cell)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(3)
            head = Label(titles[name])
            head.setObjectName("fieldLabel")
            head.setBuddy(one.editor)
            head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            one.editor.setAccessibleName(titles[name])
            one.editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            one.editor.setEnabled(not desk.read_only)
            box.addWidget(head)
            box.addWidget(one.editor)
            grid.addWidget(cell, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
            grid.setColumnMinimumWidth(side, 130)
        self.trouble = Label()
        self.trouble.setObjectName("fieldError")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.apply_button = QPushButton(_("Change them all"))
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.setEnabled(not desk.read_only)
        self.apply_button.clicked.connect(self.apply)
        self.remove_button = QPushButton(_("Delete"))
        self.remove_button.setEnabled(not desk.read_only)
        self.remove_button.clicked.connect(self.remove)
        self._scans: list[uuid.UUID] = []
        self.scan = ScanBar(desk)
        self.scan.recognition_requested.connect(self._on_recognition)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(self.trouble)
        column.addWidget(self.apply_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.scan)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.caption)
        words.addWidget(self.facts)
        top = QHBoxLayout()
        top.setContentsMargins(24, 12, 24, 4)
        top.addLayout(words, 1)
        top.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(scrolled(inner), 1)

    def show_items(self, keys: Sequence[uuid.UUID], size: int, scans: Sequence[uuid.UUID] = ()) -> None:
        """Work on these from now on.

        Args:
            scans: those of them whose text can be read by a program.
        """
        self._keys, self._scans = list(keys), list(scans)
        self.scan.setVisible(bool(scans) and not self._desk.read_only)
        self.scan.show_scans(len(scans))
        self.caption.setText(
            ngettext("{count} item selected", "{count} items selected", len(keys)).format(count=len(keys))
        )
        sentence = _("What you enter here is set for all of them, in one step that you can undo.")
        self.facts.setText(joined(size_words(size) if size else "", sentence))
        self.trouble.hide()

    def _on_recognition(self, languages: object) -> None:
        self.recognition_requested.emit(self._scans, languages)

    def apply(self) -> None:
        """Set what was filled in."""
        try:
            values = {name: one.value() for name, one in self.inputs.items() if one.given()}
        except InputError as error:
            self._say(str(error))
            return
        if not values:
            self._say(_("Enter what is to be changed."))
            return
        keys = self._keys
        self._desk.flush()

        def work(_session: Session) -> None:
            for row in items_of(self._desk.case, keys):
                for name, value in values.items():
                    if getattr(row, name) != value:
                        setattr(row, name, value)

        words = ngettext("Change {count} item", "Change {count} items", len(keys)).format(count=len(keys))
        if self._desk.try_change(words, work):
            for one in self.inputs.values():
                one.clear()
            self.trouble.hide()
            told = ngettext("{count} item changed.", "{count} items changed.", len(keys)).format(count=len(keys))
            self._desk.notice_requested.emit(told, True)
            self.applied.emit()

    def remove(self) -> None:
        """Delete them, with what refers to them, after asking."""
        if self._desk.read_only:
            return
        self._desk.flush()
        keys, case = self._keys, self._desk.case
        plans = [plan_removal(case, row) for row in items_of(case, keys)]
        count = len({id(row) for plan in plans for row in plan.noticeable})
        question = ngettext("Delete {count} item?", "Delete {count} items?", len(keys)).format(count=len(keys))
        detail = (
            ngettext(
                "{count} other entry refers to them and will be deleted with them. You can undo this.",
                "{count} other entries refer to them and will be deleted with them. You can undo this.",
                count,
            ).format(count=count)
            if count
            else _("You can undo this.")
        )
        if not self._desk.prompts.confirm(self, question, detail, _("Delete"), grave=True):
            return

        def work(session: Session) -> None:
            for row in items_of(case, keys):
                plan_removal(case, row).apply(session)

        words = ngettext("Delete {count} item", "Delete {count} items", len(keys)).format(count=len(keys))
        if self._desk.try_change(words, work):
            told = ngettext("{count} item deleted.", "{count} items deleted.", len(keys)).format(count=len(keys))
            self._desk.notice_requested.emit(told, True)
            self.removed.emit()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
