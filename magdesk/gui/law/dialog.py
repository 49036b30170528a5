"""The law and its dates: how current each regime is, and importing an update."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.law.proposal import ProposalDialog
from magdesk.gui.law.signers import SignersDialog, TrustDialog
from magdesk.gui.prompts import Prompts
from magdesk.gui.runner import Runner
from magdesk.gui.theme import Theme
from magdesk.gui.words import _, ngettext
from magdesk.progress import CancelToken, Progress
from magdesk.regimes import load_law
from magdesk.regimes.kept import UnknownSigner
from magdesk.regimes.regime import Law
from magdesk.services.lawupdates import (
    LookState,
    OlderUpdate,
    Origin,
    ProposedUpdate,
    RegimeDates,
    accept_update,
    examine_update,
    regime_dates,
    revert_update,
)

UPDATE_FILES = _("Law updates (*.magdesk-law *);;All files (*)")
_AIR = 8  # pixels round the words of a row
_STATES = {LookState.FINE: _("fine"), LookState.DUE: _("due soon"), LookState.OVERDUE: _("overdue")}
_COLOURS = {LookState.FINE: "ok", LookState.DUE: "warn", LookState.OVERDUE: "danger"}
_ORIGINS = {Origin.PROGRAM: _("the program"), Origin.UPDATE: _("the update"), Origin.OWN: _("your own file")}


class LawDialog(QDialog):
    """Each regime with its dates; below, where to look.

    Attributes:
        law_changed: another law counts now: the law.
    """

    law_changed = Signal(object)

    def __init__(
        self,
        law: Law,
        theme: Theme,
        runner: Runner,
        prompts: Prompts,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Law and its dates"))
        self.resize(940, 600)
        self._theme, self._runner, self._prompts, self._today = theme, runner, prompts, today
        self._law = law
        self._rows: tuple[RegimeDates, ...] = ()
        title = Label(_("Law and its dates"))
        title.setObjectName("pageTitle")
        self.state = Label()
        self.state.setWordWrap(True)
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        self.notice_words = Label()
        self.notice_words.setWordWrap(True)
        inner = QVBoxLayout(self.notice)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self.notice_words)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Regimes"))
        self.list.setHeaderLabels(
            [_("Regime"), _("As of"), _("In force until"), _("Next comparison"), _("State"), _("From")]
        )
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.detail = Label()
        self.detail.setObjectName("muted")
        self.detail.setWordWrap(True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setMinimumHeight(self.detail.fontMetrics().lineSpacing() * 3)
        self.detail.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(10)
        for widget in (title, self.state, self.notice, self.list, self.detail):
            box.addWidget(widget, 1 if widget is self.list else 0)
        box.addLayout(self._make_buttons())
        # Signals
        self.list.currentItemChanged.connect(self._on_current)
        self.show_law(law)

    def _make_buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.import_button = QPushButton(_("Import an update…"))
        self.import_button.setProperty("kind", "primary")
        self.revert_button = QPushButton(_("Remove the update…"))
        self.signers_button = QPushButton(_("Trusted keys…"))
        self.close_button = QPushButton(_("Close"))
        for button, work in (
            (self.import_button, self.choose),
            (self.revert_button, self.revert),
            (self.signers_button, self.show_signers),
            (self.close_button, self.accept),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(work)
            if button is self.close_button:
                line.addStretch(1)
            line.addWidget(button)
        return line

    # ------------------------------------------------------------------------------------------- showing

    def show_law(self, law: Law) -> None:
        """Show the dates of a law."""
        self._law, state = law, law.state
        current = self.list.currentItem()
        chosen = self.list.indexOfTopLevelItem(current) if current is not None else 0
        day = state.edition.as_of.isoformat()
        if state.issuer:
            words = _("The law is of {day}, from an update by {issuer}.").format(day=day, issuer=state.issuer)
        else:
            words = _("The law is of {day}, as it came with the program.").format(day=day)
        self.state.setText(words)
        self._rows = regime_dates(law, self._today())
        self.list.clear()
        for row in self._rows:
            self._add(row)
        item = self.list.topLevelItem(chosen)
        if item is not None:
            self.list.setCurrentItem(item)
        notices = self._notices()
        self.notice_words.setText("\n".join(notices))
        self.notice.setVisible(bool(notices))
        self.revert_button.setEnabled(bool(state.issuer) or state.outdated)

    def _notices(self) -> list[str]:
        state, found = self._law.state, []
        late = sum(row.state is LookState.OVERDUE for row in self._rows)
        if late:
            text = ngettext(
                "{count} regime should have been compared with the official text by now: ask for an update.",
                "{count} regimes should have been compared with the official text by now: ask for an update.",
                late,
            )
            found.append(text.format(count=late))
        if state.outdated:
            found.append(_("A stored update is not in use: the program came with newer law."))
        if state.own:
            names = ", ".join(state.own)
            found.append(_("Your own files take precedence over all others: {names}.").format(names=names))
        return found

    def _add(self, row: RegimeDates) -> None:
        until = row.in_force_until.isoformat() if row.in_force_until else ""
        cells = [
            row.title,
            row.as_of.isoformat(),
            _("ended {day}").format(day=until) if row.ended else until,
            row.next_look.isoformat(),
            _STATES[row.state],
            _ORIGINS[row.origin],
        ]
        item = QTreeWidgetItem(self.list, cells)
        item.setToolTip(0, row.title)
        item.setSizeHint(0, QSize(0, self.list.fontMetrics().height() + _AIR))
        item.setForeground(4, self._theme.palette.colour(_COLOURS[row.state]))
        if row.ended:
            item.setForeground(2, self._theme.palette.colour("danger"))

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        number = self.list.indexOfTopLevelItem(item) if item is not None else -1
        row = self._rows[number] if 0 <= number < len(self._rows) else None
        words = _("{title}, {country}. Compare with: {place}")
        self.detail.setText(
            words.format(title=row.title, country=row.jurisdiction, place=row.look_at) if row is not None else ""
        )

    # ----------------------------------------------------------------------------------------- importing

    def choose(self) -> None:
        """Ask for an update and say what it would change."""
        path = self._prompts.open_file(self, _("Import a law update"), UPDATE_FILES)
        if path is not None:
            self.examine(path)

    def examine(self, path: Path, *, older: bool = False) -> None:
        """Say what an update would change; nothing counts yet.

        Args:
            older: look at it although newer law counts here.
        """
        today = self._today()

        def work(_progress: Progress, _cancel: CancelToken) -> ProposedUpdate:
            return examine_update(path, today, older=older)

        self._begin()
        self._runner.submit(
            _("Reading the law update"), work, done=self._on_examined, failed=partial(self._on_refused, path),
            serial=False, cancellable=False, owner=self,
        )  # fmt: skip

    def _on_examined(self, proposed: ProposedUpdate) -> None:
        self._end()
        dialog = ProposalDialog(proposed, self._theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(self._on_agreed)
        dialog.open()

    def _on_refused(self, path: Path, error: MagdeskError) -> None:
        self._end()
        if isinstance(error, OlderUpdate):
            # As on the command line: refused, unless somebody wants it knowingly.
            words = _("Somebody may want you to plead law that is no more. Look only if you know why it is older.")
            if self._prompts.confirm(self, error.message, words, _("Look at it all the same"), grave=True):
                self.examine(path, older=True)
            return
        if not isinstance(error, UnknownSigner):
            self._prompts.fail(self, error)
            return
        lead = _("“{name}” is signed with a key that is not trusted here. Nothing in it was read.").format(
            name=path.name
        )
        dialog = TrustDialog(error.key, "", lead, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.trusted.connect(partial(self.examine, path))
        dialog.open()

    def _on_agreed(self, proposed: ProposedUpdate) -> None:
        def work(_progress: Progress, _cancel: CancelToken) -> Law:
            return accept_update(proposed)

        self._change(_("Importing the law update"), work)

    def revert(self) -> None:
        """Go back to what came with the program, after asking."""
        if not self._prompts.confirm(
            self,
            _("Remove the update?"),
            _("The law that came with the program will be used again. The update can be imported again later."),
            _("Remove it"),
        ):
            return

        def work(_progress: Progress, _cancel: CancelToken) -> Law:
            revert_update()
            return load_law()

        self._change(_("Removing the law update"), work)

    def _change(self, title: str, work: Callable[[Progress, CancelToken], Law]) -> None:
        self._begin()
        self._runner.submit(
            title, work, done=self._on_changed, failed=self._on_failed, serial=False, cancellable=False, owner=self
        )

    def _on_changed(self, law: Law) -> None:
        self._end()
        self.show_law(law)
        self.law_changed.emit(law)

    def _on_failed(self, error: MagdeskError) -> None:
        self._end()
        self._prompts.fail(self, error)

    def _begin(self) -> None:
        for button in (self.import_button, self.revert_button, self.signers_button):
            button.setEnabled(False)

    def _end(self) -> None:
        for button in (self.import_button, self.signers_button):
            button.setEnabled(True)
        self.revert_button.setEnabled(bool(self._law.state.issuer) or self._law.state.outdated)

    def show_signers(self) -> None:
        """Show whose updates count."""
        dialog = SignersDialog(self._prompts, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
