"""Slides that a presentation keeps but does not show are shown here, and said to be hidden."""

from __future__ import annotations

from collections.abc import Collection

from magdesk.i18n import _
from magdesk.intake.conversion.gathering import Gathering

HIDDEN_TITLE = _("Slide {number} (hidden in the original)")


def say_hidden(numbers: Collection[int], gathering: Gathering) -> None:
    """Say which slides a person who watched the presentation did not see."""
    if numbers:
        named = ", ".join(map(str, sorted(numbers)))
        said = _("Slides that the original hides are shown and marked here: {numbers}.")
        gathering.first(said.format(numbers=named))
