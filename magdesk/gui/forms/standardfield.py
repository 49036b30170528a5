"""A line for a country, a currency or a language: typed in words or as a code, with the list of the standard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from magdesk.errors import InputError
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.fields import TextField
from magdesk.gui.words import _
from magdesk.standards import Slip, slip_of_country, slip_of_currency, slip_of_language, standards

_CODE_ROLE = Qt.ItemDataRole.UserRole + 1


class Standard(Enum):
    """Of which standard the value is."""

    COUNTRY = "country"
    CURRENCY = "currency"
    LANGUAGE = "language"

    def slip_of(self, value: str) -> Slip | None:
        """What is wrong with a value."""
        return _SLIPS[self](value)

    def offered(self) -> Mapping[str, str]:
        """What each value that is offered is called; a country is written in words."""
        known = standards()
        if self is Standard.COUNTRY:
            return {
                name: f"{name} ({code})" for code, name in sorted(known.countries.items(), key=lambda one: one[1])
            }
        codes = known.currencies if self is Standard.CURRENCY else known.languages
        return {code: f"{code}  {name}" for code, name in codes.items()}


_SLIPS: dict[Standard, Callable[[str], Slip | None]] = {
    Standard.COUNTRY: slip_of_country,
    Standard.CURRENCY: slip_of_currency,
    Standard.LANGUAGE: slip_of_language,
}


class CodeCompleter(QCompleter):
    """Finds by any part of code or name, and writes the code."""

    def __init__(self, parent: QObject, offered: Mapping[str, str]) -> None:
        super().__init__(parent)
        model = QStandardItemModel(self)
        for code, text in offered.items():
            item = QStandardItem(text)
            item.setData(code, _CODE_ROLE)
            model.appendRow(item)
        self.setModel(model)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What is written for a line of the list."""
        return str(index.data(_CODE_ROLE))


class StandardField(TextField):
    """One value of a standard; what is no code but plainly means one becomes it."""

    def __init__(
        self, desk: Desk, page: str, name: str, label: str, help_text: str, *, standard: Standard, hint: str = ""
    ) -> None:
        super().__init__(desk, page, name, label, help_text, hint=hint)
        self.standard = standard
        self.completer: CodeCompleter | None = None

    def read_value(self) -> str:
        """The value as it is stored.

        Raises:
            InputError: no standard has it.
        """
        value = super().read_value()
        # What an older case holds stays until somebody changes it.
        stored = getattr(self.row, self.name) if self.row is not None else None
        slip = self.standard.slip_of(value) if value != stored else None
        if slip is None or not slip.sure:
            return value
        if slip.meant and (self.standard is not Standard.COUNTRY or slip.meant[0].casefold() == value.casefold()):
            return slip.meant[0]
        near = ", ".join(slip.meant)
        hint = _("Did you mean {near}?").format(near=near) if near else _("Type a part of the name and choose it.")
        raise InputError(_("“{value}” is in no list of the standard.").format(value=value), hint)

    def _in_popup(self) -> bool:
        popup = self.completer.popup() if self.completer is not None else None
        return popup is not None and popup.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list is made when somebody comes to write."""
        if watched is self.editor and event.type() == QEvent.Type.FocusIn and self.completer is None:
            self.completer = CodeCompleter(self.editor, self.standard.offered())
            self.completer.activated.connect(self._on_picked)
            self.editor.setCompleter(self.completer)
        return super().eventFilter(watched, event)

    def _on_picked(self, _text: str) -> None:
        self.on_edited()
        self.commit()
