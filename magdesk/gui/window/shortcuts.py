"""The table of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from magdesk.gui.boundedwords import Label
from magdesk.gui.window.actions import shortcut_table
from magdesk.gui.words import _


class ShortcutTable(QDialog):
    """What each key does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keyboard shortcuts"))
        body = QWidget()
        body.setObjectName("scrollBody")
        grid = QGridLayout(body)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        for row, (text, keys) in enumerate(shortcut_table()):
            key = Label(keys)
            key.setObjectName("fieldLabel")
            grid.addWidget(Label(text), row, 0)
            grid.addWidget(key, row, 1)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.addWidget(area, 1)
        box.addWidget(buttons)
        self.resize(460, 560)
