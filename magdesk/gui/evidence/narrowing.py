"""Which items a list shows: free words and rules about columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.gui.evidence.catalogue import Catalogue
from magdesk.gui.evidence.columns import BY_NAME, Facet
from magdesk.gui.words import _
from magdesk.services.evidence.lines import EvidenceLine

Keep = Callable[[EvidenceLine], bool]


@dataclass(frozen=True, slots=True)
class Among:
    """The column says one of these."""

    column: str
    values: frozenset[str]

    def sentence(self) -> str:
        """In words."""
        shown = sorted(value or _("nothing") for value in self.values)
        words = ", ".join(shown[:2]) + (f" +{len(shown) - 2}" if len(shown) > 2 else "")
        return f"{BY_NAME[self.column].title}: {words or _('none')}"

    def test(self, catalogue: Catalogue) -> Keep:
        """Whether a line keeps to it."""
        value, values = BY_NAME[self.column].value, self.values
        return lambda line: value(catalogue, line) in values


@dataclass(frozen=True, slots=True)
class Between:
    """The column's date or number lies between these, ends included; an open end is empty.

    Attributes:
        low, high: a date as far as it is known (``2014``, ``March 2014``), or a number.
    """

    column: str
    low: str = ""
    high: str = ""

    def sentence(self) -> str:
        """In words."""
        title = BY_NAME[self.column].title
        if self.low and self.high:
            return _("{title}: {low} to {high}").format(title=title, low=self.low, high=self.high)
        if self.low:
            return _("{title}: from {low}").format(title=title, low=self.low)
        return _("{title}: up to {high}").format(title=title, high=self.high)

    def test(self, catalogue: Catalogue) -> Keep:
        """Whether a line keeps to it; one without a date or number does not."""
        column = BY_NAME[self.column]
        if column.facet is Facet.DATES and column.days is not None:
            first = read_date(self.low).earliest() if self.low else date.min
            last = read_date(self.high).latest() if self.high else date.max
            days = column.days

            def inside(line: EvidenceLine) -> bool:
                found = days(line)
                return found is not None and found[0] <= last and found[1] >= first

            return inside
        low = read_number(self.low) if self.low else float("-inf")
        high = read_number(self.high) if self.high else float("inf")

        def between(line: EvidenceLine) -> bool:
            found = column.order(catalogue, line)
            return isinstance(found, int | float) and low <= found <= high

        return between


NarrowingRule = Among | Between


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All that must hold."""

    words: str = ""
    rules: tuple[NarrowingRule, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.rules)

    def rule(self, column: str) -> NarrowingRule | None:
        """The rule about a column."""
        return next((rule for rule in self.rules if rule.column == column), None)

    def put(self, rule: NarrowingRule) -> Narrowing:
        """With this rule instead of the one about the same column."""
        if self.rule(rule.column) is None:
            return replace(self, rules=(*self.rules, rule))
        return replace(self, rules=tuple(rule if one.column == rule.column else one for one in self.rules))

    def without(self, column: str) -> Narrowing:
        """Without the rule about a column."""
        return replace(self, rules=tuple(one for one in self.rules if one.column != column))

    def keep(self, catalogue: Catalogue, *, but: str = "") -> list[EvidenceLine]:
        """The lines that hold, in the catalogue's order.

        Args:
            but: a column whose rule does not count: for the values that may be chosen for it.
        """
        lines = catalogue.lines
        words = self.words.casefold().split()
        if words:
            pairs = zip(lines, catalogue.words, strict=True)
            lines = [line for line, hay in pairs if all(word in hay for word in words)]
        for rule in self.rules:
            if rule.column != but:
                test = rule.test(catalogue)
                lines = [line for line in lines if test(line)]
        return lines


NOTHING = Narrowing()
"""Everything is shown."""


def read_date(text: str) -> PartialDate:
    """A date of a rule.

    Raises:
        InputError: it is none.
    """
    return PartialDate.parse(text)


_UNITS = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "b": 1.0}


def read_number(text: str) -> float:
    """A number of a rule: ``12``, ``1.5 MB``, ``2:05`` for a length.

    Raises:
        InputError: it is none.
    """
    plain = text.strip().lower().replace(",", ".")
    try:
        if ":" in plain:
            seconds = 0.0
            for part in plain.split(":"):
                seconds = seconds * 60 + float(part)
            return seconds
        for unit, factor in _UNITS.items():
            if plain.endswith(unit):
                return float(plain.removesuffix(unit)) * factor
        return float(plain)
    except ValueError as error:
        raise InputError(_("“{text}” is not a number.").format(text=text), _("Write e.g. 12 or 1.5 MB.")) from error
