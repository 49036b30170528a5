"""National interest: the arguments of the regimes' menu that the case makes, each with its text and sources."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import Choice, plain_text, target_choices
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.picker import Picker
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import add_sources, sources
from magdesk.gui.layouts import scrolled
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.words import _, joined
from magdesk.model import Authority, Base, InterestArgument
from magdesk.regimes.regime import InterestChoice


def menu_of(desk: Desk) -> dict[str, InterestChoice]:
    """The arguments that the case's authorities offer, by code."""
    asked = [row.regime for row in desk.rows(Authority)] or list(desk.law.regimes)
    found: dict[str, InterestChoice] = {}
    for code in asked:
        regime = desk.law.regimes.get(code)
        for choice in regime.interest if regime else ():
            found.setdefault(choice.code, choice)
    return found


def _submissions(desk: Desk) -> list[tuple[str, str]]:
    codes = [row.regime for row in desk.rows(Authority) if row.regime in desk.law.regimes]
    return [("", _("Each that offers this argument")), *((code, desk.law.regimes[code].short) for code in codes)]


def _title(desk: Desk, row: InterestArgument) -> str:
    choice = menu_of(desk).get(row.code)
    return choice.title if choice else row.code


ARGUMENT = RowKind(
    kind=InterestArgument,
    page="interest",
    add=_("Add an argument"),
    one=_("argument"),
    empty=_(
        "No argument yet. Use of the power is discretionary, so the case must say why it serves the "
        "government to use it."
    ),
    title=_title,
    detail=lambda desk, row: joined(sources(row), plain_text(desk, row.text)[:80] or _("no text yet")),
    mark=lambda _desk, row: row.code,
    build=lambda _form: None,
)


class InterestPage(ListPage):
    """The arguments."""

    code = "interest"

    def __init__(self, desk: Desk) -> None:
        lead = _(
            "Why it serves the government to act. Choose the arguments that persuade, and make each one concrete."
        )
        super().__init__(desk, _("National interest"), lead, ARGUMENT)

    def make_detail(self) -> QWidget:
        """The prompt of the menu, the text, its sources."""
        form = Form(self.desk, "interest")
        self.prompt = Label()
        self.prompt.setObjectName("muted")
        self.prompt.setWordWrap(True)
        form.code(
            "code",
            _("Argument"),
            lambda _row: [(c.code, f"{c.code}  {c.title}") for c in menu_of(self.desk).values()],
        )
        form.widget(self.prompt)
        form.code("regime", _("For which submission"), lambda _row: _submissions(self.desk), 6)
        form.reference("target_id", _("About which target (leave empty for all)"), target_choices, 6)
        form.narrative("text", _("The argument in this case"), lines=6)
        add_sources(form)
        form.watch(self._show_prompt)
        self.form = form
        return scrolled(form)

    def bind(self, row: Base | None) -> None:
        """Show an argument."""
        self.form.bind(row)

    def add(self) -> None:
        """Choose from the menu what is not argued yet."""
        taken = {row.code for row in self.desk.rows(InterestArgument)}  # once more for another submission or target
        choices = [
            Choice(
                choice.code,
                f"{choice.code}  {choice.title}",
                _("argued already")
                if choice.code in taken
                else _("weak on its own")
                if choice.weak
                else choice.prompt,
            )
            for choice in sorted(menu_of(self.desk).values(), key=lambda choice: choice.code in taken)
        ]
        picker = Picker(self, choices, _("Choose an argument"))
        picker.chosen.connect(self.add_code)
        picker.open_at(self.add_button.mapToGlobal(QPoint(0, self.add_button.height() + 2)), 460)

    def add_code(self, code: str) -> None:
        """Add the argument of that code."""
        self.desk.flush()
        row = self.make_row()
        assert isinstance(row, InterestArgument)
        row.code = code
        if self.desk.try_change(_("Add argument"), lambda session: session.add(row)):
            self.filter.clear()
            self.refresh()
            self.select(row.id)
            self.form.focus("text")

    def _show_prompt(self) -> None:
        row = self.form.row
        choice = menu_of(self.desk).get(row.code) if isinstance(row, InterestArgument) else None
        weak = _("Necessary, but weak on its own.") if choice and choice.weak else ""
        self.prompt.setText(joined(choice.prompt if choice else "", weak))
