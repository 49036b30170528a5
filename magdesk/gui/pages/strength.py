"""How strong it is: the five-minute test, and what would make the case stronger in the order of its effect."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QTabWidget

from magdesk.casefile import CaseFile, Changes
from magdesk.checks.finding import Place
from magdesk.errors import MagdeskError
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.rereading import Rereading
from magdesk.gui.forms.page import Page
from magdesk.gui.judging.gaplist import GapList
from magdesk.gui.judging.testpanel import TestPanel
from magdesk.gui.layouts import scrolled
from magdesk.gui.words import _
from magdesk.progress import CancelToken, Progress
from magdesk.regimes.regime import Law
from magdesk.services.judging import CaseStrength, judge_strength


def _judge(case: CaseFile, law: Law, today: date) -> CaseStrength:
    return judge_strength(case, law, today)


class StrengthPage(Page):
    """Two tabs: the test and the gaps."""

    code = "strength"

    def __init__(self, desk: Desk) -> None:
        lead = _(
            "What a reader learns in five minutes, and what would make the case stronger. For you, not for filing."
        )
        super().__init__(desk, _("How strong is it"), lead)
        self.save = QPushButton(_("Save the gap report…"))
        self.save.setIcon(desk.theme.icon("save", "muted"))
        self.save.setToolTip(_("As PDF or Word, marked INTERNAL – NOT FOR FILING; the saved file is not encrypted"))
        self.tools.addWidget(self.save)
        self.test = TestPanel(desk)
        self.gaps = GapList(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolled(self.test, 900), _("Five-minute test"))
        self.tabs.addTab(scrolled(self.gaps, 900), _("What would make it stronger"))
        self.body.addWidget(self.tabs, 1)
        self.lookout: Rereading[CaseStrength] = Rereading(
            self, desk, _("Assessing the strength of the case"), _judge, self._on_judged, self.show_failure
        )
        self.save.clicked.connect(self.save_report)
        self.lookout.ask()

    def on_changed(self, changes: Changes) -> None:
        """It may be stronger now."""
        self.lookout.ask()

    def show_place(self, place: Place) -> None:
        """The gaps, or the test."""
        self.tabs.setCurrentIndex(1 if place.field == "gaps" else 0)

    def focus_first(self) -> None:
        """The tabs."""
        self.tabs.tabBar().setFocus()

    def _on_judged(self, strength: CaseStrength) -> None:
        self.test.show_tests(strength.tests)
        self.gaps.show_report(strength.report)
        failed = sum(test.passed < len(test.replies) for filing in strength.tests for test in filing.targets)
        self.tabs.setTabText(0, _("Five-minute test") + (f"  {failed}" if failed else ""))
        self.tabs.setTabText(1, _("What would make it stronger") + f"  {len(strength.report.gaps)}")

    def save_report(self) -> None:
        """Ask where, then write it in the background."""
        self.desk.flush()
        path = self.desk.case.path
        suggestion = path.with_name(f"{path.stem}-gap-report-{self.desk.today().isoformat()}.pdf")
        chosen = self.desk.prompts.new_file(
            self, _("Save the gap report"), str(suggestion), _("PDF (*.pdf);;Word (*.docx)")
        )
        if chosen is None:
            return
        to = chosen if chosen.suffix else chosen.with_suffix(".pdf")
        case, law, today = self.desk.case, self.desk.law, self.desk.today()

        def work(_progress: Progress, _cancel: CancelToken) -> Path:
            # The libraries that make documents are read when the first one is made.
            from magdesk.services.gap_report import save_gap_report  # noqa: PLC0415

            return save_gap_report(case, to, law, today)

        self.save.setEnabled(False)
        self.desk.runner.submit(
            _("Saving the gap report"), work, done=self._on_saved, failed=self._on_failed, serial=False,
            cancellable=False, owner=self,
        )  # fmt: skip

    def _on_saved(self, path: Path) -> None:
        self.save.setEnabled(True)
        self.desk.notice_requested.emit(
            _("The gap report was saved unencrypted: {file}").format(file=path.name), False
        )

    def _on_failed(self, error: MagdeskError) -> None:
        self.save.setEnabled(True)
        self.desk.prompts.fail(self, error)
