"""The built-in number formats, which a file names by their number only (ECMA-376 part 1, 18.8.30).

Some depend on the language of the computer, so that nobody can know what the author saw. Such dates are printed as
year-month-day, which cannot be misread, and such amounts with the dollar sign of the standard; the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping

_DATE, _MOMENT = "[$-F800]yyyy\\-mm\\-dd", "[$-F800]yyyy\\-mm\\-dd hh:mm"
_CLOCK = "[$-F400]hh:mm:ss"
_OWN = "[$$-own]"
BUILT_IN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: f"{_OWN}#,##0_);\\({_OWN}#,##0\\)", 6: f"{_OWN}#,##0_);[Red]\\({_OWN}#,##0\\)",
    7: f"{_OWN}#,##0.00_);\\({_OWN}#,##0.00\\)", 8: f"{_OWN}#,##0.00_);[Red]\\({_OWN}#,##0.00\\)",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: _DATE,
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: _MOMENT,
    37: "#,##0_);\\(#,##0\\)", 38: "#,##0_);[Red]\\(#,##0\\)",
    39: "#,##0.00_);\\(#,##0.00\\)", 40: "#,##0.00_);[Red]\\(#,##0.00\\)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: f'_({_OWN}* #,##0_);_({_OWN}* \\(#,##0\\);_({_OWN}* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: f'_({_OWN}* #,##0.00_);_({_OWN}* \\(#,##0.00\\);_({_OWN}* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    # East Asian and Thai ones.
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58, *range(71, 75), 81), _DATE),
    **dict.fromkeys((*range(32, 36), 55, 56), _CLOCK),
    59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
    75: "h:mm", 76: "h:mm:ss", 77: _MOMENT, 78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss.0",
}  # fmt: skip
