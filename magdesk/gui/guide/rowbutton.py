"""A button that is a whole row: pictures and words beside and below each other, one thing to press."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label


class RowButton(QPushButton):
    """As high as its words need at its width.

    Attributes:
        line: what stands in it, from its start to its end.
        words: the lines of words one below the other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(12, 8, 12, 8)
        self.line.setSpacing(12)
        self.words = QVBoxLayout()
        self.words.setSpacing(0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str, name: str = "", *, wraps: bool = True) -> Label:
        """A further line of words."""
        label = Label(text)
        label.setObjectName(name)
        label.setWordWrap(wraps)
        self.words.addWidget(label)
        return self.quiet(label)

    @staticmethod
    def quiet(label: Label) -> Label:
        """Let the mouse through to the button."""
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def show_picture(self, picture: QWidget) -> None:
        """Put a picture before the words."""
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)

    def hasHeightForWidth(self) -> bool:
        """Narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As its words break."""
        return max(self.line.heightForWidth(width), self.line.minimumSize().height())

    def sizeHint(self) -> QSize:
        """As the words would like it."""
        return QSize(self.line.sizeHint().width(), self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """Words break."""
        return QSize(160, self.line.minimumSize().height())
