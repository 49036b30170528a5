"""The words of the checks and of the window's guidance. Judges nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from magdesk.regimes.reading import LawText, TableReader
from magdesk.regimes.regime import CheckText, CheckVariant
from magdesk.regimes.regime_file import check_placeholders

SEVERITIES = ("block", "warn", "info")
HARMS = ("people", "truth", "case")  # the worst first
NATURES = ("missing", "wrong", "stale", "danger")
# Where people could be harmed, or a draft sent as a filing, no reason is good enough to go on.
NEVER_WAIVED = frozenset({"C28", "C29", "C30", "C41"})
_CODE = re.compile(r"[A-Z]{1,4}\d{2,3}")


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What one file of check texts holds."""

    checks: dict[str, CheckText]
    places: dict[str, str]


def read_checks(source: LawText) -> CheckWords:
    """Read and validate a file of check texts: one table per code, and the names of places.

    Raises:
        RegimeError: names file and key.
    """
    top = TableReader.of_text(source)
    places = top.table("places", _places) if top.has("places") else {}
    checks: dict[str, CheckText] = {}
    for code in top.keys():  # noqa: SIM118
        if not _CODE.fullmatch(code):
            raise top.wrong(code, "is not the code of a check", "Write codes like C01.")
        checks[code] = top.table(code, lambda table, code=code: _check(code, table))  # type: ignore[misc]
    top.finish()
    return CheckWords(checks, places)


def read_guidance(source: LawText) -> dict[str, str]:
    """The guidance of one or more pages: a table per page, a text per field; keyed ``page.field``.

    Raises:
        RegimeError: names file and key.
    """
    top = TableReader.of_text(source)
    texts: dict[str, str] = {}
    for page in top.keys():  # noqa: SIM118
        for name, text in top.table(page, _texts).items():
            texts[f"{page}.{name}"] = text
    top.finish()
    return texts


def _check(code: str, reader: TableReader) -> CheckText:
    severity = reader.code("severity", SEVERITIES)
    text = CheckText(
        code=code,
        severity=severity,
        title=reader.text("title"),
        sentence=_sentence(reader, "sentence"),
        remedy=_sentence(reader, "remedy"),
        why=reader.text("why"),
        waivable=_waivable(reader, code, severity),
        many=_many(reader),
        harm=reader.code("harm", HARMS, "case"),
        nature=reader.code("nature", NATURES, "missing"),
    )
    variants = reader.table("variants", lambda table: _variants(table, text)) if reader.has("variants") else {}
    return replace(text, variants=variants)


def _variants(reader: TableReader, main: CheckText) -> dict[str, CheckVariant]:
    return {name: reader.table(name, lambda table: _variant(table, main)) for name in reader.keys()}  # noqa: SIM118


def _variant(reader: TableReader, main: CheckText) -> CheckVariant:
    severity = reader.code("severity", SEVERITIES, main.severity)
    # A way to fail that weighs as much as the main one is set aside under the same rule.
    inherited = main.waivable if severity == main.severity else None
    return CheckVariant(
        severity=severity,
        waivable=_waivable(reader, main.code, severity, inherited),
        sentence=_sentence(reader, "sentence"),
        remedy=_sentence(reader, "remedy") if reader.has("remedy") else main.remedy,
        many=_many(reader),
        nature=reader.code("nature", NATURES, main.nature),
    )


def _waivable(reader: TableReader, code: str, severity: str, inherited: bool | None = None) -> bool:
    """Whether a finding may be set aside: warnings and hints unless said otherwise, a blocking one only if said."""
    usual = severity != "block" if inherited is None else inherited
    waivable = reader.flag("waivable", default=usual)
    if waivable and severity == "block" and code in NEVER_WAIVED:
        raise reader.wrong("waivable", f"would let a blocking finding of {code} be set aside", "Remove it.")
    return waivable


def _many(reader: TableReader) -> str:
    """One sentence for several findings; it can say how many there are, and nothing of any single one."""
    text = reader.text("many", "")
    if text:
        check_placeholders(reader, "many", text, ("count",), ("count",))
    return text


def _sentence(reader: TableReader, key: str) -> str:
    text = reader.text(key)
    check_placeholders(reader, key, text, None)
    return text


def _places(reader: TableReader) -> dict[str, str]:
    return {key: _sentence(reader, key) for key in reader.keys()}  # noqa: SIM118


def _texts(reader: TableReader) -> dict[str, str]:
    return {key: reader.text(key) for key in reader.keys()}  # noqa: SIM118
