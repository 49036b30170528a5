"""A number format taken apart (ECMA-376 part 1, 18.8.30 and 18.8.31): its sections, and what each is made of."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from magdesk.i18n import _

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<noon>AM/PM|A/P|\u4e0a\u5348/\u4e0b\u5348) | (?P<general>General)
    | (?P<exponent>E[+-])
    | (?P<moment>y+|m+|d+|h+|s+|e+|g+|b[12](?![b\d])|b+)
    | (?P<digit>[0#?]) | (?P<text>@)
    | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:E[+-]?\d+)?)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_LONGEST = 1_000  # characters of a format; the standard allows 255
_ENGLISH = 0x09
_SYSTEM_MOMENTS = ("F800", "F400")


@dataclass(frozen=True, slots=True)
class FormatToken:
    """One piece.

    Attributes:
        kind: ``literal`` (printed as it stands), ``digit`` (``0 # ?``), ``sign`` (``. , % /``), ``exponent``,
            ``moment`` (a part of a date or time), ``elapsed`` (hours, minutes or seconds that run on), ``noon``,
            ``general``, ``text``.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One of the parts between semicolons.

    Attributes:
        condition: sign and number that a value is compared with; none where the place of the section tells.
        flaws: what of it is not printed as the program that made it would.
    """

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, Decimal] | None = None
    flaws: tuple[str, ...] = ()

    def has(self, *kinds: str) -> bool:
        """Whether any of its tokens is of one of these kinds."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def calendar(self) -> bool:
        """Whether it prints days of the calendar or the time of one."""
        return self.has("moment") and not self.has("elapsed")

    def meets(self, value: Decimal) -> bool:
        """Whether a value meets its condition."""
        return self.condition is not None and _COMPARED[self.condition[0]](value, self.condition[1])


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format.

    Attributes:
        numbers: sections for numbers, one to three.
        text: the section for text; none where text is printed as it is.
    """

    numbers: tuple[FormatSection, ...]
    text: FormatSection | None = None

    @property
    def flaws(self) -> tuple[str, ...]:
        """What of it is not printed as the program that made it would."""
        sections = (*self.numbers, *((self.text,) if self.text else ()))
        return tuple(dict.fromkeys(flaw for section in sections for flaw in section.flaws))

    def chosen(self, value: Decimal) -> tuple[FormatSection | None, bool]:
        """The section for a number, and whether that prints the minus itself; none where no condition is met."""
        first, *more = self.numbers
        if not any(section.condition for section in self.numbers):
            if value < 0 and more:
                return more[0], True
            return (more[1] if value == 0 and len(more) > 1 else first), False
        for place, section in enumerate(self.numbers):
            if section.condition is not None:
                if section.meets(value):
                    sign, limit = section.condition
                    return section, sign in ("<", "<=") and limit <= 0
            elif place == len(self.numbers) - 1:
                return section, False
            elif (value > 0 and place == 0) or (value < 0 and place == 1):
                return section, place == 1
        return None, False


@lru_cache(maxsize=2_000)
def parsed(code: str) -> NumberFormat:
    """The format that a code tells."""
    sections = [_section(part) for part in _parts(code[:_LONGEST])][:4]
    text = sections.pop() if len(sections) == 4 or (len(sections) > 1 and sections[-1].has("text")) else None
    if text is None and sections[0].has("text"):
        text = sections[0]
    return NumberFormat(tuple(sections), text)


def _parts(code: str) -> Iterator[str]:
    start = 0
    for found in _TOKEN.finditer(code):
        if found["literal"] == ";":
            yield code[start : found.start()]
            start = found.end()
    yield code[start:]


def _section(code: str) -> FormatSection:
    tokens: list[FormatToken] = []
    condition: tuple[str, Decimal] | None = None
    flaws: list[str] = []
    languages: list[int] = []
    for found in _TOKEN.finditer(code):
        kind, text = str(found.lastgroup), found[str(found.lastgroup)]
        match kind:
            case "quoted" | "escaped":
                tokens.append(FormatToken("literal", text))
            case "space":
                tokens.append(FormatToken("literal", " "))
            case "fill":
                pass
            case "bracket":
                condition = _bracket(text, tokens, flaws, languages) or condition
            case "literal":
                tokens.append(FormatToken("sign" if text in ".,%/" else "literal", text))
            case "moment":
                tokens.append(FormatToken("moment", text.lower()))
                flaws += _moment_flaws(text.lower())
            case _:
                tokens.append(FormatToken(kind, text))
    named = any(token.kind == "moment" and token.text in ("mmm", "mmmm", "mmmmm", "ddd", "dddd") for token in tokens)
    if named and any(one & 0x3FF not in (0, _ENGLISH) for one in languages):
        flaws.append(_("names of months and days are printed in English"))
    return FormatSection(tuple(_told_apart(tokens)), condition, tuple(dict.fromkeys(flaws)))


def _bracket(
    text: str, tokens: list[FormatToken], flaws: list[str], languages: list[int]
) -> tuple[str, Decimal] | None:
    """Take what stands in square brackets; the condition, where it is one."""
    if found := _CONDITION.fullmatch(text.strip()):
        try:
            return found[1], Decimal(found[2])
        except InvalidOperation:
            flaws.append(_("its condition could not be read"))
    elif _ELAPSED.fullmatch(text):
        tokens.append(FormatToken("elapsed", text.lower()))
    elif text.startswith("$"):
        sign, _dash, language = text[1:].partition("-")
        tokens.append(FormatToken("literal", sign))
        if language == "own":
            flaws.append(_("the currency depends on the computer it is opened on; $ is printed"))
        elif language.upper().endswith(_SYSTEM_MOMENTS):
            flaws.append(_("the form depends on the computer it is opened on; year-month-day is printed"))
        elif re.fullmatch(r"[0-9A-Fa-f]{1,8}", language):
            number = int(language, 16)
            languages.append(number & 0xFFFF)
            if number > 0xFFFF:
                flaws.append(_("digits or a calendar other than the usual are printed in the usual form"))
    elif not _COLOUR.fullmatch(text.strip()):
        flaws.append(_("“[{text}]” is not supported").format(text=text[:40]))
    return None


def _moment_flaws(text: str) -> Iterator[str]:
    if text.startswith("g"):
        yield _("names of eras are left out")
    elif text in ("b1", "b2"):
        yield _("dates are printed in the Gregorian calendar")


def _told_apart(tokens: list[FormatToken]) -> Iterator[FormatToken]:
    """The tokens with minutes (``n``) told from months: they stand after hours or before seconds."""
    moments = [place for place, token in enumerate(tokens) if token.kind in ("moment", "elapsed")]
    minutes = set()
    for order, place in enumerate(moments):
        before = tokens[moments[order - 1]].text if order else ""
        after = tokens[moments[order + 1]].text if order + 1 < len(moments) else ""
        if tokens[place].kind == "moment" and tokens[place].text in ("m", "mm"):  # noqa: SIM102
            if before.startswith("h") or after.startswith("s"):
                minutes.add(place)
    for place, token in enumerate(tokens):
        yield FormatToken("moment", "n" * len(token.text)) if place in minutes else token
