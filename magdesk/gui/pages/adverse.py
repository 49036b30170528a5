"""Adverse information: what speaks against the case, and the answer to it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import plain_text, target_choices
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import add_sources, sources
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.words import _, joined
from magdesk.model import AdverseItem, Base
from magdesk.model.drafting import AdverseKind

ADVERSE = RowKind(
    kind=AdverseItem,
    page="adverse",
    add=_("Add adverse information"),
    one=_("adverse information"),
    empty=_(
        "Nothing yet. Denials, acquittals, internal inquiries, other suspects, weak sources: whatever "
        "the other side would say belongs here, with your answer. If nothing was found, say below what "
        "was searched."
    ),
    title=lambda desk, row: row.title or plain_text(desk, row.text),
    detail=lambda _desk, row: joined(label(row.kind), "" if row.answer else _("no answer yet"), sources(row)),
    build=lambda _form: None,
)


class AdversePage(ListPage):
    """What speaks against the case."""

    code = "adverse"

    def __init__(self, desk: Desk) -> None:
        lead = _("What speaks against the case, disclosed and answered. A case that leaves this out is not believed.")
        super().__init__(desk, _("Adverse information"), lead, ADVERSE)
        self.statement = Form(desk, "adverse")
        self.statement.multiline(
            "no_adverse_statement", _("If nothing was found: what was searched, by whom and when")
        )
        self.statement.bind(desk.row)
        foot = QWidget()
        box = QVBoxLayout(foot)
        box.setContentsMargins(24, 10, 24, 14)
        box.addWidget(self.statement)
        self.body.addWidget(foot)

    def make_detail(self) -> QWidget:
        """One form."""
        form = Form(self.desk, "adverse")
        form.choice("kind", _("Kind"), AdverseKind, 4)
        form.text("title", _("Title"), 8)
        form.reference("target_id", _("About which target (leave empty for the case as a whole)"), target_choices)
        form.narrative("text", _("What speaks against the case"))
        form.narrative("answer", _("Our answer"))
        add_sources(form)
        self.form = form
        return scrolled(form)

    def bind(self, row: Base | None) -> None:
        """Show one."""
        self.form.bind(row)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        super().on_changed(changes)
        self.statement.bind(self.desk.row)

    def show_place(self, place: Place) -> None:
        """The statement has a place of its own."""
        if place.field == "no_adverse_statement" or place.row == self.desk.row.id:
            self.statement.focus("no_adverse_statement")
        else:
            super().show_place(place)
