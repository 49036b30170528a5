"""All that the window asks or tells in a dialog of its own; tests answer in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.plain import message
from magdesk.gui.words import _
from magdesk.paths import CASE_SUFFIX

CASE_FILES = _("MagDesk cases (*{suffix});;All files (*)").format(suffix=CASE_SUFFIX)
"""Which files a dialog for case files offers."""


class Prompts(Protocol):
    """What the window may ask."""

    def confirm(self, parent: QWidget, question: str, detail: str, action: str, *, grave: bool = False) -> bool:
        """Ask before something that cannot be taken back, or takes more than it seems to."""

    def choose(self, parent: QWidget, question: str, detail: str, actions: Sequence[str]) -> int | None:
        """Ask which of several things to do; none when the user thought better of it."""

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        """Tell the outcome of something the user waited for."""

    def fail(self, parent: QWidget, error: MagdeskError) -> None:
        """Tell why something could not be done and what to do next."""

    def new_file(self, parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
        """Where to write a file; none when the user thought better of it."""

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        """Which file to open."""

    def open_files(self, parent: QWidget, title: str) -> Sequence[Path]:
        """Which files to take."""

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """Which folder to use."""


class DialogPrompts:
    """The prompts as modal dialogs of the desktop."""

    def confirm(self, parent: QWidget, question: str, detail: str, action: str, *, grave: bool = False) -> bool:
        """Ask with the safe answer as default when it is grave."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Warning if grave else QMessageBox.Icon.Question)
        box.setWindowTitle(_("MagDesk"))
        box.setText(message(question))
        box.setInformativeText(message(detail))
        yes = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(no if grave else yes)
        box.exec()
        return box.clickedButton() is yes

    def choose(self, parent: QWidget, question: str, detail: str, actions: Sequence[str]) -> int | None:
        """Ask with a button for each; the first is the default."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("MagDesk"))
        box.setText(message(question))
        box.setInformativeText(message(detail))
        buttons = [box.addButton(action, QMessageBox.ButtonRole.AcceptRole) for action in actions]
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(buttons[0])
        box.exec()
        clicked = box.clickedButton()
        return next((place for place, button in enumerate(buttons) if button is clicked), None)

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        """Show a sentence."""
        QMessageBox.information(parent, title, message(text))

    def fail(self, parent: QWidget, error: MagdeskError) -> None:
        """Show what happened and what to do next."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("MagDesk"))
        box.setText(message(error.message))
        box.setInformativeText(message(error.hint))
        box.exec()

    def new_file(self, parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
        """The desktop's dialog to save."""
        name, _kind = QFileDialog.getSaveFileName(parent, title, suggestion, kinds)
        return Path(name) if name else None

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        """The desktop's dialog to open."""
        name, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
        return Path(name) if name else None

    def open_files(self, parent: QWidget, title: str) -> Sequence[Path]:
        """The desktop's dialog to open several files."""
        names, _kind = QFileDialog.getOpenFileNames(parent, title)
        return [Path(name) for name in names]

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """The desktop's dialog to choose a folder."""
        name = QFileDialog.getExistingDirectory(parent, title)
        return Path(name) if name else None
