"""Small things done to layouts."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def take_all(layout: QLayout) -> list[QWidget]:
    """Empty a layout; its widgets are on their way to deletion and out of sight."""
    taken = []
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            taken.append(widget)
            widget.setParent(None)
            widget.deleteLater()
    return taken
