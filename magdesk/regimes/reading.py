"""Typed access to one TOML file: every complaint names the file and the path of the key. Knows nothing of law."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from magdesk.errors import RegimeError
from magdesk.i18n import _
from magdesk.plainfiles import read_plain
from magdesk.regimes.update import hidden_letter

_Value = TypeVar("_Value")

_LARGEST = 2 << 20  # bytes; the longest that comes with the program has a twentieth of that

_MOST_YEARS = 200
_LONGEST_KEY = 50  # parts between dots; the parser needs the square of it in time

# Without any way back, so that a text takes as long as it is long. It also finds such a run within a text, where
# nobody writes fifty words joined by dots.
_LONG_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{_LONGEST_KEY}}}""")

_TYPE_WORDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    date: "a date (2024-03-05)",
    list: "a list",
    dict: "a table",
}


@dataclass(frozen=True, slots=True)
class LawText:
    """The text of one file of law.

    Attributes:
        file: as complaints name it.
        sent: whether somebody else sent it.
    """

    file: Path
    text: str
    sent: bool = False


def read_text(file: Path) -> LawText:
    """A plain file of a size that a person could have written.

    Raises:
        RegimeError: it cannot be read.
    """
    try:
        data = read_plain(file, _LARGEST)
        if len(data) > _LARGEST:
            raise RegimeError(
                _("{file} is larger than a file of law can be.").format(file=file), _("Take it out of the folder.")
            )
        return LawText(file, data.decode("utf-8"))
    except OSError as error:
        raise RegimeError(
            _("{file} cannot be read: {strerror}.").format(file=file, strerror=error.strerror),
            _("Put the file itself in its place."),
        ) from error
    except UnicodeDecodeError as error:
        raise RegimeError(_("{file} is not UTF-8 text.").format(file=file), _("Save it as UTF-8.")) from error


def _too_much(file: Path, problem: str) -> RegimeError:
    return RegimeError(
        _("{file} {problem}.").format(file=file, problem=problem),
        _("Compare it with the files that come with the program."),
    )


class TableReader:
    """One table of a TOML file, taken apart key by key.

    Each ``take`` removes its key; :meth:`finish` complains about whatever nobody asked for, so that a
    misspelt key is an error and not a silence.
    """

    def __init__(self, file: Path, where: str, table: dict[str, Any]) -> None:
        self.file = file
        self.where = where
        self._table = dict(table)

    @classmethod
    def of_text(cls, source: LawText) -> TableReader:
        """A whole file.

        Raises:
            RegimeError: it is not TOML, or was sent and holds what nobody would see.
        """
        file = source.file
        if _LONG_KEY.search(source.text):
            raise _too_much(file, "is nested too deeply")
        try:
            table = tomllib.loads(source.text)
        except tomllib.TOMLDecodeError as error:
            raise RegimeError(_("{file} is not valid TOML: {error}.").format(file=file, error=error)) from error
        except (ValueError, RecursionError) as error:
            problem = "holds a number of too many digits" if isinstance(error, ValueError) else "is nested too deeply"
            raise _too_much(file, problem) from error
        if source.sent:
            _check_visible(file, table)
        return cls(file, "", table)

    def path(self, key: str) -> str:
        """The full path of a key in this table."""
        return f"{self.where}.{key}" if self.where else key

    def wrong(self, key: str, problem: str, hint: str = "") -> RegimeError:
        """The error to raise about one key."""
        return RegimeError(
            _("{file}: “{key}” {problem}.").format(file=self.file, key=self.path(key), problem=problem), hint
        )

    def text(self, key: str, default: str | None = None) -> str:
        """A text, trimmed; must not be empty unless a default is given."""
        value = self._take(key, str, default).strip()
        if not value and default is None:
            raise self.wrong(key, "is empty")
        return value

    def code(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        """A text that must be one of the known words."""
        value = self.text(key, default)
        if value != default and value not in known:
            raise self.wrong(key, f"is “{value}”, which is not one of: {', '.join(known)}")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        return self._take(key, bool, default)

    def number(self, key: str, default: int | None = None, *, most: int = 10**9) -> int:
        """A whole number, not negative and not above the most that can be meant."""
        value = self._take(key, int, default)
        if value < 0:
            raise self.wrong(key, "is negative")
        if value > most:
            raise self.wrong(key, f"is more than {most}")
        return value

    def years(self, key: str, default: int) -> int:
        """A number of years that can be counted back from a day."""
        return self.number(key, default, most=_MOST_YEARS)

    def day(self, key: str) -> date:
        """A calendar date."""
        return self._take(key, date, None)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, each trimmed and not empty."""
        values = self._take(key, list, None if default is None else list(default))
        for place, value in enumerate(values, 1):
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(key, f"has an entry ({place}) that is not text")
        return tuple(value.strip() for value in values)

    def codes(self, key: str, known: Sequence[str], default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts that must all be known words."""
        values = self.texts(key, default)
        for value in values:
            if value not in known:
                raise self.wrong(key, f"names “{value}”, which is not one of: {', '.join(known)}")
        return values

    def pattern_list(self, key: str) -> tuple[str, ...]:
        """A list of regular expressions, each tried."""
        values = self.texts(key, ())
        for value in values:
            try:
                re.compile(value)
            except re.error as error:
                raise self.wrong(key, f"holds “{value}”, which is not a regular expression: {error}") from error
        return values

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._table

    def keys(self) -> tuple[str, ...]:
        """The keys not yet taken, in the order of the file."""
        return tuple(self._table)

    def table(self, key: str, read: Callable[[TableReader], _Value]) -> _Value:
        """A sub-table, read completely."""
        reader = TableReader(self.file, self.path(key), self._take(key, dict, None))
        value = read(reader)
        reader.finish()
        return value

    def tables(self, key: str, read: Callable[[TableReader], _Value], *, needed: bool = False) -> tuple[_Value, ...]:
        """An array of tables, each read completely."""
        entries = self._take(key, list, None if needed else [])
        values: list[_Value] = []
        for place, entry in enumerate(entries, 1):
            if not isinstance(entry, dict):
                raise self.wrong(key, f"has an entry ({place}) that is not a table")
            named = entry.get("code")
            label = f"{key}[{named if isinstance(named, str) and named else place}]"
            reader = TableReader(self.file, self.path(label), entry)
            values.append(read(reader))
            reader.finish()
        if needed and not values:
            raise self.wrong(key, "is empty")
        return tuple(values)

    def finish(self) -> None:
        """Complain about keys nobody asked for.

        Raises:
            RegimeError: there are such keys.
        """
        if self._table:
            raise self.wrong(next(iter(self._table)), "is not a key known here", "Check its spelling.")

    def _take(self, key: str, kind: type[_Value], default: _Value | None) -> _Value:
        if key not in self._table:
            if default is None:
                raise self.wrong(key, "is missing")
            return default
        value = self._table.pop(key)
        # bool is an int and datetime a date in Python; neither is meant where the other is asked for.
        mistaken = (kind is int and isinstance(value, bool)) or (kind is date and isinstance(value, datetime))
        if not isinstance(value, kind) or mistaken:
            raise self.wrong(key, f"must be {_TYPE_WORDS[kind]}")
        return value


def _check_visible(file: Path, value: object) -> None:
    """TOML can write any letter by its number, so that a look at the file does not show it."""
    if isinstance(value, str):
        hidden = hidden_letter(value)
        if hidden:
            raise RegimeError(
                _("{file} holds a letter that cannot be seen ({hidden}).").format(file=file, hidden=hidden)
            )
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_visible(file, key)
            _check_visible(file, inner)
    elif isinstance(value, list):
        for inner in value:
            _check_visible(file, inner)


def unique(reader: TableReader, key: str, codes: Sequence[str]) -> None:
    """Check that no code occurs twice.

    Raises:
        RegimeError: one does.
    """
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise reader.wrong(key, f"has the code “{code}” twice")
        seen.add(code)
