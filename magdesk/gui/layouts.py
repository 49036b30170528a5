"""Small things done to layouts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QWidget


def take_all(layout: QLayout) -> list[QWidget]:
    """Empty a layout; its widgets are on their way to deletion and out of sight."""
    taken = []
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            taken.append(widget)
            discard(widget)
    return taken


def discard(widget: QWidget) -> None:
    """Take a widget out of sight and delete it when that is safe."""
    # A layout shows what was just added to it in a later event. If the widget is without a parent by then, it
    # would come up as a window of its own; hidden by name, it does not.
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def scrolled(widget: QWidget, width: int = 860) -> QScrollArea:
    """A widget in a scroll area, no wider than a line of text should be."""
    widget.setMaximumWidth(width)
    body = QWidget()
    body.setObjectName("scrollBody")
    line = QHBoxLayout(body)
    line.setContentsMargins(24, 8, 24, 32)
    line.addWidget(widget, 1)
    line.addStretch(0)
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
    return area
