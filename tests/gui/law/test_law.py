"""The window says how current the law is, shows what an update changes, and checks the open case by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.gui.law.dialog import LawDialog
from magdesk.gui.law.proposal import ProposalDialog
from magdesk.gui.law.signers import SignersDialog, TrustDialog
from magdesk.gui.window.shell import Window
from magdesk.regimes import load_law
from magdesk.regimes.kept import kept_file, trusted_signers
from magdesk.services.lawupdates import accept_update, examine_update, key_in, trust
from tests.gui.conftest import FakePrompts
from tests.lawmaker import ISSUER, Maker

DAY = date(2026, 12, 21)
HOSTILE = 'Read <b>this</b> <img src="file:///etc/hostname"> {title}'


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


@pytest.fixture
def trusted(maker: Maker) -> Maker:
    key, name = key_in(maker.public)
    trust(key, key.fingerprint, name)
    return maker


@pytest.fixture
def desk_window(window: Window, case: CaseFile, prompts: FakePrompts, qtbot: QtBot) -> Iterator[Window]:
    """With an open case, on a day on which the law of the United States is to be looked at."""
    window.today = lambda: DAY
    window.open_case(case)
    assert window.desk is not None
    with qtbot.waitSignal(window.desk.surveyed):
        pass
    yield window
    prompts.yes = True
    window.close_case()
    qtbot.waitUntil(lambda: not window.runner.jobs)


def dialog_of(window: Window) -> LawDialog:
    window.command.by_name["case.law"].trigger()
    (found,) = window.findChildren(LawDialog)
    return found


def proposal_of(dialog: LawDialog, qtbot: QtBot) -> ProposalDialog:
    qtbot.waitUntil(lambda: bool(dialog.findChildren(ProposalDialog)))
    (found,) = dialog.findChildren(ProposalDialog)
    return found


def looks(window: Window) -> list[str]:
    assert window.desk is not None
    return [one.sentence for one in window.desk.findings() if "was due to be compared" in one.sentence]


def cells(dialog: LawDialog, title: str) -> list[str]:
    (item,) = dialog.list.findItems(title, Qt.MatchFlag.MatchStartsWith)
    return [item.text(column) for column in range(6)]


def test_each_regime_is_shown_with_its_dates(
    window: Window, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    window.today = lambda: DAY
    dialog = dialog_of(window)
    assert dialog.list.topLevelItemCount() == len(load_law().regimes)
    assert cells(dialog, "Executive Order 13818")[1:] == ["2026-11-22", "", "2026-12-20", "overdue", "the program"]
    assert cells(dialog, "EU Global")[1:5] == ["2020-12-07", "ended 2026-12-08", "2026-12-08", "overdue"]
    assert cells(dialog, "Section 7031(c)")[4] == "due soon"
    assert cells(dialog, "Special Economic")[4] == "fine"
    assert "2 regimes should have been compared" in dialog.notice_words.text()
    assert dialog.state.text() == "The law is of 2026-11-30, as it came with the program."
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert "Compare with: section 7031(c) of the act" in dialog.detail.text()
    assert not dialog.revert_button.isEnabled()
    shot(dialog, "law")
    dialog.close_button.click()


def test_an_update_counts_after_a_look_and_the_open_case_is_checked_by_it(
    desk_window: Window, trusted: Maker, prompts: FakePrompts, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    assert len(looks(desk_window)) == 1
    view, desk = desk_window.view, desk_window.desk
    assert view is not None
    assert desk is not None
    view.show_page("review")
    first = view.page
    prompts.path = trusted.changed(
        "us-glomag",
        ("next_look = 2026-12-20", "next_look = 2027-06-20"),
        ('short = "Global Magnitsky"', 'short = "GloMag"'),
    )
    dialog = dialog_of(desk_window)
    dialog.import_button.click()
    proposal = proposal_of(dialog, qtbot)
    text = proposal.view.toPlainText()
    assert "Executive Order 13818 (Global Magnitsky sanctions)\nshort\nGlobal Magnitsky GloMag" in text
    assert "Next comparison\n2026-12-20 2027-06-20" in text
    shot(proposal, "law-proposal")
    agreed: list[object] = []
    proposal.agreed.connect(agreed.append)
    QTest.keyClick(proposal, Qt.Key.Key_Return)
    assert not agreed, "a return pressed too soon changes nothing"
    dialog.import_button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(ProposalDialog)))
    proposal = next(one for one in dialog.findChildren(ProposalDialog) if one.isVisible())
    with qtbot.waitSignal(dialog.law_changed):
        proposal.accept_button.click()
    assert cells(dialog, "Executive Order 13818")[3:] == ["2027-06-20", "fine", "the update"]
    assert dialog.state.text() == f"The law is of 2026-12-20, from an update by {ISSUER}."
    assert desk.law.regimes["us-glomag"].short == "GloMag"
    assert desk_window.law is desk.law
    qtbot.waitUntil(lambda: not looks(desk_window) and not desk_window.runner.jobs)
    assert view.page is not first, "the pages are built anew"
    assert view.page.code == "review"
    prompts.yes = False
    dialog.revert_button.click()
    assert kept_file().exists()
    prompts.yes = True
    with qtbot.waitSignal(dialog.law_changed):
        dialog.revert_button.click()
    assert not kept_file().exists()
    qtbot.waitUntil(lambda: len(looks(desk_window)) == 1)
    assert desk.law.regimes["us-glomag"].short == "Global Magnitsky"
    assert not dialog.revert_button.isEnabled()
    dialog.accept()


def test_words_of_an_update_are_never_markup(
    window: Window, trusted: Maker, prompts: FakePrompts, qtbot: QtBot
) -> None:
    window.today = lambda: DAY
    prompts.path = trusted.changed("uk-ghr", ('short = "GHR Regulations 2020"', f"short = '{HOSTILE}'"), note=HOSTILE)
    dialog = dialog_of(window)
    dialog.choose()
    proposal = proposal_of(dialog, qtbot)
    assert proposal.view.toPlainText().count(HOSTILE.split("<", maxsplit=1)[0]) == 2
    assert HOSTILE in proposal.view.toPlainText()
    assert proposal.view.isReadOnly()
    proposal.reject()
    dialog.accept()


def test_a_stranger_is_trusted_only_by_the_fingerprint_that_was_told(
    window: Window, maker: Maker, prompts: FakePrompts, qtbot: QtBot
) -> None:
    window.today = lambda: DAY
    prompts.path = maker.changed("uk-ghr", ('short = "GHR Regulations 2020"', 'short = "GHR"'))
    dialog = dialog_of(window)
    dialog.import_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(TrustDialog)))
    (ask,) = dialog.findChildren(TrustDialog)
    key, _called = key_in(maker.public)
    shown = "\n".join(label.text() for label in ask.findChildren(type(ask.problem)))
    assert key.fingerprint not in shown, "what is shown would be copied and not compared"
    ask.name.setText("Our coalition")
    QTest.keyClicks(ask.fingerprint, key.fingerprint[:-1])
    ask.trust_button.click()
    assert "not the fingerprint" in ask.problem.text()
    assert trusted_signers() == ()
    QTest.keyClicks(ask.fingerprint, key.fingerprint[-1])
    ask.trust_button.click()
    proposal = proposal_of(dialog, qtbot)
    assert [one.name for one in trusted_signers()] == ["Our coalition"]
    assert not kept_file().exists()
    proposal.reject()
    dialog.signers_button.click()
    (signers,) = dialog.findChildren(SignersDialog)
    assert signers.list.topLevelItemCount() == 1
    QTest.keyClick(signers.list, Qt.Key.Key_Down)
    signers.list.selectAll()
    signers.remove_button.click()
    assert trusted_signers() == ()
    assert signers.empty.isVisible()
    signers.reject()
    dialog.accept()


def test_what_is_no_update_is_told_and_changes_nothing(
    window: Window, trusted: Maker, prompts: FakePrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    window.today = lambda: DAY
    prompts.path = tmp_path / "x.magdesk-law"
    prompts.path.write_bytes(trusted.changed("uk-ghr", ("rank = ", "rank = 1")).read_bytes()[:-20])
    dialog = dialog_of(window)
    dialog.import_button.click()
    qtbot.waitUntil(lambda: bool(prompts.failures))
    assert "changed after it was signed" in prompts.failures[0].message
    assert dialog.import_button.isEnabled()
    assert not kept_file().exists()
    dialog.accept()


def test_a_kept_update_that_was_touched_is_told_at_the_start(
    window: Window, trusted: Maker, prompts: FakePrompts, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not window.runner.jobs)
    update = trusted.changed("uk-ghr", ('short = "GHR Regulations 2020"', 'short = "GHR"'))
    accept_update(examine_update(update, DAY))
    kept_file().write_bytes(kept_file().read_bytes().replace(b'short = \\"GHR', b'short = \\"XXX'))
    window._law = None
    prompts.yes = False
    assert window.law.regimes["uk-ghr"].short == "GHR Regulations 2020"
    assert "changed after it was signed" in prompts.asked[0]
    assert kept_file().exists()
    window._law = None
    prompts.yes = True
    assert window.law.regimes["uk-ghr"].short == "GHR Regulations 2020"
    assert not kept_file().exists()
    own = kept_file().parent / "law" / "regimes"
    own.mkdir(parents=True)
    (own / "uk-ghr.toml").write_text("code = 7")
    window._law = None
    assert window.law.regimes["uk-ghr"].short == "GHR Regulations 2020"
    assert "uk-ghr.toml" in prompts.failures[-1].message


def test_older_law_is_looked_at_only_by_who_wants_it(
    window: Window, trusted: Maker, prompts: FakePrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    window.today = lambda: DAY
    older = trusted.changed(
        "uk-ghr", ("next_look = 2027-05-30", "next_look = 2027-06-30"), day=date(2026, 12, 10)
    ).rename(tmp_path / "older.magdesk-law")
    newer = trusted.changed("uk-gac", ("next_look = 2027-05-30", "next_look = 2027-07-30"))
    accept_update(examine_update(newer, DAY))
    prompts.path, prompts.yes = older, False
    dialog = dialog_of(window)
    dialog.import_button.click()
    qtbot.waitUntil(lambda: bool(prompts.asked))
    assert "2026-12-10" in prompts.asked[-1]
    assert "--older" not in " ".join(prompts.asked)
    assert not dialog.findChildren(ProposalDialog)
    prompts.yes = True
    dialog.import_button.click()
    proposal = proposal_of(dialog, qtbot)
    assert "2027-05-30 2027-06-30" in proposal.view.toPlainText()
    proposal.reject()
    dialog.accept()
