"""Small pictures of items: drawn in the limited process when they come into view, kept in memory only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from magdesk.errors import MagdeskError
from magdesk.gui.desk.desk import Desk
from magdesk.gui.viewer.drawingqueue import DRAWING
from magdesk.intake.rendering import Area, Renderer, StoredFile
from magdesk.intake.rendering.showable import Way, way_of
from magdesk.progress import CancelToken, Progress
from magdesk.services.evidence.lines import EvidenceLine

_BUDGET = 64 << 20  # bytes of pixels
_REST = 30_000  # milliseconds without a request until the process is let go
_FAILED_MOST = 20_000


@dataclass(frozen=True, slots=True)
class ThumbSize:
    """How large a picture may be, in device pixels.

    Attributes:
        ratio: device pixels per device-independent pixel.
    """

    width: int
    height: int
    ratio: float = 1.0


class Thumbs(QObject):
    """The pictures of one list.

    Attributes:
        came: a picture is there, or it is known that there will be none: the digest of the file.
    """

    came = Signal(str)

    def __init__(self, desk: Desk, parent: QObject, renderer: Renderer | None = None, budget: int = _BUDGET) -> None:
        super().__init__(parent)
        self._desk = desk
        # A process of its own: the page that somebody reads never waits for pictures of a list.
        self.renderer = renderer or Renderer()
        self._budget = budget
        self._pictures: OrderedDict[str, QImage] = OrderedDict()
        self._failed: OrderedDict[str, None] = OrderedDict()
        self._wanted: list[EvidenceLine] = []
        self._size = ThumbSize(0, 0)
        self._running = False
        self.bytes = 0
        self._idle = QTimer(self, singleShot=True, interval=_REST)
        self._idle.timeout.connect(self._on_idle)
        self.destroyed.connect(self.renderer.close)

    def picture(self, line: EvidenceLine) -> QImage | None:
        """The picture of an item, if it is there."""
        found = self._pictures.get(line.sha256)
        if found is not None:
            self._pictures.move_to_end(line.sha256)
        return found

    def hopeless(self, line: EvidenceLine) -> bool:
        """Whether there will be none."""
        return not drawable(line) or line.sha256 in self._failed

    def want(self, lines: Sequence[EvidenceLine], size: ThumbSize) -> None:
        """Draw these, the first one first, and nothing that was wanted before."""
        if size != self._size:
            self._size = size
            self._pictures.clear()
            self.bytes = 0
        self._wanted = [line for line in lines if line.sha256 not in self._pictures and not self.hopeless(line)]
        self._next()

    @property
    def busy(self) -> bool:
        """Whether anything is waiting or under way."""
        return self._running or bool(self._wanted)

    def _next(self) -> None:
        if self._running or not self._wanted or self._desk.closed:
            return
        line, size = self._wanted.pop(0), self._size
        item = StoredFile(line.sha256, line.media_type, line.file_name, line.size, line.password)
        case, renderer = self._desk.case, self.renderer

        def opener() -> BinaryIO:
            return case.blobs.open(item.sha256)

        def work(_progress: Progress, _cancel: CancelToken) -> QImage:
            outline = renderer.outline(item, opener)
            width, height = outline.pages[0] if outline.pages else (0.0, 0.0)
            scale = min(size.width / max(width, 1.0), size.height / max(height, 1.0))
            # Long strips keep at least a pixel of their short side.
            across, down = max(1, round(width * scale)), max(1, round(height * scale))
            pixels = renderer.draw(item, opener, 0, Area(scale, 0, 0, 0, across, down))
            image = QImage(pixels.data, across, down, 4 * across, QImage.Format.Format_RGB32)
            own = image.copy()  # which holds its own pixels
            own.setDevicePixelRatio(size.ratio)
            return own

        def done(image: QImage) -> None:
            self._running = False
            if size == self._size:
                self._keep(item.sha256, image)
            self._next()

        def failed(_error: MagdeskError) -> None:
            self._running = False
            self._failed[item.sha256] = None
            while len(self._failed) > _FAILED_MOST:
                self._failed.popitem(last=False)
            self.came.emit(item.sha256)
            self._next()

        self._running = True
        self._idle.start()
        self._desk.runner.submit(DRAWING, work, done=done, failed=failed, serial=False, cancellable=False, owner=self)

    def _keep(self, digest: str, image: QImage) -> None:
        self._pictures[digest] = image
        self.bytes += image.sizeInBytes()
        while self.bytes > self._budget and len(self._pictures) > 1:
            _gone, old = self._pictures.popitem(last=False)
            self.bytes -= old.sizeInBytes()
        self.came.emit(digest)

    def _on_idle(self) -> None:
        if not self._running:
            self.renderer.rest()


def drawable(line: EvidenceLine) -> bool:
    """Whether a file has a first page or is a picture; others are shown by what kind they are."""
    return bool(line.sha256) and not line.locked and way_of(line.media_type, line.file_name) is Way.PAGES
