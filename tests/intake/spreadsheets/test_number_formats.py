"""Number formats as the field's standard has them: what each shows of a value (ECMA-376 part 1, 18.8.30)."""

from __future__ import annotations

import pytest

from magdesk.intake.spreadsheets import cell_text
from magdesk.intake.spreadsheets.builtin import BUILT_IN
from magdesk.intake.spreadsheets.cells import CellValue
from magdesk.intake.spreadsheets.numbers import format_flaws

ACCOUNTS = '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)'
DAY = 43_894  # 4 March 2020, a Wednesday

TABLE: list[tuple[str, CellValue, str]] = [
    # Without a format: all digits, without the noise of binary arithmetic.
    ("General", 0, "0"),
    ("General", 1499.99, "1499.99"),
    ("General", -0.75, "-0.75"),
    ("General", 12345678901234567, "12345678901234567"),
    ("General", 12345678901234.125, "12345678901234.125"),
    ("General", 0.1 + 0.2, "0.3"),
    ("General", 1234.5600000000013, "1234.56"),
    ("General", 1 / 3, "0.3333333333333333"),
    ("General", 250000.0, "250000"),
    ("General", 1e21, "1E+21"),
    ("General", 1.5e-7, "1.5E-07"),
    ("General", True, "TRUE"),
    ("General", "text", "text"),
    ('General" kg"', 5.25, "5.25 kg"),
    ("@", 5.25, "5.25"),
    # Digits.
    ("0", 1499.99, "1500"),
    ("0", 0.5, "1"),
    ("0", -0.5, "-1"),
    ("0", 0.4, "0"),
    ("#", 0, ""),
    ("#", 12, "12"),
    ("0.00", 0.45, "0.45"),
    ("0.00", 1.005, "1.01"),
    ("0.00", 2.675, "2.68"),
    ("0.00", -999.99, "-999.99"),
    ("0.00", 1e15, "1000000000000000.00"),
    ("0.0##", 1.5, "1.5"),
    ("0.0##", 1.23456, "1.235"),
    ("#.##", 1, "1."),
    ("#.##", 0.5, ".5"),
    (".00", 12.5, "12.50"),
    ("00000", 7, "00007"),
    ("000000", 7, "000007"),
    ("00000", 1234567, "1234567"),
    ("0.???", 1.5, "1.5"),
    ("???", 5, "5"),
    ("000-00-0000", 123456789, "123-45-6789"),
    ("(000) 000-0000", 5551234567, "(555) 123-4567"),
    ("00.00", 5.678, "05.68"),
    ("0", 12345678901234567, "12345678901234567"),
    # Thousands and scaling.
    ("#,##0", 1499.99, "1,500"),
    ("#,##0.00", 1499.99, "1,499.99"),
    ("#,##0.00", 0.75, "0.75"),
    ("#,##0.00", 250000.5, "250,000.50"),
    ("#,##0.00", 1234567.5, "1,234,567.50"),
    ("#,##0.00", -1234567.5, "-1,234,567.50"),
    ("#,###", 0, ""),
    ("#,###", 1234, "1,234"),
    ("0,000", 5, "0,005"),
    ("0,000", 1234, "1,234"),
    ("#,##0,", 1234567, "1,235"),
    ("#,##0,,", 1234567, "1"),
    ("0.0,,", 1234567890, "1234.6"),
    ('0.0,,"M"', 999999, "1.0M"),
    ("0,.0", 12345, "12.3"),
    ("#,##0.00,", 1234567, "1,234.57"),
    # Percent.
    ("0%", 0.45, "45%"),
    ("0.00%", 0.4567, "45.67%"),
    ("0.0%", -0.005, "-0.5%"),
    ("#,##0%", 12.5, "1,250%"),
    ("0 %", 0.5, "50 %"),
    # Currencies.
    ('#,##0.00 "EUR"', 1234567.5, "1,234,567.50 EUR"),
    ('"USD" #,##0.00', -5, "-USD 5.00"),
    ("[$€-407] #,##0.00", 5, "€ 5.00"),
    ("#,##0.00 [$€-407]", 5, "5.00 €"),
    ("[$$-409]#,##0.00", 1.5, "$1.50"),
    ("[$-409]#,##0.00", 1.5, "1.50"),
    ("[$USD] #,##0", 9, "USD 9"),
    ("[$₽-419]#,##0", 9, "₽9"),
    ("#,##0\\ €", 1000, "1,000 €"),
    ("£#,##0", 1000, "£1,000"),
    ("¥#,##0", 1000, "¥1,000"),
    (ACCOUNTS, 1234.5, "$1,234.50"),
    (ACCOUNTS, -1234.5, "$(1,234.50)"),
    (ACCOUNTS, 0, "$-"),
    (ACCOUNTS, "none", "none"),
    # Sections, conditions, colours.
    ("#,##0_);(#,##0)", 5, "5"),
    ("#,##0_);(#,##0)", -5, "(5)"),
    ("#,##0_);[Red](#,##0)", -5, "(5)"),
    ("0.00;[Red]-0.00", -1.5, "-1.50"),
    ("[Blue]0;[Color 12]-0", 3, "3"),
    ('0;-0;"nil"', 0, "nil"),
    ('0;-0;"nil";"<"@">"', "words", "<words>"),
    ('"paid "@', "in cash", "paid in cash"),
    ('[>100]"big "0;[<=100]"small "0', 5, "small 5"),
    ('[>100]"big "0;[<=100]"small "0', 500, "big 500"),
    ("[<10]0.0;[<100]0.00;0", 5, "5.0"),
    ("[<10]0.0;[<100]0.00;0", 50, "50.00"),
    ("[<10]0.0;[<100]0.00;0", 500, "500"),
    ('[=1]"yes";[=0]"no";0', 1, "yes"),
    ('[=1]"yes";[=0]"no";0', 0, "no"),
    ('[=1]"yes";[=0]"no";0', 7, "7"),
    ('[<0]"minus "0;0', -7, "minus 7"),
    ("[>5]0.0", 1, "1"),
    ("0;;", 0, ""),
    ("0;;;@", -5, "[hidden by its format: -5]"),
    (";;;", 12.5, "[hidden by its format: 12.5]"),
    (";;;", "a name", "[hidden by its format: a name]"),
    # Literal text.
    ('0 "items; more"', 5, "5 items; more"),
    ("0\\x", 5, "5x"),
    ('"No. "0', 5, "No. 5"),
    ("0_)", 5, "5"),
    ("* 0", 5, "5"),
    ("+0;-0", 5, "+5"),
    ("0°", 21, "21°"),
    # Fractions.
    ("# ?/?", 1.25, "1 1/4"),
    ("# ?/?", 0.5, "1/2"),
    ("# ?/?", 2, "2"),
    ("# ?/?", 0, "0"),
    ("# ??/??", 3.14159, "3 1/7"),
    ("# ???/???", 3.14159, "3 16/113"),
    ("# ?/8", 3.125, "3 1/8"),
    ("# ?/4", 1.5, "1 2/4"),
    ("# ??/100", 0.25, "25/100"),
    ("?/?", 1.5, "3/2"),
    ("# ?/?", -1.5, "-1 1/2"),
    ("# ?/?", 0.999, "1"),
    # Powers of ten.
    ("0.00E+00", 12345.678, "1.23E+04"),
    ("0.00E+00", 0.00012345, "1.23E-04"),
    ("0.00E-00", 12345.678, "1.23E04"),
    ("0.0E+0", 9.999, "1.0E+1"),
    ("##0.0E+0", 12345.678, "12.3E+3"),
    ("##0.0E+0", 123456.78, "123.5E+3"),
    ("0E+0", 0, "0E+0"),
    ("0.00E+00", -12345.678, "-1.23E+04"),
    # Dates: day 1 is 1 January 1900, day 60 the day that never was.
    ("yyyy-mm-dd", DAY, "2020-03-04"),
    ("yyyy-mm-dd", 1, "1900-01-01"),
    ("yyyy-mm-dd", 59, "1900-02-28"),
    ("yyyy-mm-dd", 60, "1900-02-29"),
    ("yyyy-mm-dd", 61, "1900-03-01"),
    ("yyyy-mm-dd", 0, "1900-01-00"),
    ("yyyy-mm-dd", 2958465, "9999-12-31"),
    ("yyyy-mm-dd", 2958466, "2958466"),
    ("yyyy-mm-dd", -1, "-1"),
    ("dd/mm/yyyy", DAY, "04/03/2020"),
    ("d/m/yy", DAY, "4/3/20"),
    ("dd.mm.yyyy", DAY, "04.03.2020"),
    ("d mmm yyyy", DAY, "4 Mar 2020"),
    ("dddd, d mmmm yyyy", DAY, "Wednesday, 4 March 2020"),
    ("ddd", DAY, "Wed"),
    ("mmmmm", DAY, "M"),
    ("[$-409]d-mmm-yy;@", DAY, "4-Mar-20"),
    ('yyyy"年"m"月"d"日"', DAY, "2020年3月4日"),
    ("d mmmm yyyy bbbb", DAY, "4 March 2020 2563"),
    ("yyyy-mm-dd hh:mm:ss", DAY + 0.4375, "2020-03-04 10:30:00"),
    ("YYYY-MM-DD", DAY, "2020-03-04"),
    # Times: minutes stand after hours or before seconds.
    ("h:mm", 0.4375, "10:30"),
    ("hh:mm", 0.0625, "01:30"),
    ("h:mm AM/PM", 0.75, "6:00 PM"),
    ("h:mm AM/PM", 0, "12:00 AM"),
    ("h AM/PM", 0.5, "12 PM"),
    ("h:mm a/p", 0.75, "6:00 p"),
    ("mm:ss", 0.0211, "30:23"),
    ("mm:ss.0", 0.0211, "30:23.0"),
    ("hh:mm:ss.000", DAY + 0.123456, "02:57:46.598"),
    ("h:mm", 0.99999, "23:59"),
    ("m/d/yyyy h:mm", DAY + 0.5, "3/4/2020 12:00"),
    # Time that runs on.
    ("[h]:mm", 1.5, "36:00"),
    ("[h]:mm:ss", 1.5, "36:00:00"),
    ("[hh]:mm", 0.0625, "01:30"),
    ("[mm]:ss", 0.0625, "90:00"),
    ("[s]", 0.001, "86"),
    ("[h]:mm", -0.5, "-12:00"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "shown"), TABLE)
def test_a_format_shows(code: str, value: CellValue, shown: str) -> None:
    assert cell_text(value, code) == shown


def test_the_table_is_no_toy() -> None:
    assert len(TABLE) >= 120


def test_every_built_in_number_has_its_format() -> None:
    wanted = {*range(23), *range(27, 63), *range(67, 82)}
    assert set(BUILT_IN) == wanted
    assert cell_text(DAY, BUILT_IN[14]) == "2020-03-04"
    assert cell_text(DAY + 0.5, BUILT_IN[22]) == "2020-03-04 12:00"
    assert cell_text(-1234.5, BUILT_IN[40]) == "(1,234.50)"
    assert cell_text(1234.5, BUILT_IN[44]) == "$1,234.50"
    assert cell_text(DAY, BUILT_IN[31]) == "2020-03-04"
    assert cell_text(1.5, BUILT_IN[46]) == "36:00:00"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("#,##0.00", ""),
        ("[Red]0;[Blue]-0", ""),
        ("[$-409]d mmmm yyyy", ""),
        ("[$-419]dd/mm/yyyy", ""),
        ("[$-419]d mmmm yyyy", "names of months and days are printed in English"),
        ("[$-2010000]yyyy", "digits or a calendar other than the usual"),
        ("[DBNum1]0", "“[DBNum1]” is not supported"),
        ("ggge", "names of eras are left out"),
        ("b2yyyy", "printed in the Gregorian calendar"),
        (BUILT_IN[14], "depends on the computer"),
        (BUILT_IN[7], "the currency depends on the computer"),
    ],
)
def test_what_is_not_honoured_is_named(code: str, said: str) -> None:
    flaws = " ".join(format_flaws(code))
    assert said in flaws
    assert bool(flaws) == bool(said)
