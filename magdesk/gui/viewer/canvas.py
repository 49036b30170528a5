"""The sheet of pages: drawn when they come into view, scrolled, enlarged, turned, their text selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.cache import CachedPicture, PictureCache, Tile
from magdesk.gui.viewer.drawingqueue import DrawingQueue
from magdesk.gui.viewer.layout import MARGIN, PageLayout, PlacedTile
from magdesk.gui.viewer.pagetext import PageText
from magdesk.gui.words import _
from magdesk.intake.rendering import Outline, Renderer, StoredFile
from magdesk.intake.sandbox.exchange import Opener

ZOOM_LEAST, ZOOM_MOST = 0.05, 16.0
_HIT = QColor(255, 226, 110)
_HIT_NOW = QColor(255, 172, 64)
_SELECTED = QColor(168, 205, 246)
_TEXTS = 400  # pages whose letters are kept
_STEP = 60  # pixels that an arrow key scrolls
_DOT = 5  # pixels that are no area yet

TextPlace = tuple[int, int]  # page, gap between letters


class PageCanvas(QAbstractScrollArea):
    """Pages of one item.

    Attributes:
        page_changed: another page is the one that is read, from 0.
        zoom_changed: larger or smaller.
        selection_changed: other text is selected.
        text_came: the letters of a page are there.
        picking_changed: the next drag chooses an area, or does not any more.
    """

    page_changed = Signal(int)
    zoom_changed = Signal()
    selection_changed = Signal()
    text_came = Signal(int)
    picking_changed = Signal(bool)

    def __init__(self, theme: Theme, lane: DrawingQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lane = lane
        self._cache = PictureCache()
        self._layout = PageLayout(Outline(), 1.0, 0, 1.0, QSizeF())
        self._texts: dict[int, PageText] = {}
        self._failed: dict[Tile, str] = {}
        self._fit = "width"
        self._page = 0
        self._anchor: TextPlace | None = None
        self._head: TextPlace | None = None
        self._grip: QPoint | None = None
        self._picking = False
        self._corner: tuple[int, QPointF] | None = None
        self._area: tuple[int, QRectF] | None = None
        self._hits: dict[int, list[QRectF]] = {}
        self._hit: tuple[int, list[QRectF]] = (-1, [])
        self.has_text = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Pages"))
        self.verticalScrollBar().setSingleStep(_STEP)
        self.horizontalScrollBar().setSingleStep(_STEP)

    # ------------------------------------------------------------------------------------------ the pages

    def show_outline(self, outline: Outline, *, text: bool, fit: str) -> None:
        """Show these pages from the first one on.

        Args:
            text: whether they can hold letters.
            fit: ``width`` or ``page``.
        """
        self._cache.clear()
        self._texts.clear()
        self._failed.clear()
        self._hits = {}
        self._hit = (-1, [])
        self._anchor = self._head = None
        self._corner = self._area = None
        self.pick_area(False)
        self.has_text = text
        self._fit = fit
        self._page = 0
        self._layout = PageLayout(outline, 1.0, 0, self.devicePixelRatioF(), self._room())
        self._lay_out(self._fitted())
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue((self.horizontalScrollBar().maximum()) // 2)
        self._look()

    @property
    def page(self) -> int:
        """The page that is read, from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """1.0 is natural size."""
        return self._layout.zoom

    @property
    def turned(self) -> int:
        """Quarter turns clockwise."""
        return self._layout.turn

    @property
    def drawn(self) -> bool:
        """Whether everything in view is drawn as it should be."""
        seen = self._seen()
        pages = self._layout.pages_between(seen.top(), seen.bottom())
        return bool(len(pages)) and all(
            part.tile in self._cache or part.tile in self._failed
            for page in pages
            for part in self._layout.parts(page, seen)
        )

    def go_page(self, page: int) -> None:
        """Bring the top of a page to the top of the window."""
        if not self._layout.outline.pages:
            return
        page = max(0, min(page, len(self._layout.outline.pages) - 1))
        self.verticalScrollBar().setValue(round(self._layout.rect(page).top() - MARGIN / 2))
        self._set_page(page)

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Larger or smaller, keeping a point of the window (its middle) where it is."""
        self._fit = ""
        self._rescale(zoom, around)

    def fit(self, how: str) -> None:
        """``width`` or ``page``; kept when the window changes its size."""
        self._fit = how
        self._rescale(self._fitted())

    def turn(self) -> None:
        """A quarter turn clockwise, all pages."""
        page = self._page
        old = self._layout
        self._layout = PageLayout(old.outline, old.zoom, old.turn + 1, old.ratio, self._room())
        self._lay_out(self._fitted() if self._fit else old.zoom)
        self.go_page(page)
        self._look()

    def reveal(self, page: int, boxes: Sequence[QRectF]) -> None:
        """Bring a place on a page into view."""
        box = QRectF()
        for one in boxes:
            box = box.united(one)
        target = self._layout.from_page(page, box) if not box.isNull() else self._layout.rect(page)
        seen = self._seen()
        if not seen.adjusted(0, 40, 0, -40).contains(target):
            self.verticalScrollBar().setValue(round(target.center().y() - seen.height() * 0.4))
            if target.left() < seen.left() or target.right() > seen.right():
                self.horizontalScrollBar().setValue(round(target.center().x() - seen.width() / 2))
        self._set_page(page)
        self.viewport().update()

    # ----------------------------------------------------------------------------------------------- text

    def text_of(self, page: int) -> PageText | None:
        """The letters of a page, if they are there."""
        return self._texts.get(page)

    def ask_text(self, page: int, rank: float) -> None:
        """Ask for the letters of a page; :attr:`text_came` tells when they are there."""
        if not self.has_text or page in self._texts:
            return
        self._lane.ask(
            ("text", page), rank, partial(_read_text, page=page), partial(self._on_text, page),
            lambda _error: self._on_text(page, None),
        )  # fmt: skip

    def show_hits(self, hits: dict[int, list[QRectF]], now: tuple[int, list[QRectF]]) -> None:
        """Mark what was found, and the one that is read now."""
        self._hits, self._hit = hits, now
        self.viewport().update()

    @property
    def selection(self) -> tuple[TextPlace, TextPlace] | None:
        """The selected range, in the order of the file."""
        if self._anchor is None or self._head is None or self._anchor == self._head:
            return None
        return min(self._anchor, self._head), max(self._anchor, self._head)

    def pick_area(self, on: bool) -> None:
        """Let the next drag of the mouse choose a part of a page."""
        if on != self._picking:
            self._picking = on
            self.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
            self.picking_changed.emit(on)

    @property
    def area(self) -> tuple[int, QRectF] | None:
        """The chosen part of a page, in shares of its upright width and height."""
        if self._area is None:
            return None
        page, box = self._area
        width, height = self._layout.outline.pages[page]
        return page, QRectF(box.x() / width, box.y() / height, box.width() / width, box.height() / height)

    def area_text(self) -> str:
        """The letters in the chosen part."""
        if self._area is None:
            return ""
        text = self._texts.get(self._area[0])
        return text.inside(self._area[1]) if text is not None else ""

    def choose_area(self, page: int, area: QRectF | None) -> None:
        """Choose a part of a page, in units of the upright page; nothing for ``None``."""
        if area is not None:
            width, height = self._layout.outline.pages[page]
            area = area.normalized().intersected(QRectF(0, 0, width, height))
            self._anchor = self._head = None
        self._area = (page, area) if area is not None and not area.isEmpty() else None
        self.viewport().update()
        self.selection_changed.emit()

    def select(self, start: TextPlace | None, end: TextPlace | None) -> None:
        """Select a range; nothing for ``None``."""
        self._anchor, self._head = start, end
        self._area = None
        self.viewport().update()
        self.selection_changed.emit()

    def select_page(self) -> None:
        """Select all text of the page that is read."""
        text = self._texts.get(self._page)
        if text is not None and text.letters:
            self.select((self._page, 0), (self._page, len(text.letters)))

    def quote(self) -> str:
        """The selected text, as running text."""
        selection = self.selection
        if selection is None:
            return ""
        (first, start), (last, end) = selection
        quotes = []
        for page in range(first, last + 1):
            text = self._texts.get(page)
            if text is not None:
                quotes.append(text.quote(start if page == first else 0, end if page == last else len(text.letters)))
        return " ".join(quote for quote in quotes if quote)

    # ------------------------------------------------------------------------------------------- scrolling

    def _seen(self) -> QRectF:
        return QRectF(
            self.horizontalScrollBar().value(),
            self.verticalScrollBar().value(),
            self.viewport().width(),
            self.viewport().height(),
        )

    def _room(self) -> QSizeF:
        return QSizeF(self.viewport().size())

    def _fitted(self) -> float:
        pages = self._layout.outline.pages
        if not pages:
            return 1.0
        width, height = pages[min(self._page, len(pages) - 1)]
        if self._layout.turn % 2:
            width, height = height, width
        unit = self._layout.outline.unit
        bar = self.verticalScrollBar().sizeHint().width() if not self.verticalScrollBar().isVisible() else 0
        room = max(40, self.viewport().width() - bar - 2 * MARGIN), max(40, self.viewport().height() - 2 * MARGIN)
        across = room[0] / (width * unit)
        zoom = min(across, room[1] / (height * unit)) if self._fit == "page" else across
        # Small pictures are not blown up, small print may be.
        return max(ZOOM_LEAST, min(zoom, 2.5 if self.has_text else 1.0))

    def _rescale(self, zoom: float, around: QPointF | None = None) -> None:
        old = self._layout
        zoom = max(ZOOM_LEAST, min(zoom, ZOOM_MOST))
        if not old.outline.pages:
            return
        point = around if around is not None else QPointF(self.viewport().width() / 2, self.viewport().height() / 3)
        seen = self._seen()
        spot = QPointF(seen.left() + point.x(), seen.top() + point.y())
        page = old.page_at(spot.y())
        before = old.rect(page)
        share = (
            (spot.x() - before.left()) / max(before.width(), 1),
            (spot.y() - before.top()) / max(before.height(), 1),
        )
        self._lay_out(zoom)
        after = self._layout.rect(page)
        self.horizontalScrollBar().setValue(round(after.left() + share[0] * after.width() - point.x()))
        self.verticalScrollBar().setValue(round(after.top() + share[1] * after.height() - point.y()))
        self._look()

    def _lay_out(self, zoom: float) -> None:
        old = self._layout
        view = self.viewport().size()
        self._layout = PageLayout(old.outline, zoom, old.turn, self.devicePixelRatioF(), self._room())
        self.verticalScrollBar().setRange(0, max(0, round(self._layout.height - view.height())))
        self.verticalScrollBar().setPageStep(view.height())
        self.horizontalScrollBar().setRange(0, max(0, round(self._layout.width - view.width())))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()
        self.zoom_changed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Show and ask for what comes into view."""
        self.viewport().update()
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again where that was asked for."""
        super().resizeEvent(event)
        if self._layout.outline.pages:
            self._rescale(self._fitted() if self._fit else self._layout.zoom)

    def event(self, event: QEvent) -> bool:
        """Draw anew for another screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._layout.outline.pages:
            self._rescale(self._layout.zoom)
        return super().event(event)

    def _look(self) -> None:
        """Ask for what is in view, then for what is near; forget what no longer is."""
        pages = self._layout.outline.pages
        if not pages:
            return
        seen = self._seen()
        visible = self._layout.pages_between(seen.top(), seen.bottom())
        # The page that is read is the one that fills the upper third.
        self._set_page(self._layout.page_at(min(seen.top() + seen.height() / 3, self._layout.height)))
        wanted: dict[Tile, tuple[float, PlacedTile]] = {}
        for page in visible:
            parts = list(self._layout.parts(page, seen))
            if parts and not parts[0].whole and self._cache.any_of(page, self._layout.turn) is None:
                preview = self._layout.preview(page)
                wanted[preview.tile] = (0.0, preview)
            for part in parts:
                wanted[part.tile] = (1 + 0.1 * abs(page - self._page), part)
        for near in (visible.stop, visible.start - 1):
            if 0 <= near < len(pages):
                parts = list(self._layout.parts(near, seen))
                if len(parts) == 1 and parts[0].whole:
                    wanted[parts[0].tile] = (3.0, parts[0])
        self._lane.keep(lambda key: not isinstance(key, tuple) or key[0] != "draw" or key[1] in wanted)
        for tile, (rank, part) in wanted.items():
            if tile not in self._cache and tile not in self._failed:
                self._lane.ask(
                    ("draw", tile), rank, partial(_draw, part=part), partial(self._on_drawn, part),
                    partial(self._on_draw_failed, tile),
                )  # fmt: skip
        for page in visible:
            self.ask_text(page, 2.0)

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._describe()
            self.page_changed.emit(page)

    def _describe(self) -> None:
        total = len(self._layout.outline.pages)
        self.setAccessibleName(_("Page {n} of {total}").format(n=self._page + 1, total=total))
        text = self._texts.get(self._page)
        self.setAccessibleDescription(text.letters[:4_000] if text is not None else "")

    def _on_drawn(self, part: PlacedTile, picture: CachedPicture) -> None:
        self._cache.put(part.tile, picture, whole=part.whole)
        rect = self._layout.rect(part.tile.page) if part.tile.page < len(self._layout.outline.pages) else QRectF()
        self.viewport().update(rect.translated(-self._seen().topLeft()).toAlignedRect())

    def _on_draw_failed(self, tile: Tile, error: MagdeskError) -> None:
        self._failed[tile] = str(error)
        self.viewport().update()

    def _on_text(self, page: int, text: PageText | None) -> None:
        if text is not None:
            self._texts[page] = text
            while len(self._texts) > _TEXTS:
                del self._texts[next(iter(self._texts))]
        if page == self._page:
            self._describe()
        self.text_came.emit(page)

    # -------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in view."""
        painter = QPainter(self.viewport())
        palette = self._theme.palette
        painter.fillRect(event.rect(), palette.colour("rail"))
        seen = self._seen()
        painter.translate(-seen.topLeft())
        part = QRectF(event.rect()).translated(seen.topLeft())
        for page in self._layout.pages_between(part.top(), part.bottom()):
            rect = self._layout.rect(page)
            if rect.intersects(part.adjusted(-4, -4, 4, 4)):
                self._paint_page(painter, page, rect, seen)
        painter.end()

    def _paint_page(self, painter: QPainter, page: int, rect: QRectF, seen: QRectF) -> None:
        line = self._theme.palette.colour("line")
        painter.fillRect(rect, Qt.GlobalColor.white)
        parts = list(self._layout.parts(page, seen))
        missing = [part for part in parts if part.tile not in self._cache]
        if missing:
            rough = self._cache.any_of(page, self._layout.turn)
            if rough is not None:
                painter.drawImage(rect, rough.image)
        ratio = self._layout.ratio
        for part in parts:
            picture = self._cache.get(part.tile)
            if picture is not None:
                picture.image.setDevicePixelRatio(ratio)
                painter.drawImage(
                    QPointF(rect.left() + part.area.left / ratio, rect.top() + part.area.top / ratio), picture.image
                )
        failed = next((self._failed[part.tile] for part in parts if part.tile in self._failed), "")
        if failed:
            painter.setPen(QColor("#565c63"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(rect.intersected(seen).adjusted(24, 24, -24, -24), flags, failed)
        painter.setPen(QPen(line, 1))
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        self._paint_marks(painter, page)
        if self._area is not None and self._area[0] == page:
            self._paint_area(painter, self._layout.from_page(page, self._area[1]))

    def _paint_area(self, painter: QPainter, box: QRectF) -> None:
        """A frame that is seen on light and on dark pictures."""
        ground = QColor(_SELECTED)
        ground.setAlpha(60)
        painter.fillRect(box, ground)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(Qt.GlobalColor.white, 3))
        painter.drawRect(box)
        painter.setPen(QPen(self._theme.palette.colour("accent"), 1.5, Qt.PenStyle.DashLine))
        painter.drawRect(box)

    def _paint_marks(self, painter: QPainter, page: int) -> None:
        marks: list[tuple[QColor, QRectF]] = [(_HIT, box) for box in self._hits.get(page, ())]
        if self._hit[0] == page:
            marks += [(_HIT_NOW, box) for box in self._hit[1]]
        marks += [(_SELECTED, box) for box in self._selected_on(page)]
        if not marks:
            return
        # Multiplied, so that the letters stay black.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for colour, box in marks:
            painter.fillRect(self._layout.from_page(page, box).adjusted(-0.5, -0.5, 0.5, 0.5), colour)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _selected_on(self, page: int) -> list[QRectF]:
        selection, text = self.selection, self._texts.get(page)
        if selection is None or text is None or not selection[0][0] <= page <= selection[1][0]:
            return []
        (first, start), (last, end) = selection
        return text.stripes(start if page == first else 0, end if page == last else len(text.letters))

    # ---------------------------------------------------------------------------------------------- acting

    def _spot(self, position: QPointF) -> QPointF:
        """A point of the window on the sheet."""
        seen = self._seen()
        return QPointF(seen.left() + position.x(), seen.top() + position.y())

    def _place(self, position: QPointF) -> tuple[int, PageText | None, QPointF]:
        spot = self._spot(position)
        page = self._layout.page_at(spot.y())
        return page, self._texts.get(page), self._layout.to_page(page, spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or take hold of the sheet."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._layout.outline.pages:
            super().mousePressEvent(event)
            return
        page, text, point = self._place(event.position())
        if self._picking or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._corner = (page, point)
            self.choose_area(page, None)
            return
        if self._area is not None:
            self.choose_area(page, None)
        if text is not None and text.lines and (text.over(point, 30.0)):
            place = (page, text.caret(point))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None:
                self.select(self._anchor, place)
            else:
                self.select(place, place)
        else:
            self._grip = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            if self.selection is not None:
                self.select(None, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select further, pull the sheet, or show what a press would do."""
        if self._corner is not None:
            page, corner = self._corner
            # The area stays on the page where it was begun.
            self.choose_area(page, QRectF(corner, self._layout.to_page(page, self._spot(event.position()))))
            return
        if self._grip is not None:
            moved = event.position().toPoint() - self._grip
            self._grip = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())
            return
        if not self._layout.outline.pages:
            return
        page, text, point = self._place(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and self._anchor is not None:
            if text is not None:
                self._head = (page, text.caret(point))
                self.viewport().update()
                self.selection_changed.emit()
            y = event.position().y()
            over = min(y, 0.0) + max(y - self.viewport().height(), 0.0)
            if over:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(over))
            return
        if self._picking:
            return
        on_text = text is not None and text.over(point)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor if on_text else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The selection stands."""
        if self._corner is not None:
            self._corner = None
            self._drop_dot()
            self.pick_area(False)
            return
        self._grip = None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        super().mouseReleaseEvent(event)

    def _drop_dot(self) -> None:
        """A press that was hardly moved chooses nothing."""
        if self._area is not None:
            page, box = self._area
            drawn = self._layout.from_page(page, box)
            if min(drawn.width(), drawn.height()) < _DOT:
                self.choose_area(page, None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        page, text, point = self._place(event.position())
        if text is not None and text.over(point):
            start, end = text.word(text.caret(point))
            self.select((page, start), (page, end))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, larger or smaller around the mouse."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.set_zoom(self.zoom * 1.2**steps, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move the sheet; all others go to the viewer."""
        bar, aside = self.verticalScrollBar(), self.horizontalScrollBar()
        page = max(40, self.viewport().height() - _STEP)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        moves: dict[int, Callable[[], None]] = {
            Qt.Key.Key_PageDown: lambda: bar.setValue(bar.value() + page),
            Qt.Key.Key_PageUp: lambda: bar.setValue(bar.value() - page),
            Qt.Key.Key_Space: lambda: bar.setValue(bar.value() + page),
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + _STEP),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - _STEP),
            Qt.Key.Key_Right: lambda: aside.setValue(aside.value() + _STEP),
            Qt.Key.Key_Left: lambda: aside.setValue(aside.value() - _STEP),
            Qt.Key.Key_Home: lambda: bar.setValue(0),
            Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
        }
        move = moves.get(event.key())
        if plain and move is not None:
            move()
            event.accept()
        elif event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.select_page()
        else:
            event.ignore()

    def copy(self) -> bool:
        """Put the selected text on the clipboard."""
        quote = self.quote() or self.area_text()
        if quote:
            QGuiApplication.clipboard().setText(quote)
        return bool(quote)

    def sizeHint(self) -> QSize:
        """A comfortable part of a page."""
        return QSize(640, 720)


def _draw(renderer: Renderer, item: StoredFile, opener: Opener, part: PlacedTile) -> CachedPicture:
    return CachedPicture(renderer.draw(item, opener, part.tile.page, part.area))


def _read_text(renderer: Renderer, item: StoredFile, opener: Opener, page: int) -> PageText:
    return PageText(renderer.text(item, opener, page))
