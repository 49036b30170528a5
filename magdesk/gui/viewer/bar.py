"""The line of tools above what is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from magdesk.gui.boundedwords import Label
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.view import View
from magdesk.gui.words import _

_WIDE, _MIDDLING = 520, 400  # pixels
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class ViewerBar(QFrame):
    """Pages, zoom, turn, find, details, cite. What a view cannot do is not offered.

    Attributes:
        page_requested: from 0.
        zoom_requested: a factor; 1.0 is natural size.
        step_requested: larger (1) or smaller (-1).
        fit_requested: whether the whole page is to be seen.
    """

    page_requested = Signal(int)
    zoom_requested = Signal(float)
    step_requested = Signal(int)
    fit_requested = Signal(bool)
    turn_requested = Signal()
    find_requested = Signal()
    cite_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("viewerBar")
        self.setFixedHeight(42)
        self._theme = theme
        self._shown_number = ""
        self._view: View | None = None
        self._tools: list[tuple[QToolButton, str]] = []
        self.before = self._tool("up", _("Previous page"))
        self.after = self._tool("down", _("Next page"))
        self.number = QLineEdit()
        self.number.setObjectName("pageNumber")
        self.number.setFixedWidth(52)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setAccessibleName(_("Page number"))
        self.total = Label()
        self.total.setObjectName("help")
        self.smaller = self._tool("zoom-out", _("Smaller (-)"))
        self.larger = self._tool("zoom-in", _("Larger (+)"))
        self.scale = QToolButton()
        self.scale.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.scale.setAccessibleName(_("Size"))
        self.scale.setMinimumWidth(54)
        menu = QMenu(self.scale)
        self.fit_width = menu.addAction(_("Fit the width (W)"))
        self.fit_page = menu.addAction(_("Fit the page (P)"))
        self._fits = [self.fit_width, self.fit_page, menu.addSeparator()]
        for zoom in ZOOMS:
            action = menu.addAction(f"{zoom:.0%}")
            action.triggered.connect(partial(self.zoom_requested.emit, zoom))
        self.scale.setMenu(menu)
        self.turn = self._tool("turn", _("Rotate 90° clockwise (R)"))
        self.find_button = self._tool("search", _("Find in this item (Ctrl+F)"))
        self.area = self._tool("area", _("Select part of the page with the mouse (A)"))
        self.area.setCheckable(True)
        self.details = self._tool("info", _("What the file says about itself (I)"))
        self.details.setCheckable(True)
        self.machine = self._tool("document", _("Text that was read by machine (T)"))
        self.machine.setCheckable(True)
        self.cite = QPushButton(_("Cite this"))
        self.cite.setProperty("kind", "primary")
        self.cite.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.cite.setToolTip(_("Cite this place in a fact (Ctrl+Shift+C)"))
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 5, 10, 5)
        line.setSpacing(2)
        self._pages: tuple[QWidget, ...] = (self.before, self.after, self.number, self.total)
        self._zooms: tuple[QWidget, ...] = (self.smaller, self.scale, self.larger)
        for widget in self._pages:
            line.addWidget(widget)
        line.addSpacing(8)
        for widget in self._zooms:
            line.addWidget(widget)
        line.addWidget(self.turn)
        line.addWidget(self.find_button)
        line.addWidget(self.area)
        line.addWidget(self.machine)
        line.addWidget(self.details)
        line.addStretch(1)
        line.addWidget(self.cite)
        # Signals
        self.number.returnPressed.connect(self._on_number)
        self.number.editingFinished.connect(self._show_number)
        self.smaller.clicked.connect(partial(self.step_requested.emit, -1))
        self.larger.clicked.connect(partial(self.step_requested.emit, 1))
        self.fit_width.triggered.connect(partial(self.fit_requested.emit, False))
        self.fit_page.triggered.connect(partial(self.fit_requested.emit, True))
        self.turn.clicked.connect(self.turn_requested)
        self.find_button.clicked.connect(self.find_requested)
        self.cite.clicked.connect(self.cite_requested)
        theme.changed.connect(self.paint_icons)

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setIcon(self._theme.icon(icon, "muted"))
        button.setToolTip(text)
        button.setAccessibleName(text)
        self._tools.append((button, icon))
        return button

    def paint_icons(self) -> None:
        """Icons in the colours of the theme."""
        for button, icon in self._tools:
            button.setIcon(self._theme.icon(icon, "muted"))

    def show_view(self, view: View, *, details: bool, machine: bool, writable: bool) -> None:
        """Offer what a view can do."""
        for widget in self._pages:
            widget.setVisible(view.pages > 1)
        self.number.setValidator(QIntValidator(1, max(1, view.pages), self.number))
        self.total.setText(_("of {total}").format(total=view.pages))
        for widget in self._zooms:
            widget.setVisible(view.zoomable)
        for action in self._fits:
            action.setVisible(view.fits)
        self.turn.setVisible(view.turnable)
        self.find_button.setVisible(view.findable)
        self.area.setVisible(view.areas and view.citable)
        self.details.setVisible(details)
        self.machine.setVisible(machine)
        self.cite.setVisible(view.citable)
        self.cite.setEnabled(writable)
        self._view = view
        self.show_page(view)
        self.show_zoom(view)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room, what keys do as well gives way."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        view = self._view
        if view is None:
            return
        wide, middling = self.width() >= _WIDE, self.width() >= _MIDDLING
        for widget in (self.smaller, self.larger):
            widget.setVisible(view.zoomable and wide)
        for widget in (self.before, self.after):
            widget.setVisible(view.pages > 1 and wide)
        self.turn.setVisible(view.turnable and middling)

    def show_page(self, view: View) -> None:
        """The number of the page."""
        self._shown_number = str(view.page + 1)
        if not self.number.hasFocus() or not self.number.isModified():
            self._show_number()
        self.before.setEnabled(view.page > 0)
        self.after.setEnabled(view.page + 1 < view.pages)

    def show_zoom(self, view: View) -> None:
        """The size."""
        self.scale.setText(f"{view.zoom:.0%}")

    def _show_number(self) -> None:
        self.number.setText(self._shown_number)

    def _on_number(self) -> None:
        text = self.number.text()
        if text.isdecimal():
            self.page_requested.emit(int(text) - 1)
