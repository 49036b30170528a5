"""Export: who gets the packet, what stands in the way, and the making of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import CaseFile, Changes
from magdesk.checks.finding import Finding, Place
from magdesk.errors import InputError, MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import CHECK_DELAY, Desk
from magdesk.gui.desk.repeated import Repeated, RunState
from magdesk.gui.findings.line import FindingLine
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.cards import TableCards, add_cards
from magdesk.gui.forms.choices import Choice
from magdesk.gui.forms.fields import DateLine, parse_day
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page
from magdesk.gui.forms.rowkind import RowKind, pick_of
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled, take_all
from magdesk.gui.pages.exportresult import ExportOutcome
from magdesk.gui.runner import Job
from magdesk.gui.words import _, joined, ngettext
from magdesk.model import Authority, Outcome, Recipient, Submission
from magdesk.model.submissions import OutcomeKind
from magdesk.progress import CancelToken, Progress
from magdesk.regimes.filing import Filing, filings
from magdesk.regimes.regime import Law, Letter
from magdesk.services.checking import blocking
from magdesk.services.submissions import submission_findings

if TYPE_CHECKING:
    from magdesk.services.export import ExportResult

_LISTED = 8  # blocking findings shown


def letters_of(desk: Desk) -> dict[str, Letter]:
    """The cover letters that the case's authorities offer, by code."""
    asked = [row.regime for row in desk.rows(Authority)] or list(desk.law.regimes)
    found: dict[str, Letter] = {}
    for code in asked:
        regime = desk.law.regimes.get(code)
        packet = desk.law.packets.get(regime.packet) if regime else None
        for letter in packet.letters if packet else ():
            found.setdefault(letter.code, letter)
    return found


def _letter_choices(desk: Desk) -> list[Choice]:
    return [Choice(letter.code, letter.office, letter.subject) for letter in letters_of(desk).values()]


def _build_recipient(form: Form) -> None:
    desk = form.desk
    form.code("letter", _("Letter"), lambda _row: [(code, one.office) for code, one in letters_of(desk).items()], 6)
    form.text("office", _("Office"), 6)
    form.text("addressee", _("Addressee"), 6)
    form.text("salutation", _("Salutation"), 6)
    form.multiline("address", _("Address"), lines=3)
    form.text("email", _("E-mail"), 6)
    form.date("verified_on", _("Address verified on"), 3)
    form.text("verified_by", _("by"), 3)


RECIPIENT = RowKind(
    kind=Recipient,
    page="export",
    add=_("Add a recipient"),
    one=_("recipient"),
    empty=_("No recipient yet. Each one receives its own cover letter."),
    title=lambda _desk, row: row.office or row.letter,
    detail=lambda _desk, row: joined(
        row.addressee,
        _("verified {day}").format(day=row.verified_on.isoformat()) if row.verified_on else _("verify the address"),
    ),
    build=_build_recipient,
    picks=(pick_of("letter", _letter_choices),),
)


class RecipientCards(TableCards):
    """Recipients; a fresh one begins with the letter's own office, address and salutation."""

    def add_row(self, *picked: object) -> None:
        """Add one and open it."""
        letter = letters_of(self.desk).get(str(picked[0])) if picked else None
        self.desk.flush()
        row = self.kind.fresh(self.desk, self.row, self.rows, picked)
        assert isinstance(row, Recipient)
        if letter is not None:
            row.letter, row.office = letter.code, letter.office
            row.salutation, row.address = letter.salutation, letter.address
        if self.desk.try_change(_("Add recipient"), lambda session: session.add(row)):
            self.refresh()
            self.show_row(row.id)


def _recipient_choices(desk: Desk) -> list[Choice]:
    return [Choice(row.id, row.office or row.letter, row.addressee) for row in desk.rows(Recipient)]


def _build_outcome(form: Form) -> None:
    form.choice("kind", _("What"), OutcomeKind, 6)
    form.date("happened_on", _("Date"), 3)
    form.date("due_on", _("Due on"), 3)
    form.text("reference", _("Their reference"), 4)
    form.text("text", _("Note"), 8)


OUTCOME = RowKind(
    kind=Outcome,
    page="export",
    add=_("Add a response"),
    one=_("outcome"),
    empty=_("No response yet."),
    title=lambda _desk, row: label(row.kind),
    detail=lambda _desk, row: row.happened_on.isoformat() if row.happened_on else "",
    build=_build_outcome,
)


def _build_submission(form: Form) -> None:
    form.reference("recipient_id", _("To"), _recipient_choices, 6)
    form.date("sent_on", _("Sent on"), 3)
    form.text("version", _("Version"), 3)
    form.text("channel", _("How"), 6, hint=_("e.g. e-mail, courier"))
    form.text("message_id", _("Message or tracking number"), 6)
    form.text("packet_digest", _("SHA-256 of the packet’s SHA256SUMS file"))
    form.multiline("note", _("Note"), lines=1)
    add_cards(form, OUTCOME, "outcomes", _("Response"))


SUBMISSION = RowKind(
    kind=Submission,
    page="export",
    add=_("Record a transmission"),
    one=_("transmission"),
    empty=_("Nothing has been sent yet."),
    title=lambda _desk, row: row.recipient.office if row.recipient else _("Transmission"),
    detail=lambda _desk, row: row.sent_on.isoformat() if row.sent_on else _("no date"),
    build=_build_submission,
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, as chosen on the page."""

    to: Path
    regimes: tuple[str, ...]
    draft: bool
    formats: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Offer:
    """One submission that can be exported: all authorities of a packet, or one of them alone."""

    title: str
    filing: Filing


def offers_of(desk: Desk) -> list[Offer]:
    """The submissions of the case, each packet's whole one before its parts."""
    out: list[Offer] = []
    asked = [row.regime for row in desk.rows(Authority)]
    for filing in filings(asked, desk.law):
        place = filing.regimes[0].jurisdiction
        names = ", ".join(regime.short for regime in filing.regimes)
        out.append(Offer(_("{place}: {authorities}").format(place=place, authorities=names), filing))
        if len(filing.regimes) > 1:
            for regime in filing.regimes:
                only = _("{place}: {authority} only").format(place=place, authority=regime.short)
                out += [Offer(only, part) for part in filings((regime.code,), desk.law)]
    return out


class ExportPage(Page):
    """Recipients, the packet, sendings."""

    code = "export"

    def __init__(self, desk: Desk) -> None:
        lead = _(
            "The packet is an ordinary folder with the letters, the submission and the exhibits. Anyone can open it."
        )
        super().__init__(desk, _("Export"), lead)
        self.recipients = RecipientCards(desk, RECIPIENT, _("Recipients"))
        self.submissions = TableCards(desk, SUBMISSION, _("Transmissions"))
        self.packet = PacketPanel(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolled(self.packet), _("Packet"))
        self.tabs.addTab(scrolled(self.recipients), _("Recipients"))
        self.tabs.addTab(scrolled(self.submissions), _("Transmissions"))
        self.body.addWidget(self.tabs, 1)
        self.packet.result.sent_requested.connect(self._on_sent)
        self._refresh()

    def _refresh(self) -> None:
        self.recipients.bind(self.desk.row)
        self.submissions.bind(self.desk.row)
        self.packet.list_submissions()

    def _on_sent(self, digest: str) -> None:
        """A transmission of the packet that was just made; to whom and when is for the user to say."""
        row = Submission(packet_digest=digest)
        label = _("Add {thing}").format(thing=SUBMISSION.one)
        self.desk.flush()
        if self.desk.try_change(label, lambda session: self.submissions.insert(session, self.desk.row, row)):
            self.submissions.refresh()
            self.tabs.setCurrentIndex(2)
            self.submissions.show_row(row.id)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self._refresh()

    def on_surveyed(self) -> None:
        """The gate follows the findings."""
        self.packet.on_surveyed()

    def show_place(self, place: Place) -> None:
        """A recipient, a sending, or the packet."""
        for number, cards in ((1, self.recipients), (2, self.submissions)):
            if place.row is not None and any(row.id == place.row for row in cards.rows):
                self.tabs.setCurrentIndex(number)
                cards.show_row(place.row, place.field)
                return
        self.tabs.setCurrentIndex(1 if "recipient" in place.field else 0)

    def focus_first(self) -> None:
        """Where the packet goes."""
        self.packet.folder.setFocus()


class PacketPanel(QWidget):
    """The choices, the gate, the button, the progress, the result."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.job: Job | None = None
        self.submission = CalmCombo()
        self.submission.setAccessibleName(_("Submission"))
        self.goes_to = Label()
        self.goes_to.setObjectName("muted")
        self.goes_to.setWordWrap(True)
        self._checking: Repeated[tuple[tuple[str, ...], tuple[Finding, ...]]] = Repeated(
            self, desk.runner, _("Checking"), self._prepare_check, self.refresh, CHECK_DELAY
        )
        self._own_folder = ""
        self._drafting = False
        self.final = QRadioButton(_("Final: only when nothing blocks"))
        self.draft = QRadioButton(_("Draft: marked on each page, despite findings"))
        self.draft.setChecked(True)
        self._kinds = QButtonGroup(self)
        self.pdf = QCheckBox(_("PDF"))
        self.docx = QCheckBox(_("Word (DOCX)"))
        for box in (self.pdf, self.docx):
            box.setChecked(True)
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(_("A folder that does not exist yet"))
        self.browse = QPushButton(_("Choose…"))
        self.day = QLineEdit(desk.today().isoformat())
        self.day_line = DateLine(self.day, desk, _("Date on the documents"))
        self.wrong = Label()
        self.wrong.setObjectName("fieldError")
        self.wrong.setWordWrap(True)
        self.wrong.setVisible(False)
        self.button = QPushButton(_("Export the packet"))
        self.button.setProperty("kind", "primary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.doing = Label()
        self.doing.setObjectName("muted")
        self.cancel = QPushButton(_("Cancel"))
        self.gate = QFrame()
        self.gate.setObjectName("card")
        self.gate_title = Label()
        self.gate_title.setObjectName("cardTitle")
        self.gate_title.setWordWrap(True)
        self.gate_lines = QVBoxLayout()
        self.gate_lines.setSpacing(2)
        self.all_button = QPushButton()
        self.all_button.setProperty("kind", "quiet")
        self._all = False
        self.form = QWidget()
        self.result = ExportOutcome(desk)
        self._assemble()
        # Signals
        self._kinds.addButton(self.final)
        self._kinds.addButton(self.draft)
        self.final.toggled.connect(self.refresh)
        self.browse.clicked.connect(self._on_browse)
        self.day_line.picked.connect(self._on_day)
        self.button.clicked.connect(self.start)
        self.cancel.clicked.connect(self._on_cancel)
        self.all_button.clicked.connect(self._on_all)
        self.result.again_requested.connect(self._on_again)
        self.submission.currentIndexChanged.connect(self._on_chosen)
        self._show_running(False)
        self.list_submissions()
        self.refresh()

    def list_submissions(self) -> None:
        """Follow the authorities and the recipients, and stay with what is chosen."""
        chosen = self.codes
        offers = offers_of(self.desk)
        with QSignalBlocker(self.submission):
            self.submission.clear()
            for offer in offers:
                self.submission.addItem(offer.title, offer)
            places = [number for number, offer in enumerate(offers) if offer.filing.codes == chosen]
            self.submission.setCurrentIndex(places[0] if places else 0)
        self.submission.setEnabled(len(offers) > 1)
        if not offers:
            self.submission.addItem(_("No authority selected yet"), None)
        self._follow()

    @property
    def filing(self) -> Filing | None:
        """The submission that is chosen."""
        offer: Offer | None = self.submission.currentData()
        return offer.filing if offer is not None else None

    @property
    def codes(self) -> tuple[str, ...]:
        """The authorities of the submission that is chosen."""
        return self.filing.codes if self.filing is not None else ()

    def _follow(self) -> None:
        """Say to whom the submission goes, and suggest a folder as long as none was chosen."""
        filing = self.filing
        letters = {letter.code for letter in filing.packet.letters} if filing is not None else set()
        offices = [row.office or row.letter for row in self.desk.rows(Recipient) if row.letter in letters]
        self.goes_to.setText(
            _("Goes to {offices}.").format(offices="; ".join(offices))
            if offices
            else _("No recipient yet: choose one under “Recipients”.")
        )
        if self.folder.text() == self._own_folder:
            self._own_folder = str(_suggested(self.desk, self._offered()))
            self.folder.setText(self._own_folder)

    def _offered(self) -> str:
        """What the name of the folder says of the submission; nothing where the case makes but one."""
        filing = self.filing
        if filing is None or self.submission.count() < 2:
            return ""
        packet = filing.packet.code.removesuffix("-packet")
        return filing.codes[0] if len(filing.codes) == 1 else packet

    def _on_chosen(self) -> None:
        self._checking.forget()
        self._follow()
        self.refresh()

    def _assemble(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.addWidget(self.form)
        whole.addWidget(self.result)
        self.result.setVisible(False)
        box = QVBoxLayout(self.form)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        kinds = QVBoxLayout()
        kinds.setSpacing(4)
        kinds.addWidget(self.final)
        kinds.addWidget(self.draft)
        formats = QHBoxLayout()
        formats.addWidget(self.pdf)
        formats.addWidget(self.docx)
        formats.addStretch(1)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        self.day.setMaximumWidth(180)
        days = QHBoxLayout()
        days.addWidget(self.day_line)
        days.addStretch(1)
        chosen = QVBoxLayout()
        chosen.setSpacing(4)
        chosen.addWidget(self.submission)
        chosen.addWidget(self.goes_to)
        for title, layout, buddy in (
            (_("Submission"), chosen, self.submission),
            (_("Kind"), kinds, self.final),
            (_("Formats of letters, submission and exhibit list"), formats, self.pdf),
            (_("Where"), place, self.folder),
            (_("Date on the documents"), days, self.day),
        ):
            name = Label(title)
            name.setObjectName("fieldLabel")
            name.setBuddy(buddy)
            part = QVBoxLayout()
            part.setSpacing(3)
            part.addWidget(name)
            part.addLayout(layout)
            box.addLayout(part)
        self.folder.setAccessibleName(_("Folder of the packet"))
        self.day.setAccessibleName(_("Date on the documents"))
        gate = QVBoxLayout(self.gate)
        gate.setContentsMargins(14, 12, 14, 12)
        gate.addWidget(self.gate_title)
        gate.addLayout(self.gate_lines)
        gate.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.gate)
        box.addWidget(self.wrong)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.doing)

    def refresh(self) -> None:
        """Follow the findings: what stands in the way of a final packet of the chosen submission."""
        found, failure = self._found()
        blocks = blocking(list(found or ()))
        count = len(blocks)
        if failure:
            self.gate_title.setText(
                _("The submission could not be checked, so no final packet can be made. {why}").format(why=failure)
            )
        elif found is None:
            self.gate_title.setText(_("Checking the submission…"))
        elif not count:
            self.gate_title.setText(_("Nothing prevents a final export."))
        else:
            text = ngettext(
                "{count} finding prevents a final export",
                "{count} findings prevent a final export",
                count,
            )
            self.gate_title.setText(text.format(count=count))
        take_all(self.gate_lines)
        for finding in blocks if self._all else blocks[:_LISTED]:
            self.gate_lines.addWidget(FindingLine(self.desk, finding))
        self.all_button.setVisible(count > _LISTED and not self._all)
        self.all_button.setText(_("Show all {count}").format(count=count))
        if self.job is None:
            self.button.setEnabled(self.draft.isChecked() or (found is not None and not count))
            self.button.setToolTip("" if self.button.isEnabled() else _("Resolve the findings, or export a draft"))

    def on_surveyed(self) -> None:
        """The case was checked anew: so is the submission."""
        self._checking.forget()
        self.refresh()

    def _found(self) -> tuple[tuple[Finding, ...] | None, str]:
        """What was found of the chosen submission, none while that is not known; and why it could not be checked.

        The case's own findings do where the submission is the whole case.
        """
        codes = self.codes
        if not codes or set(codes) == {row.regime for row in self.desk.rows(Authority)}:
            done = self.desk.checking.outcome is RunState.DONE
            return tuple(self.desk.findings()) if done else None, self.desk.checking.failure
        if self._checking.failure:
            return None, self._checking.failure
        if self._checking.result is not None and self._checking.result[0] == codes:
            return self._checking.result[1], ""
        if not self._checking.busy:
            self._checking.ask()
        return None, ""

    def _prepare_check(self) -> Callable[[], tuple[tuple[str, ...], tuple[Finding, ...]]]:
        return partial(_check_submission, self.desk.case, self.desk.law, self.desk.today(), self.codes)

    def order(self) -> Order:
        """What is chosen.

        Raises:
            InputError: something is missing or no date.
        """
        text = self.folder.text().strip()
        if not text:
            raise InputError(_("Choose where to put the packet."))
        formats = tuple(name for name, box in (("pdf", self.pdf), ("docx", self.docx)) if box.isChecked())
        if not formats:
            raise InputError(_("Choose at least one format."))
        day = parse_day(self.day.text())
        return Order(Path(text).expanduser(), self.codes, self.draft.isChecked(), formats, day)

    def start(self) -> None:
        """Export."""
        self.desk.flush()
        try:
            order = self.order()
        except InputError as error:
            self._complain(str(error))
            return
        self._complain("")
        self._drafting = order.draft
        case, law = self.desk.case, self.desk.law

        def work(progress: Progress, cancel: CancelToken) -> ExportResult:
            # The libraries that make documents are read when the first packet is made, not when the page is shown.
            from magdesk.services.export import export_packet  # noqa: PLC0415

            return export_packet(
                case, order.to, law=law, date=order.day, regimes=order.regimes, draft=order.draft,
                formats=order.formats, progress=progress, cancel=cancel,
            )  # fmt: skip

        self.job = self.desk.runner.submit(
            _("Exporting"),
            work,
            done=self._on_done,
            failed=self._on_failed,
            cancelled=self._on_cancelled,
            progressed=self._on_progress,
            owner=self,
        )
        self._show_running(True)

    def _show_running(self, on: bool) -> None:
        for widget in (self.bar, self.cancel, self.doing):
            widget.setVisible(on)
        self.button.setVisible(not on)
        if not on:
            self.job = None
            self.bar.setRange(0, 0)
            self.doing.clear()

    def _on_progress(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.doing.setText(text)

    def _on_done(self, result: ExportResult) -> None:
        self._show_running(False)
        self.refresh()
        if result.folder is None:
            self._complain(_("Findings prevent a final export; nothing was written."))
            return
        self._enter(result.folder)
        self.result.tell(result, draft=self._drafting)
        # The form gives way: below it, the result would be out of sight.
        self.form.setVisible(False)
        self.result.setVisible(True)
        self.result.open_button.setFocus()

    def _on_again(self) -> None:
        self.result.setVisible(False)
        self.form.setVisible(True)
        self.folder.setFocus()

    def _on_all(self) -> None:
        self._all = True
        self.refresh()

    def _enter(self, folder: Path) -> None:
        """Write into the custody ledger what left the case, where the case can be written."""
        from magdesk.services.custody import record_export  # noqa: PLC0415  with the libraries that made the packet

        if self.desk.read_only:
            return
        try:
            record_export(self.desk.case, folder)
        except MagdeskError as error:
            self.desk.prompts.fail(self, error)

    def _on_failed(self, error: MagdeskError) -> None:
        self._show_running(False)
        self.refresh()
        self._complain(str(error))

    def _on_cancelled(self) -> None:
        self._show_running(False)
        self.refresh()
        self._complain(_("Cancelled; nothing was written."))

    def _complain(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _on_day(self, day: date) -> None:
        self.day.setText(day.isoformat())

    def _on_browse(self) -> None:
        parent = self.desk.prompts.folder(self, _("Folder to put the packet in"))
        if parent is not None:
            self.folder.setText(str(parent / _suggested(self.desk, self._offered()).name))

    def _on_cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()


def _suggested(desk: Desk, submission: str) -> Path:
    """Beside the case file, named after it, the submission and the day."""
    path = desk.case.path
    name = f"{path.stem}-{submission}" if submission else path.stem
    return path.with_name(f"{name}-packet-{desk.today().isoformat()}")


def _check_submission(
    case: CaseFile, law: Law, today: date, codes: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The findings of a submission, with what tells it from others."""
    return codes, submission_findings(case, law, today, codes)
