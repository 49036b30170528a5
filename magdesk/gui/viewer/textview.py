"""The text of a file that has no pages of its own to draw: office documents, web pages, mail, plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from magdesk.countedplaces import read_counted
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.leaves import TextLeaf
from magdesk.gui.viewer.pagetext import running
from magdesk.gui.viewer.view import Hits, Passage, View
from magdesk.gui.viewer.wordsearch import Wanted, any_of, phrase
from magdesk.gui.words import _
from magdesk.model.facts import PinpointKind

_HITS_MOST = 2_000
_MARKS_MOST = 400  # marks painted at once
_WIDTH = 760  # of a column of text, at natural size


class TextView(View):
    """One leaf at a time, with a head above it where there is one."""

    zoomable = True
    findable = True

    def __init__(self, theme: Theme, *, head: QWidget | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._leaves: Sequence[TextLeaf] = ()
        self._at_leaf = 0
        self._zoom = 1.0
        self._aside = head is not None
        self._hits: list[tuple[int, int, int]] = []
        self._at = -1
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("reading")
        self.edit.setReadOnly(True)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.edit.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.setAccessibleName(_("Text"))
        self.edit.viewport().installEventFilter(self)
        self._size = self.edit.font().pointSizeF() + 1
        self.setFocusProxy(self.edit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        if head is not None:
            box.addWidget(head)
        box.addWidget(self.edit, 1)
        self.edit.selectionChanged.connect(self.selection_changed)
        self.set_zoom(1.0)

    def show_leaves(self, leaves: Sequence[TextLeaf]) -> None:
        """Show this text from its beginning."""
        self._leaves = leaves
        self._hits, self._at = [], -1
        self.pages = len(leaves) if len(leaves) > 1 else 0
        self.page_word = _("page") if leaves and leaves[0].page else _("part")
        self._at_leaf = -1
        self._show_leaf(0)

    def _show_leaf(self, number: int) -> None:
        if not self._leaves or number == self._at_leaf:
            return
        self._at_leaf = max(0, min(number, len(self._leaves) - 1))
        self.edit.setPlainText(self._leaves[self._at_leaf].text)
        self._mark()
        self.page_changed.emit(self._at_leaf)

    @property
    def page(self) -> int:
        """The leaf that is shown, from 0."""
        return max(0, self._at_leaf)

    def leaf_of(self, page: int) -> int:
        """The first leaf of a page of the file."""
        return next((number for number, leaf in enumerate(self._leaves) if leaf.page == page), 0)

    def page_of(self, leaf: int) -> int:
        """The page of the file that a leaf belongs to; 0 where it has none."""
        return self._leaves[leaf].page if leaf < len(self._leaves) else 0

    def go_page(self, page: int) -> None:
        """Show a leaf from its top."""
        self._show_leaf(page)
        self.edit.verticalScrollBar().setValue(0)

    def go_counted(self, kind: PinpointKind, pinpoint: str) -> bool:
        """Choose the lines that are named first; they are counted through all leaves."""
        lines = read_counted(pinpoint) if kind is PinpointKind.LINE else ()
        if not lines:
            return False
        first, last = lines[0]
        passed = 0
        for number, leaf in enumerate(self._leaves):
            ends = leaf.text.count("\n")
            if first <= passed + ends + (number == len(self._leaves) - 1):
                rows = leaf.text.split("\n")
                at = first - 1 - passed
                start = sum(len(row) + 1 for row in rows[:at])
                shown = rows[at : at + last - first + 1]
                self._show_leaf(number)
                self.edit.setTextCursor(self._cursor(start, start + len("\n".join(shown))))
                self.edit.centerCursor()
                return True
            passed += ends
        return False

    @property
    def zoom(self) -> float:
        """1.0 is natural size."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Larger or smaller letters."""
        self._zoom = max(0.5, min(zoom, 4.0))
        font = self.edit.font()
        font.setPointSizeF(self._size * self._zoom)
        self.edit.setFont(font)
        self._set_margins()
        self.zoom_changed.emit()

    def _set_margins(self) -> None:
        room = self.edit.width() - _WIDTH * self._zoom
        if self._aside:
            # Under the head of a message, the text begins where the head does.
            self.edit.setViewportMargins(20, 14, max(18, int(room) - 20), 12)
            return
        side = int(max(24.0, room / 2))
        self.edit.setViewportMargins(side, 18, 18 if room < 48 else side - 12, 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A column as wide as one reads; Ctrl and the wheel change its size."""
        if event.type() == QEvent.Type.Resize:
            self._set_margins()
        ctrl = Qt.KeyboardModifier.ControlModifier
        if isinstance(event, QWheelEvent) and event.modifiers() & ctrl:
            self.set_zoom(self._zoom * 1.1 ** (event.angleDelta().y() / 120))
            return True
        return super().eventFilter(watched, event)

    # --------------------------------------------------------------------------------------------- finding

    def seek(self, words: str, *, every: bool = False) -> None:
        """Look through all leaves, beginning with the one that is shown."""
        wanted: Wanted | None = any_of(words) if every else phrase(words)
        self._hits, self._at = [], -1
        if wanted is not None:
            for number, leaf in enumerate(self._leaves):
                found = wanted.find(leaf.folded, _HITS_MOST - len(self._hits))
                self._hits += [(number, start, end) for start, end in found]
                if len(self._hits) >= _HITS_MOST:
                    break
        if self._hits:
            self._go(next((place for place, hit in enumerate(self._hits) if hit[0] >= self._at_leaf), 0))
        else:
            self._mark()
            self.hits_changed.emit(Hits())

    def seek_next(self, step: int) -> None:
        """Go to another hit, around the end."""
        if self._hits:
            self._go((self._at + step) % len(self._hits))

    def _go(self, place: int) -> None:
        self._at = place
        number, start, _end = self._hits[place]
        self._show_leaf(number)
        cursor = self._cursor(start, start)
        self.edit.setTextCursor(cursor)
        self.edit.centerCursor()
        self._mark()
        self.hits_changed.emit(Hits(place + 1, len(self._hits)))

    def _mark(self) -> None:
        marks = []
        here = [place for place, hit in enumerate(self._hits) if hit[0] == self._at_leaf]
        near = here.index(self._at) if self._at in here else 0
        for place in here[max(0, near - _MARKS_MOST // 2) : near + _MARKS_MOST // 2]:
            _leaf, start, end = self._hits[place]
            mark = QTextEdit.ExtraSelection()
            format_ = QTextCharFormat()
            format_.setBackground(QColor(255, 172, 64) if place == self._at else QColor(255, 226, 110))
            format_.setForeground(QColor("#1d2125"))
            mark.format = format_
            mark.cursor = self._cursor(start, end)
            marks.append(mark)
        self.edit.setExtraSelections(marks)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text = self._leaves[self._at_leaf].text
        cursor = QTextCursor(self.edit.document())
        cursor.setPosition(_units(text, start))
        cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # ---------------------------------------------------------------------------------------------- citing

    @property
    def selected(self) -> bool:
        """Whether text is selected."""
        return self.edit.textCursor().hasSelection()

    def copy(self) -> bool:
        """Copy the selected text."""
        if self.selected:
            self.edit.copy()
        return self.selected

    def passage(self) -> Passage:
        """The selected text, with its page where the file has pages."""
        quote = running(self.edit.textCursor().selectedText().replace("\u2029", "\n"))
        page = self._leaves[self._at_leaf].page if self._leaves else 0
        kind = PinpointKind.PAGE if page else PinpointKind.WHOLE
        return Passage(kind, str(page) if page else "", quote)


def _units(text: str, index: int) -> int:
    """Qt counts in UTF-16, where letters outside the first plane count twice."""
    if text.isascii():
        return index
    return index + sum(char > "\uffff" for char in text[:index])
