"""The line above the list: free words, rules, groups, columns, table or pictures, how many are shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.columns import BY_NAME, COLUMNS, Facet, size_words
from magdesk.gui.evidence.facets import FacetPopup
from magdesk.gui.evidence.model import EvidenceModel
from magdesk.gui.evidence.narrowing import NOTHING, Narrowing, NarrowingRule
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.flow import FlowLayout
from magdesk.gui.forms.fields import CalmLine
from magdesk.gui.layouts import discard
from magdesk.gui.words import _, joined, ngettext

_FIRST = ("source_type", "grade", "used", "access", "language", "kind", "text_layer", "locked", "published",
          "obtained_on", "obtained_from")  # fmt: skip
"""The rules that are offered first; all others stand under “More”."""


class FilterBar(QWidget):
    """The line.

    Attributes:
        looked: the list is to be looked at in another way: an :class:`Outlook`.
        columns_requested: the menu of the columns is wanted: where.
    """

    looked = Signal(object)
    columns_requested = Signal(QPoint)

    def __init__(self, desk: Desk, model: EvidenceModel) -> None:
        super().__init__()
        self._desk, self._model = desk, model
        self.words: QLineEdit = CalmLine()
        self.words.setObjectName("filter")
        self.words.setPlaceholderText(_("Filter by title, file name, author, source…"))
        self.words.setAccessibleName(_("Filter the evidence"))
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(340)
        self.words.setMinimumWidth(140)
        self.rule_button = self._menu_button("filter", _("Filter by"))
        self.group_button = self._menu_button("group", _("Group by"))
        self.columns_button = self._tool("columns", _("Which columns are shown"))
        self.table_button = self._tool("table", _("As a table"))
        self.pictures_button = self._tool("grid", _("As thumbnails"))
        self.modes = QButtonGroup(self)
        for button in (self.table_button, self.pictures_button):
            button.setCheckable(True)
            self.modes.addButton(button)
        self.table_button.setChecked(True)
        self.count = Label()
        self.count.setObjectName("help")
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.words, 1)
        line.addWidget(self.rule_button)
        line.addWidget(self.group_button)
        line.addSpacing(4)
        line.addWidget(self.table_button)
        line.addWidget(self.pictures_button)
        line.addWidget(self.columns_button)
        line.addSpacing(6)
        line.addWidget(self.count)
        line.addStretch(1)
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 0, 24, 10)
        box.setSpacing(6)
        box.addLayout(line)
        box.addWidget(self.chips)
        self.chips.hide()
        # Signals
        self.words.textChanged.connect(self._on_words)
        self.rule_button.pressed.connect(self._fill_rules)
        self.group_button.pressed.connect(self._fill_groups)
        self.table_button.clicked.connect(partial(self._on_mode, pictures=False))
        self.pictures_button.clicked.connect(partial(self._on_mode, pictures=True))
        self.columns_button.clicked.connect(self._on_columns)

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._desk.theme.icon(icon, "muted"))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _menu_button(self, icon: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setIcon(self._desk.theme.icon(icon, "muted"))
        button.setProperty("kind", "quiet")
        button.setMenu(QMenu(button))
        return button

    # ------------------------------------------------------------------------------------------ showing

    def show_look(self) -> None:
        """Follow the model."""
        look = self._model.outlook
        if self.words.text() != look.narrowing.words:
            self.words.blockSignals(True)
            self.words.setText(look.narrowing.words)
            self.words.blockSignals(False)
        self.pictures_button.setChecked(look.pictures)
        self.table_button.setChecked(not look.pictures)
        self.columns_button.setVisible(not look.pictures)
        column = BY_NAME.get(look.group)
        self.group_button.setText(
            _("Group: {field}").format(field=column.title) if column is not None else _("Group by")
        )
        self._show_chips(look.narrowing)
        self._show_count()

    def _show_count(self) -> None:
        shown, total = self._model.shown, self._model.total
        size = size_words(self._model.shown_size) if self._model.shown_size else ""
        if shown == total:
            text = ngettext("{count} item", "{count} items", total).format(count=total)
        else:
            text = _("{shown} of {total}").format(shown=shown, total=total)
        self.count.setText(joined(text, size))

    def _show_chips(self, narrowing: Narrowing) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                discard(widget)
        for rule in narrowing.rules:
            self._flow.addWidget(self._chip(rule))
        if narrowing.rules:
            clear = QPushButton(_("Clear filters"))
            clear.setProperty("kind", "quiet")
            clear.clicked.connect(self.clear)
            self._flow.addWidget(clear)
        self.chips.setVisible(bool(narrowing.rules))

    def _chip(self, rule: NarrowingRule) -> QWidget:
        chip = QWidget()
        chip.setObjectName("chip")
        words = ElidedButton(rule.sentence())
        words.setObjectName("chipWords")
        words.setToolTip(_("Change this filter"))
        words.clicked.connect(partial(self.ask, rule.column, words))
        leave = QToolButton()
        leave.setIcon(self._desk.theme.icon("cancel", "muted"))
        leave.setIconSize(QSize(12, 12))
        leave.setAccessibleName(_("Remove: {rule}").format(rule=rule.sentence()))
        leave.setToolTip(_("Remove this filter"))
        leave.clicked.connect(partial(self._rule, rule.column, None))
        line = QHBoxLayout(chip)
        line.setContentsMargins(0, 0, 2, 0)
        line.setSpacing(0)
        line.addWidget(words)
        line.addWidget(leave)
        return chip

    # ------------------------------------------------------------------------------------------- acting

    def clear(self) -> None:
        """Show everything again."""
        self.looked.emit(replace(self._model.outlook, narrowing=NOTHING))

    def _on_words(self, text: str) -> None:
        look = self._model.outlook
        self.looked.emit(replace(look, narrowing=replace(look.narrowing, words=text)))

    def _on_columns(self) -> None:
        self.columns_requested.emit(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height())))

    def _on_mode(self, *, pictures: bool) -> None:
        self.looked.emit(replace(self._model.outlook, pictures=pictures))

    def _fill_rules(self) -> None:
        menu = self.rule_button.menu()
        menu.clear()
        for name in _FIRST:
            self._offer(menu, name)
        menu.addSeparator()
        more = menu.addMenu(_("More fields"))
        for column in COLUMNS:
            if column.name not in _FIRST:
                self._offer(more, column.name)
        menu.addSeparator()
        clear = menu.addAction(_("Clear filters"))
        clear.setEnabled(bool(self._model.outlook.narrowing))
        clear.triggered.connect(self.clear)

    def _offer(self, menu: QMenu, name: str) -> None:
        action = menu.addAction(BY_NAME[name].title)
        action.setCheckable(True)
        action.setChecked(self._model.outlook.narrowing.rule(name) is not None)
        action.triggered.connect(partial(self.ask, name, self.rule_button))

    def _fill_groups(self) -> None:
        menu = self.group_button.menu()
        menu.clear()
        now = self._model.outlook.group
        for name, title in (("", _("No grouping")), *((one.name, one.title) for one in COLUMNS if one.groups)):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(name == now)
            action.triggered.connect(partial(self.group, name))
            if not name:
                menu.addSeparator()
        menu.addSeparator()
        for words, closed in ((_("Collapse all groups"), True), (_("Expand all groups"), False)):
            action = menu.addAction(words)
            action.setEnabled(bool(now))
            action.triggered.connect(partial(self._model.close_all, closed))

    def group(self, name: str) -> None:
        """Group by a column; by none for an empty name."""
        self.looked.emit(replace(self._model.outlook, group=name, closed=frozenset()))

    def ask(self, name: str, under: QWidget) -> FacetPopup:
        """Ask for the rule about a column."""
        column, look = BY_NAME[name], self._model.outlook
        counts: dict[str, int] = {}
        if column.facet is Facet.VALUES:
            for line in look.narrowing.keep(self._model.catalogue, but=name):
                value = column.value(self._model.catalogue, line)
                counts[value] = counts.get(value, 0) + 1
            rule = look.narrowing.rule(name)
            for value in getattr(rule, "values", ()):
                counts.setdefault(value, 0)
        ordered = sorted(counts.items(), key=lambda one: (not one[0], one[0].casefold()))
        popup = FacetPopup(self, column, ordered, look.narrowing.rule(name))
        popup.ruled.connect(partial(self._rule, name))
        popup.open_at(under.mapToGlobal(QPoint(0, under.height() + 2)))
        return popup

    def _rule(self, name: str, rule: NarrowingRule | None) -> None:
        look = self._model.outlook
        narrowing = look.narrowing.without(name) if rule is None else look.narrowing.put(rule)
        self.looked.emit(replace(look, narrowing=narrowing))
