"""Long work on the open case that the menus and drops start: import, backup, verification, new passphrase."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from magdesk.casefile import CaseFile, Changes, restore_hint
from magdesk.errors import CaseFileTaken, MagdeskError
from magdesk.gui.desk.desk import Desk
from magdesk.gui.prompts import CASE_FILES
from magdesk.gui.runner import Job
from magdesk.gui.window.banner import Banner
from magdesk.gui.words import _, ngettext
from magdesk.model import Evidence
from magdesk.progress import CancelToken, Progress
from magdesk.services.custody import Fixity, check_fixity, record_fixity
from magdesk.services.evidence.adding import AddReport, add_bytes, add_paths
from magdesk.services.evidence.recognition import Recognised, recognise
from magdesk.services.evidence.rereading import complete_index, read_as, unlock
from magdesk.services.evidence.undone import follow_recognition

GLANCE = _("Checking the case file")
RENEW = _("Updating the search index")
SETTLE = _("Finishing writing the case file")
_NAMED = 20  # refused files named in the report
_LONGEST_NAME = 60  # letters of one of them
_LEFT_TO_RIGHT = "\u200e"  # the weak mark: it survives the cleaning of texts from outside


class CaseJobs(QObject):
    """Starts the jobs of one open case and reports their outcome.

    Attributes:
        banner: says what the look after opening found; nobody asked for that look, so nobody is stopped by it.
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.banner = Banner(desk.theme)
        self.banner.show_requested.connect(self._on_asked)
        self._title, self._wrong = _("Something is wrong with the case file"), ""
        desk.changed.connect(self._follow)

    def take(self, paths: Sequence[Path]) -> Job | None:
        """Take files and folders as evidence."""
        if self._desk.read_only:
            self._desk.notice_requested.emit(_("The case is open as read-only."), False)
            return None
        case = self._desk.case

        def work(progress: Progress, cancel: CancelToken) -> AddReport:
            with case.writer_lane():
                return add_paths(case, paths, progress=progress, cancel=cancel)

        return self._desk.runner.submit(
            _("Adding evidence"),
            work,
            done=self._on_taken,
            failed=self._fail,
            cancelled=self._on_stopped,
            owner=self,
        )

    def take_bytes(self, name: str, data: bytes) -> Job | None:
        """Take what has no file, such as a picture from the clipboard."""
        if self._desk.read_only:
            return None
        case = self._desk.case

        def work(_progress: Progress, cancel: CancelToken) -> AddReport:
            with case.writer_lane():
                return add_bytes(case, name, data, cancel=cancel)

        return self._desk.runner.submit(
            _("Adding evidence"), work, done=self._on_taken, failed=self._fail, cancelled=self._on_stopped, owner=self
        )

    def unlock(self, key: uuid.UUID, password: str) -> Job | None:
        """Open a locked item with its password and read it."""
        if self._desk.read_only:
            return None
        case = self._desk.case

        def work(_progress: Progress, cancel: CancelToken) -> str:
            with case.writer_lane():
                row = unlock(case, key, password, cancel=cancel)
                return row.title or row.file_name

        return self._desk.runner.submit(
            _("Opening the locked file"), work, done=self._on_unlocked, failed=self._fail,
            cancelled=self._on_stopped, owner=self,
        )  # fmt: skip

    def read_as(self, key: uuid.UUID, encoding: str) -> Job | None:
        """Read a text in the encoding that a person chose; with an empty one it is guessed again."""
        if self._desk.read_only:
            return None
        case = self._desk.case

        def work(_progress: Progress, cancel: CancelToken) -> str:
            with case.writer_lane():
                row = read_as(case, key, encoding, cancel=cancel)
                return row.title or row.file_name

        return self._desk.runner.submit(
            _("Reading the text again"), work, done=self._on_read_again, failed=self._fail,
            cancelled=self._on_stopped, owner=self,
        )  # fmt: skip

    def recognise(self, keys: Sequence[uuid.UUID], languages: tuple[str, ...]) -> Job | None:
        """Have a program read the text of scans."""
        if self._desk.read_only:
            return None
        case = self._desk.case

        def work(progress: Progress, cancel: CancelToken) -> list[Recognised]:
            with case.writer_lane():
                return recognise(case, keys, languages, progress=progress, cancel=cancel)

        return self._desk.runner.submit(
            _("Reading the text of scans"), work, done=self._on_recognised, failed=self._fail,
            cancelled=self._on_recognition_stopped, owner=self,
        )  # fmt: skip

    def glance(self) -> Job:
        """After opening: check what can be checked in a moment."""
        case = self._desk.case

        def work(_progress: Progress, _cancel: CancelToken) -> list[str]:
            return case.glance()

        return self._desk.runner.submit(
            GLANCE, work, done=self._on_glanced, failed=self._fail, serial=False, cancellable=False, owner=self
        )

    def renew(self) -> Job | None:
        """After opening: fold anew what an older program indexed, while the window is used."""
        if self._desk.read_only:
            return None
        case = self._desk.case

        def work(_progress: Progress, cancel: CancelToken) -> bool:
            return case.index.renew(cancel=cancel)

        # Not in the lane of what writes: it writes a little at a time, and an import need not wait for it. Whoever
        # closes the case is not asked either: the next opening goes on.
        return self._desk.runner.submit(
            RENEW, work, done=_nothing, failed=self._fail, serial=False, cancellable=False, owner=self
        )

    def settle(self) -> Job:
        """Move what the log holds into the file, so that whoever copies the open file has it."""
        case = self._desk.case

        def work(_progress: Progress, _cancel: CancelToken) -> None:
            case.settle()

        return self._desk.runner.submit(
            SETTLE, work, done=_nothing, failed=self._fail, serial=False, cancellable=False, owner=self
        )

    def keep(self) -> Job:
        """The file was taken away: say so at once, keep this session's work, and say where it is."""
        case = self._desk.case
        try:
            case.check()
        except CaseFileTaken as error:
            self._say_taken(error)

        def work(_progress: Progress, _cancel: CancelToken) -> CaseFileTaken:
            return case.keep()

        return self._desk.runner.submit(
            _("Saving your work"),
            work,
            done=self._say_taken,
            failed=self._on_not_kept,
            cancellable=False,
            owner=self,
        )

    def backup(self) -> None:
        """Make an encrypted copy where the user says."""
        case = self._desk.case
        name = f"{case.path.stem}-{self._desk.today().isoformat()}{case.path.suffix}"
        to = self._desk.prompts.new_file(self._window, _("Back up to"), name, CASE_FILES)
        if to is None:
            return
        target = to

        def work(progress: Progress, cancel: CancelToken) -> Path:
            return case.backup(target, progress=progress, cancel=cancel)

        self._desk.runner.submit(
            _("Backing up"), work, done=self._on_backed_up, failed=self._fail, owner=self, cancelled=self._on_stopped
        )

    def verify(self) -> None:
        """Check every page, every blob, every row."""
        case = self._desk.case

        def work(progress: Progress, cancel: CancelToken) -> Fixity:
            return check_fixity(case, progress=progress, cancel=cancel)

        self._desk.runner.submit(
            _("Verifying"), work, done=self._on_verified, failed=self._fail, owner=self, cancelled=self._on_stopped
        )

    def _on_taken(self, report: AddReport) -> None:
        self._desk.catch_up()
        count = len(report.taken)
        text = ngettext("{count} file added.", "{count} files added.", count).format(count=count)
        if report.duplicates:
            number = len(report.duplicates)
            more = ngettext("{count} was already in the case.", "{count} were already in the case.", number)
            text += " " + more.format(count=number)
        if not report.refused:
            self._desk.notice_requested.emit(text, False)
            return
        lines = [_refused_line(one.name, f"{one.reason} {one.hint}") for one in report.refused[:_NAMED]]
        rest = len(report.refused) - len(lines)
        if rest:
            lines.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
        number = len(report.refused)
        head = ngettext("{count} file was not added:", "{count} files were not added:", number).format(count=number)
        self._desk.prompts.tell(self._window, _("Evidence"), "\n".join([text, "", head, *lines]))

    def _on_stopped(self) -> None:
        self._desk.catch_up()
        self._desk.notice_requested.emit(_("Stopped. Files already added remain; you can undo this."), False)

    def _on_unlocked(self, name: str) -> None:
        self._desk.catch_up()
        self._desk.notice_requested.emit(_("Opened and read: {name}").format(name=name), False)

    def _on_read_again(self, name: str) -> None:
        self._desk.catch_up()
        self._desk.notice_requested.emit(_("Read again: {name}").format(name=name), True)

    def _follow(self, changes: Changes) -> None:
        """The index of words is in no step of the journal: it follows what was undone."""
        keys = changes.touched.get(Evidence.__tablename__, ())
        if self._desk.read_only or not keys or not follow_recognition(self._desk.case, keys):
            return
        case = self._desk.case

        def work(progress: Progress, cancel: CancelToken) -> int:
            with case.writer_lane():
                return complete_index(case, progress=progress, cancel=cancel)

        self._desk.runner.submit(RENEW, work, done=_nothing, failed=self._fail, owner=self)

    def _on_recognised(self, done: list[Recognised]) -> None:
        self._desk.catch_up()
        found = sum(one.found for one in done)
        told = ngettext("Read by machine: {count} item.", "Read by machine: {count} items.", found).format(
            count=found
        )
        empty = len(done) - found
        if empty:
            told += " " + ngettext(
                "No text could be recognized in {count} item.", "No text could be recognized in {count} items.", empty
            ).format(count=empty)
        self._desk.notice_requested.emit(told, bool(found))

    def _on_recognition_stopped(self) -> None:
        self._desk.catch_up()
        self._desk.notice_requested.emit(
            _("Stopped. Scans that were read already remain so; you can undo this."), False
        )

    def _on_glanced(self, problems: list[str]) -> None:
        told = self._desk.case.told
        if not problems:
            if told:
                self._title, self._wrong = _("MagDesk was interrupted"), "\n\n".join(told)
                self.banner.say(told[0])
            return
        lines = [f"• {problem}" for problem in problems[:_NAMED]]
        rest = len(problems) - len(lines)
        if rest:
            lines.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
        lines += ["", *told] if told else []
        after = f"{_('Verify the case file (Case menu) to see all that is wrong.')} {restore_hint()}"
        self._wrong = "\n".join([*lines, "", after])
        count = len(problems)
        self.banner.say(
            ngettext(
                "Something is wrong with the case file: {first}",
                "{count} things are wrong with the case file; the first: {first}",
                count,
            ).format(count=count, first=problems[0])
        )

    def _on_not_kept(self, error: MagdeskError) -> None:
        self._desk.prompts.fail(self._window, error)

    def say_storing(self, refusal: str) -> None:
        """The file refuses what is typed, or takes it again."""
        if refusal:
            self._title = _("Not saved")
            self._wrong = _(
                "Not saved: {why} What you typed stays in its field, and MagDesk tries again every few seconds."
            ).format(why=refusal)
            self.banner.say(self._wrong)
        else:
            self.banner.hide()
            self._desk.notice_requested.emit(_("Everything you typed is saved now."), False)

    def _say_taken(self, error: CaseFileTaken) -> None:
        self._title, self._wrong = _("Something is wrong with the case file"), str(error)
        self.banner.say(str(error))

    def _on_asked(self) -> None:
        self._desk.prompts.tell(self._window, self._title, self._wrong)

    def _on_backed_up(self, path: Path) -> None:
        self._desk.notice_requested.emit(_("Backed up: {name}").format(name=path.name), False)

    def _on_verified(self, found: Fixity) -> None:
        if found.problems:
            # Nothing is entered in the ledger: a damaged file is left unchanged.
            text = "\n".join(f"• {problem}" for problem in found.problems[:_NAMED])
            self._desk.prompts.tell(self._window, _("The case file has problems"), text)
        else:
            self._enter(lambda case: record_fixity(case, found))
            self._desk.notice_requested.emit(
                _("The case file is intact: every page and every exhibit was verified."), False
            )

    def _enter(self, write: Callable[[CaseFile], object]) -> None:
        """Write into the custody ledger, where the case can be written."""
        if self._desk.read_only:
            return
        try:
            write(self._desk.case)
        except MagdeskError as error:
            self._fail(error)

    def _fail(self, error: MagdeskError) -> None:
        if isinstance(error, CaseFileTaken):  # The banner says it, once for all jobs.
            self._desk.file_taken.emit()
            return
        self._desk.catch_up()
        self._desk.prompts.fail(self._window, error)


def _nothing(_result: object) -> None:
    """Nobody waits for it."""


def _refused_line(name: str, why: str) -> str:
    """A file and why it was not added."""
    # A name in Arabic must not turn round the line that it begins, nor a long one push it out of the box.
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 :]}"
    return f"{_LEFT_TO_RIGHT}• {name}{_LEFT_TO_RIGHT}: {why}".rstrip()
