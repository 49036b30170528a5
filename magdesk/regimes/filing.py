"""Which submissions a case makes: the authorities asked for, grouped by the packet that they are filed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from magdesk.regimes.regime import Law, PacketTemplate, Regime


@dataclass(frozen=True, slots=True)
class Filing:
    """One submission: a packet and the authorities that it asks to act.

    Attributes:
        regimes: in the order in which the case names them.
        leave_out: codes of letters and of interest arguments that belong to other packets only.
        kinds: codes of the types of abuse and corruption that some paragraph of its authorities reaches.
        freezes: whether some measure of its authorities reaches property.
    """

    packet: PacketTemplate
    regimes: tuple[Regime, ...]
    leave_out: frozenset[str]
    kinds: frozenset[str]
    freezes: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its authorities."""
        return tuple(regime.code for regime in self.regimes)


def filings(codes: Iterable[str], law: Law) -> tuple[Filing, ...]:
    """The submissions of a case that asks for these authorities, in the order of the first authority of each.

    Codes of no known regime are left to the checks.
    """
    grouped: dict[str, list[Regime]] = {}
    for code in dict.fromkeys(codes):
        regime = law.regimes.get(code)
        if regime is not None and regime.packet in law.packets:
            grouped.setdefault(regime.packet, []).append(regime)
    return tuple(_filing(law, law.packets[packet], tuple(regimes)) for packet, regimes in grouped.items())


def filing_of(codes: Iterable[str], law: Law) -> Filing | None:
    """The submission made for these authorities; the first one where they belong to several packets."""
    return next(iter(filings(codes, law)), None)


def _filing(law: Law, template: PacketTemplate, regimes: tuple[Regime, ...]) -> Filing:
    packet = template.made_for([regime.code for regime in regimes])
    own = {letter.code for letter in packet.letters} | {row.code for regime in regimes for row in regime.interest}
    known = {letter.code for other in law.packets.values() for letter in other.letters}
    known |= {row.code for regime in law.regimes.values() for row in regime.interest}
    return Filing(packet, regimes, frozenset(known - own), _kinds(regimes), _freezes(regimes))


def _freezes(regimes: tuple[Regime, ...]) -> bool:
    return any(measure.property is not None for regime in regimes for measure in regime.measures)


def _kinds(regimes: tuple[Regime, ...]) -> frozenset[str]:
    return frozenset(
        kind.code
        for regime in regimes
        for kind in regime.abuse_types
        if any(prong.reaches(kind) for prong in regime.prongs)
    )
