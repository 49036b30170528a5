"""The words of the checks and of the window's guidance. Judges nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from magdesk.regimes.reading import TableReader
from magdesk.regimes.regime import CheckText, CheckVariant
from magdesk.regimes.regime_file import check_placeholders

SEVERITIES = ("block", "warn", "info")
_CODE = re.compile(r"[A-Z]{1,4}\d{2,3}")


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What one file of check texts holds."""

    checks: dict[str, CheckText]
    places: dict[str, str]


def read_checks(file: Path) -> CheckWords:
    """Read and validate a file of check texts: one table per code, and the names of places.

    Raises:
        RegimeError: names file and key.
    """
    top = TableReader.of_file(file)
    places = top.table("places", _places) if top.has("places") else {}
    checks: dict[str, CheckText] = {}
    for code in top.keys():  # noqa: SIM118
        if not _CODE.fullmatch(code):
            raise top.wrong(code, "is not the code of a check", "Write codes like C01.")
        checks[code] = top.table(code, lambda table, code=code: _check(code, table))  # type: ignore[misc]
    top.finish()
    return CheckWords(checks, places)


def read_guidance(file: Path) -> dict[str, str]:
    """The guidance of one or more pages: a table per page, a text per field; keyed ``page.field``.

    Raises:
        RegimeError: names file and key.
    """
    top = TableReader.of_file(file)
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
    )
    variants = reader.table("variants", lambda table: _variants(table, text)) if reader.has("variants") else {}
    return CheckText(code, text.severity, text.title, text.sentence, text.remedy, text.why, variants)


def _variants(reader: TableReader, main: CheckText) -> dict[str, CheckVariant]:
    return {name: reader.table(name, lambda table: _variant(table, main)) for name in reader.keys()}  # noqa: SIM118


def _variant(reader: TableReader, main: CheckText) -> CheckVariant:
    return CheckVariant(
        severity=reader.code("severity", SEVERITIES, main.severity),
        sentence=_sentence(reader, "sentence"),
        remedy=_sentence(reader, "remedy") if reader.has("remedy") else main.remedy,
    )


def _sentence(reader: TableReader, key: str) -> str:
    text = reader.text(key)
    check_placeholders(reader, key, text, None)
    return text


def _places(reader: TableReader) -> dict[str, str]:
    return {key: _sentence(reader, key) for key in reader.keys()}  # noqa: SIM118


def _texts(reader: TableReader) -> dict[str, str]:
    return {key: reader.text(key) for key in reader.keys()}  # noqa: SIM118
