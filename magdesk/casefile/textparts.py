"""Rows of the full-text index: text by row and page, written over whichever connection is handed in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from magdesk.casefile.connection import RawConnection
from magdesk.casefile.folding import compose, fold

ROW, PAGES = 0, 1
"""Layers: the columns of the row itself, and the text read from the evidence it stands for."""


def store(raw: RawConnection, kind: str, key: uuid.UUID, layer: int, parts: Iterable[tuple[int, str]]) -> None:
    """Replace one layer of one row's text."""
    _delete(raw, "key = ? AND kind = ? AND layer = ?", (key.hex, kind, layer))
    joined: dict[int, list[str]] = {}
    for part, text in parts:
        joined.setdefault(part, []).append(text)
    for part, texts in joined.items():
        body = compose("\n".join(texts))
        cursor = raw.execute(
            "INSERT INTO text_part (kind, key, layer, part, body) VALUES (?, ?, ?, ?, ?)",
            (kind, key.hex, layer, part, body),
        )
        raw.execute("INSERT INTO text_index (rowid, words) VALUES (?, ?)", (cursor.lastrowid, fold(body)))


def hide(raw: RawConnection, kind: str, key: uuid.UUID) -> None:
    """The row was deleted: drop its own text and keep that of its pages out of sight, for an undo to show again."""
    _delete(raw, "key = ? AND kind = ? AND layer = ?", (key.hex, kind, ROW))
    raw.execute("UPDATE text_part SET hidden = 1 WHERE key = ? AND kind = ?", (key.hex, kind))


def show(raw: RawConnection, kind: str, key: uuid.UUID) -> None:
    """The row is there (again)."""
    raw.execute("UPDATE text_part SET hidden = 0 WHERE key = ? AND kind = ? AND hidden", (key.hex, kind))


def remove(raw: RawConnection, key: uuid.UUID) -> None:
    """Forget all text of a row."""
    _delete(raw, "key = ?", (key.hex,))


def _delete(raw: RawConnection, condition: str, values: tuple[str | int, ...]) -> None:
    for (number,) in raw.execute(f"SELECT id FROM text_part WHERE {condition}", values).fetchall():  # noqa: S608
        raw.execute("DELETE FROM text_index WHERE rowid = ?", (number,))
    raw.execute(f"DELETE FROM text_part WHERE {condition}", values)  # noqa: S608
