"""Evidence: every item as a table or as pictures, files dropped onto it, and what is to be said about each."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QImage, QImageWriter, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QMenu, QPushButton, QSplitter, QStackedWidget, QToolButton

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.errors import MagdeskError
from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.bulk import BulkPanel
from magdesk.gui.evidence.catalogue import Reading, read_all
from magdesk.gui.evidence.detail import EvidenceDetail
from magdesk.gui.evidence.filterbar import FilterBar
from magdesk.gui.evidence.model import EvidenceModel, Outlook
from magdesk.gui.evidence.narrowing import NOTHING
from magdesk.gui.evidence.nomatch import NoMatch
from magdesk.gui.evidence.originals import copy_original
from magdesk.gui.evidence.safetyline import SafetyLine
from magdesk.gui.evidence.table import EvidenceTable
from magdesk.gui.evidence.thumbview import ThumbView
from magdesk.gui.forms.page import Page, PageState
from magdesk.gui.forms.rowkind import remove
from magdesk.gui.lists.listpage import EmptyState
from magdesk.gui.viewer.readingroom import ReadingRoom
from magdesk.gui.words import _
from magdesk.model import Evidence
from magdesk.progress import CancelToken, Progress
from magdesk.services.evidence.lines import more_than
from magdesk.services.evidence.scans import is_scan

_FEW = 300  # changed items that are read one by one
_MANY = 1_500  # items whose reading would be felt: another thread does it


class EvidencePage(Page):
    """The list, the chosen item below it, and the viewer beside both.

    Attributes:
        files_requested: files are to be taken: paths.
        bytes_requested: what has no file is to be taken: a name and the bytes.
        unlock_requested: a locked item is to be opened: its key and the password.
        read_as_requested: a text is to be read in another encoding: its key and the encoding.
        recognition_requested: the text of scans is to be read by a program: their keys and the languages.
        custody_requested: the custody of the whole case is to be shown.
    """

    code = "evidence"
    files_requested = Signal(object)
    bytes_requested = Signal(str, object)
    unlock_requested = Signal(object, str)
    read_as_requested = Signal(object, str)
    recognition_requested = Signal(object, object)
    custody_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        lead = _("Drop files or folders anywhere on the window. Originals are kept unchanged inside the case file.")
        super().__init__(desk, _("Evidence"), lead)
        self.current: Evidence | None = None
        self._chosen: list[uuid.UUID] = []
        self._following = False
        self._numbers: tuple[dict[uuid.UUID, int], dict[uuid.UUID, int]] = ({}, {})
        self.model = EvidenceModel(self)
        self.bar = FilterBar(desk, self.model)
        self.filter = self.bar.words
        self.table = EvidenceTable(desk, self.model)
        self.pictures = ThumbView(desk, self.model)
        self.pictures.setSelectionModel(self.table.selectionModel())
        self.empty = EmptyState(
            desk, "evidence", _("No evidence yet. Drop files or folders here, or choose “Add files”.")
        )
        self.no_match = NoMatch(desk)
        self.reading = EmptyState(desk, "evidence", _("Reading the list…"))
        self._reading = 0  # counts the readings; an older one is not taken any more
        self._missed: set[uuid.UUID] | None = None  # what changed while the list is read
        self._missed_aside = False
        self._bulk: BulkPanel | None = None
        self.stack, self.below = QStackedWidget(), QStackedWidget()
        self.add_button = self._make_add_button()
        self._assemble()
        # The large parts come last: whatever is inside them takes up the style anew with each part they are put into.
        for view in (self.empty, self.no_match, self.reading, self.table, self.pictures):
            self.stack.addWidget(view)
        self.detail = EvidenceDetail(desk)
        self.below.addWidget(self.detail)
        # Signals
        self.bar.looked.connect(self.look)
        self.bar.columns_requested.connect(self._show_columns)
        self.no_match.clear_requested.connect(self.bar.clear)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        for view in (self.table, self.pictures):
            view.toggled.connect(self._on_toggled)
            view.opened.connect(self._on_opened)
            keys = QKeySequence.StandardKey.Delete
            delete = QShortcut(keys, view, context=Qt.ShortcutContext.WidgetShortcut)
            delete.activated.connect(self.remove_current)
        self.table.columns_chosen.connect(self._on_columns)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)
        self.detail.save_requested.connect(self.save_copy)
        self.detail.remove_requested.connect(self.remove_current)
        self.detail.password_given.connect(self._on_password)
        self.detail.encoding_chosen.connect(self._on_encoding)
        self.detail.recognition_requested.connect(self._on_recognition)
        outlook = desk.outlooks.get(self.code)
        self.model.look(outlook if isinstance(outlook, Outlook) else Outlook())
        if more_than(desk.case, _MANY):
            self._read_aside()
        else:
            self.refresh()

    def _make_add_button(self) -> QPushButton:
        button = QPushButton(_("Add files"))
        button.setProperty("kind", "primary")
        button.setEnabled(not self.desk.read_only)
        menu = QMenu(button)
        menu.addAction(_("Files…")).triggered.connect(self.choose_files)
        menu.addAction(_("A folder…")).triggered.connect(self.choose_folder)
        self.paste_action = QAction(_("From the clipboard"), self)
        self.paste_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Paste))
        # In a field, Ctrl+V pastes into the field: the list has the key only while it has the focus.
        self.paste_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.paste_action.triggered.connect(self.paste)
        menu.addAction(self.paste_action)
        menu.addAction(_("An item without a file")).triggered.connect(self.add_without_file)
        menu.aboutToShow.connect(self._enable_paste)
        menu.aboutToHide.connect(partial(self.paste_action.setEnabled, True))
        button.setMenu(menu)
        for view in (self.table, self.pictures, self.empty, self.no_match):
            paste = QShortcut(QKeySequence.StandardKey.Paste, view, context=Qt.ShortcutContext.WidgetShortcut)
            paste.activated.connect(self.paste)
        self.empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _assemble(self) -> None:
        self.body.addWidget(self.bar)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.stack)
        splitter.addWidget(self.below)
        splitter.setSizes([320, 360])
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        self.room = ReadingRoom(self.desk, splitter, self)
        self.room.item_requested.connect(self.select)
        self.room.save_requested.connect(self.save_copy)
        self.desk.reading_requested.connect(self.room.read)
        self.tools.addWidget(self.room.toggle)
        custody = QToolButton()
        custody.setIcon(self.desk.theme.icon("shield", "muted"))
        custody.setIconSize(self.room.toggle.iconSize())
        custody.setToolTip(_("Custody of the case: ledger, hash lists, timestamps (Ctrl+Shift+K)"))
        custody.setAccessibleName(_("Custody of the case"))
        custody.clicked.connect(self.custody_requested)
        self.tools.addWidget(custody)
        self.tools.addWidget(self.add_button)
        self.body.addWidget(self.room, 1)
        self.safety = SafetyLine(self.desk)
        self.body.addWidget(self.safety)

    # ------------------------------------------------------------------------------------------ showing

    @property
    def bulk(self) -> BulkPanel:
        """The forms for several items; made when several are chosen first."""
        if self._bulk is None:
            self._bulk = BulkPanel(self.desk)
            self._bulk.removed.connect(self.focus_first)
            self._bulk.recognition_requested.connect(self.recognition_requested)
            self.below.addWidget(self._bulk)
        return self._bulk

    @property
    def view(self) -> QAbstractItemView:
        """The list as it is shown now."""
        return self.pictures if self.model.outlook.pictures else self.table

    def look(self, outlook: Outlook) -> None:
        """Look at the list in another way, and stay with the chosen items."""
        before = self.model.outlook
        if outlook == before:
            return
        focused = self.view.hasFocus()
        self._following = True
        self.model.look(outlook)
        self._following = False
        self._show_list()
        if focused and outlook.pictures != before.pictures:
            self.view.setFocus()

    def _show_list(self) -> None:
        """After the rows are others: the right view, the counts, the chosen items."""
        self.desk.outlooks[self.code] = self.model.outlook
        self.bar.show_look()
        if self.busy:
            self.bar.count.clear()
            self.below.setVisible(self.current is not None)
            self.stack.setCurrentWidget(self.reading)
        elif not self.model.total:
            self.stack.setCurrentWidget(self.empty)
        elif not self.model.rows:
            self.no_match.show_narrowing(self.model.outlook.narrowing)
            self.stack.setCurrentWidget(self.no_match)
        else:
            self.stack.setCurrentWidget(self.view)
        self._choose(self._chosen)

    @property
    def busy(self) -> bool:
        """Whether the list of a large case is being read; everything else can be used meanwhile."""
        return self._missed is not None

    def refresh(self) -> None:
        """Read the list anew and keep the chosen item."""
        self._missed = None
        self._reading += 1
        self.model.catalogue.load(self.desk)
        self._numbers = (self.desk.survey.exhibits, self.desk.survey.citations)
        self._renew()

    def _read_aside(self) -> None:
        """Read the list in another thread, and show it when it is there."""
        case = self.desk.case
        self._missed, self._missed_aside = set(), False
        self._reading += 1
        turn = self._reading

        def work(_progress: Progress, _cancel: CancelToken) -> Reading:
            return read_all(case)

        def done(reading: Reading) -> None:
            if turn == self._reading and not self.desk.closed:
                self._on_read(reading)

        self.desk.runner.submit(
            _("Reading the list"),
            work,
            done=done,
            failed=self._on_unread,
            serial=False,
            cancellable=False,
            owner=self,
        )
        self._show_list()

    def _on_read(self, reading: Reading) -> None:
        catalogue, survey = self.model.catalogue, self.desk.survey
        catalogue.take(reading)
        if self._missed:
            catalogue.renew(self.desk, self._missed)
        if self._missed or self._missed_aside:
            catalogue.read_aside(self.desk)
        self._missed = None
        self._numbers = catalogue.exhibits, catalogue.citations = survey.exhibits, survey.citations
        # The lines stay as long as the page does: the collector need not look through them while somebody scrolls.
        gc.freeze()
        self._renew()

    def _on_unread(self, error: MagdeskError) -> None:
        self.desk.notice_requested.emit(str(error), False)
        self.refresh()

    def _is_there(self, key: uuid.UUID) -> bool:
        if self.busy:
            return self.desk.get(Evidence, key) is not None
        return self.model.catalogue.line(key) is not None

    def _renew(self) -> None:
        self._following = True
        self.model.renew()
        self._following = False
        self._chosen = [key for key in self._chosen if self._is_there(key)]
        if not self._chosen:
            first = next(iter(self.model.lines), None)
            self._chosen = [first.id] if first is not None else []
        self._show_list()
        self._show_chosen()

    def select(self, key: uuid.UUID | None) -> None:
        """Choose one item."""
        self._chosen = [key] if key is not None and self._is_there(key) else []
        self._renew_chosen()

    def _choose(self, keys: Sequence[uuid.UUID]) -> None:
        """Mark these in the list, where they are shown."""
        rows = [row for row in (self.model.row_of(key) for key in keys) if row >= 0]
        model = self.table.selectionModel()
        last = len(self.model.columns) - 1
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.model.index(row, 0), self.model.index(row, last))
        self._following = True
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not rows:
            model.clearCurrentIndex()
        elif model.currentIndex().row() not in rows:
            place = 0 if self.model.outlook.pictures else self._title_column()
            model.setCurrentIndex(self.model.index(rows[0], place), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(model.currentIndex())
        self._following = False
        self.view.viewport().update()

    def _title_column(self) -> int:
        return next((n for n, column in enumerate(self.model.columns) if column.name == "title"), 0)

    def _on_selected(self) -> None:
        if self._following:
            return
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        keys = self.model.keys_at(rows)
        if keys:
            self._chosen = keys
            self._show_chosen()

    def _show_chosen(self) -> None:
        """The forms of the one chosen item, or those for several; the viewer beside them."""
        several = len(self._chosen) > 1
        key = self._chosen[0] if len(self._chosen) == 1 else None
        row = self.desk.get(Evidence, key)
        if row is not self.current or row is None:
            self.current = row
            self.detail.bind(row)
        else:
            self.detail.load(row)
        line = self.model.catalogue.line(key)
        if row is not None and line is not None:
            self.detail.show_line(self.model.catalogue, line, row)
        if several:
            lines = [self.model.catalogue.line(one) for one in self._chosen]
            there = [line for line in lines if line is not None]
            scans = [
                one.id for one in there if one.sha256 and not one.locked and is_scan(one.media_type, one.text_layer)
            ]
            self.bulk.show_items(self._chosen, sum(line.size for line in there), scans)
            self.below.setCurrentWidget(self.bulk)
        else:
            self.below.setCurrentWidget(self.detail)
        self.below.setVisible(several or row is not None)
        if not several:
            self.room.show_item(key if row is not None else None)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case; the list only as far as evidence changed."""
        touched = changes.touched.get("evidence")
        if self.busy and changes.touched:
            self._follow_unread(touched)
            return
        aside = {"verification", "timestamp_proof", "name"} & changes.touched.keys()
        if touched is not None and 0 < len(touched) <= _FEW:
            self.model.catalogue.renew(self.desk, touched)
            if aside:
                self.model.catalogue.read_aside(self.desk)
            self._renew()
        elif touched is not None:
            self.refresh()
        elif aside:
            self.model.catalogue.read_aside(self.desk)
            self._renew()
        elif self.current is not None:
            self.detail.load(self.current)

    def _follow_unread(self, touched: set[uuid.UUID] | None) -> None:
        """The case changed while its list is read: what is read may be older."""
        self._missed_aside = True
        if touched is not None and not touched:
            self._read_aside()
        elif self._missed is not None:
            self._missed |= touched or set()
        if self.current is not None:
            if self.desk.get(Evidence, self.current.id) is None:
                self.select(None)
            else:
                self.detail.load(self.current)

    def on_surveyed(self) -> None:
        """New exhibit numbers; a list of thousands is arranged anew only when they differ."""
        shown = (self.desk.survey.exhibits, self.desk.survey.citations)
        if shown != self._numbers and not self.busy:
            self._numbers = shown
            self.model.catalogue.exhibits, self.model.catalogue.citations = shown
            self._renew()

    def show_place(self, place: Place) -> None:
        """Choose the item and turn to the tab that holds the field."""
        if place.row is None or self.desk.get(Evidence, place.row) is None:
            self.focus_first()
            return
        self._reveal(place.row)
        self.select(place.row)
        for number, form in enumerate(self.detail.forms):
            if form.field(place.field) is not None:
                self.detail.tabs.setCurrentIndex(number)
                form.focus(place.field)
                return
        self.view.setFocus()

    def _reveal(self, key: uuid.UUID) -> None:
        """Take away what hides an item: the filter, a closed group."""
        if self.busy:
            return
        look = self.model.outlook
        if self.model.row_of(key) < 0 and look.closed:
            self.look(replace(look, closed=frozenset()))
        if self.model.row_of(key) < 0 and look.narrowing:
            self.look(replace(self.model.outlook, narrowing=NOTHING))

    def state(self) -> PageState:
        """With the chosen items and what is read."""
        return replace(super().state(), chosen=tuple(self._chosen), reading=self.room.reading)

    def restore(self, state: PageState) -> None:
        """Choose the items again that are still there, and go on reading."""
        self._chosen = [key for key in state.chosen if self._is_there(key)]
        self._renew_chosen()
        super().restore(state)
        if state.reading is None:
            self.room.toggle.setChecked(False)
        elif len(self._chosen) == 1:
            self.room.read(self._chosen[0], state.reading, "")

    def _renew_chosen(self) -> None:
        self._choose(self._chosen)
        self._show_chosen()

    def focus_first(self) -> None:
        """The list, or the button that adds files."""
        (self.view if self.model.rows else self.add_button).setFocus()

    # ------------------------------------------------------------------------------------------- looking

    def _on_toggled(self, row: int) -> None:
        self._following = True
        self.model.toggle(row)
        self._following = False
        self._show_list()
        model = self.table.selectionModel()
        model.setCurrentIndex(self.model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_columns(self, names: tuple[str, ...]) -> None:
        self.look(replace(self.model.outlook, columns=names))

    def _enable_paste(self) -> None:
        self.paste_action.setEnabled(_holds_evidence(_clipboard()))

    def _on_sorted(self) -> None:
        self._show_list()

    def _on_opened(self) -> None:
        """Read it: the viewer takes the keys."""
        self.room.toggle.setChecked(True)
        self.room.viewer.view.setFocus()

    def _show_columns(self, at: QPoint) -> None:
        menu = self.table.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the chosen items."""
        if not self.view.rect().contains(self.view.mapFromGlobal(event.globalPos())):
            super().contextMenuEvent(event)
            return
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """What can be done with the chosen items."""
        menu = QMenu(self)
        one, any_chosen = self.current is not None, bool(self._chosen)
        writable = not self.desk.read_only
        for words, act, enabled in (
            (_("Read"), self._on_opened, one),
            (_("Select all shown"), self.view.selectAll, bool(self.model.lines)),
            (_("Save a copy…"), self.save_copy, one and bool(self.current and self.current.sha256)),
            (_("Paste as evidence"), self.paste, writable and _holds_evidence(_clipboard())),
            (_("Delete"), self.remove_current, any_chosen and writable),
        ):
            action = menu.addAction(words)
            action.setEnabled(enabled)
            action.triggered.connect(act)
        return menu

    # ------------------------------------------------------------------------------------------- acting

    def choose_files(self) -> None:
        """Ask for files."""
        self._request(self.desk.prompts.open_files(self, _("Add files as evidence")))

    def choose_folder(self) -> None:
        """Ask for a folder."""
        folder = self.desk.prompts.folder(self, _("Add a folder as evidence"))
        self._request([folder] if folder is not None else [])

    def _request(self, paths: Sequence[Path]) -> None:
        if paths:
            self.files_requested.emit(list(paths))

    def paste(self) -> None:
        """Take what is on the clipboard: files that were copied, or a picture, or a text."""
        if self.desk.read_only:
            return
        data = _clipboard()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self._request(paths)
            return
        stamp = datetime.now(UTC).strftime("%Y-%m-%d %H.%M.%S UTC")
        if data.hasImage():
            content = _png(data)
            if content:
                name = _("Picture from the clipboard {moment}.png").format(moment=stamp)
                self.bytes_requested.emit(name, content)
                return
        if data.hasText() and data.text().strip():
            name = _("Text from the clipboard {moment}.txt").format(moment=stamp)
            self.bytes_requested.emit(name, data.text().encode("utf-8", "replace"))
            return
        self.desk.notice_requested.emit(_("There is no file, picture or text on the clipboard."), False)

    def add_without_file(self) -> None:
        """An item that is known but not held, e.g. a book."""
        self.desk.flush()
        if self.busy:
            self.refresh()
        row = Evidence(rank=max((line.rank for line in self.model.catalogue.lines), default=-1) + 1)
        if self.desk.try_change(_("Add evidence without a file"), lambda session: session.add(row)):
            self.refresh()
            self._reveal(row.id)
            self.select(row.id)
            self.detail.what.focus("title")

    def remove_current(self) -> None:
        """Delete the chosen items and choose the neighbour."""
        if self.desk.read_only or not self._chosen:
            return
        if len(self._chosen) > 1:
            self.bulk.remove()
            return
        if self.current is None:
            return
        self.desk.flush()
        place = self.model.row_of(self.current.id)
        if remove(self.desk, self, self.current, _("evidence")):
            self.current = None
            self.refresh()
            rows = [n for n in range(len(self.model.rows)) if self.model.line_at(n) is not None]
            if rows:
                line = self.model.line_at(min(rows, key=lambda row: abs(row - place)))
                self.select(line.id if line is not None else None)
            self.focus_first()

    def save_copy(self) -> None:
        """Write the original somewhere, after saying what that means."""
        row = self.current
        if row is None or not row.sha256:
            return
        detail = _(
            "The copy is not encrypted: anyone with access to the disk can read it. Delete it when you are done."
        )
        if not self.desk.prompts.confirm(self, _("Save an unencrypted copy?"), detail, _("Choose where…")):
            return
        path = self.desk.prompts.new_file(self, _("Save a copy"), row.file_name, _("All files (*)"))
        if path is None:
            return
        case, digest, size = self.desk.case, row.sha256, row.size

        def work(progress: Progress, cancel: CancelToken) -> Path:
            copy_original(case, digest, size, path, progress, cancel)
            return path

        self.desk.runner.submit(
            _("Saving a copy"), work, done=self._on_saved,
            failed=lambda error: self.desk.prompts.fail(self, error), serial=False, owner=self,
        )  # fmt: skip

    def _on_saved(self, path: Path) -> None:
        self.desk.notice_requested.emit(_("Saved: {name}").format(name=path.name), False)

    def _on_password(self, password: str) -> None:
        if self.current is not None:
            self.unlock_requested.emit(self.current.id, password)

    def _on_recognition(self, languages: object) -> None:
        if self.current is not None:
            self.desk.flush()
            self.recognition_requested.emit([self.current.id], languages)

    def _on_encoding(self, encoding: str) -> None:
        if self.current is not None:
            self.read_as_requested.emit(self.current.id, encoding)


def _clipboard() -> QMimeData:
    # An empty clipboard has none, whatever the library's signature says.
    found: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return found if found is not None else QMimeData()


def _holds_evidence(data: QMimeData) -> bool:
    return data.hasImage() or data.hasText() or any(url.isLocalFile() for url in data.urls())


def _png(data: QMimeData) -> bytes:
    """The picture as a file: the one that was copied where it is there, else its pixels without loss."""
    for kind in ("image/png", "image/jpeg", "image/gif", "image/webp"):
        if data.hasFormat(kind):
            return bytes(data.data(kind).data())
    image = QImage(data.imageData())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
