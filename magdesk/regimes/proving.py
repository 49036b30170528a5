"""Which facts count for an element: the rule by which matrix, checks and printed table read the same links."""

from __future__ import annotations

from collections.abc import Iterable

from magdesk.regimes.regime import AbuseType, Element, ModeOfResponsibility, Prong

_TYING = frozenset({"link", "act", "support", "relation"})
"""What a mode of responsibility asks that ties a person to an act; what it asks beside is no tie by itself."""


def mode_code(mode: ModeOfResponsibility, element: Element) -> str:
    """What ``Proof.element`` stores of a fact that a mode of responsibility needs: ``command:C3``."""
    return f"{mode.code}:{element.code}"


def proving_codes(
    prong: Prong, kind: AbuseType | None, element: Element, modes: Iterable[ModeOfResponsibility]
) -> tuple[str, ...]:
    """The codes whose proofs count for an element of a ground, its own first.

    The facts of the pleaded type prove the paragraph's act. Those that show how the target took part, which are
    stored with the participation, prove the paragraph's tie.
    """
    if element in prong.elements:
        if element.aspect == "act" and kind is not None:
            return (element.code, *(own.code for own in kind.elements))
        if element.aspect == "link":
            tying = (mode_code(mode, own) for mode in modes for own in mode.elements if own.aspect in _TYING)
            return (element.code, *tying)
    return (element.code,)
