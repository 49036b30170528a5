"""Grounds: one prong of one regime against one target, with its elements and what proves them."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.flow import FlowRow
from magdesk.gui.forms.choices import basis_title, target_choices
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.labels import label
from magdesk.gui.layouts import take_all
from magdesk.gui.matrix.linking import proving
from magdesk.gui.words import _, joined, ngettext
from magdesk.model import Authority, Base, ElementNote, LegalBasis, Proof
from magdesk.model.people import BasisStanding
from magdesk.regimes.regime import Element, Prong, Regime


def prong_of(desk: Desk, basis: LegalBasis) -> tuple[Regime | None, Prong | None]:
    """The law that a ground pleads, as far as it is chosen."""
    regime = desk.law.regimes.get(basis.regime)
    return regime, regime.prong(basis.prong) if regime else None


def elements_of(desk: Desk, basis: LegalBasis) -> list[Element]:
    """What must be proved: the elements of the prong, then those of the pleaded type."""
    regime, prong = prong_of(desk, basis)
    kind = regime.abuse_type(basis.abuse_type) if regime else None
    return [*(prong.elements if prong else ()), *(kind.elements if kind else ())]


def _regimes(desk: Desk) -> list[tuple[str, str]]:
    asked = [row.regime for row in desk.rows(Authority)]
    codes = [code for code in asked if code in desk.law.regimes] or list(desk.law.regimes)
    return [(code, desk.law.regimes[code].short) for code in codes]


def _prongs(desk: Desk, row: Base) -> list[tuple[str, str]]:
    assert isinstance(row, LegalBasis)
    regime, _prong = prong_of(desk, row)
    kind = row.target.party.kind.value
    return [
        (prong.code, f"{prong.code}  {prong.title}")
        for prong in (regime.prongs if regime else ())
        if kind in prong.applies_to
    ]


def _types(desk: Desk, row: Base) -> list[tuple[str, str]]:
    assert isinstance(row, LegalBasis)
    regime, prong = prong_of(desk, row)
    kinds = [
        (kind.code, kind.title)
        for kind in (regime.abuse_types if regime else ())
        if (prong is not None and prong.reaches(kind)) or kind.code == row.abuse_type
    ]
    return [("", _("none")), *kinds]


def wording_of(prong: Prong) -> str:
    """What the ground says: its literal words, or what is known of them where only a summary was read."""
    told = [f"{prong.citation}: “{prong.wording}”"] if prong.wording else []
    if prong.restated:
        if prong.provenance.verify:
            restated = _("To be verified in the official text, {citation}: {restated}")
        else:
            restated = _("In our words, {citation}: {restated}")
        told.append(restated.format(citation=prong.citation, restated=prong.restated))
    return "\n".join([*told, prong.note] if prong.note else told)


def _build_basis(form: Form) -> None:
    desk = form.desk
    form.code("regime", _("Authority"), lambda _row: _regimes(desk), 4)
    form.code("prong", _("Ground"), lambda row: _prongs(desk, row), 8)
    wording = Label()
    wording.setObjectName("muted")
    wording.setWordWrap(True)
    form.widget(wording)
    form.code("abuse_type", _("Kind of abuse or corruption"), lambda row: _types(desk, row), 7)
    form.choice("standing", _("Standing"), BasisStanding, 5)
    principal = form.reference("principal_id", _("Depends on this co-recommended target"), target_choices, 6)
    listing = form.text("principal_listing", _("or on this listing of a person already blocked"), 6)
    form.narrative("argument", _("Our reasoning"), lines=3)
    elements = Elements(desk)
    form.widget(elements)

    def refresh() -> None:
        row = form.row
        if not isinstance(row, LegalBasis):
            return
        _regime, prong = prong_of(desk, row)
        wording.setText(wording_of(prong) if prong else _("Select a ground to read its wording."))
        derivative = bool(prong and prong.principal) or bool(row.principal_id or row.principal_listing)
        principal.setVisible(derivative)
        listing.setVisible(derivative)
        kind = form.field("abuse_type")
        if kind is not None:
            kind.setVisible(bool(prong and prong.family) or bool(row.abuse_type))
        elements.bind(row)

    form.watch(refresh)
    desk.surveyed.connect(elements.refresh)


def _basis_detail(desk: Desk, row: LegalBasis) -> str:
    elements = elements_of(desk, row)
    proved = sum(bool(desk.survey.proofs.get((row.id, element.code))) for element in elements)
    state = _("{proved} of {all} elements proved").format(proved=proved, all=len(elements)) if elements else ""
    return joined(label(row.standing) if row.standing is BasisStanding.ALTERNATIVE else "", state)


BASIS = RowKind(
    kind=LegalBasis,
    page="targets",
    add=_("Add a ground"),
    one=_("ground"),
    empty=_("No ground yet: which paragraph of the law does this target meet?"),
    title=basis_title,
    detail=_basis_detail,
    build=_build_basis,
    start=lambda desk, _owner: {"regime": next((code for code, _text in _regimes(desk)), "")},
)


class Elements(QWidget):
    """The elements of a ground: the question, the facts that answer it, the drafter's comment."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.row: LegalBasis | None = None
        self._shown: tuple[object, ...] = ()
        title = Label(_("What must be proved"))
        title.setObjectName("sectionTitle")
        lead = Label(_("Link facts to elements on the page “Facts and law”."))
        lead.setObjectName("muted")
        lead.setWordWrap(True)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(6)
        box.addWidget(title)
        box.addWidget(lead)
        box.addLayout(self._stack)

    def bind(self, row: LegalBasis) -> None:
        """Show the elements of this ground."""
        self.row = row
        self.refresh()

    def refresh(self) -> None:
        """Follow what is proved; rebuilt only when it differs from what stands there."""
        row = self.row
        if row is None:
            return
        proofs: dict[str, list[Proof]] = {}
        for proof in (*self.desk.rows(Proof, legal_basis_id=row.id), *self._of_kind(row)):
            found = proofs.setdefault(proof.element, [])
            if all(one.fact_id != proof.fact_id for one in found):
                found.append(proof)
        notes = {note.element: note for note in self.desk.rows(ElementNote, legal_basis_id=row.id)}
        elements = elements_of(self.desk, row)
        numbers = {fact.id: number for number, fact in enumerate(self.desk.facts(), 1)}
        shown = (
            row.id,
            tuple(element.code for element in elements),
            tuple(sorted((code, numbers.get(p.fact_id, 0)) for code, found in proofs.items() for p in found)),
            tuple(sorted((code, note.id) for code, note in notes.items())),
        )
        if shown == self._shown:
            return
        self._shown = shown
        for form in self.findChildren(Form):
            form.flush()
        take_all(self._stack)
        for element in elements:
            found = sorted(proofs.get(element.code, []), key=lambda proof: numbers.get(proof.fact_id, 0))
            self._stack.addWidget(self._line(row, element, found, numbers, notes.get(element.code)))

    def _of_kind(self, row: LegalBasis) -> list[Proof]:
        """What is proved of the kind of act that is pleaded, and counts for this ground."""
        wide = self.desk.rows(Proof, kind=row.abuse_type) if row.abuse_type else []
        now = proving(self.desk) if wide else None
        return [one for one in wide if now is not None and (row.id, one.element) in now.counts_for(one.fact, one)]

    def _line(
        self,
        row: LegalBasis,
        element: Element,
        proofs: list[Proof],
        numbers: dict[uuid.UUID, int],
        note: ElementNote | None,
    ) -> QWidget:
        frame = QFrame()
        frame.setObjectName("rowCard")
        title = Label(f"{element.code}  {element.title}")
        title.setObjectName("cardTitle")
        title.setWordWrap(True)
        question = Label(element.question)
        question.setObjectName("muted")
        question.setWordWrap(True)
        facts = FlowRow()
        tone = Label(
            ngettext("Proved by {count} fact:", "Proved by {count} facts:", len(proofs)).format(count=len(proofs))
            if proofs
            else _("No fact yet")
        )
        tone.setObjectName("help")
        facts.line.addWidget(tone)
        for proof in proofs[:12]:
            number = numbers.get(proof.fact_id, 0)
            link = QPushButton(str(number))
            link.setProperty("kind", "quiet")
            link.setAccessibleName(_("Go to fact {number}").format(number=number))
            link.clicked.connect(partial(self.desk.go, Place("facts", proof.fact_id)))
            facts.line.addWidget(link)
        box = QVBoxLayout(frame)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        box.addWidget(title)
        box.addWidget(question)
        box.addWidget(facts)
        form = Form(self.desk, "targets")
        form.multiline("text", _("Comment on {code}").format(code=element.code), lines=1)
        form.bind(note or ElementNote(legal_basis_id=row.id, element=element.code), fresh=note is None)
        form.setVisible(note is not None)
        box.addWidget(form)
        if note is None:
            button = QPushButton(_("Comment"))
            button.setProperty("kind", "quiet")
            button.setEnabled(not self.desk.read_only)
            button.setAccessibleName(_("Comment on {code}").format(code=element.code))
            button.clicked.connect(partial(self._on_comment, button, form))
            facts.line.addWidget(button)
        return frame

    def _on_comment(self, button: QPushButton, form: Form) -> None:
        form.setVisible(True)
        button.setVisible(False)
        form.focus()
