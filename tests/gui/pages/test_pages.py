"""Every page: rows are added, filled in, stored and undone; every field of every page can be named and reached."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from magdesk.checks.finding import Place, Severity
from magdesk.checks.groups import FindingChoice
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import Cards
from magdesk.gui.forms.form import Form
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.pages.accountability import AccountabilityPage
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.pages.export import ExportPage
from magdesk.gui.pages.facts import FactsPage
from magdesk.gui.pages.interest import InterestPage
from magdesk.gui.pages.narrative import NarrativePage
from magdesk.gui.pages.overview import OverviewPage
from magdesk.gui.pages.people import PeoplePage
from magdesk.gui.pages.review import ReviewPage
from magdesk.gui.pages.targets import TargetsPage
from magdesk.gui.window.actions import PAGES
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import (
    AdverseItem,
    Authority,
    Citation,
    Evidence,
    Fact,
    Incident,
    LegalBasis,
    Name,
    Organisation,
    Party,
    Proof,
    Recipient,
    Section,
    Signoff,
    Submission,
    Target,
    Victim,
    Witness,
)
from magdesk.model.people import PartyKind
from magdesk.regimes.regime import Law
from magdesk.services.checking import listed
from magdesk.services.export import ExportResult

Shot = Callable[[QWidget, str], None]


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


def fill(form: Form, name: str, text: str, qtbot: QtBot) -> None:
    """Type into a field and leave it."""
    field = form.field(name)
    assert field is not None, name
    editor = field.editor
    assert isinstance(editor, QLineEdit | QPlainTextEdit | QTextEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    field.commit()


def opened(cards: Cards) -> Form:
    """The form of the card that is open."""
    form = next(card.form for card in cards._cards.values() if card.head.isChecked())
    assert form is not None
    return form


def cards_of(root: QWidget, attribute: str) -> Cards:
    return next(cards for cards in root.findChildren(Cards) if cards.attribute == attribute)


def test_overview(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("overview")
    assert isinstance(page, OverviewPage)
    fill(page.form, "title", "Camp North", qtbot)
    assert view.desk.row.title == "Camp North"
    assert view.top.title.text() == "Camp North"
    organisations = next(c for c in page.findChildren(Cards) if c.kind.kind is Organisation)
    organisations.add()
    fill(opened(organisations), "name", "Northmere Clinic", qtbot)
    contacts = cards_of(organisations, "contacts")
    contacts.add()
    fill(opened(contacts), "name", "A. Drafter", qtbot)
    organisation = view.desk.rows(Organisation)[0]
    assert organisation.contacts[0].name == "A. Drafter"
    for _step in range(5):
        view.desk.undo()
    assert view.desk.rows(Organisation) == []
    assert view.desk.row.title == "Generica"


def test_targets(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("targets")
    assert isinstance(page, TargetsPage)
    page.add_kind(PartyKind.PERSON)
    names = cards_of(page.identity, "names")
    fill(opened(names), "text", "TVEREZHIN, Radomir", qtbot)
    target = view.desk.rows(Target)[0]
    assert target.party.name == "TVEREZHIN, Radomir"
    grounds = cards_of(page.grounds, "legal_bases")
    grounds.add()
    form = opened(grounds)
    basis = target.legal_bases[0]
    assert basis.regime == "us-glomag"
    prong = form.field("prong")
    assert prong is not None
    prong.editor.setCurrentIndex(1)  # type: ignore[attr-defined]
    prong._on_activated()  # type: ignore[attr-defined]
    assert basis.prong
    offered = {code for code, _text in prong._options(basis)}  # type: ignore[attr-defined]
    law = view.desk.law.regimes["us-glomag"]
    assert offered == {one.code for one in law.prongs if "person" in one.applies_to}
    unknown = next(c for c in page.identity.findChildren(Cards) if c.kind.kind.__tablename__ == "unknown")
    unknown.add_row("date_of_birth")
    fill(opened(unknown), "searched", "Gazette 1965-1990", qtbot)
    fill(page.asks, "request", "Designation.", qtbot)
    assert target.request == "Designation."
    page.remove_current()
    assert view.desk.rows(Target) == []
    assert view.desk.case.session.query(Party).count() == 0
    view.desk.undo()
    assert view.desk.rows(Target)[0].party.name == "TVEREZHIN, Radomir"


def test_people(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("people")
    assert isinstance(page, PeoplePage)
    page.add_role("victim")
    page.add_role("both")
    parties = view.desk.rows(Party)
    assert [party.pseudonym for party in parties] == ["Victim 1", "Victim 2"]
    assert all(party.protected for party in parties)
    page.consents.add()
    assert len(parties[1].consents) == 1
    fill(page.witness.form, "interviewed_by", "Legal officer", qtbot)
    assert parties[1].witness is not None
    assert parties[1].witness.interviewed_by == "Legal officer"
    page._take("witness")
    assert parties[1].witness is None
    assert page.witness.give.isVisibleTo(page.witness)
    page._give(Witness)
    assert parties[1].witness is not None


def test_incidents(view: CaseView, qtbot: QtBot) -> None:
    with view.desk.change("Set up") as session:
        target = Target(party=Party(names=[Name(text="General")]))
        victim = Party(names=[Name(text="Victim")], victim=Victim())
        session.add_all([target, victim])
    page = view.show_page("incidents")
    assert isinstance(page, ListPage)
    page.add()
    form = page.form  # type: ignore[attr-defined]
    fill(form, "title", "Night at the cannery", qtbot)
    fill(form, "start", "4 March 2024", qtbot)
    cards_of(form, "harms").add_row(victim.id)
    parts = cards_of(form, "participations")
    parts.add_row(target.id)
    incident = view.desk.rows(Incident)[0]
    assert incident.start is not None
    assert incident.start.text == "2024-03-04"
    assert incident.harms[0].party is victim
    assert incident.participations[0].target is target
    parts.remove_row(incident.participations[0])
    assert incident.participations == []
    view.desk.undo()
    assert len(view.desk.rows(Incident)[0].participations) == 1


def test_facts(view: CaseView, qtbot: QtBot) -> None:
    with view.desk.change("Set up") as session:
        basis = LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture")
        session.add(Target(party=Party(names=[Name(text="General")]), legal_bases=[basis]))
        item = Evidence(title="Order")
        session.add(item)
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    for text in ("First.", "Second.", "Third."):
        page.add()
        fill(page.form, "text", text, qtbot)
    QTest.keyClick(page.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [fact.text for fact in view.desk.facts()] == ["First.", "Third.", "Second."]
    cards_of(page.form, "citations").add_row(item.id)
    fact = page.current
    assert isinstance(fact, Fact)
    assert fact.citations[0].evidence is item
    offered = page.shown.offered()
    assert offered
    page.shown.say(offered[0])
    assert [proof.legal_basis_id for proof in fact.proofs] == [basis.id]
    assert [line.head.accessibleName().split(".")[0] for line in page.shown.lines] == [offered[0].title]
    assert offered[0].asked not in [one.asked for one in page.shown.offered()]
    QTest.mouseClick(page.shown.lines[0].back, Qt.MouseButton.LeftButton)
    assert page.shown.lines == []
    assert view.desk.case.session.query(Proof).count() == 0
    page.filter.setText("second")
    assert len(page.model.items) == 1
    page.filter.clear()
    page.remove_current()
    assert len(view.desk.facts()) == 2


def test_evidence_without_a_file_and_what_refers_to_it(view: CaseView, open_window: Window, qtbot: QtBot) -> None:
    page = view.show_page("evidence")
    assert isinstance(page, EvidencePage)
    page.add_without_file()
    fill(page.detail.what, "title", "A book", qtbot)
    item = view.desk.rows(Evidence)[0]
    with view.desk.change("Cite") as session:
        session.add(Fact(text="So it is.", citations=[Citation(evidence_id=item.id)]))
    prompts = open_window.prompts
    prompts.yes = False  # type: ignore[attr-defined]
    page.remove_current()
    assert view.desk.rows(Evidence) == [item]
    prompts.yes = True  # type: ignore[attr-defined]
    page.remove_current()
    assert prompts.asked  # type: ignore[attr-defined]
    assert view.desk.rows(Evidence) == []
    assert view.desk.rows(Fact)[0].citations == []
    view.desk.undo()
    assert view.desk.rows(Evidence)[0].title == "A book"
    assert len(view.desk.rows(Fact)[0].citations) == 1


def test_adverse(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("adverse")
    fill(page.statement, "no_adverse_statement", "Searched the gazette.", qtbot)  # type: ignore[attr-defined]
    assert view.desk.row.no_adverse_statement == "Searched the gazette."
    page.add()  # type: ignore[attr-defined]
    fill(page.form, "answer", "He signed it.", qtbot)  # type: ignore[attr-defined]
    assert view.desk.rows(AdverseItem)[0].answer == "He signed it."


def test_interest(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("interest")
    assert isinstance(page, InterestPage)
    page.add_code("NI-8")
    fill(page.form, "text", "Deterrence.", qtbot)
    assert page.model.items[0].mark == "NI-8"
    assert page.prompt.text()


def test_accountability(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("accountability")
    assert isinstance(page, AccountabilityPage)
    page.proceedings.add()
    fill(opened(page.proceedings), "forum", "Supreme Court", qtbot)
    page.sanctions.add()
    fill(opened(page.sanctions), "jurisdiction", "Canada", qtbot)
    assert page.proceedings.rows[0].forum == "Supreme Court"
    assert page.sanctions.rows[0].jurisdiction == "Canada"


def test_narrative_writes_a_section_when_there_is_something_to_write(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("narrative")
    assert isinstance(page, NarrativePage)
    assert view.desk.case.session.query(Section).count() == 0
    assert page.form is not None
    fill(page.form, "text", "We ask for designation.", qtbot)
    sections = view.desk.case.session.query(Section).all()
    assert [section.text for section in sections] == ["We ask for designation."]
    fill(page.form, "text", "We ask.", qtbot)
    assert view.desk.case.session.query(Section).count() == 1
    page.select(1)
    fill(page.form, "text", "Background.", qtbot)
    assert view.desk.case.session.query(Section).count() == 2
    view.desk.undo()
    assert view.desk.case.session.query(Section).count() == 1


def test_review_lists_findings_and_a_click_goes_there(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("review")
    assert isinstance(page, ReviewPage)
    shown = page.findings
    told = listed(view.desk.survey.findings, view.desk.law, FindingChoice()).groups
    assert [line.group for line in shown.groups] == [group for group in told if group.count > 1]
    assert shown.lines.count() == len(told) > 5
    for finding in view.desk.findings():
        view.go(finding.place)
        assert view.page.code == finding.place.page
    view.show_page("review")
    page.signoffs.add()
    fill(opened(page.signoffs), "name", "B. Reader", qtbot)
    assert view.desk.rows(Signoff)[0].name == "B. Reader"


def test_export_offers_recipients_and_stops_a_final_export(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("export")
    assert isinstance(page, ExportPage)
    page.recipients.add_row("state")
    row = view.desk.rows(Recipient)[0]
    assert row.office
    assert row.address
    panel = page.packet
    panel.final.setChecked(True)
    assert not panel.button.isEnabled()
    panel.draft.setChecked(True)
    assert panel.button.isEnabled()
    panel.day.setText("March")
    panel.start()
    assert panel.wrong.isVisibleTo(panel)
    assert panel.job is None


def test_what_an_export_made_takes_the_place_of_the_form(view: CaseView, tmp_path: Path, qtbot: QtBot) -> None:
    page = view.show_page("export")
    assert isinstance(page, ExportPage)
    panel = page.packet
    folder = tmp_path / "packet"
    folder.mkdir()
    (folder / "SHA256SUMS").write_bytes(b"sums")
    (folder / "01-submission.pdf").write_bytes(b"%PDF")
    panel._on_done(ExportResult(folder, (), (), ("01-submission.pdf", "native/one.txt")))
    assert not panel.form.isVisible()
    told = panel.result.text.text()
    assert "2 files" in told
    assert str(folder) in told
    assert panel.result.submission_button.isVisible()
    panel.result.verify_button.click()
    qtbot.waitUntil(panel.result.checked.isVisible)
    assert "as it was made" not in panel.result.checked.text(), "its list of digests is none"
    panel.result.sent_button.click()
    assert page.tabs.currentIndex() == 2
    (row,) = view.desk.rows(Submission)
    assert row.packet_digest == hashlib.sha256(b"sums").hexdigest()
    assert row.sent_on is None
    assert row.recipient_id is None
    panel.result.again_button.click()
    page.tabs.setCurrentIndex(0)
    assert panel.form.isVisible()
    panel._drafting = True
    panel._on_done(ExportResult(folder, (), (), ("01-submission.pdf",)))
    assert not panel.result.sent_button.isVisible(), "a draft is not what is sent"


def test_every_finding_that_stops_an_export_can_be_seen(view: CaseView) -> None:
    page = view.show_page("export")
    assert isinstance(page, ExportPage)
    panel = page.packet
    one = next(finding for finding in view.desk.findings() if finding.severity is Severity.BLOCK)
    view.desk.survey = replace(view.desk.survey, findings=(one,) * 12)
    panel.refresh()
    assert panel.gate_lines.count() == 8
    assert panel.all_button.text() == "Show all 12"
    panel.all_button.click()
    assert panel.gate_lines.count() == 12
    assert not panel.all_button.isVisible()


def test_export_makes_one_of_several_submissions(view: CaseView, qtbot: QtBot) -> None:
    with view.desk.change("Ask two countries") as session:
        session.add_all([Authority(regime="uk-ghr", rank=8), Authority(regime="uk-gac", rank=9)])
        session.add(Recipient(letter="fcdo", office="FCDO sanctions team"))
    page = view.show_page("export")
    assert isinstance(page, ExportPage)
    panel = page.packet
    titles = [panel.submission.itemText(number) for number in range(panel.submission.count())]
    assert titles[-3:] == [
        "United Kingdom: GHR Regulations 2020, GAC Regulations 2021",
        "United Kingdom: GHR Regulations 2020 only",
        "United Kingdom: GAC Regulations 2021 only",
    ]
    panel.submission.setCurrentIndex(len(titles) - 3)
    assert panel.order().regimes == ("uk-ghr", "uk-gac")
    assert "FCDO sanctions team" in panel.goes_to.text()
    assert "-uk-packet-" in panel.folder.text()
    qtbot.waitUntil(lambda: "Checking" not in panel.gate_title.text())
    assert "findings prevent" in panel.gate_title.text()
    panel.folder.setText("/elsewhere")
    panel.submission.setCurrentIndex(len(titles) - 1)
    assert panel.order().regimes == ("uk-gac",)
    assert panel.folder.text() == "/elsewhere"  # what someone typed stays
    qtbot.waitUntil(lambda: "Checking" not in panel.gate_title.text())


def _everything(view: CaseView) -> None:
    """One row of everything, so that every form of every page is built."""
    with view.desk.change("Set up") as session:
        item = Evidence(title="Order")
        target = Target(party=Party(names=[Name(text="General")]), legal_bases=[LegalBasis(regime="us-glomag")])
        session.add_all([item, target, Party(names=[Name(text="V")], victim=Victim()), Incident(title="Night")])
        session.add(Fact(text="So.", citations=[Citation(evidence_id=item.id)]))
        session.add_all([AdverseItem(title="Denial"), Organisation(name="Clinic"), Recipient(letter="state")])


def test_every_field_has_a_name_and_a_buddy_and_can_be_reached_by_tab(view: CaseView, qtbot: QtBot) -> None:
    _everything(view)
    count = 0
    for code, _title in PAGES:
        page = view.show_page(code)
        for cards in page.findChildren(Cards):
            for card in list(cards._cards.values()):
                card.set_open(True)
        for form in page.findChildren(Form):
            for field in form.fields:
                count += 1
                assert field.editor.accessibleName(), (code, field.name)
                assert field.label.buddy() is field.editor, (code, field.name)
                assert field.editor.focusPolicy() & Qt.FocusPolicy.TabFocus, (code, field.name)
        for button in page.findChildren(QAbstractButton):
            name = button.accessibleName() or button.text() or button.toolTip()
            inner = type(button).__module__.startswith("PySide6") and button.objectName().startswith("qt_")
            assert name or inner or isinstance(button.parent(), QLineEdit), (code, button)  # its own, to clear it
    assert count > 140


def test_the_order_of_tab_is_the_order_on_the_page(view: CaseView, qtbot: QtBot) -> None:
    _everything(view)
    for code in ("overview", "incidents", "facts"):
        page = view.show_page(code)
        form = next(form for form in page.findChildren(Form) if form.fields and form.row is not None)
        editors = [field.editor for field in form.fields if field.editor.isVisible()]
        order: list[QWidget] = []
        widget: QWidget | None = editors[0]
        for _step in range(400):
            if widget in editors and widget not in order:
                order.append(widget)
            widget = widget.nextInFocusChain() if widget is not None else None
        assert order == editors, code


def test_a_place_opens_the_card_it_is_in(view: CaseView, qtbot: QtBot) -> None:
    _everything(view)
    target = view.desk.rows(Target)[0]
    view.go(Place("targets", target.party.names[0].id, "text"))
    page = view.page
    assert isinstance(page, TargetsPage)
    assert page.tabs.currentIndex() == 0
    assert opened(cards_of(page.identity, "names")).row is target.party.names[0]
    view.go(Place("targets", target.id, "request"))
    assert page.tabs.currentIndex() == 3
    view.go(Place("targets", target.legal_bases[0].id, "prong"))
    assert page.tabs.currentIndex() == 2


def test_pages_in_pictures(view: CaseView, shot: Shot, qtbot: QtBot) -> None:
    for code, _title in PAGES:
        view.show_page(code)
        shot(view, code)


def test_what_a_page_is_for_is_shown_beside_its_title(desk: Desk, law: Law, qtbot: QtBot) -> None:
    page = OverviewPage(desk)
    qtbot.addWidget(page)
    assert page.help.isHidden()
    assert page.help.text() == law.guidance["overview.page"]
    page.help_button.setChecked(True)
    assert not page.help.isHidden()
    told = {key.removesuffix(".page") for key in law.guidance if key.endswith(".page")}
    assert told <= {code for code, _title in PAGES}
