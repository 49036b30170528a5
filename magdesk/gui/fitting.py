"""Texts that do not fit: a check box breaks its line; a label, a choice or a button leaves out the end.

Qt cuts such texts off in the middle of a letter, and in a narrow window or with large letters that is common. What is
left out is told in full when the mouse rests on it; :mod:`magdesk.gui.plain` shows it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from magdesk.gui.boundedwords import Label, elided, line_width

_ICON_GAP = 4  # pixels that Qt leaves between icon and text
_TALL = 100_000  # pixels: higher than any text is


class Eliding:
    """A widget that leaves out the end of its text where there is no room for it."""

    def left_out(self) -> str:
        """The whole text where its end is left out, otherwise nothing."""
        raise NotImplementedError


class OneLine(Label, Eliding):
    """A label of one line, which never pushes the window apart."""

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        return QSize(60, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(min(super().sizeHint().width(), 400), super().sizeHint().height())

    def left_out(self) -> str:
        """See :class:`Eliding`."""
        wide = line_width(self.fontMetrics(), self.text())
        return self.text() if wide > self.contentsRect().width() else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        room = self.contentsRect()
        shown = elided(self.fontMetrics(), self.text(), room.width())
        painter = QPainter(self)
        painter.drawText(room, self.alignment(), shown)
        painter.end()


class ElidedButton(QPushButton, Eliding):
    """A button that may be narrower than its text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a word and an icon."""
        return QSize(min(super().minimumSizeHint().width(), 90), super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Qt paints what stands here; the size hint is that of the whole text."""
        super().initStyleOption(option)
        option.text = elided(
            self.fontMetrics(),
            self.text(),
            self._room(option),
            Qt.TextElideMode.ElideRight,
            Qt.TextFlag.TextShowMnemonic.value,
        )

    def left_out(self) -> str:
        """See :class:`Eliding`."""
        option = QStyleOptionButton()
        super().initStyleOption(option)
        text = self.text().replace("&&", "&")
        return text if line_width(self.fontMetrics(), text) > self._room(option) else ""

    def _room(self, option: QStyleOptionButton) -> int:
        contents = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        return contents.width() - (0 if self.icon().isNull() else self.iconSize().width() + _ICON_GAP)


class CalmCombo(QComboBox, Eliding):
    """A list to choose from that the scroll wheel passes by unless it has the focus, and that may be narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Qt paints what stands here."""
        super().initStyleOption(option)
        option.currentText = elided(self.fontMetrics(), self.currentText(), self._room(option))

    def left_out(self) -> str:
        """See :class:`Eliding`."""
        option = QStyleOptionComboBox()
        super().initStyleOption(option)
        wide = line_width(self.fontMetrics(), self.currentText())
        return self.currentText() if wide > self._room(option) else ""

    def _room(self, option: QStyleOptionComboBox) -> int:
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(control, option, part, self).width() - 2

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page must not change a field on the way."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


_HAIR = 4


class WrappedCheck(QCheckBox):
    """A check box whose text goes on in the next line."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """One line and a hair: what fits to the pixel is broken by some styles."""
        whole = super().sizeHint()
        return QSize(whole.width() + _HAIR, whole.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), 140), whole.height())

    def hasHeightForWidth(self) -> bool:
        """Narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the lines into which the text breaks."""
        whole = super().sizeHint()
        one, wide = self.fontMetrics().height(), self.fontMetrics().horizontalAdvance(self.text())
        room = max(width - (whole.width() - wide), 1)
        lines = self.fontMetrics().boundingRect(QRect(0, 0, room, _TALL), self._flags, self.text()).height()
        return whole.height() + max(lines - one, 0)

    def hitButton(self, place: QPoint) -> bool:
        """Each of the lines can be clicked."""
        return self.rect().contains(place)

    @property
    def _flags(self) -> int:
        start, middle = Qt.AlignmentFlag.AlignLeft.value, Qt.AlignmentFlag.AlignVCenter.value
        return start | middle | Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextShowMnemonic.value

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box as the style paints it, the text in as many lines as it needs."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_CheckBox, option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        self.style().drawItemText(
            painter, room, self._flags, self.palette(), self.isEnabled(), text, QPalette.ColorRole.WindowText
        )
        painter.end()
