"""Pictures of every page of the window, to be looked at: ``python -m tests.gallery --to DIR [--only PAGE]``.

Each page is shown of an empty case, of the sample and of a very full one; in light and dark; small and large; from
left to right and mirrored; with small letters and large ones. The pictures of a page are put on one sheet beside
each other; ``--whole`` keeps each of them in full size too.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from magdesk.casefile import CaseFile
from magdesk.gui.app import create_window
from magdesk.gui.prompts import DialogPrompts
from magdesk.gui.theme import Appearance
from magdesk.gui.window.actions import PAGES
from magdesk.gui.window.shell import Window
from magdesk.model import Case, Fact, Party, Target
from magdesk.model.people import PartyKind
from magdesk.services.evidence.adding import add_bytes
from magdesk.services.sample import create_sample
from magdesk.values import now
from tests.shared import SAMPLE_PASSPHRASE
from tests.system.canary import rows_of_every_kind

TODAY = date(2026, 11, 30)
SIZES = (QSize(1000, 600), QSize(1920, 1200))
LETTERS = (9, 13)
CASES = ("empty", "sample", "full")
_PATIENCE = 60.0  # seconds for a page to come to rest
_REST = 0.3  # seconds in which nothing begins
_NAME = "الإدارة الخاصة للتحقيقات Special Investigations Directorate of the Ministry of the Interior"
_LONG = "The Commission of Inquiry into the Events at the Northern Harbour found what it found. " * 3


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page.

    Attributes:
        letters: size of the text, in points.
        mirrored: whether it is read from right to left.
    """

    appearance: Appearance
    size: QSize
    letters: int
    mirrored: bool

    @property
    def name(self) -> str:
        """For a file: ``dark-1000-13-mirrored``."""
        parts = [self.appearance.value, str(self.size.width()), str(self.letters)]
        return "-".join([*parts, *(["mirrored"] * self.mirrored)])


LOOKS = tuple(Look(*one) for one in product((Appearance.LIGHT, Appearance.DARK), SIZES, LETTERS, (False, True)))


def case_of(name: str, folder: Path) -> CaseFile:
    """An empty case, the sample, or one that is very full of long and foreign names."""
    path = folder / f"{name}.magdesk"
    if name == "empty":
        made = CaseFile.create(path, SAMPLE_PASSPHRASE, backups=False)
        with made.change("Create the case", base=True) as session:
            session.add(Case(title="New case", created_at=now()))
        return made
    made = create_sample(path, SAMPLE_PASSPHRASE, today=TODAY)
    if name == "full":
        _fill(made)
    return made


def _fill(case: CaseFile) -> None:
    with case.change("Fill") as session:
        session.add_all(rows_of_every_kind(_NAME))
        session.add_all(Fact(text=f"{number}. {_LONG}", rank=1000 + number) for number in range(300))
        session.add_all(Target(party=Party(kind=PartyKind.PERSON, description=_LONG)) for _ in range(12))
    for number in range(60):
        add_bytes(case, f"{_NAME} {number}.txt", f"{_NAME} {number}".encode())


def settle(app: QApplication, window: Window) -> None:
    """Wait until nothing runs and the layouts have come to rest."""
    end = time.monotonic() + _PATIENCE
    busy = since = time.monotonic()
    while since - busy < _REST and since < end:
        app.processEvents()
        view = window.view
        since = time.monotonic()
        if window.runner.jobs or (view is not None and view.desk.checking.busy):
            busy = since
        time.sleep(0.01)


def look_at(app: QApplication, window: Window, look: Look) -> None:
    """Show the window so."""
    font = QFont(app.font())
    font.setPointSizeF(look.letters)
    app.setFont(font)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if look.mirrored else Qt.LayoutDirection.LeftToRight)
    window.theme.set_appearance(look.appearance)
    window.resize(look.size)


def picture(widget: QWidget) -> QImage:
    """What is seen of a widget."""
    return widget.grab().toImage()


def sheet(pictures: Sequence[tuple[str, QImage]], columns: int = 4, width: int = 640) -> QImage:
    """Pictures beside each other, each with its name below."""
    scaled = [
        (name, image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)) for name, image in pictures
    ]
    height = max(image.height() for _name, image in scaled) + 26
    rows = -(-len(scaled) // columns)
    made = QImage(columns * (width + 8), rows * height, QImage.Format.Format_RGB32)
    made.fill(QColor("#777777"))
    painter = QPainter(made)
    for place, (name, image) in enumerate(scaled):
        x, y = place % columns * (width + 8), place // columns * height
        painter.drawImage(x, y, image)
        painter.drawText(QRect(x, y + image.height(), width, 24), Qt.AlignmentFlag.AlignCenter, name)
    painter.end()
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures; returns how many were made."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", allow_abbrev=False, description=__doc__)
    parser.add_argument("--to", type=Path, required=True, metavar="DIR")
    parser.add_argument("--only", choices=[code for code, _title in PAGES], action="append", metavar="PAGE")
    parser.add_argument("--case", choices=CASES, action="append", metavar="CASE", help=", ".join(CASES))
    parser.add_argument(
        "--look", choices=[look.name for look in LOOKS], action="append", help="one of the looks only"
    )
    parser.add_argument("--whole", action="store_true", help="keep each picture in full size too")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options.to.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["gallery"])
    assert isinstance(app, QApplication)
    looks = [look for look in LOOKS if not options.look or look.name in options.look]
    wanted = options.only or [code for code, _title in PAGES]
    found: dict[str, list[tuple[str, QImage]]] = {code: [] for code in wanted}
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.case or CASES:
            case = case_of(name, Path(scratch))
            window = create_window(app, prompts=DialogPrompts(), today=lambda: TODAY)
            window.open_case(case)
            window.show()
            for look, code in product(looks, wanted):
                look_at(app, window, look)
                assert window.view is not None
                window.view.show_page(code)
                settle(app, window)
                image = picture(window)
                found[code].append((f"{name}-{look.name}", image))
                if options.whole:
                    image.save(str(options.to / f"{code}-{name}-{look.name}.png"))
            window.close_case()
            settle(app, window)
            window.close()
    for code, pictures in found.items():
        sheet(pictures).save(str(options.to / f"{code}.png"))
        print(f"{code}: {len(pictures)} pictures")
    return sum(map(len, found.values()))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
