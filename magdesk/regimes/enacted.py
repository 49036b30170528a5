"""What a yearly citation names: the act, the law that carries it on, and where the two contradict each other.

An appropriations act is enacted anew for each fiscal year, or that of an earlier year is carried on by another law. A
case stores one text for both; here it is taken apart, so that each can be chosen, and compared with what is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from magdesk.regimes.regime import CarryingLaw, Regime, YearlyCitation

_OCTOBER = 10
_CENTURY = 2000
_LAW = re.compile(
    r"\b(?:pub(?:lic)?\.?\s*l(?:aw)?\.?|p\.?\s?l\.?)\s*(?:no\.?\s*)?(\d{2,3})\s*[-‐-―]\s*(\d{1,4})", re.I
)
_YEAR = re.compile(r"(?<![\d-])(?:FY ?)?(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"\bFY ?['’]?(\d\d)\b", re.I)
_DIVISION = re.compile(r"\bdiv(?:ision|\.)?\s+([A-Z]{1,2})\b", re.I)
_NAME = re.compile(r"(?:^|\bthe |\bThe |[(;] ?)([A-Z][^();]*?Appropriations Act, 20\d\d)")
_CARRYING = re.compile(r",?\s*(?:\(?\s*)?\bas (?:carried|continued|extended|prolonged)\b", re.I)


@dataclass(frozen=True, slots=True)
class Enacted:
    """A yearly citation, taken apart.

    Attributes:
        act: the known act that it names, by the number of its public law or else by its year.
        years: the fiscal years that it gives for the act.
        carrying: the numbers of the public laws that are said to carry the act on.
        carriers: those of them that are known.
        carrier_as_act: a law that only carries acts on but is cited as if it were one.
        wrong: what the citation says otherwise than the known act: a number, a year, a division or a name.
    """

    act: YearlyCitation | None
    years: tuple[int, ...]
    carrying: tuple[str, ...]
    carriers: tuple[CarryingLaw, ...]
    carrier_as_act: CarryingLaw | None
    wrong: tuple[str, ...]


def fiscal_year(day: date) -> int:
    """The fiscal year of the United States that a day falls into; its act may come months later."""
    return day.year + (day.month >= _OCTOBER)


def newest_act(regime: Regime, day: date) -> YearlyCitation | None:
    """The newest act known for the fiscal year of that day, or for one before it."""
    known = [act for act in regime.citations if act.year and act.year <= fiscal_year(day)]
    return max(known, key=lambda act: act.year, default=None)


def take_apart(citation: str, regime: Regime) -> Enacted:
    """What a citation of this regime's act names."""
    cut = _CARRYING.search(citation)
    head, tail = (citation[: cut.start()], citation[cut.start() :]) if cut else (citation, "")
    laws, years = _laws(head), _years(head)
    by_law = next((act for act in regime.citations if act.law and act.law in laws), None)
    act = by_law or next((act for act in regime.citations if act.year and act.year in years), None)
    carrying = tuple(law for law in _laws(tail) if act is None or law != act.law)
    return Enacted(
        act=act,
        years=years,
        carrying=carrying,
        carriers=tuple(one for one in regime.carriers if one.law in carrying),
        carrier_as_act=next((one for one in regime.carriers if one.law in laws), None),
        wrong=tuple(_contradictions(head, act, laws, years)) if act else (),
    )


def composed(act: YearlyCitation, carrier: CarryingLaw | None) -> str:
    """The citation of an act, and of the law that carries it on where there is one."""
    return f"{act.text}, {carrier.text}" if carrier else act.text


def _contradictions(head: str, act: YearlyCitation, laws: tuple[str, ...], years: tuple[int, ...]) -> Iterable[str]:
    if laws and act.law and act.law not in laws:
        yield f"Pub. L. {laws[0]}"
    if years and act.year and act.year not in years:
        yield str(years[0])
    divisions = [letter.upper() for letter in _DIVISION.findall(head)]
    if divisions and act.division and act.division not in divisions:
        yield f"Div. {divisions[0]}"
    known = {name.casefold() for name in act.names}
    for name in _NAME.findall(head):
        if known and " ".join(name.split()).casefold() not in known:
            yield f"“{name}”"


def _laws(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{congress}-{number}" for congress, number in _LAW.findall(text)))


def _years(text: str) -> tuple[int, ...]:
    bare = _LAW.sub(" ", text)
    found = [int(year) for year in _YEAR.findall(bare)] + [_CENTURY + int(year) for year in _SHORT_YEAR.findall(bare)]
    return tuple(dict.fromkeys(found))
