"""What stands under an authority that is asked for: its measures to tick, and what a lawyer has still to confirm."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import WrappedCheck
from magdesk.gui.layouts import take_all
from magdesk.gui.words import _
from magdesk.model import Authority, Base
from magdesk.regimes.regime import Measure


class Measures(QWidget):
    """The measures of a regime, each with a box: ticked ones are asked for. All of them when none is left out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.row: Authority | None = None
        self.boxes: dict[str, WrappedCheck] = {}
        self._shown: tuple[str, ...] = ()
        title = Label(_("Measures requested"))
        title.setObjectName("fieldLabel")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(title)
        box.addLayout(self._stack)

    def bind(self, row: Base | None) -> None:
        """Show what is asked for under an authority."""
        self.row = row if isinstance(row, Authority) else None
        measures = self._measures()
        codes = tuple(measure.code for measure in measures)
        if codes != self._shown:
            self._shown = codes
            self._fill(measures)
        asked = self._asked()
        for code, box in self.boxes.items():
            box.setChecked(not asked or code in asked)
            box.setEnabled(not self.desk.read_only)
        self.setVisible(bool(codes))

    def _measures(self) -> tuple[Measure, ...]:
        regime = self.desk.law.regimes.get(self.row.regime) if self.row is not None else None
        return regime.measures if regime is not None else ()

    def _asked(self) -> set[str]:
        text = self.row.measures if self.row is not None else ""
        return {part.strip() for part in text.split(",") if part.strip()}

    def _fill(self, measures: tuple[Measure, ...]) -> None:
        take_all(self._stack)
        self.boxes = {}
        for measure in measures:
            text = (
                measure.title if not measure.provenance.verify else _("{title} (verify)").format(title=measure.title)
            )
            box = WrappedCheck(text.replace("&", "&&"))
            box.clicked.connect(self._on_clicked)
            self.boxes[measure.code] = box
            self._stack.addWidget(box)
            if measure.property is not None:
                reached = measure.property
                told = _("{text} (verify)") if reached.provenance.verify else "{text}"
                help_text = Label(told.format(text=reached.text))
                help_text.setObjectName("help")
                help_text.setWordWrap(True)
                help_text.setContentsMargins(26, 0, 0, 0)
                self._stack.addWidget(help_text)

    def _on_clicked(self) -> None:
        row = self.row
        ticked = [code for code, box in self.boxes.items() if box.isChecked()]
        if row is None:
            return
        if not ticked:  # to ask for nothing is no request: the last one stays
            self.desk.notice_requested.emit(_("Request at least one measure."), False)
            self.bind(row)
            return
        value = "" if len(ticked) == len(self.boxes) else ", ".join(ticked)

        def store(_session: object) -> None:
            row.measures = value

        self.desk.try_change(_("Choose measures"), store)
        self.bind(row)


class ToVerify(Label):
    """What could not be confirmed in the official text of a regime."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("muted")
        self.setWordWrap(True)

    def bind(self, row: Base | None) -> None:
        """Show the list of a regime; nothing where there is none."""
        regime = self.desk.law.regimes.get(row.regime) if isinstance(row, Authority) else None
        points = regime.to_verify if regime is not None else ()
        heading = _("For a lawyer to verify in the official text:")
        self.setText("\n".join([heading, *(f"•  {point}" for point in points)]) if points else "")
        self.setVisible(bool(points))
