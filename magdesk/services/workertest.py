"""Whether the processes that take strangers' files apart are held on this computer, for whoever asks."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.sandbox.confinement import Confinement
from magdesk.intake.sandbox.hostile import THROUGH
from magdesk.intake.sandbox.selftest import SelfTest, run_selftest

__all__ = ["SelfTest", "run_selftest", "selftest_lines"]


def selftest_lines(done: SelfTest) -> list[str]:
    """The table as lines of text: each attempt, what came of it when free, and behind all layers."""
    lines = _held_lines(done.confinement)
    lines += ["", _("other programs that MagDesk runs (pandoc, tesseract)"), *_held_lines(done.programs)]
    lines += ["", f"{_('attempt'):<46}{_('free'):<12}{_('locked in'):<12}"]
    for row in done.rows:
        if row.fine:
            verdict = _("allowed, as it must be") if row.wanted else _("refused")
        else:
            verdict = _("REFUSED, though libraries need it") if row.wanted else _("NOT HELD")
        lines.append(f"{row.title:<46}{_said(row.free):<12}{_said(row.held):<12}{verdict}")
    return lines


def _held_lines(confinement: Confinement) -> list[str]:
    held = _("held by   {layers}").format(layers=", ".join(sorted(confinement.held)) or _("nothing"))
    return [held, *(_("lacking   {sentence}").format(sentence=sentence) for sentence in confinement.lacking)]


def _said(outcome: str) -> str:
    return _("succeeds") if outcome == THROUGH else outcome
