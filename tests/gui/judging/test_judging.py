"""The pages on suitability and strength: they follow the case, and what they do can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.checks.finding import Place
from magdesk.checks.suitability import RegimeFit, Verdict
from magdesk.dates.partialdate import PartialDate
from magdesk.gui.desk.desk import Desk
from magdesk.gui.judging.answering import CountryLines
from magdesk.gui.pages.strength import StrengthPage
from magdesk.gui.pages.suitability import SuitabilityPage
from magdesk.gui.window.shell import Window
from magdesk.model import Answer, Authority, Incident, LegalBasis, Name, Participation, Party, Position, Target
from magdesk.model.incidents import Mode
from magdesk.model.people import EndState
from tests.gui.conftest import FakePrompts

Shot = Callable[[QWidget, str], None]


@pytest.fixture
def general(case: CaseFile) -> Target:
    """A general who ordered torture and a killing, pleaded under nothing yet."""
    with case.change("enter") as session:
        party = Party()
        session.add(party)
        session.flush()
        session.add(Name(party_id=party.id, text="Ilan Verrodine"))
        session.add(
            Position(party_id=party.id, title="Commander", start=PartialDate("2020"), government=True, leader=True,
                     end_state=EndState.ONGOING)
        )  # fmt: skip
        target = Target(party_id=party.id, foreign_person_basis="National of Generica only.")
        session.add(target)
        session.flush()
        for rank, kind in enumerate(("torture", "killing")):
            incident = Incident(
                title=f"Act {rank}", kind=kind, start=PartialDate("2025-01"), country="Generica", rank=rank
            )
            session.add(incident)
            session.flush()
            session.add(Participation(incident_id=incident.id, target_id=target.id, mode=Mode.ORDERED))
    return case.session.query(Target).one()


def shown(page: SuitabilityPage, regime: str) -> RegimeFit:
    judged = page.shown
    assert judged is not None
    found = judged.regime(regime)
    assert found is not None
    return found


def settle(qtbot: QtBot, check: Callable[[], bool]) -> None:
    qtbot.waitUntil(check, timeout=20000)


@pytest.fixture
def page(general: Target, open_window: Window, qtbot: QtBot) -> SuitabilityPage:
    view = open_window.view
    assert view is not None
    made = view.show_page("suitability")
    assert isinstance(made, SuitabilityPage)
    settle(qtbot, lambda: made.shown is not None)
    return made


def test_the_questions_are_answered_from_the_case_and_say_how(page: SuitabilityPage, shot: Shot) -> None:
    official = page.questions.line("official")
    assert official.combo.currentData() == "current"
    assert "Commander" in official.basis.text()
    assert official.note.isHidden()
    assert official.back.isHidden()
    assert "Torture" in page.questions.line("abuse_types").chosen.text()
    shot(page, "suitability")


def test_each_authority_has_a_card_with_verdict_in_words(page: SuitabilityPage) -> None:
    assert set(page.authorities.cards) == set(page.desk.law.regimes)
    card = page.authorities.cards["us-7031c"]
    texts = {label.text() for label in card.findChildren(QLabel)}
    assert "Fits" in texts
    assert "Fits" in card.accessibleName()


def test_an_answer_by_hand_changes_the_verdict_and_can_be_undone(page: SuitabilityPage, qtbot: QtBot) -> None:
    assert shown(page, "us-7031c").verdict is Verdict.FITS
    line = page.questions.line("official")
    line.combo.setCurrentIndex(line.combo.findData("no"))
    line.combo.activated.emit(line.combo.currentIndex())
    settle(qtbot, lambda: shown(page, "us-7031c").verdict is Verdict.NO)
    assert not line.note.isHidden()
    assert "manually" in line.basis.text()
    line.note.setText("The post was honorary.")
    line.note.editingFinished.emit()
    row = page.desk.rows(Answer)[0]
    assert (row.question, row.value, row.note) == ("official", "no", "The post was honorary.")
    page.desk.undo()
    page.desk.undo()
    settle(qtbot, lambda: shown(page, "us-7031c").verdict is Verdict.FITS)
    assert not page.desk.rows(Answer)
    assert line.combo.currentData() == "current"


def test_the_answer_of_the_case_can_be_taken_again(page: SuitabilityPage, qtbot: QtBot) -> None:
    line = page.questions.line("official")
    line.answer("no")
    settle(qtbot, lambda: not line.back.isHidden())
    line.back.click()
    settle(qtbot, line.back.isHidden)
    assert not page.desk.rows(Answer)
    assert shown(page, "us-7031c").verdict is Verdict.FITS


def test_an_answer_can_hold_for_one_country(page: SuitabilityPage, qtbot: QtBot) -> None:
    lines = page.questions.lines["foreign"]
    assert isinstance(lines, CountryLines)
    assert not lines.lines["United States"].isHidden()  # the reason of C16 tells for the United States only
    lines.lines["Canada"].answer("national_only")
    settle(qtbot, lambda: shown(page, "ca-jvcfoa").verdict is Verdict.NO)
    assert shown(page, "us-glomag").verdict is Verdict.FITS
    assert [row.question for row in page.desk.rows(Answer)] == ["foreign:Canada"]


def test_kinds_of_abuse_are_ticked(page: SuitabilityPage, qtbot: QtBot) -> None:
    line = page.questions.line("abuse_types")
    line.menu.aboutToShow.emit()
    ticked = {action.text() for action in line.menu.actions() if action.isChecked()}
    assert len(ticked) == 2
    bribery = next(action for action in line.menu.actions() if action.text() == "Bribery")
    bribery.setChecked(True)
    settle(qtbot, lambda: "Bribery" in line.chosen.text())
    assert page.desk.rows(Answer)[0].value.split(",")[-1] == "bribery"


def test_a_ground_is_added_with_its_authority_in_one_undoable_step(page: SuitabilityPage, qtbot: QtBot) -> None:
    authorities = {row.regime for row in page.desk.rows(Authority)}
    assert "uk-ghr" not in authorities
    menu = page.authorities.cards["uk-ghr"].add_buttons["GHR-A"].menu()
    assert menu is not None
    menu.actions()[-1].trigger()
    rows = page.desk.rows(LegalBasis)
    assert {(row.regime, row.prong, row.abuse_type) for row in rows} == {
        ("uk-ghr", "GHR-A", "torture"),
        ("uk-ghr", "GHR-A", "killing"),
    }
    assert "uk-ghr" in {row.regime for row in page.desk.rows(Authority)}
    settle(qtbot, lambda: shown(page, "uk-ghr").asked)
    assert "GHR-A" not in page.authorities.cards["uk-ghr"].add_buttons
    page.desk.undo()
    assert not page.desk.rows(LegalBasis)
    assert {row.regime for row in page.desk.rows(Authority)} == authorities
    settle(qtbot, lambda: "GHR-A" in page.authorities.cards["uk-ghr"].add_buttons)


def test_other_paragraphs_and_what_to_verify_open(page: SuitabilityPage) -> None:
    card = page.authorities.cards["ca-sema"]
    assert card.fit.to_verify
    card.verify.setChecked(True)
    texts = " ".join(label.text() for label in card.findChildren(QLabel) if not label.isHidden())
    assert card.fit.to_verify[0] in texts
    before = len(card.findChildren(QLabel))
    card.more.setChecked(True)
    assert len(card.findChildren(QLabel)) > before


def test_in_a_narrow_window_one_half_is_shown_at_a_time(
    page: SuitabilityPage, open_window: Window, qtbot: QtBot
) -> None:
    open_window.resize(1280, 820)
    settle(qtbot, lambda: not page.left.isHidden() and not page.right.isHidden())
    assert page.halves.isHidden()
    open_window.resize(880, 560)
    settle(qtbot, page.left.isHidden)
    assert not page.right.isHidden()
    page.halves.setCurrentIndex(0)
    assert page.right.isHidden()
    assert not page.left.isHidden()


def test_without_a_target_the_page_says_what_to_do(open_window: Window, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    made = view.show_page("suitability")
    assert isinstance(made, SuitabilityPage)
    assert made.stack.currentWidget() is made.empty


# ----------------------------------------------------------------------------------------------- strength


@pytest.fixture
def strength(general: Target, open_window: Window, qtbot: QtBot) -> StrengthPage:
    view = open_window.view
    assert view is not None
    made = view.show_page("strength")
    assert isinstance(made, StrengthPage)
    settle(qtbot, lambda: made.lookout.result is not None)
    return made


def test_the_test_says_what_is_missing_and_leads_there(
    strength: StrengthPage, open_window: Window, shot: Shot
) -> None:
    shot(strength, "strength")
    replies = {line.reply.number: line for line in strength.test.replies}
    assert set(replies) == set(range(1, 8))
    assert not replies[2].reply.given  # pleaded under nothing yet
    assert "Not answered" in replies[2].accessibleName()
    replies[2].go.click()
    view = open_window.view
    assert view is not None
    assert view.page.code == "targets"


def test_the_gaps_stand_by_effect_and_a_click_leads_to_each(strength: StrengthPage, qtbot: QtBot) -> None:
    lines = strength.gaps.lines
    assert lines
    effects = [line.gap.effect for line in lines]
    assert effects == sorted(effects)
    asked: list[Place] = []
    strength.desk.place_requested.connect(asked.append)
    lines[0].click()
    assert asked == [lines[0].gap.place]


def test_both_follow_a_change(strength: StrengthPage, desk_of: Callable[[], Desk], qtbot: QtBot) -> None:
    desk = desk_of()
    result = strength.lookout.result
    assert result is not None
    target = desk.rows(Target)[0]
    with desk.change("plead") as session:
        session.add(LegalBasis(target_id=target.id, regime="us-glomag", prong="HR-1", abuse_type="torture"))
    settle(qtbot, lambda: next(line for line in strength.test.replies if line.reply.number == 2).reply.given)


@pytest.fixture
def desk_of(open_window: Window) -> Callable[[], Desk]:
    def desk() -> Desk:
        assert open_window.desk is not None
        return open_window.desk

    return desk


def test_the_report_is_saved_where_the_user_says(
    strength: StrengthPage, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.path = tmp_path / "report.docx"
    strength.save.click()
    settle(qtbot, strength.save.isEnabled)
    assert prompts.path.read_bytes().startswith(b"PK")
    prompts.path = tmp_path / "nowhere" / "report.pdf"
    strength.save.click()
    settle(qtbot, strength.save.isEnabled)
    assert len(prompts.failures) == 1
