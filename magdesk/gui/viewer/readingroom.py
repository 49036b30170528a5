"""The reading room of a page: its own widgets on the left, what is read on the right."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QToolButton, QWidget

from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.viewer.citing import offer_facts
from magdesk.gui.viewer.view import Passage
from magdesk.gui.viewer.viewer import Viewer
from magdesk.gui.words import _
from magdesk.model import Fact
from magdesk.model.facts import PinpointKind

_PAUSE = 90  # milliseconds on a row until it is opened: arrows run through a list without opening all of it
_ROOM = 900  # pixels that both sides need
_LEFT = 430


class ReadingRoom(QSplitter):
    """A page's widgets and the viewer beside them.

    Attributes:
        item_requested: another item is to be chosen: its key.
        save_requested: the original of an item is to be written somewhere: its key.
        left_resized: the page's own widgets have another width.
    """

    item_requested = Signal(object)
    save_requested = Signal(object)
    left_resized = Signal(int)

    def __init__(self, desk: Desk, left: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk = desk
        self._key: uuid.UUID | None = None
        self.viewer = Viewer(desk)
        self.viewer.setMinimumWidth(320)
        left.setMinimumWidth(320)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(self.viewer)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 2)
        self._sized = False
        self.toggle = QToolButton()
        self.toggle.setIcon(desk.theme.icon("eye", "muted"))
        self.toggle.setCheckable(True)
        self.toggle.setChecked(True)
        self.toggle.setToolTip(_("Read beside the list"))
        self.toggle.setAccessibleName(_("Read beside the list"))
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._open)
        self.toggle.toggled.connect(self._on_toggled)
        left.installEventFilter(self)
        self.viewer.item_requested.connect(self.item_requested)
        self.viewer.save_requested.connect(self.save_requested)
        self.viewer.cite_requested.connect(self._on_cite)

    def show_item(self, key: uuid.UUID | None) -> None:
        """Open an item when the user stays on it."""
        self._key = key
        if self.toggle.isChecked():
            self._timer.start()

    def read(self, key: uuid.UUID, page: int, words: str, counted: tuple[PinpointKind, str] | None = None) -> None:
        """Open an item at a place, with the words marked, or with the cells or the line chosen."""
        self._timer.stop()
        self._key = key
        self.toggle.setChecked(True)
        self.viewer.show_item(key, page=page, find=words, counted=counted)

    @property
    def reading(self) -> int | None:
        """The page of the file that is shown, from 1; none while the viewer is closed."""
        return self.viewer.view.page + 1 if self.toggle.isChecked() else None

    def setSizes(self, sizes: Sequence[int]) -> None:
        """From now on the widths are these, however wide the room becomes."""
        self._sized = True
        super().setSizes(sizes)

    def _open(self) -> None:
        if self._desk.closed:
            return
        if self._key is None:
            self.viewer.clear()
        else:
            self.viewer.show_item(self._key)

    def _on_toggled(self, on: bool) -> None:
        self.viewer.setVisible(on)
        if on:
            self._open()

    def _on_cite(self, key: uuid.UUID, passage: Passage) -> None:
        offer_facts(self._desk, self.viewer, key, passage, self._on_cited)

    def _on_cited(self, fact: Fact, new: bool) -> None:
        if new:
            # It has a source and no words yet; those are written where facts are.
            self._desk.go(Place("facts", fact.id, "text"))
        else:
            self._desk.notice_requested.emit(_("The source was added to the fact."), True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the left side has another width."""
        if isinstance(event, QResizeEvent) and isinstance(watched, QWidget) and watched is self.widget(0):
            self.left_resized.emit(watched.width())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At first, the wider half is for reading."""
        super().resizeEvent(event)
        if not self._sized and self.width() > _ROOM // 2:
            left = max(_LEFT, self.width() * 2 // 5)
            self.setSizes([left, self.width() - left])
