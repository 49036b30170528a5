"""One item of evidence, shown inside the window by what it is. Nothing of it is written to the disk."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.runner import Job
from magdesk.gui.viewer.bar import ViewerBar
from magdesk.gui.viewer.cardview import CardView
from magdesk.gui.viewer.details import DetailsPanel
from magdesk.gui.viewer.drawingqueue import DRAWING, DrawingQueue
from magdesk.gui.viewer.findbar import FindBar
from magdesk.gui.viewer.leaves import TextLeaf, leaves_of
from magdesk.gui.viewer.mailview import MailHead
from magdesk.gui.viewer.mediaview import MediaView, multimedia
from magdesk.gui.viewer.pagesview import PagesView
from magdesk.gui.viewer.reading import TextSource
from magdesk.gui.viewer.tableview import TableView
from magdesk.gui.viewer.textview import TextView
from magdesk.gui.viewer.view import Hits, Passage, View
from magdesk.gui.words import _, joined
from magdesk.intake import FileFacts
from magdesk.intake.rendering import Outline, Renderer, StoredFile
from magdesk.intake.rendering.showable import Way, way_of
from magdesk.model import Evidence
from magdesk.model.facts import PinpointKind
from magdesk.progress import CancelToken, Progress
from magdesk.services.evidence.encoding import known_encoding
from magdesk.services.evidence.recognition import page_texts
from magdesk.services.evidence.scans import recognised_pages

_WARM_UP = 400  # milliseconds after it is shown first
_WAIT = 250  # milliseconds until waiting is worth a word


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the next item is opened."""

    page: int = 0
    find: str = ""
    counted: tuple[PinpointKind, str] | None = None


class Viewer(QWidget):
    """The viewer.

    Attributes:
        cite_requested: a place is to be cited: key of the evidence, :class:`Passage`.
        item_requested: another item is to be shown, e.g. an attachment: its key.
        save_requested: the original of an item is to be written somewhere: its key.
    """

    cite_requested = Signal(object, object)
    item_requested = Signal(object)
    save_requested = Signal(object)

    def __init__(self, desk: Desk, renderer: Renderer | None = None) -> None:
        super().__init__()
        self.setObjectName("viewer")
        self.setAccessibleName(_("Viewer"))
        self.desk = desk
        self.lane = DrawingQueue(desk, self, renderer)
        self.key: uuid.UUID | None = None
        self._shown: StoredFile | None = None
        self._has_details = self._is_read = False
        self._page_note = ""
        self._start = _Start()
        self._job: Job | None = None
        self._turn = 0
        self._warmed = False
        self._warm_up = QTimer(self, singleShot=True, interval=_WARM_UP)
        self._warm_up.timeout.connect(self._on_warm_up)
        self._texts = TextSource()
        self.destroyed.connect(self._texts.close)
        self.lane.rested.connect(self._texts.rest)
        theme = desk.theme
        self.bar = ViewerBar(theme)
        self.find_bar = FindBar(theme)
        self.note = Label()
        self.note.setObjectName("viewerNote")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.hide()
        self.pages = PagesView(theme, self.lane)
        self.text = TextView(theme)
        self.machine = TextView(theme)
        self.mail_head = MailHead(theme)
        self.mail = TextView(theme, head=self.mail_head)
        self.table = TableView(theme, self.lane)
        self.card = CardView(theme)
        self.media: MediaView | None = None
        self._player_tried = False
        self._waiting = View()
        self._waiting.citable = False
        self._busy = Label()
        self._busy.setObjectName("muted")
        self._busy.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self._waiting).addWidget(self._busy)
        self.stack = QStackedWidget()
        for view in (self._waiting, self.pages, self.text, self.machine, self.mail, self.table, self.card):
            self._add(view)
        self.details = DetailsPanel()
        self.details.hide()
        self._assemble()
        # Signals
        self.bar.page_requested.connect(self.go_page)
        self.bar.before.clicked.connect(self._on_before)
        self.bar.after.clicked.connect(self._on_after)
        self.bar.zoom_requested.connect(self.zoom_to)
        self.bar.step_requested.connect(self.zoom_by)
        self.bar.fit_requested.connect(self._on_fit)
        self.bar.turn_requested.connect(self.turn)
        self.bar.find_requested.connect(self.open_find)
        self.bar.area.toggled.connect(self._on_area)
        self.bar.cite_requested.connect(self.cite)
        self.bar.details.toggled.connect(self.details.setVisible)
        self.bar.machine.toggled.connect(self._on_machine)
        self.find_bar.words_changed.connect(self.seek)
        self.find_bar.step_requested.connect(self.seek_next)
        self.find_bar.closed.connect(self._on_find_closed)
        self.mail_head.item_requested.connect(self.item_requested)
        self.card.save_requested.connect(self._on_save)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self._on_slow)
        self.clear()

    def _add(self, view: View) -> None:
        self.stack.addWidget(view)
        view.page_changed.connect(partial(self._on_page, view))
        view.zoom_changed.connect(partial(self._on_zoom, view))
        view.picking_changed.connect(partial(self._on_picking, view))
        view.hits_changed.connect(partial(self._on_hits, view))

    def _assemble(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.stack, 1)
        across.addWidget(self.details)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addWidget(self.find_bar)
        box.addWidget(self.note)
        box.addLayout(across, 1)

    # ------------------------------------------------------------------------------------------- showing

    @property
    def view(self) -> View:
        """What is shown now."""
        view = self.stack.currentWidget()
        assert isinstance(view, View)
        return view

    def clear(self) -> None:
        """Show nothing."""
        self._leave()
        self.key, self._shown, self._has_details = None, None, False
        self._is_read = False
        self.card.show_card(
            _("Nothing to show"), _("Select an item to read it here."), "",
            icon="eye", savable=False, citable=False,
        )  # fmt: skip
        self._turn_to(self.card)

    def show_item(
        self,
        evidence_id: uuid.UUID,
        *,
        page: int = 0,
        find: str = "",
        counted: tuple[PinpointKind, str] | None = None,
    ) -> None:
        """Show an item.

        Args:
            page: page of the file to open at, from 1; 0 for its beginning.
            find: words to be marked, as they were searched for.
            counted: cells or lines to be chosen, where the view has such; the words are then not looked for.
        """
        row = self.desk.get(Evidence, evidence_id)
        if row is None:
            self.clear()
            return
        if page or find or counted is not None or evidence_id != self.key:
            self._start = _Start(page, find, counted)
        if evidence_id == self.key and self._shown == self._item(row):
            # Still the same file: what is opened stays where it is, and what is opening goes to the new place.
            self._is_read = bool(recognised_pages(row.details))
            if self.view in (self.pages, self.machine):
                self._turn_to(self.pages if not self._is_read else self.view)
            if self.view is not self._waiting:
                self._go_to_start()
            return
        self._leave()
        self._shown = self._item(row)
        self.key = evidence_id
        self._show_details(row)
        if not row.sha256:
            self._show_card(_("There is no file: the item is known, but MagDesk does not hold it."), savable=False)
            return
        way = way_of(row.media_type, row.file_name)
        if way is Way.PAGES or way is Way.TABLE:
            self._show_drawn(row, way)
        elif way is Way.TEXT or way is Way.MAIL:
            self._show_text(row, way)
        elif way is Way.MEDIA:
            self._show_media(row)
        else:
            self._show_card(_("This kind of file cannot be shown here."))

    def _leave(self) -> None:
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._timer.stop()
        self.view.leave()
        self.lane.show(None)
        self.note.hide()
        self.find_bar.hide()

    def _living(self) -> Evidence | None:
        """The row that is shown; it may have been deleted while its file was opened."""
        row = None if self.desk.closed else self.desk.get(Evidence, self.key)
        if row is None:
            self.clear()
        return row

    def _wait(self) -> None:
        self._busy.setText("")
        self._timer.start()
        self._turn_to(self._waiting)

    def _turn_to(self, view: View) -> None:
        self._timer.stop() if view is not self._waiting else None
        self.stack.setCurrentWidget(view)
        drawn = view in (self.pages, self.machine)
        self.bar.machine.setChecked(view is self.machine)
        self.bar.show_view(
            view,
            details=self._has_details,
            machine=drawn and self._is_read,
            writable=not self.desk.read_only,
        )
        self.details.setVisible(self._has_details and self.bar.details.isChecked())

    def _item(self, row: Evidence) -> StoredFile:
        known = known_encoding(row.details)
        return StoredFile(row.sha256, row.media_type, row.file_name, row.size, row.password, known)

    def _show_drawn(self, row: Evidence, way: Way) -> None:
        self._wait()
        self.lane.show(self._item(row))
        failed = self._on_no_table if way is Way.TABLE else self._on_failed
        self.lane.ask("outline", 0.0, _outline, lambda outline: self._on_outline(way, outline), failed)

    def _on_no_table(self, error: MagdeskError) -> None:
        """A workbook that is too odd for a grid may still have text."""
        row = self._living()
        if row is not None and not getattr(error, "lost", False):
            self._show_text(row, Way.TEXT)
        else:
            self._on_failed(error)

    def _on_outline(self, way: Way, outline: Outline) -> None:
        row = self._living()
        if row is None:
            return
        if way is Way.TABLE:
            self.table.show_outline(outline)
            self._turn_to(self.table)
        else:
            # The window has its size only when it is shown, and the pages are fitted to it.
            self.stack.setCurrentWidget(self.pages)
            self.pages.show_outline(outline, text=row.media_type == "application/pdf")
            self._turn_to(self.pages)
        self._page_note = outline.note
        self._say(outline.note)
        self._go_to_start()

    def _show_text(self, row: Evidence, way: Way) -> None:
        item = self._item(row)
        kept = self._texts.kept(item)
        if kept is not None:
            self._on_text(way, *kept)
            return
        self._wait()
        case, texts, turn = self.desk.case, self._texts, self._turn

        def work(_progress: Progress, cancel: CancelToken) -> tuple[list[TextLeaf], FileFacts]:
            return texts.read(case, item, cancel)

        def done(result: tuple[list[TextLeaf], FileFacts]) -> None:
            if turn == self._turn:
                self._job = None
                self._on_text(way, *result)

        def failed(error: MagdeskError) -> None:
            if turn == self._turn:
                self._job = None
                self._on_failed(error)

        self._job = self.desk.runner.submit(
            _("Reading the text"), work, done=done, failed=failed, serial=False, owner=self
        )

    def _on_text(self, way: Way, leaves: list[TextLeaf], facts: FileFacts) -> None:
        row = self._living()
        if row is None:
            return
        if way is Way.MAIL:
            stored = [(one.name, one.value) for one in row.details if one.section == "mail"]
            read = [(one.name, one.value) for one in facts.details if one.section == "mail"]
            parts = self.desk.rows(Evidence, part_of_id=row.id)
            names = {part.file_name for part in parts}
            self.mail_head.show_mail(
                stored or read,
                [(part.id, part.title or part.file_name or _("Untitled")) for part in parts],
                [name for name in facts.attached if name not in names],
            )
        elif not any(leaf.text.strip() for leaf in leaves):
            self._show_card(facts.note or _("No text could be read from it."))
            return
        view = self.mail if way is Way.MAIL else self.text
        view.show_leaves(leaves)
        self._turn_to(view)
        self._say(facts.note)
        self._go_to_start()

    def _show_media(self, row: Evidence) -> None:
        media = self._player()
        if media is None:
            self._show_card(
                _(
                    "Recordings can be played here only if Qt’s multimedia component is installed and the system has "
                    "sound. Save a copy to play it with another program; the copy is not encrypted."
                )
            )
            return
        try:
            stream: BinaryIO = self.desk.case.blobs.open(row.sha256)
        except MagdeskError as error:
            self._on_failed(error)
            return
        film = row.media_type.startswith("video/")
        media.show_media(stream, row.size, row.file_name, film=film, length=row.duration)
        self._turn_to(media)

    def _player(self) -> MediaView | None:
        if not self._player_tried:
            self._player_tried = True
            modules = multimedia()
            made = MediaView(self.desk.theme, modules) if modules is not None else None
            if made is not None and made.available:
                self.media = made
                self._add(made)
            elif made is not None:
                made.deleteLater()
        return self.media

    def _on_failed(self, error: MagdeskError) -> None:
        self._show_card(str(error))

    def _show_card(self, reason: str, *, savable: bool = True) -> None:
        row = self._living()
        if row is None:
            return
        size = _("{size:,} bytes").format(size=row.size) if row.size else ""
        facts = "\n".join(
            part
            for part in (
                joined(row.file_name if row.title else "", row.media_type, size),
                f"SHA-256 {row.sha256[:32]}\n{row.sha256[32:]}" if row.sha256 else "",
            )
            if part
        )
        title = row.title or row.file_name or _("Untitled")
        self.card.show_card(title, reason, facts, icon="evidence", savable=savable, citable=True)
        self._turn_to(self.card)

    def _show_details(self, row: Evidence) -> None:
        details = [(one.section, one.name, one.value) for one in row.details]
        self._has_details, self._is_read = bool(details), bool(recognised_pages(row.details))
        self.details.show_details(details)
        telling = any(section in ("camera", "position") for section, _name, _value in details)
        self.bar.details.setChecked(telling and self.width() > 720)

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _go_to_start(self) -> None:
        start, self._start = self._start, _Start()
        if start.find and self._is_read and self.view is self.pages:
            self._on_machine(True)  # the words can be marked there, not on a picture
        view = self.view
        if start.page:
            view.go_page(view.leaf_of(start.page) if isinstance(view, TextView) else start.page - 1)
        if start.counted is not None and view.go_counted(*start.counted):
            return
        if start.find and view.findable:
            self.find_bar.begin(start.find)
            view.seek(start.find, every=True)

    # -------------------------------------------------------------------------------------------- acting

    def go_page(self, page: int) -> None:
        """Show a page, from 0."""
        self.view.go_page(page)

    def turn(self) -> None:
        """A quarter turn clockwise."""
        self.view.turn()

    def _on_machine(self, on: bool) -> None:
        """Turn from the picture of a page to the text that a program read off it, or back."""
        if on == (self.view is self.machine) or self.key is None:
            return
        if not on:
            leaf = self.machine.page_of(self.machine.page)
            self._turn_to(self.pages)
            self._say(self._page_note)
            self.pages.go_page(max(leaf, 1) - 1)
            return
        page = self.pages.page + 1
        self.machine.show_leaves(leaves_of(page_texts(self.desk.case, self.key)))
        self._turn_to(self.machine)
        self._say(_("A program read this text off the page. It may contain errors: compare it with the picture."))
        self.machine.go_page(self.machine.leaf_of(page))

    def _on_area(self, on: bool) -> None:
        self.view.pick_area(on)

    def seek(self, words: str) -> None:
        """Mark these words where they stand side by side."""
        self.view.seek(words)

    def seek_next(self, step: int) -> None:
        """Go to the next hit, or with -1 to the one before."""
        self.view.seek_next(step)

    def zoom_to(self, zoom: float) -> None:
        """Show it at a size; 1.0 is natural."""
        self.view.set_zoom(zoom)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by so many steps."""
        if self.view.zoomable:
            self.view.set_zoom(self.view.zoom * 1.2**steps)

    def open_find(self) -> None:
        """Put the cursor into the line of words to find."""
        if self.view.findable:
            self.find_bar.focus()

    def cite(self) -> None:
        """Ask for a citation of what is selected, or of the page that is shown."""
        if self.key is None or not self.view.citable or self.desk.read_only:
            return
        passage: Passage = self.view.passage()
        self.cite_requested.emit(self.key, passage)

    def _on_before(self) -> None:
        self.go_page(self.view.page - 1)

    def _on_after(self) -> None:
        self.go_page(self.view.page + 1)

    def _on_fit(self, whole: bool) -> None:
        self.view.fit(whole=whole)

    def _on_slow(self) -> None:
        self._busy.setText(_("Opening…"))

    # Each view tells what changes in it, also while another one is shown.

    def _on_page(self, view: View, _page: int) -> None:
        if view is self.view:
            self.bar.show_page(view)

    def _on_zoom(self, view: View) -> None:
        if view is self.view:
            self.bar.show_zoom(view)

    def _on_picking(self, view: View, on: bool) -> None:
        if view is self.view:
            self.bar.area.setChecked(on)

    def _on_hits(self, view: View, hits: Hits) -> None:
        if view is self.view:
            self.find_bar.show_hits(hits)

    def _on_find_closed(self) -> None:
        self.seek("")
        self.view.setFocus()

    def _on_save(self) -> None:
        if self.key is not None:
            self.save_requested.emit(self.key)

    # ---------------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Keys that mean something here come before the window's own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Find) or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
            if _is_cite(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find, copy, cite, zoom, turn."""
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        view = self.view
        if event.matches(QKeySequence.StandardKey.Find):
            self.open_find()
        elif _is_cite(event):
            self.cite()
        elif event.matches(QKeySequence.StandardKey.Copy):
            view.copy()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus) and view.zoomable:
            self.zoom_by(-1 if key == Qt.Key.Key_Minus else 1)
        elif key == Qt.Key.Key_0 and ctrl and view.zoomable:
            view.set_zoom(1.0)
        elif ctrl and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and view.pages > 1:
            view.go_page(view.page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif not ctrl and key in (Qt.Key.Key_W, Qt.Key.Key_P) and view.fits:
            view.fit(whole=key == Qt.Key.Key_P)
        elif not ctrl and key == Qt.Key.Key_R and view.turnable:
            self.turn()
        elif not ctrl and key == Qt.Key.Key_I and self.bar.details.isVisible():
            self.bar.details.toggle()
        elif not ctrl and key == Qt.Key.Key_T and self.bar.machine.isVisible():
            self.bar.machine.toggle()
        elif key == Qt.Key.Key_F3:
            self.seek_next(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif not ctrl and key == Qt.Key.Key_A and view.areas:
            self.bar.area.toggle()
        elif key == Qt.Key.Key_Escape and view.drop_area():
            pass
        elif key == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self.find_bar.finish()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Cite, copy, save."""
        menu = self.make_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def make_menu(self) -> QMenu | None:
        """What can be done with what is shown; none when nothing is."""
        if self.key is None or self._shown is None:
            return None
        menu = QMenu(self)
        view = self.view
        if view.citable:
            words = (
                _("Cite the selection")
                if view.selected
                else _("Cite this page")
                if view.pages > 1
                else _("Cite this")
            )
            cite = menu.addAction(words)
            cite.setShortcut(QKeySequence("Ctrl+Shift+C"))
            cite.setEnabled(not self.desk.read_only)
            cite.triggered.connect(self.cite)
        if view.selected:
            copy = menu.addAction(_("Copy"))
            copy.setShortcut(QKeySequence.StandardKey.Copy)
            copy.triggered.connect(view.copy)
        if view.findable:
            find = menu.addAction(_("Find…"))
            find.setShortcut(QKeySequence.StandardKey.Find)
            find.triggered.connect(self.open_find)
        if self._shown.sha256:
            menu.addSeparator()
            menu.addAction(_("Save a copy…")).triggered.connect(self._on_save)
        return menu

    def showEvent(self, event: QShowEvent) -> None:
        """Have the processes ready before the first item is chosen."""
        super().showEvent(event)
        if not self._warmed:
            self._warm_up.start()

    def _on_warm_up(self) -> None:
        if self._warmed or self.desk.closed:
            return
        self._warmed = True
        self.lane.warm()
        texts = self._texts

        def work(_progress: Progress, _cancel: CancelToken) -> None:
            texts.warm()

        self.desk.runner.submit(
            DRAWING, work, done=lambda _none: None, failed=lambda _error: None,
            serial=False, cancellable=False, owner=self,
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        """A comfortable part of a page."""
        return QSize(680, 760)


def _outline(renderer: Renderer, item: StoredFile, opener: object) -> Outline:
    return renderer.outline(item, opener)  # type: ignore[arg-type]


def _is_cite(event: QKeyEvent) -> bool:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_C and event.modifiers() == both
