"""A message: who wrote to whom, when, what; what was attached."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout

from magdesk.gui.boundedwords import Label
from magdesk.gui.layouts import take_all
from magdesk.gui.theme import Theme
from magdesk.gui.words import _

_SHOWN = (
    ("From", _("From")), ("Sender", _("Sent by")), ("To", _("To")), ("Cc", _("Cc")), ("Bcc", _("Bcc")),
    ("Reply-To", _("Reply to")), ("Date", _("Date")),
)  # fmt: skip
_LINKS_MOST = 40
_LINK = 44  # letters


class MailHead(QFrame):
    """The head of a message.

    Attributes:
        item_requested: an attachment is to be shown: its key.
    """

    item_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("viewerHead")
        self._theme = theme
        self.subject = Label()
        self.subject.setObjectName("sectionTitle")
        self.subject.setWordWrap(True)
        self.subject.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines = QGridLayout()
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(14)
        self._lines.setVerticalSpacing(3)
        self._links = QVBoxLayout()
        self._links.setSpacing(2)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 14, 24, 12)
        box.setSpacing(8)
        box.addWidget(self.subject)
        box.addLayout(self._lines)
        box.addLayout(self._links)

    def show_mail(
        self,
        headers: Sequence[tuple[str, str]],
        attached: Sequence[tuple[uuid.UUID, str]],
        named: Sequence[str] = (),
    ) -> None:
        """Show a message's headers.

        Args:
            headers: name and value.
            attached: key and title of each attachment that is evidence of its own.
            named: names of those that are not.
        """
        take_all(self._lines)
        take_all(self._links)
        by_name: dict[str, list[str]] = {}
        for name, value in headers:
            by_name.setdefault(name, []).append(value)
        subject = " ".join(by_name.get("Subject", ()))
        self.subject.setText(subject or _("No subject"))
        row = 0
        for name, title in _SHOWN:
            for value in by_name.get(name, ()):
                label = Label(title)
                label.setObjectName("fieldLabel")
                text = Label(value if len(value) <= 400 else value[:400] + "…")
                text.setTextFormat(Qt.TextFormat.PlainText)
                text.setWordWrap(True)
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._lines.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
                self._lines.addWidget(text, row, 1)
                row += 1
        for key, title in attached[:_LINKS_MOST]:
            link = QPushButton(title if len(title) <= _LINK else title[: _LINK - 1] + "…")
            link.setProperty("kind", "quiet")
            link.setIcon(self._theme.icon("attachment", "accent"))
            link.setIconSize(QSize(15, 15))
            link.setToolTip(_("Show the attachment “{name}”").format(name=title))
            link.setAccessibleName(_("Attachment: {name}").format(name=title))
            link.clicked.connect(partial(self._on_link, key))
            self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        more = [
            *named,
            *([_("and {count} more").format(count=len(attached) - _LINKS_MOST)] * (len(attached) > _LINKS_MOST)),
        ]
        if more:
            others = Label(_("Attached, not added as evidence: {names}").format(names=", ".join(more)[:400]))
            others.setTextFormat(Qt.TextFormat.PlainText)
            others.setObjectName("help")
            others.setWordWrap(True)
            self._links.addWidget(others)

    def _on_link(self, key: uuid.UUID) -> None:
        self.item_requested.emit(key)
