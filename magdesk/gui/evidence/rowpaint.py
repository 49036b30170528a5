"""Paints rows of the table whole. What was read and measured once is kept while it is the same.

The view's own way, a question to the model and a call of a delegate for each cell, costs several times what the
letters themselves cost.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap

from magdesk.gui.boundedwords import elided
from magdesk.gui.evidence.columns import Column
from magdesk.gui.evidence.headings import paint_heading
from magdesk.gui.evidence.itemicon import icon_of
from magdesk.gui.evidence.model import EvidenceGroup, EvidenceModel
from magdesk.gui.theme import Theme
from magdesk.services.evidence.lines import EvidenceLine

ICON = 24
"""What the icon before a title takes of its width."""

_PAD = 8
_ROWS_MOST = 4_000
_TEXTS_MOST = 20_000
_READ_MOST = 400  # letters of a text that are looked at
_INKED = ("title", "number")


@dataclass(frozen=True, slots=True)
class ColumnSpan:
    """Where a visible column stands.

    Attributes:
        left: on the sheet, from the left edge of the first column.
    """

    column: Column
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class _RowWords:
    """The words of one row with the place each begins at, by their colour.

    Attributes:
        icon_at: where the icon stands; nothing where the title is not shown.
    """

    inked: tuple[tuple[int, str], ...]
    muted: tuple[tuple[int, str], ...]
    icon_at: int | None


class RowPainter:
    """Paints the rows of one table."""

    def __init__(self, theme: Theme, model: EvidenceModel) -> None:
        self._theme, self._model = theme, model
        self._cells: tuple[ColumnSpan, ...] = ()
        self._rows: dict[int, _RowWords] = {}
        # By column's width and text: most columns say the same few things again and again.
        self._cut: dict[tuple[int, bool, str], tuple[int, str]] = {}
        self._metrics: QFontMetrics | None = None
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        palette = theme.palette  # pages are built anew when the theme changes
        self._ink, self._muted = palette.colour("ink"), palette.colour("muted")
        self._soft, self._accent = palette.colour("accent_soft"), palette.colour("accent")
        self._other = palette.colour("raised")
        model.modelReset.connect(self._rows.clear)
        model.dataChanged.connect(self._rows.clear)

    def lay_out(self, cells: tuple[ColumnSpan, ...], metrics: QFontMetrics) -> None:
        """From now on the columns stand like that."""
        if cells != self._cells or metrics != self._metrics:
            self._cells, self._metrics = cells, metrics
            self._rows.clear()
            self._cut.clear()

    def paint(
        self, painter: QPainter, rect: QRect, place: int, *, chosen: bool, current: bool, ratio: float, scrolled: int
    ) -> None:
        """One row.

        Args:
            rect: as wide as the view.
            current: whether the keys act on it.
            scrolled: how far the sheet is scrolled sideways.
        """
        row = self._model.rows[place]
        if isinstance(row, EvidenceGroup):
            paint_heading(painter, self._theme, rect, row, current=current)
            return
        if chosen:
            painter.fillRect(rect, self._soft)
            if current:
                painter.setPen(QPen(self._accent, 1))
                painter.drawLine(rect.topLeft(), rect.topRight())
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        elif place & 1:
            painter.fillRect(rect, self._other)
        words = self._rows.get(place)
        if words is None:
            if len(self._rows) >= _ROWS_MOST:
                self._rows.clear()
            words = self._rows[place] = self._read(row)
        metrics = painter.fontMetrics()
        base = rect.top() + (rect.height() - metrics.height()) // 2 + metrics.ascent()
        if words.icon_at is not None:
            icon = self._icon(icon_of(row), "warn" if row.locked else "muted", ratio)
            painter.drawPixmap(words.icon_at - scrolled, rect.center().y() - 7, icon)
        for colour, texts in ((self._muted, words.muted), (self._ink, words.inked)):
            if texts:
                painter.setPen(colour)
                for left, text in texts:
                    painter.drawText(left - scrolled, base, text)

    def _read(self, line: EvidenceLine) -> _RowWords:
        inked: list[tuple[int, str]] = []
        muted: list[tuple[int, str]] = []
        icon_at = None
        for cell in self._cells:
            left, column = cell.left + _PAD, cell.column
            if column.name == "title":
                icon_at = left
                left += ICON
            text = column.text(self._model.catalogue, line)
            if text:
                shift, cut = self._fit(cell.left + cell.width - _PAD - left, column.right, text)
                (inked if column.name in _INKED else muted).append((left + shift, cut))
        return _RowWords(tuple(inked), tuple(muted), icon_at)

    def _fit(self, width: int, right: bool, text: str) -> tuple[int, str]:
        """The text cut to a width, and how far to the right it begins."""
        key = (width, right, text)
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) >= _TEXTS_MOST:
                self._cut.clear()
            assert self._metrics is not None
            flat = " ".join(text[:_READ_MOST].split())
            cut = elided(self._metrics, flat, max(0, width))
            # A row that begins in Arabic still stands in the same column as its neighbours.
            shift = max(0, width - self._metrics.horizontalAdvance(cut)) if right else 0
            found = self._cut[key] = (shift, cut)
        return found

    def _icon(self, name: str, colour: str, ratio: float) -> QPixmap:
        key = (name, colour, ratio)
        found = self._icons.get(key)
        if found is None:
            found = self._icons[key] = self._theme.icon(name, colour).pixmap(QSize(16, 16), ratio)
        return found
