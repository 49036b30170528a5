"""No data is ever markup: labels, tooltips and message boxes show text as it stands and open nothing.

Qt guesses: a label, a message box or a tooltip whose text looks like HTML is laid out as HTML, and its pictures are
opened, ``file:`` and, on Windows, ``//host/share`` too. A file name is enough. So nothing in the window takes markup.
"""

from __future__ import annotations

import textwrap

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QUrl
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QToolTip, QWidget

from magdesk.gui.boundedwords import LABEL_LETTERS, line_width, shortened
from magdesk.gui.fitting import Eliding
from magdesk.gui.rowpainting import DETAIL_ROLE
from magdesk.gui.words import with_quotes_apart

_WIDE = 90  # letters in a line of a tooltip
_LINES = 24
_CELL_EDGES = 24  # pixels beside the words of a cell
_LETTERS = 2000  # of a message box: what is longer would grow past the screen


class PlainTexts(QObject):
    """Watches the application: labels are plain before they are laid out, labels and tooltips of bounded size."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A label is polished before it is measured or drawn; that is where Qt's guess is overruled."""
        kind = event.type()
        if kind == QEvent.Type.Polish:
            if isinstance(watched, QLabel):
                watched.setTextFormat(Qt.TextFormat.PlainText)
                if len(watched.text()) > LABEL_LETTERS + 1:
                    watched.setText(shortened(watched.text()))
        elif kind == QEvent.Type.ToolTip and isinstance(watched, QWidget) and isinstance(event, QHelpEvent):
            return self._show_tip(watched, event)
        return False

    def _show_tip(self, widget: QWidget, event: QHelpEvent) -> bool:
        """Show the tooltip of a widget or cell, or else what it leaves out; false if there is nothing to say."""
        view = widget.parent()
        if isinstance(view, QAbstractItemView) and view.viewport() is widget:
            index = view.indexAt(event.pos())
            words = _tip_of(view, index)
            if words:
                QToolTip.showText(event.globalPos(), tip_text(words), widget, view.visualRect(index))
            return bool(words)
        words = widget.toolTip() or (widget.left_out() if isinstance(widget, Eliding) else "")
        if words:
            QToolTip.showText(event.globalPos(), tip_text(words), widget)
        return bool(words)


class PlainEdit(QTextEdit):
    """An editor whose document opens nothing, whatever text or pasted data asks for."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """A picture of nothing. Without one, the document would look for the file by itself."""
        empty = QImage(1, 1, QImage.Format.Format_ARGB32)
        empty.fill(0)
        return empty


def keep_plain(app: QApplication) -> None:
    """From now on, nothing that the application shows is taken for markup."""
    if app.findChild(PlainTexts) is None:
        app.installEventFilter(PlainTexts(app))


def tip_text(text: str) -> str:
    """Text for a tooltip: Qt breaks the lines of a plain one only at the edge of the screen, so they come broken."""
    lines: list[str] = []
    for line in with_quotes_apart(text[: _WIDE * _LINES]).split("\n"):
        lines += textwrap.wrap(line, _WIDE) or [""]
    cut = len(lines) > _LINES or len(text) > _WIDE * _LINES
    return "\n".join([*lines[:_LINES], "…"] if cut else lines)


def message(text: str) -> str:
    """Text for a message box: no sign that turns a line round, and no more than a screen can hold."""
    text = with_quotes_apart(text)
    return text if len(text) <= _LETTERS else text[:_LETTERS] + "…"


def _tip_of(view: QAbstractItemView, index: QModelIndex) -> str:
    """The tooltip of a cell; the words of the cell where it has none and they do not fit."""
    found = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
    if isinstance(found, str) and found:
        return found
    room = view.visualRect(index).width() - _CELL_EDGES
    told = [index.data(role) for role in (Qt.ItemDataRole.DisplayRole, DETAIL_ROLE)] if index.isValid() else []
    words = [one for one in told if isinstance(one, str) and one]
    cut = any(line_width(view.fontMetrics(), one) > room for one in words)
    return "\n".join(words) if cut else ""
