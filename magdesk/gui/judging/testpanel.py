"""The five-minute test in the window: for each submission and target, seven questions and the answers of the case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from magdesk.checks.five_minutes import FilingTest, Reply, TargetTest
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.layouts import take_all
from magdesk.gui.words import _


class TestPanel(QWidget):
    """All tests."""

    __test__ = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.replies: list[ReplyLine] = []
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 8, 0, 0)
        self.box.setSpacing(10)

    def show_tests(self, tests: Sequence[FilingTest]) -> None:
        """Follow what was judged."""
        take_all(self.box)
        self.replies = []
        lead = Label(
            _("What an official asks first. If the reader has to search the file for an answer, the file fails.")
            if tests
            else _("No authority has been chosen yet: choose one on the case page.")
        )
        lead.setObjectName("muted")
        lead.setWordWrap(True)
        self.box.addWidget(lead)
        for filing in tests:
            heading = Label(f"{filing.jurisdiction}: {', '.join(filing.authorities)}")
            heading.setObjectName("sectionTitle")
            heading.setWordWrap(True)
            heading.setContentsMargins(0, 6, 0, 0)
            self.box.addWidget(heading)
            if not filing.targets:
                none = Label(_("No ground is pleaded against a target in this submission."))
                none.setObjectName("muted")
                none.setWordWrap(True)
                self.box.addWidget(none)
            for test in filing.targets:
                self.box.addWidget(self._target(test))
        self.box.addStretch(1)

    def _target(self, test: TargetTest) -> QWidget:
        frame = QFrame()
        frame.setObjectName("card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(14, 11, 14, 11)
        box.setSpacing(4)
        whole = test.passed == len(test.replies)
        name = Label(test.name)
        name.setObjectName("cardTitle")
        name.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(name, 1)
        text = (
            _("All seven answered")
            if whole
            else _("{passed} of {count} answered").format(passed=test.passed, count=len(test.replies))
        )
        mark = QFrame()
        mark.setObjectName("noticeGood" if whole else "noticeBad")
        line = QHBoxLayout(mark)
        line.setContentsMargins(8, 3, 9, 3)
        line.setSpacing(6)
        picture = Label()
        picture.setPixmap(
            self.desk.theme.icon("check" if whole else "block", "ok" if whole else "danger").pixmap(14, 14)
        )
        line.addWidget(picture)
        line.addWidget(Label(text))
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        for reply in test.replies:
            row = ReplyLine(self.desk, reply)
            self.replies.append(row)
            box.addWidget(row)
        return frame


class ReplyLine(QFrame):
    """One question: answered or not, the answer, what is missing, and the way to the rows."""

    def __init__(self, desk: Desk, reply: Reply) -> None:
        super().__init__()
        self.reply = reply
        picture = Label()
        icon, tone = ("check", "ok") if reply.given else ("block", "danger")
        picture.setPixmap(desk.theme.icon(icon, tone).pixmap(16, 16))
        picture.setContentsMargins(0, 2, 0, 0)
        question = Label(f"{reply.number}.  {reply.question}")
        question.setWordWrap(True)
        question.setObjectName("cardTitle")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(question)
        for text in reply.lines:
            answer = Label(text)
            answer.setWordWrap(True)
            answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(answer)
        state = _("Answered") if reply.given else _("Not answered")
        if reply.missing:
            missing = Label(_("Not answered. Missing: {what}.").format(what="; ".join(reply.missing)))
            missing.setObjectName("fieldError")
            missing.setWordWrap(True)
            words.addWidget(missing)
        self.setAccessibleName(f"{reply.question} {state}. {' '.join(reply.missing)}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 6, 0, 4)
        line.setSpacing(10)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        if reply.places:
            place = reply.places[0]
            self.go = QPushButton(_("Go there") if reply.given else _("Answer it"))
            self.go.setProperty("kind", "quiet")
            self.go.setToolTip(place.label)
            self.go.setAccessibleName(f"{self.go.text()}: {reply.question} {place.label}")
            self.go.clicked.connect(partial(desk.go, place))
            line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
