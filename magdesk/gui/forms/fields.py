"""The kinds of fields: how each shows and reads its value."""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QEvent, QMimeData, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.gui.boundedwords import Label, elided
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import CalmCombo, WrappedCheck
from magdesk.gui.forms.calendarquestion import CalendarQuestion
from magdesk.gui.forms.choices import ChoiceSource
from magdesk.gui.forms.field import Field
from magdesk.gui.forms.narrative import INSERTS, NarrativeEdit
from magdesk.gui.forms.picker import Picker
from magdesk.gui.labels import label as words_for
from magdesk.gui.words import _, ngettext
from magdesk.model.names import check_name
from magdesk.money import read_amount
from magdesk.values import clean_text

_MAX_LINES = 16
_GROUPING = re.compile(r"(?<=[0-9])[\s,.'’](?=[0-9]{3}(?![0-9]))")


class CalmLine(QLineEdit):
    """A line edit that leaves dropped files to the window."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Text may be dropped, a path would only be noise."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class TextField(Field):
    """One line of text."""

    editor: QLineEdit

    def __init__(self, desk: Desk, page: str, name: str, label: str, help_text: str, *, hint: str = "") -> None:
        super().__init__(desk, page, name, label, help_text)
        self.editor.setPlaceholderText(hint)

    def make_editor(self) -> QLineEdit:
        """A line edit."""
        editor = CalmLine()
        editor.textEdited.connect(self.on_edited)
        editor.returnPressed.connect(self.commit)
        return editor

    def show_value(self, value: str) -> None:
        """Without moving the cursor when nothing changes."""
        if self.editor.text() != value:
            self.editor.setText(value)
            self.editor.setCursorPosition(0)

    def read_value(self) -> str:
        """Cleaned as the model cleans it.

        Raises:
            InputError: it is a name, and longer than any.
        """
        text = clean_text(self.editor.text())
        if self.row is not None:
            check_name(self.row.__tablename__, self.name, text)
        return text

    def set_writable(self, writable: bool) -> None:
        """Read-only text can still be copied."""
        self.editor.setReadOnly(not writable)


class GrowingText(QPlainTextEdit):
    """Plain text that is as high as what it holds."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Dropped files are left to the window."""
        return source.hasText() and not source.hasUrls()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = max(self._lines, min(_MAX_LINES, round(self.document().size().height())))
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + 16)


class TextAreaField(Field):
    """Several lines of plain text."""

    editor: GrowingText

    def __init__(self, desk: Desk, page: str, name: str, label: str, help_text: str, *, lines: int = 2) -> None:
        self._lines = lines
        super().__init__(desk, page, name, label, help_text)

    def make_editor(self) -> GrowingText:
        """A text that grows."""
        editor = GrowingText(self._lines)
        editor.textChanged.connect(self.on_edited)
        return editor

    def show_value(self, value: str) -> None:
        """Without moving the cursor when nothing changes."""
        if self.editor.toPlainText() != value:
            self.editor.setPlainText(value)

    def read_value(self) -> str:
        """Cleaned as the model cleans it."""
        return clean_text(self.editor.toPlainText())

    def set_writable(self, writable: bool) -> None:
        """Read-only text can still be copied."""
        self.editor.setReadOnly(not writable)


class GrowingNarrative(NarrativeEdit):
    """Narrative text that is as high as what it holds, or as the room it is given."""

    def __init__(self, desk: Desk, lines: int, *, fills: bool) -> None:
        super().__init__(desk)
        self._lines, self._fills = lines, fills
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        if self._fills:
            return
        wanted = round(self.document().size().height()) + 14
        self.setFixedHeight(max(self._lines * line + 16, min(wanted, 28 * line)))


class NarrativeField(Field):
    """Text with references to people, facts and exhibits; their buttons stand beside the label."""

    editor: GrowingNarrative

    def __init__(
        self,
        desk: Desk,
        page: str,
        name: str,
        label: str,
        help_text: str,
        *,
        lines: int = 3,
        words: int = 0,
        fills: bool = False,
    ) -> None:
        self._lines, self._limit, self._fills = lines, words, fills
        super().__init__(desk, page, name, label, help_text)
        self.count = Label()
        self.count.setObjectName("help")
        self.head.insertWidget(1, self.count)
        self.head.setStretch(0, 1)
        if not words:
            self.count.hide()
        self._tools: list[QToolButton] = []
        for kind, icon, text, keys in INSERTS:
            button = QToolButton()
            button.setIcon(desk.theme.icon(icon, "muted"))
            button.setFixedSize(22, 20)
            button.setStyleSheet("padding: 1px;")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(text)
            button.setToolTip(f"{text} ({keys})")
            button.clicked.connect(partial(self.editor.offer, kind))
            self.head.addWidget(button)
            self._tools.append(button)
        self.editor.textChanged.connect(self._count)
        if fills:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def make_editor(self) -> GrowingNarrative:
        """The editor with chips."""
        editor = GrowingNarrative(self.desk, self._lines, fills=self._fills)
        editor.edited.connect(self.on_edited)
        return editor

    def show_value(self, value: str) -> None:
        """Without moving the cursor when nothing changes."""
        if self.editor.text() != value:
            self.editor.set_text(value)

    def read_value(self) -> str:
        """Cleaned as the model cleans it."""
        return clean_text(self.editor.text())

    def set_writable(self, writable: bool) -> None:
        """Read-only text can still be copied."""
        self.editor.setReadOnly(not writable)
        for button in self._tools:
            button.setEnabled(writable)

    def _count(self) -> None:
        if self._limit:
            count = len(self.editor.toPlainText().split())
            text = ngettext("{count} word of about {limit}", "{count} words of about {limit}", count)
            self.count.setText("· " + text.format(count=count, limit=self._limit))


class ComboField(Field):
    """One of a closed list."""

    editor: CalmCombo

    def make_editor(self) -> CalmCombo:
        """A closed list; choosing stores at once."""
        editor = CalmCombo()
        editor.activated.connect(self._on_activated)
        return editor

    def _on_activated(self) -> None:
        self.on_edited()
        self.commit()

    def _in_popup(self) -> bool:
        return self.editor.view().isVisible()


class ChoiceField(ComboField):
    """One choice of an enumeration."""

    def __init__(
        self, desk: Desk, page: str, name: str, label: str, help_text: str, *, kind: type[StrEnum], empty: str = ""
    ) -> None:
        super().__init__(desk, page, name, label, help_text)
        self._values: list[StrEnum | None] = [*([None] if empty else []), *kind]
        self.editor.addItems([words_for(value) if value is not None else empty for value in self._values])

    def show_value(self, value: StrEnum | None) -> None:
        """Select it."""
        self.editor.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def read_value(self) -> StrEnum | None:
        """The selected choice."""
        index = self.editor.currentIndex()
        return self._values[index] if index >= 0 else None


class CodeField(ComboField):
    """One of the codes that the law's resources offer; a code they no longer know stays and is shown as such."""

    def __init__(
        self,
        desk: Desk,
        page: str,
        name: str,
        label: str,
        help_text: str,
        *,
        options: Callable[[Any], list[tuple[str, str]]],
    ) -> None:
        super().__init__(desk, page, name, label, help_text)
        self._options = options

    def show_value(self, value: str) -> None:
        """Offer what fits the row now."""
        options = self._options(self.row)
        codes = [code for code, _text in options]
        if value not in codes:
            options = [
                (value, _("{code} (not available here)").format(code=value) if value else _("Choose…")),
                *options,
            ]
        self.editor.clear()
        for code, text in options:
            self.editor.addItem(text, code)
            self.editor.setItemData(self.editor.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        self.editor.setCurrentIndex(max(0, self.editor.findData(value)))

    @property
    def chosen_words(self) -> str:
        """What people read for the selected code."""
        return str(self.editor.currentText())

    def read_value(self) -> str:
        """The selected code."""
        return str(self.editor.currentData() or "")


class DateLine(QWidget):
    """A line for a date with a calendar behind a button."""

    picked = Signal(date)

    def __init__(self, editor: QLineEdit, desk: Desk, title: str) -> None:
        super().__init__()
        self.line = editor
        self.button = QToolButton()
        self.button.setIcon(desk.theme.icon("calendar", "muted"))
        self.button.setAccessibleName(_("Calendar for {field}").format(field=title))
        self.button.setToolTip(_("Pick a day (Alt+Down)"))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(editor, 1)
        row.addWidget(self.button)

    def open_calendar(self) -> None:
        """Pop up a month."""
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setObjectName("card")
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        with contextlib.suppress(InputError):
            day = PartialDate.parse(self.line.text()).earliest()
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        box = QVBoxLayout(frame)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(calendar)
        calendar.activated.connect(partial(self._on_day, frame))
        calendar.clicked.connect(partial(self._on_day, frame))
        frame.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        frame.show()
        calendar.setFocus()

    def _on_day(self, frame: QFrame, day: Any) -> None:
        frame.close()
        self.picked.emit(day.toPython())


class PartialDateField(Field):
    """A date as far as it is known, typed as a person writes it."""

    editor: QLineEdit
    placeholder = _("e.g. March 2014")

    def make_editor(self) -> QLineEdit:
        """A line edit."""
        editor = CalmLine()
        editor.setPlaceholderText(self.placeholder)
        editor.textEdited.connect(self.on_edited)
        editor.returnPressed.connect(self.commit)
        return editor

    def assemble(self, box: QVBoxLayout) -> None:
        """With the calendar beside it."""
        box.addLayout(self.head)
        self.line = DateLine(self.editor, self.desk, self.title)
        self.line.picked.connect(self._on_picked)
        box.addWidget(self.line)
        self.question = CalendarQuestion(self.title)
        self.question.answered.connect(self._on_answered)
        box.addWidget(self.question)

    def show_value(self, value: PartialDate | None) -> None:
        """In words, as it will be printed; ranges and marks in their own notation."""
        text = "" if value is None else value.display()
        if value is not None and not _reads_as(text, value):
            text = value.text
        self.editor.setText(text)
        self.editor.setCursorPosition(0)
        self.question.ask(value)

    def read_value(self) -> PartialDate | None:
        """Parsed."""
        text = self.editor.text().strip()
        return PartialDate.parse(text) if text else None

    def set_writable(self, writable: bool) -> None:
        """The calendar goes with it."""
        self.editor.setReadOnly(not writable)
        self.question.setEnabled(writable)
        self.line.button.setEnabled(writable)

    def commit(self) -> None:
        """Show the canonical form once it is stored."""
        super().commit()
        if self not in self.desk.unsaved and self.row is not None and self.desk.here:
            self.load()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down opens the calendar, as in other programs."""
        if (
            watched is self.editor
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.line.open_calendar()
            return True
        return super().eventFilter(watched, event)

    def _on_answered(self, day: PartialDate) -> None:
        self.editor.setText(day.text)
        self.on_edited()
        self.commit()

    def _on_picked(self, day: date) -> None:
        self.editor.setText(day.isoformat())
        self.on_edited()
        self.commit()


class DateField(PartialDateField):
    """A day."""

    placeholder = _("e.g. 2026-03-05")

    def show_value(self, value: date | None) -> None:  # type: ignore[override]
        """In words, as it will be printed."""
        self.editor.setText(PartialDate(value.isoformat()).display() if value else "")
        self.editor.setCursorPosition(0)

    def read_value(self) -> date | None:  # type: ignore[override]
        """A full date or nothing."""
        text = self.editor.text().strip()
        return parse_day(text) if text else None


class MomentField(PartialDateField):
    """A day with a time, shown in the zone of this computer and kept in UTC."""

    placeholder = _("e.g. 2026-03-05 14:30")

    def show_value(self, value: datetime | None) -> None:  # type: ignore[override]
        """Local time, to the minute."""
        self.editor.setText(value.astimezone().strftime("%Y-%m-%d %H:%M") if value else "")
        self.editor.setCursorPosition(0)

    def read_value(self) -> datetime | None:  # type: ignore[override]
        """An aware moment or nothing; what the minute hides is kept when nothing was typed."""
        text = self.editor.text().strip()
        stored = getattr(self.row, self.name, None)
        if stored is not None and text == stored.astimezone().strftime("%Y-%m-%d %H:%M"):
            kept: datetime = stored
            return kept
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except ValueError:
            return datetime.combine(parse_day(text), time()).astimezone(UTC)


class BooleanField(Field):
    """Yes or no, stored at once."""

    editor: WrappedCheck

    def make_editor(self) -> WrappedCheck:
        """A check box that carries its own label."""
        editor = WrappedCheck(self.title)
        editor.clicked.connect(self._on_clicked)
        return editor

    def assemble(self, box: QVBoxLayout) -> None:
        """The label is the check box's own."""
        self.label.setVisible(False)
        self.head.insertWidget(0, self.editor, 1)
        box.addLayout(self.head)

    def show_value(self, value: bool) -> None:
        """Tick or not."""
        self.editor.setChecked(bool(value))

    def read_value(self) -> bool:
        """Ticked or not."""
        return self.editor.isChecked()

    def _on_clicked(self) -> None:
        self.on_edited()
        self.commit()


class NumberField(Field):
    """A number, or nothing."""

    editor: QLineEdit

    def make_editor(self) -> QLineEdit:
        """A line edit."""
        editor = CalmLine()
        editor.textEdited.connect(self.on_edited)
        editor.returnPressed.connect(self.commit)
        return editor

    def show_value(self, value: float | None) -> None:
        """Without a needless fraction."""
        self.editor.setText("" if value is None else f"{value:g}")

    def read_value(self) -> float | None:
        """Parsed, comma or point."""
        text = self.editor.text().strip().rstrip("%").replace(",", ".")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            raise InputError(
                _("“{text}” is not a number.").format(text=text), _("Write digits, e.g. 51.5.")
            ) from None

    def set_writable(self, writable: bool) -> None:
        """Read-only text can still be copied."""
        self.editor.setReadOnly(not writable)


class IntegerField(NumberField):
    """A whole number that is not negative, or nothing."""

    def show_value(self, value: float | None) -> None:
        """With its thousands parted."""
        self.editor.setText("" if value is None else f"{value:,.0f}")

    def read_value(self) -> int | None:
        """Parsed; commas, points, apostrophes and spaces only part thousands."""
        text = _GROUPING.sub("", self.editor.text().strip())
        if not text:
            return None
        if not text.isdecimal():
            raise InputError(
                _("“{text}” is not a whole number.").format(text=self.editor.text().strip()),
                _("Write digits, e.g. 1,900. A range has two fields."),
            )
        return int(text)


class AmountField(NumberField):
    """A sum of money, exact, or nothing."""

    def show_value(self, value: Decimal | None) -> None:  # type: ignore[override]
        """With its thousands parted."""
        self.editor.setText("" if value is None else f"{value:,}")

    def read_value(self) -> Decimal | None:  # type: ignore[override]
        """As :func:`magdesk.money.read_amount` reads it."""
        return read_amount(self.editor.text())


class ReferenceButton(QPushButton):
    """A button that reads as the row it refers to and elides what does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "reference")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._full = ""

    def set_full_text(self, text: str) -> None:
        """What it says."""
        self._full = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide anew."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Long titles must not widen the page."""
        return QSize(60, super().minimumSizeHint().height())

    def _fit(self) -> None:
        text = self._full.replace("&", "&&")
        self.setText(elided(self.fontMetrics(), text, max(40, self.width() - 26)))
        self.setToolTip(self._full if self.text() != text else "")


class ReferenceField(Field):
    """Another row, chosen from a searchable list."""

    editor: ReferenceButton

    def __init__(
        self,
        desk: Desk,
        page: str,
        name: str,
        label: str,
        help_text: str,
        *,
        source: ChoiceSource,
        required: bool = False,
    ) -> None:
        self._source = source
        self._required = required
        self._key: uuid.UUID | None = None
        super().__init__(desk, page, name, label, help_text)
        self.clear_button = QToolButton()
        self.clear_button.setIcon(desk.theme.icon("cancel", "muted"))
        self.clear_button.setFixedSize(20, 20)
        self.clear_button.setStyleSheet("padding: 1px;")
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_button.setAccessibleName(_("Clear {field}").format(field=label))
        self.clear_button.setToolTip(_("Clear (Delete)"))
        self.clear_button.clicked.connect(partial(self._on_chosen, None))
        self.head.addWidget(self.clear_button)

    def make_editor(self) -> ReferenceButton:
        """The button."""
        editor = ReferenceButton()
        editor.clicked.connect(self._on_clicked)
        return editor

    def show_value(self, value: uuid.UUID | None) -> None:
        """Its title."""
        self._key = value
        title = ""
        if value is not None:
            title = next((choice.title for choice in self._source(self.desk) if choice.key == value), _("Missing"))
        self.editor.set_full_text(title or (_("Choose…") if self._required else _("None")))
        self.editor.setAccessibleName(f"{self.title}: {title or _('none')}")
        self.clear_button.setVisible(value is not None and not self._required and not self.desk.read_only)

    def read_value(self) -> uuid.UUID | None:
        """Its key."""
        return self._key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down opens the list, Delete clears."""
        if watched is self.editor and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self._on_clicked()
                return True
            if event.key() == Qt.Key.Key_Delete and not self._required:
                self._on_chosen(None)
                return True
        return super().eventFilter(watched, event)

    def _on_clicked(self) -> None:
        picker = Picker(self, self._source(self.desk), self.title)
        picker.chosen.connect(self._on_chosen)
        picker.open_at(self.editor.mapToGlobal(QPoint(0, self.editor.height() + 2)), self.editor.width())

    def _on_chosen(self, key: uuid.UUID | None) -> None:
        self._key = key
        self.on_edited()
        self.commit()
        self.load()


def _reads_as(text: str, value: PartialDate) -> bool:
    try:
        return PartialDate.parse(text) == value
    except InputError:
        return False


def parse_day(text: str) -> date:
    """The full date that a person typed.

    Raises:
        InputError: it is no date, or not a full one.
    """
    found = PartialDate.parse(text)
    if found.precision != "day" or found.approximate:
        raise InputError(
            _("“{text}” is not a full date.").format(text=text), _("Write day, month and year, e.g. 2026-03-05.")
        )
    if found.doubtful:
        raise InputError(
            _("“{text}” is unlikely to be a Gregorian date.").format(text=text),
            _("Write the Gregorian date, or name the other calendar, e.g. 1404-12-14 (Persian)."),
        )
    return found.earliest()
