"""What a number shows under a number format (ECMA-376 part 1, 18.8.30).

Signs are those that the codes themselves use: a point for decimals, a comma for thousands. Halves are rounded away
from zero, on the decimal digits that are shown and not on the binary ones behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from magdesk.i18n import _
from magdesk.intake.spreadsheets.datevalues import LAST_DAY, moment_text
from magdesk.intake.spreadsheets.sections import FormatSection, FormatToken, parsed

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_DIGITS = 15  # significant ones that spreadsheets show
_SHORT = 12  # a number of so few that differs from the stored one only by the noise of binary arithmetic
_WHOLE = Decimal(10) ** 21  # from here on in powers of ten
_FRACTION = re.compile(r"([0#?]*)([^0-9#?/]*)([0#?]+)([^0-9#?/]*)/([^0-9#?/]*)([0-9#?]+)$")
_GROUP = 3


def exact(value: float | int) -> Decimal:
    """The number as a person would write it: the digits stored, without the noise of binary arithmetic."""
    if isinstance(value, int):
        return Decimal(value)
    short = Decimal(f"{value:.{_DIGITS}g}")
    return short if len(f"{short:f}".replace(".", "").lstrip("-0")) <= _SHORT else Decimal(repr(value))


def general_text(value: Decimal) -> str:
    """A number without a format: all its digits."""
    if not value:
        return "0"
    if abs(value) >= _WHOLE or abs(value) < Decimal("0.0001"):
        sign, digits, exponent = value.normalize(_EXACT).as_tuple()
        power = int(exponent) + len(digits) - 1
        more = f".{''.join(map(str, digits[1:]))}" if len(digits) > 1 else ""
        return f"{'-' if sign else ''}{digits[0]}{more}E{power:+03d}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_text(value: float | int, code: str) -> str:
    """What a cell with this number and this format shows."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124
        return str(value)
    number = exact(value)
    section, signed = parsed(code).chosen(number)
    if section is None:
        return general_text(number)
    if not section.tokens:
        # The format hides it. An empty section for zero is a way to write nothing; any other hides a number.
        return _("[hidden by its format: {value}]").format(value=general_text(number)) if number else ""
    if section.has("moment", "elapsed", "noon"):
        if (number < 0 and not section.has("elapsed")) or number >= LAST_DAY:
            return general_text(number)
        return moment_text(number, section)
    minus = "-" if number < 0 and not signed else ""
    return " ".join((minus + _section_text(abs(number), section)).split(" ")).strip()


def text_text(value: str, code: str) -> str:
    """What a cell with this text and this format shows."""
    section = parsed(code).text
    if section is None or not value:
        return value
    if not section.has("text"):
        hidden = _("[hidden by its format: {value}]").format(value=value)
        return f"{''.join(token.text for token in section.tokens)} {hidden}".strip()
    return "".join(value if token.kind == "text" else token.text for token in section.tokens).strip()


def format_flaws(code: str) -> tuple[str, ...]:
    """What of a format is not printed as the program that made it would print it, in half sentences."""
    return parsed(code).flaws


def is_calendar(code: str) -> bool:
    """Whether a format prints days of the calendar or a time of day, and not a number or a span of time."""
    return parsed(code).numbers[0].calendar


def _section_text(number: Decimal, section: FormatSection) -> str:
    tokens = section.tokens
    if not section.has("digit"):
        general = general_text(number)
        return "".join(general if token.kind in ("general", "text") else token.text for token in tokens)
    number = number.scaleb(2 * sum(token == FormatToken("sign", "%") for token in tokens), _EXACT)
    if section.has("exponent"):
        return _powers(number, tokens)
    slash = next((place for place, token in enumerate(tokens) if token == FormatToken("sign", "/")), None)
    if slash is not None and (told := _fraction(number, tokens)) is not None:
        return told
    return _decimals(number, tokens)


def _decimals(number: Decimal, tokens: Sequence[FormatToken]) -> str:
    """Digits as the placeholders say, with the text between them."""
    places = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    point = next((place for place, token in enumerate(tokens) if token == FormatToken("sign", ".")), len(tokens))
    whole = [place for place in places if place < point]
    part = [place for place in places if place > point]
    commas = [place for place, token in enumerate(tokens) if token == FormatToken("sign", ",")]
    scaling = {place for place in commas if _behind(place, tokens)}
    grouped = any(whole and whole[0] < place < whole[-1] for place in commas if place not in scaling)
    scaled = number.scaleb(-_GROUP * len(scaling), _EXACT)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(part)), context=_EXACT)
    before, _point, after = f"{rounded:f}".partition(".")
    shown = _whole_digits(before.lstrip("0"), [tokens[place].text for place in whole], grouped=grouped)
    texts = dict(zip(whole, shown, strict=True))
    texts |= dict(zip(part, _part_digits(after, [tokens[place].text for place in part]), strict=True))
    if not whole and before.strip("0"):
        # A format that begins with its point still shows the digits before it.
        texts[point] = before + "."
    out = []
    for place, token in enumerate(tokens):
        if place in texts:
            out.append(texts[place])
        elif token != FormatToken("sign", ","):
            out.append(token.text)
        elif place not in scaling and not (whole and whole[0] < place < whole[-1]):
            out.append(",")
    return "".join(out)


def _behind(place: int, tokens: Sequence[FormatToken]) -> bool:
    """Whether a comma stands directly behind the last placeholder before the point, or before the end."""
    start = place
    while start > 0 and tokens[start - 1] == FormatToken("sign", ","):
        start -= 1
    end = place
    while end + 1 < len(tokens) and tokens[end + 1] == FormatToken("sign", ","):
        end += 1
    if start == 0 or tokens[start - 1].kind != "digit":
        return False
    rest = tokens[end + 1 :]
    point = rest[:1] == (FormatToken("sign", "."),)
    return point or not any(token.kind == "digit" for token in rest)


def _whole_digits(digits: str, placeholders: Sequence[str], *, grouped: bool) -> list[str]:
    """The digits before the point, one placeholder each; the first takes all that are left."""
    out: list[str] = []
    count = len(placeholders)
    for order, placeholder in enumerate(placeholders):
        place = count - 1 - order  # from the right
        rest = len(digits) - place
        own = digits[:rest] if order == 0 and rest > 0 else digits[rest - 1 : rest] if rest > 0 else ""
        if not own:
            own = {"0": "0", "?": " "}.get(placeholder, "")
        text = ""
        for step, letter in enumerate(own):
            height = place + len(own) - 1 - step
            comma = grouped and height and height % _GROUP == 0
            text += letter + ((" " if letter == " " else ",") if comma else "")
        out.append(text)
    return out


def _part_digits(digits: str, placeholders: Sequence[str]) -> list[str]:
    """The digits after the point; zeros at the end are left out where the placeholder is none for them."""
    out = list(digits.ljust(len(placeholders), "0"))
    for place in range(len(placeholders) - 1, -1, -1):
        if out[place] != "0" or placeholders[place] == "0":
            break
        out[place] = " " if placeholders[place] == "?" else ""
    return out


def _convergent(value: Fraction, most: int) -> Fraction:
    """The last convergent of the continued fraction whose denominator is no larger, as spreadsheets choose it."""
    (top, bottom), (last_top, last_bottom) = (int(value), 1), (1, 0)
    rest = value - int(value)
    while rest:
        step, rest = divmod(1 / rest, 1)
        (top, bottom), (last_top, last_bottom) = (
            (int(step) * top + last_top, int(step) * bottom + last_bottom),
            (top, bottom),
        )
        if bottom > most:
            return Fraction(last_top, last_bottom)
    return Fraction(top, bottom)


def _powers(number: Decimal, tokens: Sequence[FormatToken]) -> str:
    """A number as a power of ten."""
    mark = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    front, back = tokens[:mark], tokens[mark + 1 :]
    point = next((place for place, token in enumerate(front) if token == FormatToken("sign", ".")), len(front))
    whole = sum(token.kind == "digit" for token in front[:point]) or 1
    part = sum(token.kind == "digit" for token in front[point:])
    power = 0
    if number:
        power = number.adjusted()
        power -= power % whole
        # Rounding may add a digit: 9.99 becomes 10.0.
        rounded = number.scaleb(-power, _EXACT).quantize(Decimal(1).scaleb(-part), context=_EXACT)
        if rounded.adjusted() >= whole:
            power += whole
    mantissa = _decimals(number.scaleb(-power, _EXACT), front)
    sign = "-" if power < 0 else "+" if tokens[mark].text.endswith("+") else ""
    places = [place for place, token in enumerate(back) if token.kind == "digit"]
    digits = _whole_digits(str(abs(power)), [back[place].text for place in places], grouped=False)
    texts = dict(zip(places, digits, strict=True))
    return f"{mantissa}E{sign}" + "".join(texts.get(place, token.text) for place, token in enumerate(back))


def _fraction(number: Decimal, tokens: Sequence[FormatToken]) -> str | None:
    """A number as a common fraction; none where the slash is only a sign."""
    kinds = ("digit", "sign", "literal")
    if any(token.kind not in kinds for token in tokens):
        return None
    inner = [
        place for place, token in enumerate(tokens) if token.kind == "digit" or token == FormatToken("sign", "/")
    ]
    last = inner[-1]
    while last + 1 < len(tokens) and tokens[last + 1].text.isdecimal():
        last += 1
    found = _FRACTION.fullmatch("".join(token.text for token in tokens[inner[0] : last + 1]))
    if found is None:
        return None
    whole, gap, over, before, after, under = found.groups()
    if whole and not gap:
        whole, over = "", whole + over
    fixed = int(under) if under.isdecimal() and int(under) else 0
    value = Fraction(number)
    base = int(value) if whole else 0
    rest = value - base
    if fixed:
        top, bottom = int(rest * fixed + Fraction(1, 2)), fixed
    else:
        near = _convergent(rest, 10 ** min(len(under), 7) - 1)
        top, bottom = near.numerator, near.denominator
    if whole and top == bottom:
        base, top = base + 1, 0
    prefix = "".join(token.text for token in tokens[: inner[0]])
    suffix = "".join(token.text for token in tokens[last + 1 :])
    digits = _whole_digits(str(base) if base else "", list(whole), grouped=False) if whole else []
    if whole and not top and "0" not in over:
        return f"{prefix}{''.join(digits).strip() or '0'}{suffix}"
    lead = "".join(digits).strip()
    top_text = "".join(_whole_digits(str(top) if top else "", list(over), grouped=False)).strip() or "0"
    return f"{prefix}{lead}{gap if lead else ''}{top_text}{before}/{after}{bottom}{suffix}"
