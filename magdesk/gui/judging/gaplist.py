"""The gap report in the window: what would make the case stronger, by effect, each with the way to its place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from magdesk.checks.gaps import EFFECTS, Gap, GapCost, GapReport
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.layouts import take_all
from magdesk.gui.words import _

TONES: dict[GapCost, tuple[str, str]] = {
    GapCost.STOPS: ("block", "danger"),
    GapCost.UNPROVED: ("block", "danger"),
    GapCost.ONE_SOURCE: ("warn", "warn"),
    GapCost.CONTRADICTED: ("warn", "warn"),
    GapCost.NOT_OPEN: ("warn", "warn"),
}
_CALM = ("info", "muted")
_STEP = 60  # gaps shown at once


class GapList(QWidget):
    """All gaps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.report: GapReport | None = None
        self.lines: list[GapLine] = []
        self._shown = _STEP
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 8, 0, 0)
        self.box.setSpacing(4)

    def show_report(self, report: GapReport) -> None:
        """Follow what was judged."""
        self.report = report
        self.refresh()

    def refresh(self) -> None:
        """Build what is shown."""
        report = self.report
        if report is None:
            return
        take_all(self.box)
        self.lines = []
        lead = Label(
            _("Start at the top: the most serious gaps come first.") if report.gaps else _("No gaps were found.")
        )
        lead.setObjectName("muted")
        lead.setWordWrap(True)
        self.box.addWidget(lead)
        effect: GapCost | None = None
        told: set[str] = set()  # why one check matters is said once
        for gap in report.gaps[: self._shown]:
            if gap.effect is not effect:
                effect = gap.effect
                title, meaning = EFFECTS[effect]
                heading = Label(f"{title}  {report.count(effect)}")
                heading.setObjectName("sectionTitle")
                heading.setContentsMargins(0, 10, 0, 0)
                words = Label(meaning)
                words.setObjectName("help")
                words.setWordWrap(True)
                self.box.addWidget(heading)
                self.box.addWidget(words)
            line = GapLine(self.desk, gap, why=gap.code not in told)
            told.add(gap.code)
            self.lines.append(line)
            self.box.addWidget(line)
        if len(report.gaps) > self._shown:
            more = QPushButton(_("Show more"))
            more.clicked.connect(self._on_more)
            self.box.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if report.set_aside:
            heading = Label(_("Set aside  {count}").format(count=len(report.set_aside)))
            heading.setObjectName("sectionTitle")
            heading.setContentsMargins(0, 10, 0, 0)
            self.box.addWidget(heading)
            for finding in report.set_aside:
                reason = finding.waived.reason if finding.waived is not None else ""
                text = Label(f"{finding.sentence}\n{_('Reason: {reason}').format(reason=reason)}")
                text.setObjectName("help")
                text.setWordWrap(True)
                self.box.addWidget(text)
        self.box.addStretch(1)

    def _on_more(self) -> None:
        self._shown += _STEP
        self.refresh()


class GapLine(QPushButton):
    """One gap; a click goes to its place."""

    def __init__(self, desk: Desk, gap: Gap, *, why: bool = True) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.gap = gap
        icon, tone = TONES.get(gap.effect, _CALM)
        picture = Label()
        picture.setPixmap(desk.theme.icon(icon, tone).pixmap(16, 16))
        picture.setContentsMargins(0, 2, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(1)
        for text, name in (
            (gap.sentence, ""),
            (gap.remedy, "muted"),
            ("\n".join(f"•  {detail}" for detail in gap.details), "help"),
            (gap.why if why else "", "help"),
        ):
            if text:
                label = Label(text)
                label.setWordWrap(True)
                label.setObjectName(name)
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                words.addWidget(label)
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(6, 7, 6, 7)
        line.setSpacing(10)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.setAccessibleName(f"{EFFECTS[gap.effect][0]}: {gap.sentence} {gap.remedy}")
        self.setToolTip("\n".join(part for part in (gap.place.label, gap.why) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(partial(desk.go, gap.place))

    def hasHeightForWidth(self) -> bool:
        """The sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the wrapped sentences."""
        return self._line.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """The layout's."""
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The layout's."""
        return self._line.minimumSize()
