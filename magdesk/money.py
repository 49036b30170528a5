"""Sums of money as people write them: read without guessing, printed with their thousands parted."""

from __future__ import annotations

import re
from decimal import Decimal

from magdesk.errors import InputError
from magdesk.i18n import _

_PARTED = "\u00a0\u2009\u202f '’"
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:(?P<point>[.,])[0-9]+)?")


def read_amount(untrusted_text: str) -> Decimal | None:
    """The sum that a person typed or pasted; none for nothing.

    ``1,900,000.50``, ``1.900.000,50``, ``1 900 000`` and ``1900000.5`` are read. ``1.900`` is not: it is one thousand
    nine hundred in one country and less than two in another.

    Raises:
        InputError: it is no sum, or it can be read in two ways.
    """
    shown = untrusted_text.strip()
    text = "".join(sign for sign in shown if sign not in _PARTED)
    if not text:
        return None
    found = _GROUPED.fullmatch(text)
    if found is not None and found["point"] != found["mark"]:
        mark = found["mark"]
        if mark == "." and found["point"] is None and text.count(".") == 1:
            raise InputError(
                _("“{text}” can be read in two ways.").format(text=shown),
                _("Write 1,900 for a thousand nine hundred, or 1.90 for less than two."),
            )
        text = text.replace(mark, "").replace(",", ".")
    elif _PLAIN.fullmatch(text):
        text = text.replace(",", ".")
    else:
        raise InputError(_("“{text}” is not a sum.").format(text=shown), _("Write digits, e.g. 1,900,000.50."))
    return Decimal(text)


def amount_words(amount: Decimal, currency: str) -> str:
    """``USD 1,900,000.50``; what is no code of three letters stands behind: ``12 gold bars``."""
    figure = f"{amount:,f}"
    unit = currency.strip()
    if not unit:
        return figure
    return f"{unit}\u00a0{figure}" if len(unit) == 3 and unit.isupper() else f"{figure}\u00a0{unit}"
