"""The main window. It places pages and passes signals; what they mean is decided elsewhere."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from magdesk import __version__, unfinished
from magdesk.errors import LawUpdateError, MagdeskError, RegimeError, WrongPassphrase
from magdesk.gui.layouts import discard
from magdesk.gui.locking.attempts import Attempts
from magdesk.gui.locking.cover import Cover
from magdesk.gui.locking.restart import Restart, Resume, end_children, frame_text
from magdesk.gui.prompts import CASE_FILES, Prompts
from magdesk.gui.runner import Runner
from magdesk.gui.settings import Settings
from magdesk.gui.start.newcase import NewCasePage
from magdesk.gui.start.startpage import StartPage
from magdesk.gui.start.unlock import UnlockPage
from magdesk.gui.theme import LARGEST, SMALLEST, Appearance, Theme
from magdesk.gui.window.actions import PAGES, Actions
from magdesk.gui.window.ownkeys import OwnKeys
from magdesk.gui.window.shortcuts import ShortcutTable
from magdesk.gui.words import _, ngettext
from magdesk.paths import CASE_SUFFIX, resource
from magdesk.progress import CancelToken, Progress

# The case file, the law and the pages stand on libraries that take half a second to load. The first page does not
# wait for them: they are loaded while the user chooses or types.
if TYPE_CHECKING:
    from magdesk.casefile import CaseFile
    from magdesk.gui.desk.desk import Desk
    from magdesk.gui.window.caseview import CaseView
    from magdesk.regimes.regime import Law

SAMPLE_PASSPHRASE = "seven owls watch the empty harbour"  # noqa: S105 - of an invented case, told to everybody


class Window(QMainWindow):
    """Start, unlock or the open case.

    Attributes:
        closing: an open case is about to be closed.
        closed: it is closed, or the program ends.
        settings_changed: the settings of locking are others now.
        panic_requested: everything is to be closed at once.
    """

    closing = Signal()
    closed = Signal()
    settings_changed = Signal()
    panic_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        prompts: Prompts,
        today: Callable[[], date],
        restart: Restart | None = None,
    ) -> None:
        super().__init__()
        self._restart = restart
        self._page_after = ("", "")  # path of a case and code of the page to show when it is open again
        self._locking_waits = False
        self.attempts = Attempts(settings)
        self.theme, self.settings, self.prompts, self.today = theme, settings, prompts, today
        self.runner = Runner(self)
        self.desk: Desk | None = None
        self.view: CaseView | None = None
        self._law: Law | None = None
        self.setWindowTitle(_("MagDesk"))
        self.setMinimumSize(480, 560)
        self.resize(1280, 820)
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)
        self.command = Actions(theme, self._handlers(), self)
        self.command.fill(self.menuBar())
        self.command.enable(case=False, writes=False)
        OwnKeys(self, self.command.by_name.values())
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.start = StartPage(theme, settings)
        self.unlock = UnlockPage(theme)
        self.cover: Cover | None = None
        self.new: NewCasePage | None = None
        for page in (self.start, self.unlock):
            self.stack.addWidget(page)
        # Signals
        self.start.new_requested.connect(self.show_new)
        self.start.open_requested.connect(self.choose_case)
        self.start.sample_requested.connect(self.choose_sample)
        self.start.recent_requested.connect(self.show_unlock)
        self.unlock.unlock_requested.connect(self._on_unlock)
        self.unlock.backups_requested.connect(self.show_backups)
        self.unlock.cancelled.connect(self.show_start)
        theme.changed.connect(self._on_theme_changed)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        pages = {f"go.{code}": partial(self._go_to, code) for code, _title in PAGES}
        return {
            "file.new": self.show_new,
            "file.open": self.choose_case,
            "file.sample": self.choose_sample,
            "file.restore": self.show_backups,
            "file.lock": self.lock,
            "file.panic": self.panic_requested.emit,
            "file.close": self.close_case,
            "file.quit": self._on_quit,
            "edit.undo": self._undo,
            "edit.redo": self._redo,
            "edit.find": self._find,
            "go.switch": self._switch,
            **pages,
            "case.add_files": self._add_files,
            "case.export": partial(self._go_to, "export"),
            "case.backup": self._backup,
            "case.verify": self._verify,
            "case.custody": self._show_custody,
            "case.law": self.show_law,
            "case.passphrase": self._change_passphrase,
            "view.system": partial(self._set_appearance, Appearance.SYSTEM),
            "view.light": partial(self._set_appearance, Appearance.LIGHT),
            "view.dark": partial(self._set_appearance, Appearance.DARK),
            "view.contrast": partial(self._set_appearance, Appearance.CONTRAST),
            "view.larger": partial(self._zoom, 1),
            "view.smaller": partial(self._zoom, -1),
            "view.own_size": partial(self._set_points, 0),
            "view.security": self._show_security,
            "help.shortcuts": self._show_shortcuts,
            "help.about": self._show_about,
        }

    # ----------------------------------------------------------------------------- before a case is open

    def get_ready(self) -> None:
        """While the user is still choosing or typing, do what opening a case would otherwise wait for."""

        def work(_progress: Progress, _cancel: CancelToken) -> Law:
            from magdesk.gui.window import caseview  # noqa: F401, PLC0415
            from magdesk.model import Base  # noqa: PLC0415
            from magdesk.regimes import load_law  # noqa: PLC0415

            unfinished.sweep()
            Base.registry.configure()
            return load_law()

        self.runner.submit(
            _("Preparing"), work, done=self._on_ready, failed=lambda _error: None, serial=False,
            cancellable=False, owner=self,
        )  # fmt: skip

    def _on_ready(self, law: Law) -> None:
        self._law = self._law or law

    @property
    def law(self) -> Law:
        """The law's resources, read once in this window."""
        if self._law is None:
            self._law = self._read_law()
        return self._law

    def _read_law(self) -> Law:
        """The law; where that cannot be read, the law that came with the program, after saying so."""
        from magdesk.regimes import load_law  # noqa: PLC0415
        from magdesk.services.lawupdates import revert_update  # noqa: PLC0415

        try:
            return load_law()
        except LawUpdateError as error:
            question = _("Go back to the law that came with the program?")
            detail = f"{error.message} " + _("Until you do, the law that came with the program is used all the same.")
            if self.prompts.confirm(self, question, detail, _("Go back")):
                revert_update()
        except RegimeError as error:
            self.prompts.fail(self, error)
        return load_law((resource(),))

    def show_law(self) -> None:
        """How current the law is; importing an update of it."""
        from magdesk.gui.law.dialog import LawDialog  # noqa: PLC0415

        dialog = LawDialog(self.law, self.theme, self.runner, self.prompts, self.today, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.law_changed.connect(self._on_law_changed)
        dialog.open()

    def _on_law_changed(self, law: Law) -> None:
        self._law = law
        if self.desk is not None and self.view is not None:
            self.desk.take_law(law)
            self.view.build_anew()

    def show_start(self) -> None:
        """The first page."""
        self.start.refresh()
        self.stack.setCurrentWidget(self.start)
        self.start.buttons[0].setFocus()

    def show_new(self) -> None:
        """Ask what a new case needs."""
        if not self.close_case():
            return
        if self.new is not None:
            self._drop(self.new)
        self.new = NewCasePage(self.theme, self.settings, self.prompts, self.law, self.today())
        self.new.create_requested.connect(self._on_create)
        self.new.cancelled.connect(self.show_start)
        self.stack.addWidget(self.new)
        self.stack.setCurrentWidget(self.new)
        self.new.focus_first()

    def choose_case(self) -> None:
        """Ask for a case file."""
        path = self.prompts.open_file(self, _("Open a case"), CASE_FILES)
        if path is not None and self.close_case():
            self.show_unlock(path)

    def show_unlock(self, path: Path) -> None:
        """Ask for the passphrase of a case file."""
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(path)
        self.unlock.hold(self.attempts.wait)

    def show_backups(self) -> None:
        """List the backups of the open case, of the one that does not open, or of one that the user chooses."""
        if self.desk is not None:
            path: Path | None = self.desk.case.path
        elif self.stack.currentWidget() is self.unlock:
            path = self.unlock.path
        else:
            path = self.prompts.open_file(self, _("Backups of which case?"), CASE_FILES)
        if path is None or not self.close_case():
            return
        typed = self.unlock.passphrase.text if self.stack.currentWidget() is self.unlock else ""
        self.show_unlock(path)
        from magdesk.gui.start.restoring import RestoreDialog  # noqa: PLC0415

        dialog = RestoreDialog(path, typed, self.theme, self.runner, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.restored.connect(self.show_unlock)
        dialog.open()

    def choose_sample(self) -> None:
        """Make the sample case where the user says, and open it."""
        path = self.prompts.new_file(self, _("Location of the sample case"), f"generica{CASE_SUFFIX}", CASE_FILES)
        if path is None or not self.close_case():
            return
        target, today = path, self.today()

        def work(progress: Progress, cancel: CancelToken) -> CaseFile:
            # Making documents takes libraries that nothing else at the start needs.
            from magdesk.services.sample import create_sample  # noqa: PLC0415

            return create_sample(target, SAMPLE_PASSPHRASE, today=today, progress=progress, cancel=cancel)

        self.start.setEnabled(False)
        self.start.lead.setText(_("Creating the sample case…"))
        self.runner.submit(
            _("Creating the sample case"), work, done=self._on_sample, failed=self._on_sample_failed, owner=self
        )

    # ---------------------------------------------------------------------------------- opening, closing

    def _on_create(self, path: Path, passphrase: str, title: str, codes: list[str], who: str) -> None:
        law = self.law
        if who:
            self.settings.who = who

        def work(_progress: Progress, _cancel: CancelToken) -> CaseFile:
            from magdesk.services.cases import create_case  # noqa: PLC0415

            return create_case(path, passphrase, title=title, authorities=codes, law=law, who=who)

        if self.new is not None:
            self.new.set_busy(True)
        self.runner.submit(
            _("Creating the case"), work, done=self._on_created, failed=self._on_create_failed, owner=self,
            cancellable=False,
        )  # fmt: skip

    def _on_created(self, case: CaseFile) -> None:
        self.open_case(case)
        if self.view is not None:
            self.view.show_question("1.1", None)

    def _on_create_failed(self, error: MagdeskError) -> None:
        if self.new is not None:
            self.new.set_busy(False)
            self.new.complain(str(error))

    def _on_unlock(self, passphrase: str, read_only: bool) -> None:
        path, who = self.unlock.path, self.settings.who
        assert path is not None

        def work(_progress: Progress, _cancel: CancelToken) -> CaseFile:
            from magdesk.services.cases import open_case  # noqa: PLC0415

            return open_case(path, passphrase, who=who, read_only=read_only)

        self.runner.submit(
            _("Unlocking"), work, done=self._on_unlocked, failed=self._on_unlock_failed, owner=self, cancellable=False
        )

    def _on_unlocked(self, case: CaseFile) -> None:
        self.attempts.note_right()
        self.open_case(case)

    def _on_unlock_failed(self, error: MagdeskError) -> None:
        self.unlock.show_failure(error)
        if isinstance(error, WrongPassphrase):
            self.attempts.note_wrong()
            self.unlock.hold(self.attempts.wait)

    def _on_sample(self, case: CaseFile) -> None:
        self._ready_start()
        self.open_case(case)
        if self.desk is not None:
            text = _("This is the sample. Its passphrase is “{word}”.").format(word=SAMPLE_PASSPHRASE)
            self.desk.notice_requested.emit(text, False)

    def _on_sample_failed(self, error: MagdeskError) -> None:
        self._ready_start()
        self.prompts.fail(self, error)

    def _ready_start(self) -> None:
        self._drop(self.start)
        self.start = StartPage(self.theme, self.settings)
        self.start.new_requested.connect(self.show_new)
        self.start.open_requested.connect(self.choose_case)
        self.start.sample_requested.connect(self.choose_sample)
        self.start.recent_requested.connect(self.show_unlock)
        self.stack.addWidget(self.start)

    def open_case(self, case: CaseFile) -> None:
        """Show an open case file; it may have been opened by another thread."""
        case.adopt()
        self.unlock.passphrase.clear()
        self.unlock.set_busy(False)
        if self.new is not None:
            self._drop(self.new)
            self.new = None
        self.settings.note_opened(case.path)
        from magdesk.gui.desk.desk import Desk  # noqa: PLC0415
        from magdesk.gui.window.caseview import CaseView  # noqa: PLC0415

        self.desk = Desk(case, self.law, self.runner, self.prompts, self.theme, self.today)
        self.command.enable(case=True, writes=not case.read_only)
        self.view = CaseView(self.desk, self.command)
        self.stack.addWidget(self.view)
        self.stack.setCurrentWidget(self.view)
        path, code = self._page_after
        self._page_after = ("", "")
        if path == str(case.path) and (code in dict(PAGES) or code == "guide"):
            self.view.show_page(code)
        self.view.page.focus_first()

    def lock(self) -> None:
        """Close the case, begin anew with an empty memory and ask for its passphrase."""
        if self.desk is None or self.view is None:
            return
        path, page = self.desk.case.path, self.view.page.code
        if self.close_case(locking=page):
            self.show_unlock(path)
            if self._restart is not None:
                self.unlock.set_busy(True)
                self.unlock.lead.setText(_("Closing the case…"))

    def lock_unasked(self, *, stop_jobs: bool = False) -> None:
        """Lock as soon as that can be done without loss; until then, put the case out of sight.

        Args:
            stop_jobs: work that is running is stopped; otherwise it may end first.
        """
        if self.desk is None or self.view is None:
            return
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog):
                widget.reject()
            elif widget is not self:
                widget.hide()
        self._show_cover().wait_for_jobs()
        self._locking_waits = True
        if stop_jobs:
            self.runner.cancel_all()
        # Dialogs that were just refused come to their end first.
        QTimer.singleShot(0, self._lock_when_idle)

    def _show_cover(self) -> Cover:
        if self.cover is None:
            self.cover = Cover(self.theme)
            self.cover.uncover_requested.connect(self._on_uncover)
            self.cover.discard_requested.connect(self._on_discard)
            self.stack.addWidget(self.cover)
            self.runner.idle.connect(self._lock_when_idle)
        self.command.cover()
        self.stack.setCurrentWidget(self.cover)
        return self.cover

    def _lock_when_idle(self) -> None:
        desk, cover = self.desk, self.cover
        if not self._locking_waits or self.runner.jobs or desk is None or cover is None or not desk.here:
            return
        self._locking_waits = False
        if desk.flush():
            self._drop_cover()
            self.lock()
        else:
            cover.wait_for_fields(len(desk.unsaved))

    def _drop_cover(self) -> None:
        if self.cover is not None:
            self.runner.idle.disconnect(self._lock_when_idle)
            self._drop(self.cover)
            self.cover = None

    def _on_discard(self) -> None:
        if self.desk is not None:
            self.desk.forget_unsaved()
            self._drop_cover()
            self.lock()

    def _on_uncover(self, passphrase: str) -> None:
        cover, desk = self.cover, self.desk
        if cover is None or desk is None:
            return
        if self.attempts.wait:
            cover.complain(_waiting(self.attempts.wait))
            return
        path = desk.case.path

        def work(_progress: Progress, _cancel: CancelToken) -> None:
            from magdesk.casefile import CaseFile  # noqa: PLC0415

            CaseFile.open(path, passphrase, read_only=True, backups=False).close()

        cover.set_busy(True)
        self._locking_waits = False  # decided anew when the passphrase turns out to be wrong
        self.runner.submit(
            _("Unlocking"), work, done=self._on_uncovered, failed=self._on_uncover_failed, serial=False,
            cancellable=False, owner=self,
        )  # fmt: skip

    def _on_uncovered(self, _nothing: None) -> None:
        self.attempts.note_right()
        self._drop_cover()
        if self.view is not None and self.desk is not None:
            self.command.enable(case=True, writes=not self.desk.read_only)
            self.stack.setCurrentWidget(self.view)
            self.view.page.focus_first()

    def _on_uncover_failed(self, error: MagdeskError) -> None:
        if isinstance(error, WrongPassphrase):
            self.attempts.note_wrong()
        if self.cover is None or self.desk is None:
            return
        self.cover.set_busy(False)
        self.cover.passphrase.clear()
        self.cover.complain(str(error))
        # With fields that cannot be saved, waiting for the end of jobs again changes nothing.
        self._locking_waits = not self.desk.unsaved
        QTimer.singleShot(0, self._lock_when_idle)

    def resume(self, told: Resume) -> None:
        """Stand where the process before this one stood, and ask for the passphrase of its case.

        Raises:
            ValueError: what it told has no place for a window.
        """
        if told.geometry:
            self.restoreGeometry(told.frame)
        self._page_after = (told.case, told.page)
        self.show_unlock(Path(told.case))
        if told.troubled:
            self.unlock.complain(
                _("The case is locked and complete, but no backup could be made. Open it and choose “Back up to”.")
            )
        if told.passphrase:
            self.unlock.unlock_requested.emit(told.passphrase, False)

    def _begin_anew(self, path: Path, page: str, *, troubled: bool) -> None:
        assert self._restart is not None
        geometry: QByteArray = self.saveGeometry()
        self.runner.shutdown()
        self.closed.emit()
        end_children()
        try:
            self._restart(Resume(str(path), frame_text(geometry), page, troubled))
        except OSError:
            self.show_unlock(path)
            self.unlock.complain(
                _(
                    "The case is closed, but the program could not restart: parts of the case may still be in the "
                    "memory of this computer. Quit the program now."
                )
            )

    def close_case(self, *, locking: str = "") -> bool:
        """Close the open case, if there is one; false when the user would rather go on.

        Args:
            locking: the case is to be locked, with this page shown: the process begins anew afterwards.
        """
        desk, view = self.desk, self.view
        if desk is None or view is None:
            return True
        if not desk.flush() and not self._may_discard(desk):
            return False
        running = [job for job in self.runner.jobs if job.cancellable]
        if running and not self.prompts.confirm(
            self, _("Stop the work in progress?"), ", ".join(job.title for job in running), _("Stop and close")
        ):
            return False
        self.runner.shutdown()
        self.closing.emit()
        view.dispose()
        case = desk.leave()
        path = case.path
        self.desk = self.view = None
        self._drop(view)
        desk.deleteLater()
        self.command.enable(case=False, writes=False)
        self.show_start()

        def on_closed(_nothing: None) -> None:
            self.closed.emit()
            if locking and self._restart is not None:
                self._begin_anew(path, locking, troubled=False)

        def on_failed(error: MagdeskError) -> None:
            if locking and self._restart is not None:
                self._begin_anew(path, locking, troubled=True)
            else:
                self.prompts.fail(self, error)

        # Closing can make a backup, which takes its time; the lane keeps a new opening behind it.
        self.runner.submit(
            _("Closing the case"), lambda _progress, _cancel: _close(case), done=on_closed, failed=on_failed,
            cancellable=False, owner=self,
        )  # fmt: skip
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the case first."""
        if not self.close_case():
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.runner.shutdown()
        self.closed.emit()
        event.accept()

    def _may_discard(self, desk: Desk) -> bool:
        count = len(desk.unsaved)
        question = ngettext("{count} field could not be saved.", "{count} fields could not be saved.", count)
        names = ", ".join(field.title for field in desk.unsaved)
        return self.prompts.confirm(self, question.format(count=count), names, _("Discard and close"), grave=True)

    def _drop(self, page: QWidget) -> None:
        self.stack.removeWidget(page)
        discard(page)

    # -------------------------------------------------------------------------------------------- actions

    def _go_to(self, code: str) -> None:
        if self.view is not None:
            self.view.show_page(code).focus_first()

    def _switch(self) -> None:
        if self.view is not None:
            self.view.switch()

    def _undo(self) -> None:
        if self.desk is not None:
            self.desk.undo()

    def _redo(self) -> None:
        if self.desk is not None:
            self.desk.redo()

    def _find(self) -> None:
        if self.view is not None:
            self.view.open_search()

    def _backup(self) -> None:
        if self.view is not None:
            self.view.jobs.backup()

    def _verify(self) -> None:
        if self.view is not None:
            self.view.jobs.verify()

    def _show_custody(self) -> None:
        if self.view is not None:
            self.view.show_custody()

    def _add_files(self) -> None:
        if self.view is not None:
            paths = self.prompts.open_files(self, _("Add files as evidence"))
            if paths:
                self.view.show_page("evidence")
                self.view.jobs.take(paths)

    def _change_passphrase(self) -> None:
        if self.desk is not None:
            from magdesk.gui.start.rekey import RekeyDialog  # noqa: PLC0415

            dialog = RekeyDialog(self.desk, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _set_appearance(self, appearance: Appearance) -> None:
        self.settings.appearance = appearance
        self.theme.set_appearance(appearance)

    def _zoom(self, step: int) -> None:
        self._set_points(max(SMALLEST, min(round(self.theme.points) + step, LARGEST)))

    def _set_points(self, points: float) -> None:
        self.settings.points = points
        self.theme.set_points(points)

    def _on_theme_changed(self) -> None:
        showing = self.stack.currentWidget() is self.start
        self._ready_start()
        if showing:
            self.stack.setCurrentWidget(self.start)

    def _on_quit(self) -> None:
        self.close()

    def _show_shortcuts(self) -> None:
        ShortcutTable(self).open()

    def _show_security(self) -> None:
        from magdesk.gui.locking.dialog import SecurityDialog  # noqa: PLC0415

        dialog = SecurityDialog(self.settings, self)
        dialog.changed.connect(self.settings_changed)
        dialog.open()

    def _show_about(self) -> None:
        text = _("MagDesk {version}\n\nFree software under the GNU General Public License, version 3 or later.")
        self.prompts.tell(self, _("About MagDesk"), text.format(version=__version__))


def _close(case: CaseFile) -> None:
    case.adopt()
    case.close()


def _waiting(seconds: float) -> str:
    whole = math.ceil(seconds)
    text = ngettext("Wait {count} second before trying again.", "Wait {count} seconds before trying again.", whole)
    return text.format(count=whole)
