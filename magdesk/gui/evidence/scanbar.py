"""Offers to have the text of scans read by a program, in the languages that are there."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.words import _, ngettext
from magdesk.progress import CancelToken, Progress
from magdesk.services.evidence.rereading import HOW_TO_GET, recognition_languages

_KIND = QLocale.LanguageCodeType


class ScanBar(QFrame):
    """What is known of the text of a scan, the languages to read it in, and the button that has it read.

    Attributes:
        recognition_requested: the text is to be read: the languages, as tesseract names them.
        languages: an action for each language that is there; those that are ticked count.
    """

    recognition_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = self._missing = False
        self._wanted: tuple[str, ...] = ()
        self.languages: dict[str, QAction] = {}
        self.words = Label()
        self.words.setObjectName("help")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.choice = QToolButton()
        self.choice.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choice.setAccessibleName(_("Languages of the text"))
        self.choice.setToolTip(_("Languages of the text; fewer are read better"))
        self._menu = QMenu(self.choice)
        self.choice.setMenu(self._menu)
        self.button = QPushButton(_("Read the text of this scan"))
        self.button.clicked.connect(self._on_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.choice)
        line.addWidget(self.button)
        self._show()

    def show_scan(self, pages: str, languages: Iterable[str]) -> None:
        """Show an item.

        Args:
            pages: those whose text was read by a program; empty for none.
            languages: of the item, as BCP 47 tags or as tesseract names them: what is ticked first.
        """
        told = _("Read by machine: {pages}.").format(pages=pages)
        self._say(told if pages else _("Its text can be read by a program."))
        self._wanted = tuple(languages)
        self._tick()
        self._show()

    def show_scans(self, count: int) -> None:
        """Show several items."""
        told = ngettext("{count} scan or picture is selected.", "{count} scans or pictures are selected.", count)
        self._say(told.format(count=count))
        self.button.setText(_("Read the text of these scans"))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask what is there when it is wanted first."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self._desk.runner.submit(
                _("Looking for text recognition"),
                _languages,
                done=self._on_known,
                failed=lambda _error: self._on_known(()),
                serial=False,
                cancellable=False,
                owner=self,
            )

    def _on_known(self, found: tuple[str, ...]) -> None:
        for code in found:
            action = self._menu.addAction(language_name(code))
            action.setCheckable(True)
            action.toggled.connect(self._show)
            self.languages[code] = action
        self._missing = not found
        if not found:
            self.words.setText(HOW_TO_GET)
        self.choice.setVisible(bool(found))
        self.button.setVisible(bool(found))
        self._tick()
        self._show()

    def _say(self, sentence: str) -> None:
        self.words.setText(HOW_TO_GET if self._missing else sentence)

    def _tick(self) -> None:
        """Tick the languages of the item; of an item without any, English."""
        if not self.languages:
            return
        codes = [code for wanted in self._wanted for code in self.languages if _is(code, wanted)]
        for code, action in self.languages.items():
            action.setChecked(code in codes or (not codes and code == "eng"))

    def chosen(self) -> tuple[str, ...]:
        """The languages that are ticked."""
        return tuple(code for code, action in self.languages.items() if action.isChecked())

    def _show(self) -> None:
        chosen = self.chosen()
        named = ", ".join(map(language_name, chosen)) or _("Language")
        self.choice.setText(f"{named} ▾")
        self.button.setEnabled(bool(chosen) and not self._desk.read_only)

    def _on_clicked(self) -> None:
        self.recognition_requested.emit(self.chosen())


def language_name(code: str) -> str:
    """A language of tesseract in words: ``rus`` is Russian; one that nobody knows is called by its code."""
    base, _mark, variety = code.partition("_")
    language = QLocale.codeToLanguage(_BIBLIOGRAPHIC.get(base, base))
    if language == QLocale.Language.AnyLanguage:
        return code
    name = QLocale.languageToString(language)
    return f"{name} ({variety})" if variety else name


_BIBLIOGRAPHIC = {"chi": "zho"}


def _is(code: str, wanted: str) -> bool:
    """Whether a language of tesseract is the one of a tag."""
    if code == wanted:
        return True
    base = code.partition("_")[0]
    language = QLocale.codeToLanguage(_BIBLIOGRAPHIC.get(base, base))
    tag = wanted.partition("-")[0].lower()
    return language != QLocale.Language.AnyLanguage and language == QLocale.codeToLanguage(tag)


def _languages(_progress: Progress, _cancel: CancelToken) -> tuple[str, ...]:
    return recognition_languages()
