"""The matrix on the screen: painted part by part as it scrolls into view; mouse, keys and drops."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from magdesk.gui.matrix.bands import CellKey, CellWords, Chosen, TargetBands
from magdesk.gui.matrix.dragging import facts_in
from magdesk.gui.matrix.layout import Layout, MatrixPart
from magdesk.gui.matrix.painting import Brush
from magdesk.gui.plain import tip_text
from magdesk.gui.theme import Theme
from magdesk.gui.words import _

_EDGE = 36  # pixels from the border within which a drag scrolls
_TYPING = 900  # milliseconds after which typed letters begin a new word


class MatrixView(QAbstractScrollArea):
    """Targets, grounds and cells.

    Attributes:
        chosen: another cell is the current one, or none: its key.
        opened: the facts of the current cell are to be seen.
        dropped: facts were dropped on a cell: its key, the keys of the facts.
        unlink_requested: the facts of a cell are to be unlinked: its key.
    """

    chosen = Signal(object)
    opened = Signal()
    dropped = Signal(object, object)
    unlink_requested = Signal(object)

    def __init__(self, theme: Theme, *, writable: bool) -> None:
        super().__init__()
        self._theme = theme
        self._writable = writable
        self._groups: Sequence[TargetBands] = ()
        self._closed: set[Chosen] = set()
        self._current: Chosen | None = None
        self._hovered: Chosen | None = None
        self._aimed: Chosen | None = None
        self._typed = ""
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._forget_typed)
        self._drift = 0
        self._drifting = QTimer(self, interval=30)
        self._drifting.timeout.connect(self._on_drift)
        self._brush = Brush(theme.palette, self.font())
        self.arranged = Layout((), (), 100, self._brush.sizes)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Element matrix"))
        self.setAcceptDrops(writable)
        self.viewport().setAcceptDrops(writable)
        self.viewport().setMouseTracking(True)
        self.setMinimumWidth(230)
        theme.changed.connect(self._on_theme_changed)

    # ------------------------------------------------------------------------------------------ showing

    def set_groups(self, groups: Sequence[TargetBands]) -> None:
        """Show these; what is chosen stays chosen where it is still there."""
        self._groups = groups
        if self.arranged.renew(groups):
            self.viewport().update()
        else:
            self._arrange()
        part = self.arranged.part(self._current)
        if self._current is not None and part is None:
            self._current = None
            self.chosen.emit(None)
        elif part is not None:
            self._speak(part)

    @property
    def current(self) -> MatrixPart | None:
        """What is chosen."""
        return self.arranged.part(self._current)

    @property
    def current_key(self) -> CellKey | None:
        """The key of the chosen cell, if a cell is chosen."""
        part = self.current
        return part.thing.key if part is not None and isinstance(part.thing, CellWords) else None

    def choose(self, key: Chosen | None) -> bool:
        """Choose a part, opening what it is in; whether it is there."""
        if isinstance(key, tuple) and self.arranged.part(key) is None:
            for group in self._groups:
                for band in group.bands:
                    if band.ground.basis == key[0]:
                        self._closed -= {group.key, band.key, *(mode.key for mode in band.modes)}
            self._arrange()
        part = self.arranged.part(key)
        if part is None:
            return False
        self._choose(part)
        return True

    def fold(self, key: Chosen, *, closed: bool) -> None:
        """Close or open a target or a ground."""
        if closed:
            self._closed.add(key)
        else:
            self._closed.discard(key)
        self._arrange()
        if self._current is not None and self.current is None:
            self._current = key
            self.chosen.emit(None)
        self.viewport().update()

    def fold_all(self, *, closed: bool) -> None:
        """Close every ground, or open everything."""
        self._closed = {band.key for group in self._groups for band in group.bands} if closed else set()
        self._arrange()
        if self._current is not None and self.current is None:
            self._current = None
            self.chosen.emit(None)

    @property
    def all_folded(self) -> bool:
        """Whether no cell is shown although there are some."""
        bands = [band.key for group in self._groups for band in group.bands]
        return bool(bands) and all(key in self._closed for key in bands)

    def _arrange(self) -> None:
        self.arranged = Layout(self._groups, self._closed, self.viewport().width(), self._brush.sizes)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.arranged.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(28)
        self.viewport().update()

    def _choose(self, part: MatrixPart) -> None:
        before = self.current_key
        self._current = part.key
        self._reveal(part)
        self._speak(part)
        self.viewport().update()
        if self.current_key != before:
            self.chosen.emit(self.current_key)

    def _reveal(self, part: MatrixPart) -> None:
        bar = self.verticalScrollBar()
        if part.top < bar.value() + 4:
            bar.setValue(part.top - 8)
        elif part.top + part.height > bar.value() + self.viewport().height() - 4:
            bar.setValue(part.top + part.height - self.viewport().height() + 8)

    def _speak(self, part: MatrixPart) -> None:
        """Screen readers know the matrix as one thing; its description is the part that is chosen."""
        text = part.thing.spoken if isinstance(part.thing, CellWords) else f"{part.thing.title}. {part.thing.detail}"
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _on_theme_changed(self) -> None:
        self._brush = Brush(self._theme.palette, self.font())
        self._arrange()

    def _forget_typed(self) -> None:
        self._typed = ""

    # ----------------------------------------------------------------------------------------- Qt events

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in view."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = self.verticalScrollBar().value()
        painter.fillRect(event.rect(), self._theme.palette.colour("window"))
        painter.translate(0, -offset)
        focused = self.hasFocus()
        for part in self.arranged.between(event.rect().top() + offset, event.rect().bottom() + offset):
            key = part.key
            self._brush.part(
                painter,
                part,
                current=key == self._current,
                focused=focused,
                hovered=key == self._hovered,
                aimed=key == self._aimed,
            )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other rows; the top part stays in view."""
        top = next(
            iter(self.arranged.between(self.verticalScrollBar().value(), self.verticalScrollBar().value())), None
        )
        self._arrange()
        part = self.arranged.part(top.key) if top is not None else None
        if part is not None and top is not None and part.top != top.top:
            self.verticalScrollBar().setValue(part.top - 8)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Only what comes into view is painted."""
        self.viewport().scroll(0, dy)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Something is chosen as soon as keys can move it."""
        super().focusInEvent(event)
        if self.current is None and self.arranged.parts and event.reason() != Qt.FocusReason.MouseFocusReason:
            first = next(
                (one for one in self.arranged.parts if isinstance(one.thing, CellWords)), self.arranged.parts[0]
            )
            self._choose(first)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame of the chosen part grows pale."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips and hovering."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self._at(event.pos())
            if part is not None and isinstance(part.thing, CellWords):
                box = part.thing
                text = f"{box.cell.element.question}\n\n{box.spoken}"
                area = QRect(part.left, part.top - self.verticalScrollBar().value(), part.width, part.height)
                QToolTip.showText(event.globalPos(), tip_text(text), self.viewport(), area)
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What the mouse is over."""
        self._hover(self._at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell and open it; a line opens or closes."""
        part = self._at(event.position().toPoint())
        if part is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._choose(part)
        if isinstance(part.thing, CellWords):
            self.opened.emit()
        else:
            self.fold(part.key, closed=part.open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter opens, Delete unlinks, letters find."""
        part, key = self.current, Qt.Key(event.key())
        if part is None:
            if self.arranged.parts and key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Home):
                self._choose(self.arranged.parts[0])
                return
            super().keyPressEvent(event)
            return
        box = isinstance(part.thing, CellWords)
        if not box and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            closes = key == Qt.Key.Key_Left
            if part.open is closes:
                self.fold(part.key, closed=closes)
                return
        if (to := self._goal(part, key)) is not None:
            self._choose(to)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if box:
                self.opened.emit()
            else:
                self.fold(part.key, closed=part.open)
        elif event.matches(QKeySequence.StandardKey.Delete) and box and self._writable:
            self.unlink_requested.emit(self.current_key)
        elif not self._type(event):
            super().keyPressEvent(event)

    def _goal(self, part: MatrixPart, key: Qt.Key) -> MatrixPart | None:
        """Where a key leads."""
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return self.arranged.beside(part, -1 if key == Qt.Key.Key_Left else 1)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return self.arranged.below(part, -1 if key == Qt.Key.Key_Up else 1)
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            rows = max(1, self.viewport().height() // (self._brush.sizes.cell + 8))
            return self.arranged.below(part, -rows if key == Qt.Key.Key_PageUp else rows)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self.arranged.parts[0 if key == Qt.Key.Key_Home else -1]
        return None

    def _type(self, event: QKeyEvent) -> bool:
        """Find the next part whose code or title holds what is typed."""
        text = event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not text.strip() or not text.isprintable() or held:
            return False
        self._typed += text.casefold()
        self._typing.start()
        return self.seek(self._typed, onward=len(self._typed) == 1)

    def seek(self, words: str, *, onward: bool = False) -> bool:
        """Choose the next part whose words hold these; whether there is one.

        Args:
            onward: begin behind the chosen part, not at it.
        """
        wanted = words.casefold().split()
        parts = self.arranged.parts
        here = parts.index(self.current) if self.current is not None else 0
        order = parts[here + 1 :] + parts[: here + 1] if onward else parts[here:] + parts[:here]
        for part in order if wanted else ():
            thing = part.thing
            hay = f"{thing.code} {thing.title}" if isinstance(thing, CellWords) else thing.title
            if all(word in hay.casefold() for word in wanted):
                self._choose(part)
                return True
        return False

    # ------------------------------------------------------------------------------------------- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Facts are welcome; files are the window's."""
        if self._writable and facts_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would go, and scroll at the edges."""
        place = event.position().toPoint()
        part = self._at(place)
        on = part is not None and isinstance(part.thing, CellWords)
        self._aim(part if on else None)
        low = place.y() - (self.viewport().height() - _EDGE)
        self._drift = low if low > 0 else min(0, place.y() - _EDGE)
        if self._drift and not self._drifting.isActive():
            self._drifting.start()
        event.setAccepted(on)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Link them."""
        part = self._at(event.position().toPoint())
        self._aim(None)
        facts = facts_in(event.mimeData())
        if part is None or not isinstance(part.thing, CellWords) or not facts:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._choose(part)
        self.dropped.emit(part.thing.key, facts)

    def _on_drift(self) -> None:
        bar = self.verticalScrollBar()
        if self._aimed is None and not self._drift:
            self._drifting.stop()
        bar.setValue(bar.value() + self._drift // 2)

    # --------------------------------------------------------------------------------------------- inside

    def _at(self, place: QPoint) -> MatrixPart | None:
        return self.arranged.at(place.x(), place.y() + self.verticalScrollBar().value())

    def _hover(self, part: MatrixPart | None) -> None:
        key = part.key if part is not None else None
        if key != self._hovered:
            self._repaint(self._hovered)
            self._hovered = key
            self._repaint(key)

    def _aim(self, part: MatrixPart | None) -> None:
        key = part.key if part is not None else None
        if part is None:
            self._drift = 0
            self._drifting.stop()
        if key != self._aimed:
            self._repaint(self._aimed)
            self._aimed = key
            self._repaint(key)

    def _repaint(self, key: Chosen | None) -> None:
        part = self.arranged.part(key)
        if part is not None:
            top = part.top - self.verticalScrollBar().value()
            self.viewport().update(part.left - 2, top - 2, part.width + 4, part.height + 4)
