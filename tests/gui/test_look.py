"""What is shown is complete and readable: labels, colours, icons, shortcuts."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QKeySequence
from PySide6.QtWidgets import QApplication

from magdesk import paths
from magdesk.gui import labels
from magdesk.gui.theme import LARGEST, SMALLEST, Appearance, Palette, Theme
from magdesk.gui.window.actions import ACTIONS, MENUS, PAGES
from magdesk.model import Base

THEMES = ("light", "dark", "contrast")


def _stored_choices() -> set[type[StrEnum]]:
    found = set()
    for mapper in Base.registry.mappers:
        for column in mapper.columns:
            kind = getattr(column.type, "enum_class", None)
            if kind is not None:
                found.add(kind)
    return found


def test_every_stored_choice_has_words() -> None:
    kinds = _stored_choices()
    assert kinds
    for kind in kinds:
        words = [labels.label(member) for member in kind]
        assert all(words)
        assert len(set(words)) == len(words), kind


def _luminance(colour: str) -> float:
    channels = [channel / 255 for channel in QColor(colour).getRgb()[:3]]  # type: ignore[index]
    parts: list[float] = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.2."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read(name: str) -> None:
    colours = Palette.load(name).colours
    pairs = [(ink, ground) for ink in ("ink", "muted", "accent", "danger", "warn", "ok")
             for ground in ("window", "surface", "rail", "raised")]  # fmt: skip
    pairs += [("ink", "accent_soft"), ("ink", "hover"), ("muted", "accent_soft"), ("accent_ink", "accent")]
    pairs += [(tone, f"{tone}_soft") for tone in ("danger", "warn", "ok", "party", "fact", "exhibit")]
    least = 7 if name == "contrast" else 4.5
    for ink, ground in pairs:
        assert contrast(colours[ink], colours[ground]) >= least, (name, ink, ground)
    for ground in ("window", "surface"):
        assert contrast(colours["line_strong"], colours[ground]) >= 3, (name, ground)


def test_themes_define_the_same_tokens_and_the_sheet_uses_only_those() -> None:
    palettes = [Palette.load(name) for name in THEMES]
    assert len({frozenset(palette.colours) for palette in palettes}) == 1
    for palette in palettes:
        assert "@" not in palette.style_sheet()
        assert "$" not in palette.style_sheet()
        for path in re.findall(r'url\("([^"]+)"\)', palette.style_sheet()):
            assert Path(path).is_file()


@pytest.mark.parametrize("name", THEMES)
def test_fixed_images_have_the_colours_of_their_theme(name: str) -> None:
    colours = Palette.load(name).colours
    chevron = paths.resource("themes", f"chevron-{name}.svg").read_text()
    check = paths.resource("themes", f"check-{name}.svg").read_text()
    assert colours["muted"] in chevron
    assert colours["accent_ink"] in check


def test_every_icon_that_is_named_exists(theme: Theme) -> None:
    for declared in ACTIONS:
        if declared.icon:
            assert not theme.icon(declared.icon).isNull()
    for code, _title in PAGES:
        assert paths.resource("icons", f"{code}.svg").is_file()


def test_shortcuts_and_names_are_unique_and_menus_known() -> None:
    keys = [QKeySequence(one).toString() for declared in ACTIONS for one in declared.shortcut.split("; ") if one]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    names = [declared.name for declared in ACTIONS]
    assert len(set(names)) == len(names)
    assert {name.partition(".")[0] for name in names} == set(MENUS)


def test_the_appearance_can_be_switched(theme: Theme, qapp: QApplication) -> None:
    changes: list[int] = []
    theme.changed.connect(lambda: changes.append(1))
    theme.set_appearance(Appearance.DARK)
    assert theme.palette.name == "dark"
    assert qapp.palette().window().color() == theme.palette.colour("window")
    theme.set_appearance(Appearance.LIGHT)
    assert theme.palette.name == "light"
    theme.set_appearance(Appearance.CONTRAST)
    assert theme.palette.name == "contrast"
    theme.set_appearance(Appearance.LIGHT)
    assert changes


def test_all_letters_grow_at_once_and_within_bounds(theme: Theme, qapp: QApplication) -> None:
    own, sheet = theme.points, qapp.styleSheet()
    theme.set_points(13)
    assert qapp.font().pointSizeF() == 13
    assert qapp.styleSheet() != sheet
    theme.set_points(40)
    assert theme.points == LARGEST
    theme.set_points(1)
    assert theme.points == SMALLEST
    theme.set_points(0)
    assert (theme.points, qapp.styleSheet()) == (own, sheet)


def test_small_letters_grow_with_the_letters_of_the_desktop(qapp: QApplication) -> None:
    """Sizes in pixels would leave captions and help as they are beside a text that was made larger to be read."""
    sheet, large = (Palette.load("light").style_sheet(points) for points in (10, 15))
    assert "#help { font-size: 9.00pt; }" in sheet
    assert "#help { font-size: 13.50pt; }" in large
    assert not re.search(r"font-size: [\d.]+px", sheet + large)
    theme = Theme(qapp)
    kept = qapp.font()
    font = QFont(kept)
    font.setPointSizeF(15)
    try:
        qapp.setFont(font)
        assert qapp.styleSheet() == theme.palette.style_sheet(15)
    finally:
        qapp.setFont(kept)
    assert qapp.styleSheet() == theme.palette.style_sheet(kept.pointSizeF())
