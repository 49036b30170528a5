"""Colours, sizes and icons of the window, read from ``resources/themes`` and ``resources/icons``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from magdesk import paths


class Appearance(StrEnum):
    """Which theme the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


_POINTS = 10.0  # size of letters for which the style sheet is drawn
SMALLEST, LARGEST = 9.0, 16.0
"""Points between which the size of the letters can be chosen."""
_POINTS_PER_PIXEL = 0.75  # on a screen of 96 dots per inch


@dataclass(frozen=True)
class Palette:
    """The design tokens of one theme.

    Attributes:
        colours: colour by token name, as ``#rrggbb``.
        metrics: sizes in device-independent pixels, by name.
    """

    name: str
    colours: dict[str, str]
    metrics: dict[str, int]

    @classmethod
    def load(cls, name: str) -> Palette:
        """The palette of that name (``light``, ``dark``, ``contrast``)."""
        data = tomllib.loads(paths.resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
        metrics = tomllib.loads(paths.resource("themes", "metrics.toml").read_text(encoding="utf-8"))
        return cls(data["name"], data["colours"], metrics)

    def colour(self, token: str) -> QColor:
        """A token as a colour to paint with."""
        return QColor(self.colours[token])

    def style_sheet(self, points: float = _POINTS) -> str:
        """The style sheet of the whole window in these colours.

        Args:
            points: size of the desktop's letters. The sheet is drawn for ten points; its letters grow with them.
        """
        text = paths.resource("themes", "window.qss").read_text(encoding="utf-8")
        text = re.sub(r"@@(\w+)", lambda m: self._image(m[1]).as_posix(), text)
        names = sorted(self.metrics, key=len, reverse=True)
        text = re.sub(rf"\$({'|'.join(names)})", lambda m: str(self.metrics[m[1]]), text)
        scale = _POINTS_PER_PIXEL * points / _POINTS
        text = re.sub(r"font-size: (\d+)px", lambda m: f"font-size: {int(m[1]) * scale:.2f}pt", text)
        return re.sub(r"@(\w+)", lambda m: self.colours[m[1]], text)

    def _image(self, name: str) -> Path:
        return paths.resource("themes", f"{name}-{self.name}.svg")

    def qt_palette(self) -> QPalette:
        """The same colours for what Qt paints itself."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, token in {
            role.Window: "window",
            role.WindowText: "ink",
            role.Base: "surface",
            role.AlternateBase: "raised",
            role.Text: "ink",
            role.PlaceholderText: "muted",
            role.Button: "surface",
            role.ButtonText: "ink",
            role.BrightText: "danger",
            role.ToolTipBase: "raised",
            role.ToolTipText: "ink",
            role.Highlight: "accent",
            role.HighlightedText: "accent_ink",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.Mid: "line",
            role.Dark: "line_strong",
            role.Accent: "accent",
        }.items():
            palette.setColor(target, self.colour(token))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.colour("muted"))
        return palette


class Theme(QObject):
    """Applies a palette to the application and follows the system's colour scheme.

    Attributes:
        changed: the palette is another one; whatever paints itself repaints.
    """

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__()
        self._app = app
        self._icons: dict[tuple[str, str], QIcon] = {}
        self.appearance = appearance
        self.palette = Palette.load(self._wanted())
        app.setStyle("Fusion")
        app.setFont(_font(app))
        self._own_points = app.font().pointSizeF()
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        app.fontChanged.connect(self._apply_sheet)
        self._apply()

    def set_appearance(self, appearance: Appearance) -> None:
        """Follow the system, or stay light, dark or of high contrast."""
        self.appearance = appearance
        self._on_scheme_changed()

    @property
    def points(self) -> float:
        """Size of the letters."""
        return self._app.font().pointSizeF()

    def set_points(self, points: float) -> None:
        """Write everything in letters of that size, at once; 0 for the desktop's own."""
        font = self._app.font()
        font.setPointSizeF(max(SMALLEST, min(points or self._own_points, LARGEST)))
        self._app.setFont(font)
        self._apply_sheet()

    def icon(self, name: str, colour: str = "ink") -> QIcon:
        """An icon of ``resources/icons`` in a colour of the theme."""
        key = (name, colour)
        if key not in self._icons:
            icon = QIcon()
            source = paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
            for mode, token in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, "line_strong")):
                drawing = QSvgRenderer(
                    QByteArray(source.replace("currentColor", self.palette.colours[token]).encode())
                )
                for size in (16, 20, 24, 32, 48):
                    icon.addPixmap(_draw(drawing, size), mode)
            self._icons[key] = icon
        return self._icons[key]

    def _wanted(self) -> str:
        if self.appearance is not Appearance.SYSTEM:
            return self.appearance.value
        return "dark" if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"

    def _on_scheme_changed(self) -> None:
        name = self._wanted()
        if name != self.palette.name:
            self.palette = Palette.load(name)
            self._icons.clear()
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._app.setPalette(self.palette.qt_palette())
        self._apply_sheet()

    def _apply_sheet(self) -> None:
        sheet = self.palette.style_sheet(self._app.font().pointSizeF())
        if sheet != self._app.styleSheet():
            self._app.setStyleSheet(sheet)


def _draw(drawing: QSvgRenderer, size: int) -> QPixmap:
    ratio = 2
    pixmap = QPixmap(QSize(size * ratio, size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _font(app: QApplication) -> QFont:
    """The desktop's own font; where the desktop names none, a calmer one than the last resort."""
    font = app.font()
    if font.family() in ("DejaVu Sans", "Sans Serif", "Sans"):
        installed = set(QFontDatabase.families())
        for family in ("Inter", "Noto Sans", "Cantarell", "Liberation Sans"):
            if family in installed:
                font.setFamily(family)
                break
    font.setPointSizeF(max(font.pointSizeF(), _POINTS))
    return font
