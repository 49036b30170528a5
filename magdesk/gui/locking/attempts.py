"""Wrong passphrases make the next one wait. Their number is kept, so that starting again does not forget it."""

from __future__ import annotations

import time
from collections.abc import Callable

from magdesk.gui.settings import Settings

FREE = 3  # wrong ones without a wait: fingers slip
LONGEST = 60.0  # seconds; more would lock out the owner, and an attacker copies the file anyway


class Attempts:
    """Counts wrong passphrases on this computer, of whichever case: which one is nobody's business."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._settings, self._clock = settings, clock

    @property
    def wait(self) -> float:
        """Seconds until the next one may be tried; 0 when it may be tried now."""
        count, last = self._settings.wrong_passphrases
        if count < FREE:
            return 0.0
        delay = min(2.0 ** (count - FREE + 1), LONGEST)
        # A clock that was set back makes nobody wait for more than one whole delay.
        return max(0.0, min(delay, last + delay - self._clock()))

    def note_wrong(self) -> None:
        """One more."""
        count, _last = self._settings.wrong_passphrases
        self._settings.wrong_passphrases = (count + 1, self._clock())

    def note_right(self) -> None:
        """Begin to count anew."""
        if self._settings.wrong_passphrases[0]:
            self._settings.wrong_passphrases = (0, 0.0)
