"""Everything the menus offer, declared once: menus, shortcuts and tool buttons read the same table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from magdesk.gui.pagenames import PAGE_TITLES
from magdesk.gui.theme import Theme
from magdesk.gui.window.commandscore import RECENT, Command, CommandGroup
from magdesk.gui.window.commandwords import ADDS, SYNONYMS
from magdesk.gui.words import _


@dataclass(frozen=True, slots=True)
class Declared:
    """One action.

    Attributes:
        name: stable, ``menu.verb``; the part before the point is the menu.
        case: whether it needs an open case.
        writes: whether it needs one that can be changed.
        ruled: whether a line stands above it in the menu.
    """

    name: str
    text: str
    shortcut: str = ""
    icon: str = ""
    case: bool = True
    writes: bool = False
    ruled: bool = False


PAGES: tuple[tuple[str, str], ...] = tuple(PAGE_TITLES.items())
# A page keeps its key when others are added between: fingers remember it.
_PAGE_KEYS: dict[str, str] = {
    "home": "Ctrl+1",
    "overview": "Ctrl+Shift+1",
    "targets": "Ctrl+2",
    "people": "Ctrl+3",
    "incidents": "Ctrl+4",
    "evidence": "Ctrl+5",
    "facts": "Ctrl+6",
    "adverse": "Ctrl+7",
    "interest": "Ctrl+8",
    "accountability": "Ctrl+9",
    "narrative": "Ctrl+0",
    "matrix": "Ctrl+M",
    "review": "Ctrl+R",
    "suitability": "Ctrl+Shift+S",
    "linkage": "Ctrl+Shift+L",
    "chronology": "Ctrl+Shift+H",
    "money": "Ctrl+Shift+M",
    "export": "Ctrl+Shift+X",
}

MENUS: dict[str, str] = {
    "file": _("&File"),
    "edit": _("&Edit"),
    "go": _("&Go"),
    "case": _("&Case"),
    "view": _("&View"),
    "help": _("&Help"),
}

ACTIONS: tuple[Declared, ...] = (
    Declared("file.new", _("&New case…"), "Ctrl+N", "new", case=False),
    Declared("file.open", _("&Open…"), "Ctrl+O", "open", case=False),
    Declared("file.sample", _("Open the &sample case…"), "", "sample", case=False),
    Declared("file.restore", _("Restore a &backup…"), "", "", case=False),
    Declared("file.lock", _("&Lock the case"), "Ctrl+L", "lock", ruled=True),
    Declared("file.panic", _("Close everything a&t once"), "F12", case=False),
    Declared("file.close", _("&Close the case"), "Ctrl+W"),
    Declared("file.quit", _("&Quit"), "Ctrl+Q", case=False, ruled=True),
    Declared("edit.undo", _("&Undo"), "Ctrl+Z", "undo", writes=True),
    Declared("edit.redo", _("&Redo"), "Ctrl+Shift+Z", "redo", writes=True),
    Declared("edit.find", _("&Find or do…"), "Ctrl+K; Ctrl+F", "search", ruled=True),
    Declared("go.switch", _("&Switch between Guide and Desk"), "Ctrl+G", "turn"),
    *(Declared(f"go.{code}", title, _PAGE_KEYS.get(code, ""), code) for code, title in PAGES),
    Declared("case.add_files", _("&Add files as evidence…"), "Ctrl+Shift+A", "evidence", writes=True),
    Declared("case.export", _("&Export the packet…"), "Ctrl+E", "export"),
    Declared("case.backup", _("&Back up to…"), "", "save", ruled=True),
    Declared("case.verify", _("&Verify the case file"), "", "shield"),
    Declared("case.custody", _("&Custody, hash lists and timestamps…"), "Ctrl+Shift+K", "shield"),
    Declared("case.law", _("&Law and its dates…"), "", "document", case=False, ruled=True),
    Declared("case.passphrase", _("Change the &passphrase…"), "", "", writes=True),
    Declared("view.system", _("&System colors"), case=False),
    Declared("view.light", _("&Light"), case=False),
    Declared("view.dark", _("&Dark"), case=False),
    Declared("view.contrast", _("High &contrast"), case=False),
    Declared("view.larger", _("Larger &text"), "Ctrl++; Ctrl+=", case=False, ruled=True),
    Declared("view.smaller", _("S&maller text"), "Ctrl+-", case=False),
    Declared("view.own_size", _("Text in the &usual size"), "Ctrl+Shift+0", case=False),
    Declared("view.security", _("&Security…"), case=False, ruled=True),
    Declared("help.shortcuts", _("&Keyboard shortcuts"), "F1", case=False),
    Declared("help.about", _("&About MagDesk"), case=False),
)


class Actions(QObject):
    """The actions of one window.

    Attributes:
        by_name: the Qt actions.
        recent: names of the commands used last, newest first; in memory only.
    """

    def __init__(self, theme: Theme, handlers: Mapping[str, Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.by_name: dict[str, QAction] = {}
        self.recent: list[str] = []
        for declared in ACTIONS:
            action = QAction(declared.text, parent)
            action.setObjectName(declared.name)
            if declared.shortcut:
                action.setShortcuts([QKeySequence(keys) for keys in declared.shortcut.split("; ")])
            action.triggered.connect(partial(handlers[declared.name]))
            action.triggered.connect(partial(self.note_used, declared.name))
            self.by_name[declared.name] = action
        self.paint()
        theme.changed.connect(self.paint)

    def fill(self, bar: QMenuBar) -> None:
        """Put them into menus."""
        menus: dict[str, QMenu] = {code: bar.addMenu(title) for code, title in MENUS.items()}
        for declared in ACTIONS:
            menu = menus[declared.name.partition(".")[0]]
            if declared.ruled:
                menu.addSeparator()
            menu.addAction(self.by_name[declared.name])

    def paint(self) -> None:
        """Icons in the colours of the theme."""
        for declared in ACTIONS:
            if declared.icon:
                self.by_name[declared.name].setIcon(self._theme.icon(declared.icon, "muted"))

    def cover(self) -> None:
        """Offer nothing but to leave: the case is out of sight, and nobody is to reach it past its passphrase."""
        for name, action in self.by_name.items():
            action.setEnabled(name in ("file.panic", "file.quit"))

    def note_used(self, name: str) -> None:
        """Remember a command as the one used last; pages and the palette itself are no such thing."""
        if name.partition(".")[0] != "go" and name != "edit.find":
            self.recent = [name, *(one for one in self.recent if one != name)][:RECENT]

    def entries(self, *, writes: bool) -> list[Command]:
        """All of it for the palette: what cannot be done now with the reason.

        Args:
            writes: whether the case can be changed.
        """
        closed = "" if writes else _("This case is open for reading only.")
        found = [
            Command(
                declared.name,
                CommandGroup.GO if declared.name.startswith("go.") else CommandGroup.DO,
                _bare(declared.text),
                SYNONYMS.get(declared.name, ""),
                shortcut=_keys(declared.shortcut),
                reason="" if self.by_name[declared.name].isEnabled() else _why_not(declared, closed),
            )
            for declared in ACTIONS
            if declared.name != "edit.find"
        ]
        adds = [
            Command(f"add.{code}", CommandGroup.DO, title, SYNONYMS.get(f"add.{code}", ""), reason=closed)
            for code, title in ADDS.items()
        ]
        return [*adds, *found]

    def enable(self, *, case: bool, writes: bool) -> None:
        """Offer only what can be done now."""
        for declared in ACTIONS:
            self.by_name[declared.name].setEnabled((case or not declared.case) and (writes or not declared.writes))


def _bare(text: str) -> str:
    return text.replace("&", "")


def _keys(shortcut: str) -> str:
    return ", ".join(
        QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in shortcut.split("; ") if keys
    )


def _why_not(declared: Declared, closed: str) -> str:
    if declared.name == "edit.undo":
        return closed or _("There is nothing to undo.")
    if declared.name == "edit.redo":
        return closed or _("There is nothing to redo.")
    return closed or _("This cannot be done now.")


def shortcut_table() -> list[tuple[str, str]]:
    """What each shortcut does, for the help."""
    return [(_bare(declared.text), _keys(declared.shortcut)) for declared in ACTIONS if declared.shortcut]
