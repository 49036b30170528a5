"""The line at the foot of an open case: whether everything is saved, and what is running."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QWidget

from magdesk.gui.boundedwords import Label, elided
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import OneLine
from magdesk.gui.layouts import discard
from magdesk.gui.runner import Job
from magdesk.gui.window.jobs import GLANCE, SETTLE
from magdesk.gui.words import _, ngettext

_QUIET_TITLES = frozenset({_("Checking"), _("Searching"), _("Drawing pages"), GLANCE, SETTLE})


class JobLine(QWidget):
    """One running job: what it does, how far, stop."""

    def __init__(self, desk: Desk, job: Job) -> None:
        super().__init__()
        self.title = OneLine()
        self.title.setText(job.title)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(job.title)
        self.stop = QToolButton()
        self.stop.setIcon(desk.theme.icon("cancel", "muted"))
        self.stop.setIconSize(QSize(14, 14))
        self.stop.setToolTip(_("Stop: {title}").format(title=job.title))
        self.stop.setAccessibleName(self.stop.toolTip())
        if not job.cancellable:
            self.stop.hide()
        self.stop.clicked.connect(job.cancel)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.title)
        line.addWidget(self.bar)
        line.addWidget(self.stop)
        self._name = job.title
        job.progressed.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)

    def _on_progress(self, done: int, total: int, text: str) -> None:
        # A bar counts in 32 bits, bytes do not.
        scale = max(1, total // 1_000_000)
        self.bar.setRange(0, total // scale)
        self.bar.setValue(done // scale)
        count = f" {done}/{total}" if 0 < total < 100_000 else ""
        words = f"{self._name}{count}: {text}" if text else f"{self._name}{count}"
        self.title.setText(elided(self.title.fontMetrics(), words, 320, Qt.TextElideMode.ElideMiddle))


class StatusLine(QFrame):
    """Saved or not, and the jobs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self._desk = desk
        self._lines: dict[Job, JobLine] = {}
        self.saved = Label()
        self.saved.setAccessibleName(_("State of saving"))
        self._jobs = QHBoxLayout()
        self._jobs.setSpacing(16)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(self.saved)
        line.addStretch(1)
        line.addLayout(self._jobs)
        self.setFixedHeight(32)
        desk.unsaved_changed.connect(self.refresh)
        desk.changed.connect(self.refresh)
        desk.runner.started.connect(self._on_started)
        desk.runner.ended.connect(self._on_ended)
        self.refresh()

    def refresh(self) -> None:
        """Say whether everything is saved."""
        count = len(self._desk.unsaved)
        if self._desk.case.taken:
            self.saved.setText(_("Nothing is being saved"))
        elif self._desk.read_only:
            self.saved.setText(_("Open as read-only"))
        elif count:
            text = ngettext("{count} field not yet saved", "{count} fields not yet saved", count)
            self.saved.setText(text.format(count=count))
        else:
            self.saved.setText(_("All changes saved"))

    def _on_started(self, job: Job) -> None:
        if job.title not in _QUIET_TITLES:
            line = JobLine(self._desk, job)
            self._lines[job] = line
            self._jobs.addWidget(line)

    def _on_ended(self, job: Job) -> None:
        line = self._lines.pop(job, None)
        if line is not None:
            self._jobs.removeWidget(line)
            discard(line)
