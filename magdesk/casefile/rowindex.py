"""Keeps the text of ordinary rows findable: after each step, what was touched is indexed anew."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import Enum, String

from magdesk.casefile import spellings, textparts
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.journal import RowValues, read_row
from magdesk.casefile.textparts import RowText
from magdesk.model.base import Base
from magdesk.model.text import TOKEN

_CODES = frozenset({"sha256", "media_type", "language", "script", "system", "regime", "prong", "code", "letter",
                    "packet_digest", "message_id", "bates_prefix", "version", "element", "password", "proof",
                    "certificates", "stamped", "algorithm", "root"})  # fmt: skip
_TITLES = frozenset({"title", "title_english", "file_name", "name", "short_name", "pseudonym", "office", "forum",
                     "document_number"})  # fmt: skip
_SOURCES = frozenset({"author", "publisher", "obtained_from", "translator", "addressee", "interviewed_by"})
_SENDERS = frozenset({"from", "sender", "author", "reply-to", "creator", "artist"})

TouchedImages = Mapping[tuple[str, uuid.UUID], RowValues | None]


def _text_columns() -> dict[str, tuple[str, ...]]:
    """By table, the columns that hold words: text, but no choices, codes, digests or secrets."""
    found = {}
    for name, table in Base.metadata.tables.items():
        columns = tuple(
            column.name
            for column in table.columns
            if isinstance(column.type, String) and not isinstance(column.type, Enum) and column.name not in _CODES
        )
        if columns:
            found[name] = columns
    return found


class RowIndex:
    """Indexes rows of the model over the connection of the change that touched them.

    What a file says about itself is indexed with its evidence, and a name that a text refers to by key is indexed as
    if it were written there.
    """

    def __init__(self) -> None:
        self._columns = _text_columns()

    def update(self, raw: RawConnection, touched: TouchedImages) -> None:
        """Make the index say what the rows say now.

        Args:
            touched: the rows, as they were before the change where that is known.
        """
        places: dict[tuple[str, uuid.UUID], None] = {}
        renamed: dict[uuid.UUID, None] = {}
        for (table, key), before in touched.items():
            if table == "detail":
                for image in (before, read_row(raw, table, key)):
                    if image is not None:
                        places["evidence", uuid.UUID(str(image["evidence_id"]))] = None
                continue
            places[table, key] = None
            if table == "party":
                renamed[key] = None
            elif table == "name":
                for image in (before, read_row(raw, table, key)):
                    if image is not None:
                        renamed[uuid.UUID(str(image["party_id"]))] = None
        for key in renamed:
            places.update(dict.fromkeys(_mentioning(raw, key)))
        for table, key in places:
            if table in self._columns:
                self._index(raw, table, key)

    def _index(self, raw: RawConnection, table: str, key: uuid.UUID) -> None:
        row = read_row(raw, table, key)
        if row is None:
            textparts.hide(raw, table, key)
            return
        title: list[str] = []
        source: list[str] = []
        words: list[str] = []
        for name in self._columns[table]:
            if row[name]:
                is_title = name in _TITLES or (table == "name" and name == "text")
                (title if is_title else source if name in _SOURCES else words).append(str(row[name]))
        if table == "evidence":
            for name, value in raw.execute(
                "SELECT name, value FROM detail WHERE evidence_id = ? ORDER BY rank, id", (key.hex,)
            ):
                (source if str(name).casefold() in _SENDERS else words).append(f"{name}: {value}")
        told, mentioned = _with_names(raw, "\n".join(words))
        names = "\n".join([*title, *source])
        hidden = [*spellings.sounds(names).split(), *(_reference(party) for party in mentioned)]
        textparts.store_row(
            raw,
            table,
            key,
            RowText("\n".join(title), "\n".join(source), told, spellings.latin(names), " ".join(hidden)),
        )


def _with_names(raw: RawConnection, text: str) -> tuple[str, list[uuid.UUID]]:
    """The text with names in place of keys, and the parties it mentions."""
    mentioned: dict[uuid.UUID, str] = {}
    out, end = [], 0
    for match in TOKEN.finditer(text):
        out.append(text[end : match.start()])
        end = match.end()
        if match["party"]:
            key = uuid.UUID(match["party"])
            if key not in mentioned:
                mentioned[key] = _party_name(raw, key)
            out.append(mentioned[key])
    return "".join([*out, text[end:]]), list(mentioned)


def _party_name(raw: RawConnection, key: uuid.UUID) -> str:
    row = raw.execute(
        "SELECT coalesce((SELECT text FROM name WHERE party_id = p.id AND text <> ''"
        " ORDER BY kind <> 'primary', rank, id LIMIT 1), nullif(p.short_name, ''), p.pseudonym)"
        " FROM party p WHERE p.id = ?",
        (key.hex,),
    ).fetchone()
    return str(row[0]) if row is not None else ""


def _mentioning(raw: RawConnection, party: uuid.UUID) -> list[tuple[str, uuid.UUID]]:
    """The rows whose text refers to a party."""
    rows = raw.execute(
        "SELECT i.kind, i.key FROM row_index JOIN text_item i ON i.id = row_index.rowid WHERE row_index MATCH ?",
        (f'hidden : "{_reference(party)}"',),
    ).fetchall()
    return [(kind, uuid.UUID(key)) for kind, key in rows]


def _reference(party: uuid.UUID) -> str:
    return f"0ref{party.hex}"
