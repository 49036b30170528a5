"""One field of a form: label, editor, guidance, what is wrong, and saving by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from magdesk.errors import InputError, MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import OneLine
from magdesk.gui.words import _
from magdesk.model import Base

_HOLD = 20  # milliseconds between two looks whether the mouse button is still down
PAUSE = 800  # milliseconds without typing before a field stores itself


class Field(QWidget):
    """One attribute of one row in a form.

    A subclass brings an editor and three conversions. A field stores itself when it loses the focus and after a
    pause in typing; what cannot be stored stays in the editor with the reason under it.

    Attributes:
        stored: the row was changed through this field.
    """

    stored = Signal()

    def __init__(self, desk: Desk, page: str, name: str, label: str, help_text: str) -> None:
        super().__init__()
        self.desk, self.page, self.name, self.title = desk, page, name, label
        self.row: Base | None = None
        self._fresh = False
        self._error = ""
        self._loading = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.commit)
        self.editor = self.make_editor()
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(help_text)
        self.editor.setToolTip("")
        self.editor.installEventFilter(self)
        self.label = OneLine(label)
        self.label.setObjectName("fieldLabel")
        self.label.setBuddy(self.editor)
        # A long label must not keep a narrow window from being narrow.
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.help = Label(help_text)
        self.help.setObjectName("help")
        self.help.setWordWrap(True)
        self.help.setVisible(False)
        self.message = Label()
        self.message.setObjectName("fieldError")
        self.message.setWordWrap(True)
        self.message.setVisible(False)
        self._told = ("", "fieldError")  # what is to stand in the message, and its tone
        # Assemble
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        self.head.addWidget(self.label, 1)
        if help_text:
            self.head.addWidget(self._help_button())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        self.assemble(box)
        box.addWidget(self.message)
        box.addWidget(self.help)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    # -------------------------------------------------------------------------------- for the subclasses

    def make_editor(self) -> QWidget:
        """The widget that takes the focus; its edit signal goes to :meth:`on_edited`."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Put a stored value into the editor."""
        raise NotImplementedError

    def read_value(self) -> Any:
        """The value that the editor holds.

        Raises:
            InputError: what was typed is no such value.
        """
        raise NotImplementedError

    def set_writable(self, writable: bool) -> None:
        """Let the user edit, or only read."""
        self.editor.setEnabled(writable)

    def assemble(self, box: QVBoxLayout) -> None:
        """Lay out label and editor."""
        box.addLayout(self.head)
        box.addWidget(self.editor)

    # ------------------------------------------------------------------------------------------ binding

    def bind(self, row: Base | None, *, fresh: bool = False) -> None:
        """Edit this row from now on; what is unsaved goes to the former one first."""
        if row is not self.row:
            self.commit()
            self._set_error("")
            self.desk.note_unsaved(self, False)
        self.row = row
        self._fresh = fresh
        self.load()

    def load(self) -> None:
        """Show what is stored, unless the user is in the middle of something else."""
        if not self.alive or self in self.desk.unsaved:
            return
        self._loading = True
        self.show_value(getattr(self.row, self.name))
        self._loading = False
        self._set_error("")
        self.set_writable(not self.desk.read_only)

    @property
    def alive(self) -> bool:
        """Whether there is a row to edit: undo or a deletion may have taken it away meanwhile."""
        return self.row is not None and self.desk.here and (self._fresh or self.desk.holds(self.row))

    @property
    def unsaved(self) -> bool:
        """Whether the editor differs from what is stored."""
        if not self.alive:
            return False
        try:
            return bool(self.read_value() != getattr(self.row, self.name))
        except InputError:
            return True

    def on_edited(self) -> None:
        """The user changed the editor."""
        if not self._loading and self.row is not None:
            self.desk.note_unsaved(self, self.unsaved)
            self._timer.start()

    def commit(self) -> None:
        """Store what the editor holds, as one step of the journal."""
        self._timer.stop()
        row = self.row
        if row is None or not self.desk.here or self.desk.read_only or not self.unsaved:
            self._settle()
            return
        try:
            value = self.read_value()
            with self.desk.change(_("Edit {field}").format(field=_lower(self.title))) as session:
                setattr(row, self.name, value)
                if self._fresh:
                    session.add(row)
        except InputError as error:
            self._set_error(str(error))
            return
        except MagdeskError as error:
            self._set_error(_("Not saved: {why}").format(why=error))
            return
        self._fresh = False
        self._settle()
        self.stored.emit()

    def _settle(self) -> None:
        self.desk.note_unsaved(self, False)
        self._set_error("")

    def show_finding(self, text: str, *, grave: bool) -> None:
        """Say under the field what the checks found about it."""
        if not self._error:
            self._tell(text, "fieldError" if grave else "fieldWarning")

    def _tell(self, text: str, tone: str) -> None:
        """Say it under the field as soon as no mouse button is down.

        What appears or vanishes moves all below it: a button that is being pressed would not be under the pointer
        any more when it is let go, and the click would be lost.
        """
        self._told = (text, tone)
        self._tell_now()

    def _tell_now(self) -> None:
        text, tone = self._told
        if bool(text) == self.message.isVisibleTo(self) and text == self.message.text():
            self._set_tone(tone)
        elif QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(_HOLD, self, self._tell_now)
        else:
            self._set_tone(tone)
            self.message.setText(text)
            self.message.setVisible(bool(text))

    def _set_tone(self, name: str) -> None:
        if self.message.objectName() != name:
            self.message.setObjectName(name)
            self.message.style().polish(self.message)

    def _set_error(self, text: str) -> None:
        self._error = text
        self._tell(text, "fieldError")
        if bool(self.editor.property("wrong")) != bool(text):
            self.editor.setProperty("wrong", bool(text))
            self.editor.style().polish(self.editor)

    # ---------------------------------------------------------------------------------------- Qt events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the editor stores it; undo keys reach the case when the editor itself has nothing to undo."""
        if watched is self.editor:
            if event.type() == QEvent.Type.FocusOut and not self._in_popup():
                self.commit()
            elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                own = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
                if own and self not in self.desk.unsaved:
                    event.ignore()
                    return True
        return super().eventFilter(watched, event)

    def _in_popup(self) -> bool:
        return False

    def _help_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(self.desk.theme.icon("info", "muted"))
        button.setCheckable(True)
        button.setFixedSize(20, 20)
        button.setStyleSheet("padding: 1px;")
        # Guidance is also the accessible description of the editor, so the tab order can skip its button.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(self.help.text())
        button.setAccessibleName(_("Guidance for {field}").format(field=self.title))
        button.toggled.connect(self.help.setVisible)
        return button


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if not title[1:2].isupper() else title
