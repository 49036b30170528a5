"""The share from which an entity counts as owned: each law has its own, and a case can invoke several laws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from magdesk.document.graph import HALF, half_or_more
from magdesk.regimes.regime import Regime


@dataclass(frozen=True, slots=True)
class OwnershipRules:
    """The laws that a case asks for, as to ownership; without any, the usual rule of half or more holds."""

    laws: Sequence[Regime] = ()

    def enough(self, percent: float) -> bool:
        """Whether one of the laws reaches an entity of which that much is owned."""
        return any(law.owns(percent) for law in self.laws) if self.laws else half_or_more(percent)

    def unreached(self, percent: float) -> tuple[Regime, ...]:
        """The laws that do not reach it, though another one does."""
        return tuple(law for law in self.laws if not law.owns(percent)) if self.enough(percent) else ()

    @property
    def above_half(self) -> bool:
        """Whether every one of them asks for more than half."""
        return bool(self.laws) and all(not law.owns(HALF) for law in self.laws)
