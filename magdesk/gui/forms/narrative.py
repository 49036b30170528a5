"""The editor of narrative text: tokens of ``magdesk.model.text`` stand in it as chips that act as one letter."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import Choice, chip_text, evidence_choices, fact_choices, party_choices
from magdesk.gui.forms.picker import Picker
from magdesk.gui.plain import PlainEdit
from magdesk.gui.words import _
from magdesk.model import text as tokens

if TYPE_CHECKING:
    import uuid

MIME = "application/x-magdesk-narrative"
_SCHEME = "magdesk:"
_TONES = {"party": "party", "fact": "fact", "evidence": "exhibit"}
INSERTS = (
    ("party", "person", _("Insert a person or body"), "Ctrl+Shift+P"),
    ("fact", "facts", _("Insert a reference to a fact"), "Ctrl+Shift+F"),
    ("evidence", "evidence", _("Insert a reference to an exhibit"), "Ctrl+Shift+E"),
)


class NarrativeEdit(PlainEdit):
    """A plain-text editor with chips. What it shows and what it stores are two spellings of one text.

    Attributes:
        edited: the user, not the program, changed the text.
    """

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._serial = itertools.count()
        self._loading = False
        self._snapping = False
        self._last = 0
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        desk.surveyed.connect(self.refresh_chips)
        desk.changed.connect(self.refresh_chips)
        desk.theme.changed.connect(self.refresh_chips)

    # ------------------------------------------------------------------------------------------ the text

    def set_text(self, text: str) -> None:
        """Show this text; forgets the editor's own undo steps."""
        self._loading = True
        self.clear()
        cursor = self.textCursor()
        self._insert(cursor, text)
        self.document().clearUndoRedoStacks()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self._loading = False

    def text(self) -> str:
        """The text with its tokens."""
        return _serialise(self.document().begin(), 0, self.document().characterCount() - 1)

    def text_before_cursor(self) -> str:
        """What stands before the cursor, with its tokens."""
        return _serialise(self.document().begin(), 0, self.textCursor().position())

    def insert_reference(self, token: str) -> None:
        """Put a token where the cursor is, as a chip."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        self._insert(cursor, token)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())
        self.setFocus()

    def offer(self, kind: str) -> None:
        """Pop up a searchable list of what can be inserted."""
        sources = {"party": party_choices, "fact": fact_choices, "evidence": evidence_choices}
        title = next(text for code, _icon, text, _key in INSERTS if code == kind)
        choices: list[Choice] = sources[kind](self._desk)
        picker = Picker(self, choices, title)
        picker.chosen.connect(partial(self._on_picked, kind))
        corner = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        picker.open_at(corner, 380)

    def _on_picked(self, kind: str, key: uuid.UUID) -> None:
        make = {"party": tokens.party_token, "fact": tokens.fact_token, "evidence": tokens.evidence_token}[kind]
        self.insert_reference(make(key))

    def refresh_chips(self) -> None:
        """Let every chip say what it refers to now."""
        for start, end, href in reversed(list(self._chips())):
            reference = _reference(href)
            shown = chip_text(self._desk, reference)
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            wanted = self._format(reference, href)
            if cursor.selectedText() != shown or cursor.charFormat().background() != wanted.background():
                self._loading = True
                cursor.joinPreviousEditBlock()
                cursor.insertText(shown, wanted)
                cursor.endEditBlock()
                self._loading = False

    # ------------------------------------------------------------------------------------------ Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Chips are deleted whole and never typed into."""
        for kind, _icon, _text, keys in INSERTS:
            if QKeySequence(event.keyCombination()) == QKeySequence(keys):
                if not self.isReadOnly():
                    self.offer(kind)
                return
        cursor = self.textCursor()
        if not cursor.hasSelection() and not self.isReadOnly():
            for start, end, _href in self._chips():
                back = event.key() == Qt.Key.Key_Backspace and end == cursor.position()
                ahead = event.key() == Qt.Key.Key_Delete and start == cursor.position()
                if back or ahead:
                    cursor.setPosition(start)
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    cursor.removeSelectedText()
                    return
        self._leave_chip()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composed letters are not part of a chip either."""
        self._leave_chip()
        super().inputMethodEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies keep the tokens for this program and read well in others."""
        cursor = self.textCursor()
        data = QMimeData()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        data.setData(MIME, _serialise(self.document().findBlock(start), start, end).encode())
        data.setText(cursor.selectedText().replace("\u2029", "\n"))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text only: files belong to the evidence."""
        return source.hasFormat(MIME) or (source.hasText() and not source.hasUrls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted tokens become chips again."""
        own = source.hasFormat(MIME)
        text = bytes(source.data(MIME).data()).decode() if own else source.text()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._insert(cursor, text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu and what can be inserted."""
        menu = self.createStandardContextMenu()
        if not self.isReadOnly():
            menu.addSeparator()
            for kind, _icon, text, keys in INSERTS:
                action = menu.addAction(text)
                action.setShortcut(QKeySequence(keys))
                action.triggered.connect(partial(self.offer, kind))
        menu.exec(event.globalPos())
        menu.deleteLater()

    # ------------------------------------------------------------------------------------------ inside

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        last = 0
        for reference in tokens.references(text):
            cursor.insertText(text[last : reference.start], QTextCharFormat())
            href = f"{_SCHEME}{next(self._serial)}:{text[reference.start : reference.end]}"
            cursor.insertText(chip_text(self._desk, reference), self._format(reference, href))
            last = reference.end
        cursor.insertText(text[last:], QTextCharFormat())
        cursor.setCharFormat(QTextCharFormat())

    def _format(self, reference: tokens.Reference, href: str) -> QTextCharFormat:
        tone = _TONES[reference.kind]
        style = QTextCharFormat()
        style.setAnchor(True)
        # The number keeps two neighbouring chips of one person apart.
        style.setAnchorHref(href)
        style.setForeground(QColor(self._desk.theme.palette.colours[tone]))
        style.setBackground(QColor(self._desk.theme.palette.colours[f"{tone}_soft"]))
        return style

    def _chips(self) -> Iterator[tuple[int, int, str]]:
        block = self.document().begin()
        while block.isValid():
            yield from _chips_of(block)
            block = block.next()

    def _leave_chip(self) -> None:
        if self.currentCharFormat().isAnchor():
            self.setCurrentCharFormat(QTextCharFormat())

    def _on_text_changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    def _on_cursor_moved(self) -> None:
        """The cursor never rests inside a chip, and a selection takes it whole."""
        if self._snapping or self._loading:
            return
        cursor = self.textCursor()
        position, anchor = cursor.position(), cursor.anchor()
        chips = list(_chips_of(cursor.block()))
        if cursor.hasSelection():
            chips += list(_chips_of(self.document().findBlock(anchor)))
        new_position, new_anchor = position, anchor
        for start, end, _href in chips:
            if start < position < end:
                forward = position > anchor if cursor.hasSelection() else position > self._last
                new_position = end if forward else start
            if start < anchor < end and cursor.hasSelection():
                new_anchor = start if position > anchor else end
        if (new_position, new_anchor) != (position, anchor):
            self._snapping = True
            cursor.setPosition(new_anchor if cursor.hasSelection() else new_position)
            cursor.setPosition(new_position, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self._snapping = False
        self._last = new_position


def _chips_of(block: QTextBlock) -> Iterator[tuple[int, int, str]]:
    iterator = block.begin()
    found: list[tuple[int, int, str]] = []
    while not iterator.atEnd():
        fragment = iterator.fragment()
        href = fragment.charFormat().anchorHref()
        if href.startswith(_SCHEME):
            start, end = fragment.position(), fragment.position() + fragment.length()
            if found and found[-1][2] == href and found[-1][1] == start:
                found[-1] = (found[-1][0], end, href)
            else:
                found.append((start, end, href))
        iterator += 1
    return iter(found)


def _token(href: str) -> str:
    return href.split(":", 2)[2]


def _reference(href: str) -> tokens.Reference:
    return next(tokens.references(_token(href)))


def _serialise(block: QTextBlock, start: int, end: int) -> str:
    """The text between two positions, with tokens for the chips that lie wholly or partly in it."""
    lines = []
    while block.isValid() and block.position() <= end:
        line, done = [], max(start, block.position())
        text, offset = block.text(), block.position()
        # Qt counts UTF-16 units, Python code points.
        units = text.encode("utf-16-le")

        def part(first: int, last: int, units: bytes = units, offset: int = offset) -> str:
            return units[(first - offset) * 2 : (last - offset) * 2].decode("utf-16-le", "replace")

        stop = min(end, offset + block.length() - 1)
        for first, last, href in _chips_of(block):
            if last <= start or first >= end:
                continue
            line += [part(done, max(done, first)), _token(href)]
            done = last
        line.append(part(done, max(done, stop)))
        lines.append("".join(line))
        block = block.next()
    return "\n".join(lines).replace("\u2028", "\n")
