"""The one way to put fields on a page: a form of one row on a grid, from which every label gets its buddy."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from magdesk.checks.finding import Finding, Trouble
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import ChoiceSource
from magdesk.gui.forms.field import Field
from magdesk.gui.forms.fields import (
    AmountField,
    BooleanField,
    ChoiceField,
    CodeField,
    DateField,
    IntegerField,
    MomentField,
    NarrativeField,
    NumberField,
    PartialDateField,
    ReferenceField,
    TextAreaField,
    TextField,
)
from magdesk.gui.forms.standardfield import Standard, StandardField
from magdesk.model import Base

COLUMNS = 12


class Form(QWidget):
    """Fields of one row on a grid of twelve columns, in the order in which they are added."""

    def __init__(self, desk: Desk, page: str) -> None:
        super().__init__()
        self.desk, self.page = desk, page
        self.row: Base | None = None
        self.fields: list[Field] = []
        self._watchers: list[Callable[[], None]] = []
        self._line = self._column = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(12)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 0)
        desk.surveyed.connect(self._show_findings)

    # ------------------------------------------------------------------------------------------- adding

    def add(self, field: Field, span: int = COLUMNS) -> Field:
        """Put a field at the next place that is wide enough."""
        self._place(field, span)
        self.fields.append(field)
        return field

    def _place(self, widget: QWidget, span: int) -> None:
        if self._column + span > COLUMNS:
            self._line, self._column = self._line + 1, 0
        fills = widget.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Expanding
        side = Qt.AlignmentFlag(0) if fills else Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(widget, self._line, self._column, 1, span, side)
        self._column += span

    def section(self, title: str, lead: str = "") -> None:
        """Begin a titled group of fields."""
        heading = Label(title)
        heading.setObjectName("sectionTitle")
        heading.setContentsMargins(0, 8 if self._line or self._column else 0, 0, 0)
        self._column = COLUMNS
        self._place(heading, COLUMNS)
        if lead:
            text = Label(lead)
            text.setObjectName("muted")
            text.setWordWrap(True)
            self._place(text, COLUMNS)

    def widget(self, widget: QWidget, span: int = COLUMNS) -> None:
        """Put something that is not a field into the grid, e.g. the rows that belong to this one."""
        self._place(widget, span)

    def _make(self, make: Callable[..., Field], name: str, label: str, span: int, **options: Any) -> Field:
        return self.add(make(self.desk, self.page, name, label, self.desk.guidance(self.page, name), **options), span)

    def text(self, name: str, label: str, span: int = COLUMNS, *, hint: str = "") -> Field:
        """One line of text."""
        return self._make(TextField, name, label, span, hint=hint)

    def standard(self, name: str, label: str, standard: Standard, span: int = COLUMNS, *, hint: str = "") -> Field:
        """A country, a currency or a language, with the list of its standard."""
        return self._make(StandardField, name, label, span, standard=standard, hint=hint)

    def multiline(self, name: str, label: str, span: int = COLUMNS, *, lines: int = 2) -> Field:
        """Several lines of plain text."""
        return self._make(TextAreaField, name, label, span, lines=lines)

    def narrative(
        self, name: str, label: str, span: int = COLUMNS, *, lines: int = 3, words: int = 0, fills: bool = False
    ) -> Field:
        """Text with references to people, facts and exhibits; as long as it is, or filling the form."""
        return self._make(NarrativeField, name, label, span, lines=lines, words=words, fills=fills)

    def choice(self, name: str, label: str, kind: type[StrEnum], span: int = COLUMNS, *, empty: str = "") -> Field:
        """One of the choices of an enumeration; ``empty`` is the word for none, where none is allowed."""
        return self._make(ChoiceField, name, label, span, kind=kind, empty=empty)

    def code(
        self, name: str, label: str, options: Callable[[Base], list[tuple[str, str]]], span: int = COLUMNS
    ) -> Field:
        """One of the codes that the law's resources offer for the row."""
        return self._make(CodeField, name, label, span, options=options)

    def date(self, name: str, label: str, span: int = 4) -> Field:
        """A day."""
        return self._make(DateField, name, label, span)

    def partial_date(self, name: str, label: str, span: int = 4) -> Field:
        """A date as far as it is known."""
        return self._make(PartialDateField, name, label, span)

    def moment(self, name: str, label: str, span: int = 4) -> Field:
        """A day with a time, in the zone of this computer."""
        return self._make(MomentField, name, label, span)

    def boolean(self, name: str, label: str, span: int = COLUMNS) -> Field:
        """Yes or no."""
        return self._make(BooleanField, name, label, span)

    def number(self, name: str, label: str, span: int = 3) -> Field:
        """A number, or nothing."""
        return self._make(NumberField, name, label, span)

    def integer(self, name: str, label: str, span: int = 3) -> Field:
        """A whole number that is not negative, or nothing."""
        return self._make(IntegerField, name, label, span)

    def amount(self, name: str, label: str, span: int = 3) -> Field:
        """A sum of money, exact, or nothing."""
        return self._make(AmountField, name, label, span)

    def reference(
        self, name: str, label: str, source: ChoiceSource, span: int = COLUMNS, *, required: bool = False
    ) -> Field:
        """Another row."""
        return self._make(ReferenceField, name, label, span, source=source, required=required)

    def watch(self, refresh: Callable[[], None]) -> None:
        """Call this whenever the form shows another row or its row changed."""
        self._watchers.append(refresh)

    # ------------------------------------------------------------------------------------------ binding

    def bind(self, row: Base | None, *, fresh: bool = False) -> None:
        """Edit this row from now on.

        Args:
            fresh: the row is not in the case yet; the first value that is stored puts it there.
        """
        self.row = row
        self.setEnabled(row is not None)
        for field in self.fields:
            field.bind(row, fresh=fresh)
        self._refresh()

    def load(self) -> None:
        """Show what is stored now."""
        for field in self.fields:
            field.load()
        self._refresh()

    def _refresh(self) -> None:
        if self.row is not None:
            for refresh in self._watchers:
                refresh()
        self._show_findings()

    def flush(self) -> None:
        """Store what is unsaved."""
        for field in self.fields:
            field.commit()

    def field(self, name: str) -> Field | None:
        """The field of that attribute."""
        return next((field for field in self.fields if field.name == name), None)

    def focus(self, name: str = "") -> bool:
        """Put the cursor into a field, or into the first."""
        field = self.field(name) or (None if name else next(iter(self.fields), None))
        if field is not None:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_findings()
        return field is not None

    def _show_findings(self) -> None:
        if self.row is None:
            return
        # The gravest comes first, so it is kept where a field has several. What is merely not entered yet is told
        # only to someone who asked for it.
        found: dict[str, Finding] = {}
        for finding in self.desk.survey.findings:
            place = finding.place
            told = finding.interrupts or (place.row, place.field) == self.desk.asked
            if place.row == self.row.id and place.field and told:
                found.setdefault(place.field, finding)
        for field in self.fields:
            one = found.get(field.name)
            text = f"{one.sentence} {one.remedy}" if one is not None else ""
            field.show_finding(text, grave=one is not None and one.nature is Trouble.DANGER)
