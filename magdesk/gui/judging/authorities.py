"""The authorities as cards, grouped by country: verdict, reasons, what to plead, what is to be verified."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from magdesk.checks.suitability import Effect, ProngFit, Reason, RegimeFit, TargetSuitability, Verdict
from magdesk.checks.suitability_questions import QUESTIONS
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.layouts import take_all
from magdesk.gui.words import _, ngettext
from magdesk.model import LegalBasis
from magdesk.services.pleading import plead

VERDICTS: dict[Verdict, tuple[str, str, str, str]] = {
    Verdict.FITS: (_("Fits"), "check", "ok", "noticeGood"),
    Verdict.HURDLES: (_("Fits, with hurdles"), "warn", "warn", "notice"),
    Verdict.OPEN: (_("Cannot be determined yet"), "info", "muted", "rowCard"),
    Verdict.NO: (_("Does not fit"), "block", "danger", "noticeBad"),
}
"""The words of each verdict, its icon, the tone of the icon, and the look of its mark."""

_REASONS: dict[Effect, tuple[str, str, str]] = {
    Effect.EXCLUDES: ("block", "danger", _("Against it")),
    Effect.OPEN: ("info", "muted", _("Open")),
    Effect.HURDLE: ("warn", "warn", _("Hurdle")),
    Effect.PREFER: ("warn", "warn", _("Mostly")),
    Effect.SUPPORTS: ("check", "ok", _("For it")),
}


def verdict_mark(desk: Desk, verdict: Verdict) -> QWidget:
    """The verdict as icon and words on its colour."""
    words, icon, tone, look = VERDICTS[verdict]
    frame = QFrame()
    frame.setObjectName(look)
    picture = Label()
    picture.setPixmap(desk.theme.icon(icon, tone).pixmap(14, 14))
    text = Label(words)
    line = QHBoxLayout(frame)
    line.setContentsMargins(8, 3, 9, 3)
    line.setSpacing(6)
    line.addWidget(picture)
    line.addWidget(text)
    return frame


class AuthorityCard(QFrame):
    """One authority.

    Attributes:
        other_requested: another authority is to be shown, by its code.
    """

    other_requested = Signal(str)

    def __init__(self, desk: Desk, judged: TargetSuitability, fit: RegimeFit) -> None:
        super().__init__()
        self.setObjectName("card")
        self.desk, self.judged, self.fit = desk, judged, fit
        self.add_buttons: dict[str, QPushButton] = {}
        words = VERDICTS[fit.verdict][0]
        self.setAccessibleName(f"{fit.jurisdiction}, {fit.short}: {words}")
        title = Label(fit.short)
        title.setObjectName("cardTitle")
        title.setWordWrap(True)
        title.setToolTip(fit.title)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title, 1)
        head.addWidget(verdict_mark(desk, fit.verdict), 0, Qt.AlignmentFlag.AlignTop)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(14, 11, 14, 11)
        self.box.setSpacing(6)
        self.box.addLayout(head)
        self._badges()
        for reason in fit.reasons:
            if reason.effect is not Effect.OPEN or reason.question not in fit.missing:
                self._reason(self.box, reason)
        if fit.missing:
            names = ", ".join(QUESTIONS[code].title for code in fit.missing)
            self._line(
                self.box, "info", "muted", _("To determine this, the case still needs: {what}.").format(what=names)
            )
        for code in fit.best:
            prong = fit.prong(code)
            if prong is not None:
                self._prong(self.box, prong, best=True)
        self._others()

    def _badges(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        if self.fit.asked:
            asked = Label(_("Addressed in this case"))
            asked.setObjectName("help")
            line.addWidget(asked)
        if self.fit.verify:
            self.verify = QPushButton(_("Verify before filing"))
            self.verify.setProperty("kind", "quiet")
            self.verify.setIcon(self.desk.theme.icon("warn", "warn"))
            self.verify.setCheckable(True)
            self.verify.setToolTip(_("Parts of this law were not checked against the official text"))
            line.addWidget(self.verify)
        line.addStretch(1)
        if line.count() > 1:
            self.box.addLayout(line)
        if self.fit.verify:
            told = list(self.fit.to_verify)
            told += [
                _("{prong}: known only at second hand").format(prong=prong.code)
                for prong in self.fit.prongs
                if prong.verify
            ]
            points = Label("\n".join(f"•  {text}" for text in told) or _("The wording is known only at second hand."))
            points.setObjectName("help")
            points.setWordWrap(True)
            points.setVisible(False)
            self.verify.toggled.connect(points.setVisible)
            self.box.addWidget(points)

    def _line(self, box: QVBoxLayout, icon: str, tone: str, text: str, spoken: str = "") -> QHBoxLayout:
        picture = Label()
        picture.setPixmap(self.desk.theme.icon(icon, tone).pixmap(14, 14))
        picture.setContentsMargins(0, 2, 0, 0)
        picture.setAccessibleName(spoken)
        picture.setToolTip(spoken)
        words = Label(text)
        words.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        box.addLayout(line)
        return line

    def _reason(self, box: QVBoxLayout, reason: Reason) -> None:
        icon, tone, spoken = _REASONS[reason.effect]
        text = reason.sentence + (" " + _("(verify)") if reason.verify else "")
        line = self._line(box, icon, tone, text, spoken)
        other = self.desk.law.regimes.get(reason.other)
        if other is not None:
            see = QPushButton(_("See {name}").format(name=other.short))
            see.setProperty("kind", "quiet")
            see.clicked.connect(partial(self.other_requested.emit, other.code))
            line.addWidget(see, 0, Qt.AlignmentFlag.AlignTop)

    def _prong(self, box: QVBoxLayout, prong: ProngFit, *, best: bool) -> None:
        frame = QFrame()
        frame.setObjectName("rowCard")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(10, 7, 10, 8)
        inner.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        title = Label(f"{prong.code}  {prong.title}")
        title.setWordWrap(True)
        title.setToolTip(prong.citation)
        if best:
            title.setObjectName("cardTitle")
        line.addWidget(title, 1)
        if not best:
            line.addWidget(verdict_mark(self.desk, prong.verdict), 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(line)
        left = self._unpleaded(prong)
        kinds = ", ".join(self._title(code) for code in prong.types)
        if kinds and prong.verdict is not Verdict.NO:
            text = Label(_("With: {kinds}").format(kinds=kinds))
            text.setObjectName("help")
            text.setWordWrap(True)
            inner.addWidget(text)
        for reason in prong.reasons:
            self._reason(inner, reason)
        if prong.verdict is not Verdict.NO:
            foot = QHBoxLayout()
            if prong.pleaded:
                pleaded = Label(_("Pleaded in this case"))
                pleaded.setObjectName("help")
                foot.addWidget(pleaded)
            foot.addStretch(1)
            if left is not None and not self.desk.read_only:
                foot.addWidget(self._add_button(prong, left))
            inner.addLayout(foot)
        box.addWidget(frame)

    def _unpleaded(self, prong: ProngFit) -> tuple[str, ...] | None:
        """The kinds that the paragraph is not yet pleaded with; none where nothing is left to add."""
        if not prong.types:
            return None if prong.pleaded else ()
        rows = self.desk.rows(LegalBasis, target_id=self.judged.target_id, regime=self.fit.code, prong=prong.code)
        left = tuple(code for code in prong.types if code not in {row.abuse_type for row in rows})
        return left or None

    def _add_button(self, prong: ProngFit, kinds: tuple[str, ...]) -> QPushButton:
        button = QPushButton(_("Add this ground"))
        button.setIcon(self.desk.theme.icon("add", "muted"))
        button.setAccessibleName(
            _("Add this ground: {prong} of {authority}").format(prong=prong.code, authority=self.fit.short)
        )
        if len(kinds) > 1:
            menu = QMenu(button)
            for code in kinds:
                menu.addAction(self._title(code), partial(self._add, prong, (code,)))
            menu.addSeparator()
            menu.addAction(_("With each of these"), partial(self._add, prong, kinds))
            button.setMenu(menu)
        else:
            button.clicked.connect(partial(self._add, prong, kinds))
        self.add_buttons[prong.code] = button
        return button

    def _add(self, prong: ProngFit, kinds: tuple[str, ...]) -> None:
        add_ground(self.desk, self.judged.target_id, self.fit.code, prong, kinds)

    def _title(self, code: str) -> str:
        regime = self.desk.law.regimes.get(self.fit.code)
        kind = regime.abuse_type(code) if regime is not None else None
        return kind.title if kind is not None else code

    def _others(self) -> None:
        rest = [prong for prong in self.fit.prongs if prong.code not in self.fit.best]
        if not rest:
            return
        toggle = QPushButton()
        toggle.setProperty("kind", "quiet")
        toggle.setCheckable(True)
        toggle.setText(
            ngettext("{count} other paragraph", "{count} other paragraphs", len(rest)).format(count=len(rest))
        )
        self.box.addWidget(toggle, 0, Qt.AlignmentFlag.AlignLeft)
        panel = QWidget()
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        panel.setVisible(False)
        self.box.addWidget(panel)
        toggle.toggled.connect(partial(self._show_others, panel, inner, rest))
        self.more = toggle

    def _show_others(self, panel: QWidget, inner: QVBoxLayout, rest: Sequence[ProngFit], on: bool) -> None:
        # Most are never opened: they are made when they are.
        if on and not inner.count():
            for prong in rest:
                self._prong(inner, prong, best=False)
        panel.setVisible(on)


def add_ground(desk: Desk, target: uuid.UUID, regime: str, prong: ProngFit, kinds: tuple[str, ...]) -> bool:
    """Plead a paragraph, asking for its authority where the case does not yet: one undoable step."""
    desk.flush()
    work = partial(plead, target=target, regime=regime, prong=prong, kinds=kinds)
    return desk.try_change(_("Plead {prong}").format(prong=prong.code), work)


class Authorities(QWidget):
    """All authorities for one target."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.cards: dict[str, AuthorityCard] = {}
        self._shown: tuple[object, ...] = ()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)

    def show_fits(self, judged: TargetSuitability) -> None:
        """Follow what was judged; built anew only where that is different."""
        pleaded = tuple(
            (row.regime, row.prong, row.abuse_type) for row in self.desk.rows(LegalBasis, target_id=judged.target_id)
        )
        shown = (judged, pleaded)
        if shown == self._shown:
            return
        self._shown = shown
        opened = {code for code, card in self.cards.items() if hasattr(card, "more") and card.more.isChecked()}
        take_all(self.box)
        self.cards = {}
        countries = dict.fromkeys(fit.jurisdiction for fit in judged.regimes)
        for country in countries:
            heading = Label(country)
            heading.setObjectName("sectionTitle")
            heading.setContentsMargins(0, 6 if self.cards else 0, 0, 0)
            self.box.addWidget(heading)
            own = [fit for fit in judged.regimes if fit.jurisdiction == country]
            beside = False
            for fit in sorted(own, key=lambda fit: fit.add_on):
                if fit.add_on and not beside:
                    beside = True
                    words = Label(_("Also, where they fit:"))
                    words.setObjectName("help")
                    words.setContentsMargins(0, 6, 0, 0)
                    self.box.addWidget(words)
                card = AuthorityCard(self.desk, judged, fit)
                card.other_requested.connect(self.show_card)
                self.cards[fit.code] = card
                self.box.addWidget(card)
                if fit.code in opened and hasattr(card, "more"):
                    card.more.setChecked(True)
        self.box.addStretch(1)

    def show_card(self, code: str) -> None:
        """Bring an authority into view."""
        card = self.cards.get(code)
        area = self.parentWidget()
        while area is not None and not hasattr(area, "ensureWidgetVisible"):
            area = area.parentWidget()
        if card is not None and area is not None:
            area.ensureWidgetVisible(card, 0, 40)
