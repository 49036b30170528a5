"""The properties that hits can be asked for, as conditions on the items of the index."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from magdesk.casefile.folding import compose, fold
from magdesk.casefile.query import PLACES, Filter, SearchField, Term

Values = list[str | int]

_MEDIA = {
    "pdf": ("application/pdf",),
    "mail": ("message/%", "application/mbox", "application/vnd.ms-outlook"),
    "image": ("image/%",),
    "video": ("video/%",),
    "audio": ("audio/%",),
    "text": ("text/plain", "text/markdown"),
    "web": ("text/html", "application/xhtml+xml", "application/warc", "application/wacz", "%warc%", "%wacz%"),
    "document": ("%wordprocessingml%", "application/msword", "%opendocument.text", "%/rtf"),
    "sheet": ("%spreadsheetml%", "application/vnd.ms-excel", "%opendocument.spreadsheet", "text/csv"),
    "slides": ("%presentationml%", "application/vnd.ms-powerpoint", "%opendocument.presentation"),
    "zip": ("application/zip",),
}
_ALIASES = {
    "email": "mail", "e-mail": "mail", "eml": "mail", "message": "mail", "photo": "image", "picture": "image",
    "movie": "video", "sound": "audio", "html": "web", "webpage": "web", "doc": "document", "word": "document",
    "excel": "sheet", "spreadsheet": "sheet", "table": "sheet", "presentation": "slides", "txt": "text",
    "archive": "zip",
}  # fmt: skip


def condition(filters: Sequence[Filter], exhibit: Callable[[int], uuid.UUID | None]) -> tuple[str, Values]:
    """SQL on ``text_item i`` that holds for items with all the properties, and its values; empty without properties.

    The number of the page is no property of an item and is left out.
    """
    texts, values = [], []
    for one in filters:
        if one.field is SearchField.PAGE:
            continue
        text, own = _condition(one, exhibit)
        texts.append(f"NOT ({text})" if one.negative else f"({text})")
        values += own
    if not filters:
        return "", []
    return " AND ".join(["NOT i.hidden", *texts]), values


def _condition(one: Filter, exhibit: Callable[[int], uuid.UUID | None]) -> tuple[str, Values]:
    value = one.value
    match one.field:
        case SearchField.TITLE | SearchField.FROM:
            column = "title" if one.field is SearchField.TITLE else "source"
            term = Term(" ".join(fold(compose(value)).split()))
            text = (
                "i.key IN (SELECT t.key FROM text_item t WHERE t.id IN"
                " (SELECT rowid FROM row_index WHERE row_index MATCH ?))"
            )
            return text, [f"{column} : {term.match(single_letters=True)}"]
        case SearchField.TYPE:
            return _type(value.casefold())
        case SearchField.LANGUAGE:
            tag = value.casefold()
            same = "lower(language) = ? OR lower(language) LIKE ?"
            return (
                f"i.key IN (SELECT id FROM evidence WHERE {same} UNION ALL SELECT id FROM name WHERE {same})",  # noqa: S608
                [tag, f"{tag}-%"] * 2,
            )
        case SearchField.EXHIBIT:
            key = exhibit(int(value))
            return "i.kind = 'evidence' AND i.key = ?", [key.hex if key else ""]
        case SearchField.IN:
            kinds = PLACES[value.casefold()]
            return f"i.kind IN ({','.join('?' * len(kinds))})", list(kinds)
        case SearchField.DATE:
            return _date(value)
        case SearchField.PAGE:
            raise AssertionError("the page is no property of an item")


def _type(value: str) -> tuple[str, Values]:
    patterns = _MEDIA.get(_ALIASES.get(value, value), (value,))
    likes = " OR ".join(["media_type LIKE ?"] * len(patterns))
    text = (
        "i.kind = 'evidence' AND i.key IN (SELECT id FROM evidence"  # noqa: S608 - our own words
        f" WHERE {likes} OR lower(substr(file_name, -length(?))) = ? OR source_type = ?)"
    )
    return text, [*patterns, f".{value}", f".{value}", value]


def _date(value: str) -> tuple[str, Values]:
    """Dates that share a day with the one asked for; both may be known only to the month or the year."""
    first, _dots, last = value.partition("..")
    sources = " UNION ALL ".join(
        f"SELECT id, {start} AS earliest, {end} AS latest FROM {table} WHERE {start} IS NOT NULL"  # noqa: S608
        for table, start, end in (
            ("evidence", "published", "published"),
            ("fact", "date", "date"),
            ("proceeding", "date", "date"),
            ("identifier", "date", "date"),
            ("incident", "start", 'coalesce("end", start)'),
            ("position", "start", 'coalesce("end", start)'),
        )
    )
    low = "rtrim(substr(earliest, 1, instr(earliest || '/', '/') - 1), '?~%')"
    high = "rtrim(substr(latest, instr(latest, '/') + 1), '?~%')"
    text = (
        f"i.key IN (SELECT id FROM (SELECT id, {low} AS low, {high} AS high FROM ({sources}))"  # noqa: S608
        " WHERE substr(low, 1, length(?)) <= ? AND high >= substr(?, 1, length(high)))"
    )
    return text, [last or first, last or first, first]
