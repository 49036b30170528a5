"""When the program itself fails: a report without a word of the case, shown before it goes anywhere."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout

from magdesk import __version__
from magdesk.gui.boundedwords import Label
from magdesk.gui.words import _


def crash_report(kind: type[BaseException], trace: TracebackType | None, cause: BaseException | None = None) -> str:
    """Versions and places in the code. Messages and values of exceptions are left out: they can hold case content."""
    lines = [
        f"MagDesk {__version__}, Python {platform.python_version()}, PySide6 {pyside_version}, {platform.system()}",
        "",
        f"{kind.__module__}.{kind.__qualname__}",
    ]
    for frame in traceback.extract_tb(trace):
        name = frame.filename.replace("\\", "/")
        short = name[name.rfind("/magdesk/") + 1 :] if "/magdesk/" in name else name.rsplit("/", 1)[-1]
        lines.append(f"  {short}:{frame.lineno} {frame.name}")
    while cause is not None:
        lines.append(f"caused by {type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


class CrashDialog(QDialog):
    """Says that it is our fault, that the case is saved, and shows the report."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self.setWindowTitle(_("MagDesk has run into a problem"))
        self.resize(640, 420)
        text = Label(
            _(
                "Something went wrong in the program. Your saved work is safe: every change is in the case file "
                "as soon as the status line says so. The report below contains nothing from the case; please "
                "send it to the authors if you can."
            )
        )
        text.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        buttons = QDialogButtonBox()
        copy = buttons.addButton(_("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        leave = buttons.addButton(_("Continue"), QDialogButtonBox.ButtonRole.AcceptRole)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text)
        box.addWidget(self.report, 1)
        box.addWidget(buttons)
        copy.clicked.connect(self._on_copy)
        leave.clicked.connect(self.accept)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())


class CrashHandler:
    """Takes the place of ``sys.excepthook`` while a window runs."""

    def __init__(self) -> None:
        self._showing = False

    def install(self) -> None:
        """From now on, faults are shown."""
        sys.excepthook = self

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Show one fault; further ones while it is shown are not."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if self._showing:
            return
        self._showing = True
        try:
            report = crash_report(kind, trace, error.__cause__ or error.__context__)
            sys.stderr.write(report + "\n")
            CrashDialog(report).exec()
        finally:
            self._showing = False
