"""What is to be said about one item: what it is, where it comes from, what it is worth, what happened to it."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.gui.boundedwords import Label
from magdesk.gui.custody.tab import CustodyTab
from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.catalogue import Catalogue
from magdesk.gui.evidence.columns import length_words, size_words
from magdesk.gui.evidence.scanbar import ScanBar
from magdesk.gui.fitting import CalmCombo, OneLine
from magdesk.gui.forms.cards import add_cards
from magdesk.gui.forms.choices import evidence_choices, party_choices
from magdesk.gui.forms.fields import CalmLine
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import add_sources, sources
from magdesk.gui.forms.standardfield import Standard
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.words import _, joined, ngettext
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.model import Authentication, Detail, Evidence, Verification
from magdesk.model.authentication import AuthenticationKind
from magdesk.model.evidence import Access, Copy, Credibility, Grade, Reliability, SourceType, VerificationResult
from magdesk.services.evidence.encoding import ENCODINGS, is_read_as_text, known_encoding
from magdesk.services.evidence.lines import EvidenceLine
from magdesk.services.evidence.scans import is_scan, recognised_in, recognised_pages


def _build_claim(form: Form) -> None:
    form.text("section", _("Kind"), 4)
    form.text("name", _("Item"), 8)
    form.multiline("value", _("Value"), lines=1)


CLAIM = RowKind(
    kind=Detail,
    page="evidence",
    add=_("Add a detail"),
    one=_("detail"),
    empty=_("Nothing was read from the file itself."),
    title=lambda _desk, row: row.name,
    detail=lambda _desk, row: row.value,
    build=_build_claim,
)


def _build_verification(form: Form) -> None:
    form.choice("result", _("Result"), VerificationResult, 4)
    form.text("verified_by", _("Analyst"), 4)
    form.date("verified_on", _("Date"), 4)
    form.multiline("source_analysis", _("The source: who, with what motive and what access"))
    form.multiline("technical_analysis", _("The file: metadata and signs of editing"))
    form.multiline("content_analysis", _("The content: place, time, consistency"))


VERIFICATION = RowKind(
    kind=Verification,
    page="evidence",
    add=_("Add a verification"),
    one=_("verification record"),
    empty=_("No verification has been recorded yet."),
    title=lambda _desk, row: label(row.result),
    detail=lambda _desk, row: joined(row.verified_by, row.verified_on.isoformat() if row.verified_on else ""),
    build=_build_verification,
)


def _build_authentication(form: Form) -> None:
    form.choice("kind", _("What shows it"), AuthenticationKind, 6)
    form.text("done_by", _("Established by"), 3)
    form.date("done_on", _("On"), 3)
    form.narrative("text", _("The reason, in a sentence"), lines=2)
    add_sources(form, _("What it leans on"))


AUTHENTICATION = RowKind(
    kind=Authentication,
    page="evidence",
    add=_("Add a reason"),
    one=_("reason"),
    empty=_("None yet. A leaked sheet, chat or e-mail needs one: the other side will say that it was made up."),
    title=lambda _desk, row: label(row.kind),
    detail=lambda _desk, row: joined(row.done_by, row.done_on.isoformat() if row.done_on else "", sources(row)),
    build=_build_authentication,
)


class LockedBar(QFrame):
    """Asks for the password of a locked file.

    Attributes:
        password_given: what was typed.
    """

    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        words = Label(_("This file is locked."))
        self.line: QLineEdit = CalmLine()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setPlaceholderText(_("Its password"))
        self.line.setAccessibleName(_("Password of the file"))
        self.line.setMaximumWidth(200)
        self.button = QPushButton(_("Open it"))
        self.button.setToolTip(_("The password is kept with the item, inside the encrypted case file"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 8, 6)
        line.setSpacing(8)
        line.addWidget(words)
        line.addWidget(self.line, 1)
        line.addWidget(self.button)
        line.addStretch(0)
        self.line.returnPressed.connect(self._on_given)
        self.button.clicked.connect(self._on_given)

    def _on_given(self) -> None:
        text = self.line.text()
        if text:
            self.line.clear()
            self.password_given.emit(text)


class ReadAsBar(QFrame):
    """Says in which encoding a text is read, and lets a person choose another.

    Attributes:
        encoding_chosen: the code of the encoding; empty to let it be guessed.
    """

    encoding_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = Label(_("Read as"))
        self.words.setObjectName("help")
        self.choice = CalmCombo()
        self.choice.setAccessibleName(_("Encoding in which the text is read"))
        self.choice.setToolTip(_("Names look wrong? Choose another encoding: text, search and exhibit page follow"))
        self.choice.addItem(_("As it seems to be written"), "")
        for code, name in ENCODINGS.items():
            self.choice.addItem(name, code)
        self.words.setBuddy(self.choice)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        line.addWidget(self.words)
        line.addWidget(self.choice, 1)
        self.choice.activated.connect(self._on_chosen)

    def show_known(self, known: KnownEncoding) -> None:
        """Show what holds now."""
        guessed = ENCODINGS.get(known.name, known.name) if known.name and not known.chosen else ""
        seems = _("As it seems to be written ({encoding})").format(encoding=guessed)
        self.choice.setItemText(0, seems if guessed else _("As it seems to be written"))
        self.choice.setCurrentIndex(max(self.choice.findData(known.name), 0) if known.chosen else 0)

    def _on_chosen(self, index: int) -> None:
        self.encoding_chosen.emit(self.choice.itemData(index))


class EvidenceDetail(QFrame):
    """Forms and ledger of the chosen item.

    Attributes:
        encoding_chosen: a text is to be read in another encoding: its code.
        recognition_requested: the text of a scan is to be read by a program: the languages.
        save_requested: the original is to be written somewhere.
        remove_requested: the item is to be deleted.
        password_given: a password for the locked file.
        item_requested: another item is to be chosen: its key.
    """

    save_requested = Signal()
    remove_requested = Signal()
    password_given = Signal(str)
    encoding_chosen = Signal(str)
    recognition_requested = Signal(object)
    item_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.what = self._make_what()
        self.origin = self._make_origin()
        self.weight = self._make_weight()
        self.claims = Form(desk, "evidence")
        add_cards(
            self.claims,
            CLAIM,
            "details",
            _("What the file says about itself"),
            _("What the file claims is not proof."),
        )
        self.forms = (self.what, self.origin, self.weight, self.claims)
        # A low window has no room for a title of several lines above the form.
        self.caption = OneLine()
        self.caption.setObjectName("cardTitle")
        self.facts = OneLine()
        self.facts.setObjectName("help")
        self.locked = LockedBar()
        self.locked.password_given.connect(self.password_given)
        self.read_as = ReadAsBar()
        self.read_as.encoding_chosen.connect(self.encoding_chosen)
        self.scan = ScanBar(desk)
        self.scan.recognition_requested.connect(self.recognition_requested)
        self.save_button = self._tool("save", _("Save a copy: write the original, unencrypted, wherever you choose"))
        self.save_button.clicked.connect(self.save_requested)
        self.remove_button = self._tool("remove", _("Delete (Delete)"))
        self.remove_button.setEnabled(not desk.read_only)
        self.remove_button.clicked.connect(self.remove_requested)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        titles = (_("What it is"), _("Where it comes from"), _("Weight"), _("From the file itself"))
        for inner, title in zip(self.forms, titles, strict=True):
            self.tabs.addTab(scrolled(inner), title)
        self.custody = CustodyTab(desk)
        self.tabs.addTab(self.custody, _("Custody"))
        self._assemble()

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._desk.theme.icon(icon, "muted"))
        button.setIconSize(QSize(18, 18))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _make_what(self) -> Form:
        form = Form(self._desk, "evidence")
        form.text("title", _("Title"))
        form.text("title_english", _("Title in English"))
        form.choice("source_type", _("Kind of source"), SourceType, 6)
        form.choice("access", _("Who may see it"), Access, 6)
        form.text("author", _("Author"), 6)
        form.text("publisher", _("Publisher or court"), 6)
        form.partial_date("published", _("Date"), 4)
        form.text("document_number", _("Document number"), 4)
        form.standard("language", _("Language"), Standard.LANGUAGE, 4, hint=_("e.g. ar"))
        form.reference("translation_of_id", _("Translation of"), evidence_choices, 8)
        form.text("translator", _("Translator"), 4)
        form.multiline("context", _("What it shows, for a reader who sees nothing else"), lines=1)
        form.text("cite_as", _("Cite as (if not in the usual form)"))
        form.boolean("produce", _("Include in the bundle when cited"))
        return form

    def _make_origin(self) -> Form:
        origin = Form(self._desk, "evidence")
        origin.text("obtained_by", _("Obtained by"), 6)
        origin.text("obtained_from", _("Obtained from"), 6)
        origin.partial_date("obtained_on", _("Obtained on"), 4)
        origin.text("obtained_where", _("Where"), 4)
        origin.text("obtained_how", _("How"), 4)
        origin.choice("copy", _("Original or copy"), Copy, 4)
        origin.text("lawfulness", _("Why it was lawful to obtain it"), 8)
        origin.text("url", _("Web address"))
        origin.text("archive_url", _("Archived at"))
        origin.moment("accessed_at", _("Accessed"), 4)
        origin.text("capture_method", _("Captured with"), 8)
        origin.text("device", _("Device it was made with, or medium it came on"), 8)
        origin.text("password", _("Password of the original"), 4)
        origin.reference("speaker_id", _("Whose statement it is"), party_choices, 6)
        origin.reference("supplier_id", _("Who handed it over, if part of this case"), party_choices, 6)
        origin.reference("derived_from_id", _("Repeats information from"), evidence_choices, 6)
        origin.reference("part_of_id", _("Attached to"), evidence_choices, 6)
        self.root = Label()
        self.root.setObjectName("help")
        self.root.setWordWrap(True)
        self.root.setTextFormat(Qt.TextFormat.PlainText)
        origin.widget(self.root)
        return origin

    def _make_weight(self) -> Form:
        weight = Form(self._desk, "evidence")
        weight.choice("grade", _("Grade"), Grade, 6, empty=_("Not graded yet"))
        weight.date("verified_on", _("Date verified"), 6)
        weight.choice("reliability", _("Reliability of the source"), Reliability, 6)
        weight.choice("credibility", _("Credibility of the information"), Credibility, 6)
        weight.multiline("bias_note", _("Bias of the source"))
        weight.multiline("verification", _("How it was verified, as stated in the packet"))
        add_cards(
            weight,
            AUTHENTICATION,
            "authentications",
            _("Why it is what it claims to be"),
            _("Printed with the exhibit; of a confidential source only what kind of reason it is."),
        )
        add_cards(
            weight, VERIFICATION, "verifications", _("Verification records"), _("For your own records; not exported.")
        )
        return weight

    def _assemble(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.caption)
        words.addWidget(self.facts)
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 4)
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        aside = QWidget()
        under = QHBoxLayout(aside)
        under.setContentsMargins(24, 2, 24, 6)
        under.addWidget(self.locked, 1)
        under.addWidget(self.read_as, 1)
        under.addWidget(self.scan, 1)
        aside.hide()
        self._aside = aside
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(aside)
        box.addWidget(self.tabs, 1)

    def bind(self, row: Evidence | None) -> None:
        """Show an item from now on."""
        for form in self.forms:
            form.bind(row)
        self.custody.bind(row)
        if row is not None:
            self.read_as.show_known(known_encoding(row.details))
            self.save_button.setEnabled(bool(row.sha256))

    def load(self, row: Evidence) -> None:
        """Show what is stored now."""
        for form in self.forms:
            form.load()
        self.custody.bind(row)
        self.read_as.show_known(known_encoding(row.details))

    def show_line(self, catalogue: Catalogue, line: EvidenceLine, row: Evidence) -> None:
        """Head and root of the item."""
        self.caption.setText(line.name)
        self.facts.setText(_facts(line, row.reading_note))
        writable = not self._desk.read_only
        text = bool(line.sha256) and is_read_as_text(line.media_type)
        self.locked.setVisible(line.locked)
        self.read_as.setVisible(text)
        scan = bool(line.sha256) and not line.locked and is_scan(line.media_type, line.text_layer, row.details)
        if scan:
            self.scan.show_scan(recognised_pages(row.details), recognised_in(row.details) or (line.language,))
        self.scan.setVisible(scan)
        self._aside.setVisible(writable and (line.locked or text or scan))
        self.root.setText(_root(catalogue, line))


def _facts(line: EvidenceLine, note: str) -> str:
    shape = f"{line.width} × {line.height}" if line.width and line.height else ""
    pages = ngettext("{count} page", "{count} pages", line.pages).format(count=line.pages) if line.pages else ""
    length = length_words(line.duration) if line.duration else ""
    digest = f"SHA-256 {line.sha256[:16]}…" if line.sha256 else _("no file")
    text = joined(
        line.file_name, line.media_type, size_words(line.size) if line.size else "", pages, shape, length, digest
    )
    return f"{text}\n{note}" if note else text


def _root(catalogue: Catalogue, line: EvidenceLine) -> str:
    """Which independent root it counts for, and with what others."""
    root: uuid.UUID = catalogue.root(line)
    others = sum(1 for one in catalogue.lines if catalogue.root(one) == root) - 1
    if not others:
        return _("It counts as an independent source.")
    if root == line.id:
        return ngettext(
            "{count} other item goes back to this one; together they count as one independent source.",
            "{count} other items go back to this one; together they count as one independent source.",
            others,
        ).format(count=others)
    return (
        ngettext(
            "It goes back to “{title}”, as does {count} other item; together they count as one independent source.",
            "It goes back to “{title}”, as do {count} other items; together they count as one independent source.",
            others - 1,
        ).format(title=catalogue.title(root), count=others - 1)
        if others > 1
        else _("It goes back to “{title}”; together they count as one independent source.").format(
            title=catalogue.title(root)
        )
    )
