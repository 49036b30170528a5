"""Rows of the full-text index, written over whichever connection is handed in.

A text belongs to an item: a row of the model and a layer. Pages lie under ``item * 2**24 + page``, in the index and
beside it, so that hits name their place without a look at any table.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from magdesk.casefile.connection import RawConnection
from magdesk.casefile.folding import FOLDING, compose, folded_anew, index_text

ROW, PAGES = 0, 1
"""Layers: the columns of the row itself, and the text read from the evidence it stands for."""

PART_BITS = 24
PART_MASK = (1 << PART_BITS) - 1

BATCH_CHARACTERS = 128 * 1024
"""Text written in one transaction: some tens of milliseconds in which another writer must wait."""

_DELETE_AT_ONCE = 500
_OWED = "index:"
_FOLDED = "folding"
_LOOK = 64  # what a text costs beside its letters
_LAST_ITEM = "index"
"""Name of the row of ``meta`` that notes the highest number of an item whose pages were forgotten."""


@dataclass(frozen=True, slots=True)
class RowText:
    """The words of one row, by what they are.

    Attributes:
        title: names it goes by.
        source: who it comes from.
        words: everything else a person may look for.
        keys: other spellings, found but never shown.
        hidden: found only by those who ask for exactly that: sounds of names, keys of rows referred to.
    """

    title: str
    source: str
    words: str
    keys: str = ""
    hidden: str = ""

    @property
    def body(self) -> str:
        """What is shown of it."""
        return "\n".join(text for text in (self.title, self.source, self.words) if text)


def batches(parts: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The parts in runs of bounded size; a run may be longer than that by one part."""
    batch: list[tuple[int, str]] = []
    size = 0
    for part, text in parts:
        batch.append((part, text))
        size += len(text)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def add_pages(raw: RawConnection, kind: str, key: uuid.UUID, parts: Iterable[tuple[int, str]]) -> None:
    """Add pages to an item; what is there already under the same number stays in front."""
    item = _item(raw, kind, key, PAGES)
    for part, text in parts:
        if not 0 <= part <= PART_MASK:
            raise ValueError(f"no page has the number {part}")
        number = item << PART_BITS | part
        body = compose(text)
        there = raw.execute("SELECT body FROM text_body WHERE id = ?", (number,)).fetchone()
        if there is not None:
            raw.execute("DELETE FROM page_index WHERE rowid = ?", (number,))
            body = f"{there[0]}\n{body}"
        raw.execute("INSERT OR REPLACE INTO text_body (id, body) VALUES (?, ?)", (number, body))
        raw.execute("INSERT INTO page_index (rowid, words) VALUES (?, ?)", (number, index_text(body)))


def renew(raw: RawConnection, after: int, most: int) -> tuple[int, list[tuple[str, uuid.UUID]]]:
    """Fold pages anew that stand behind a number, as many as make up a bounded text.

    Returns:
        The number of the last text that was looked at, or -1 at the end, and the rows whose own words are to be
        folded anew by who knows their columns.
    """
    size, last, rows = 0, -1, []
    found = raw.execute("SELECT id, body FROM text_body WHERE id > ? ORDER BY id", (after,))
    while size < most and (row := found.fetchone()) is not None:
        last, body = row
        size += len(body) + _LOOK
        if not folded_anew(body):
            continue
        if last & PART_MASK or _layer(raw, last >> PART_BITS) == PAGES:
            raw.execute("DELETE FROM page_index WHERE rowid = ?", (last,))
            raw.execute("INSERT INTO page_index (rowid, words) VALUES (?, ?)", (last, index_text(body)))
        else:
            kind, key = raw.execute("SELECT kind, key FROM text_item WHERE id = ?", (last >> PART_BITS,)).fetchone()
            rows.append((kind, uuid.UUID(key)))
    if size < most:
        last = -1
    found.close()
    return last, rows


def folding_done(raw: RawConnection) -> int:
    """Up to which text the index is folded as it is today: -1 for all of it, 0 for none."""
    row = raw.execute("SELECT value FROM meta WHERE name = ?", (_FOLDED,)).fetchone()
    if row is None:
        return 0
    version, _colon, last = str(row[0]).partition(":")
    return 0 if version != FOLDING else int(last) if last else -1


def note_folding(raw: RawConnection, last: int) -> None:
    """Note up to which text the index is folded as it is today; -1 for all of it."""
    value = FOLDING if last < 0 else f"{FOLDING}:{last}"
    raw.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_FOLDED, value))


def _layer(raw: RawConnection, item: int) -> int:
    row = raw.execute("SELECT layer FROM text_item WHERE id = ?", (item,)).fetchone()
    return PAGES if row is None else int(row[0])


def drop_pages(raw: RawConnection, kind: str, key: uuid.UUID, most: int = _DELETE_AT_ONCE) -> bool:
    """Forget pages of an item, a bounded number at a time.

    Returns:
        Whether there may be more.
    """
    item = _find(raw, kind, key, PAGES)
    if item is None:
        return False
    first, last = item << PART_BITS, item << PART_BITS | PART_MASK
    numbers = raw.execute("SELECT id FROM text_body WHERE id BETWEEN ? AND ? LIMIT ?", (first, last, most)).fetchall()
    for number in numbers:
        raw.execute("DELETE FROM page_index WHERE rowid = ?", number)
        raw.execute("DELETE FROM text_body WHERE id = ?", number)
    if len(numbers) == most:
        return True
    raw.execute("DELETE FROM text_item WHERE id = ?", (item,))
    raw.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_LAST_ITEM, str(max(item, _last(raw)))))
    return False


def page_items(raw: RawConnection, kind: str) -> dict[uuid.UUID, int]:
    """The items of a kind whose pages have text, by the keys of their rows.

    An item that is read again has another number than before, so that the number tells one reading from the next.
    """
    rows = raw.execute("SELECT key, id FROM text_item WHERE kind = ? AND layer = ?", (kind, PAGES))
    return {uuid.UUID(key): item for key, item in rows.fetchall()}


def pages_of(raw: RawConnection, item: int, wanted: Collection[int] = ()) -> dict[int, str]:
    """The texts of an item by page, in their order; only some of them where pages are named."""
    first, last = item << PART_BITS, item << PART_BITS | PART_MASK
    if wanted:
        numbers = json.dumps([first | page for page in wanted if 0 <= page <= PART_MASK])
        query = "SELECT id, body FROM text_body WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        rows = raw.execute(query, (numbers,))
    else:
        rows = raw.execute("SELECT id, body FROM text_body WHERE id BETWEEN ? AND ? ORDER BY id", (first, last))
    return {number & PART_MASK: body for number, body in rows.fetchall()}


def owe(raw: RawConnection, kind: str, key: uuid.UUID, *, owed: bool) -> None:
    """Note that text of a row is missing, or that it is there."""
    if owed:
        raw.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, '')", (f"{_OWED}{kind}:{key.hex}",))
    else:
        raw.execute("DELETE FROM meta WHERE name = ?", (f"{_OWED}{kind}:{key.hex}",))


def owed(raw: RawConnection) -> list[tuple[str, uuid.UUID]]:
    """The rows of which text is missing."""
    rows = raw.execute("SELECT name FROM meta WHERE name >= ? AND name < ? ORDER BY name", (_OWED, f"{_OWED}~"))
    places = [name.removeprefix(_OWED).partition(":") for (name,) in rows.fetchall()]
    return [(kind, uuid.UUID(key)) for kind, _colon, key in places]


def store_row(raw: RawConnection, kind: str, key: uuid.UUID, text: RowText) -> None:
    """Replace the words of a row; pages of it that were hidden show again."""
    _drop_row(raw, kind, key)
    if text.body:
        item = _item(raw, kind, key, ROW)
        body = compose(text.body)
        raw.execute("INSERT INTO text_body (id, body) VALUES (?, ?)", (item << PART_BITS, body))
        columns = [compose(column) for column in (text.title, text.source, text.words, text.keys, text.hidden)]
        raw.execute(
            "INSERT INTO row_index (rowid, title, source, words, keys, hidden) VALUES (?, ?, ?, ?, ?, ?)",
            (item, *map(index_text, columns)),
        )
    raw.execute("UPDATE text_item SET hidden = 0 WHERE key = ? AND kind = ? AND hidden", (key.hex, kind))


def hide(raw: RawConnection, kind: str, key: uuid.UUID) -> None:
    """The row was deleted: drop its own text and keep that of its pages out of sight, for an undo to show again."""
    _drop_row(raw, kind, key)
    raw.execute("UPDATE text_item SET hidden = 1 WHERE key = ? AND kind = ?", (key.hex, kind))


def places_of(raw: RawConnection, key: uuid.UUID) -> list[str]:
    """The kinds under which a key has text."""
    rows = raw.execute("SELECT DISTINCT kind FROM text_item WHERE key = ? ORDER BY kind", (key.hex,))
    return [kind for (kind,) in rows.fetchall()]


def remove_row(raw: RawConnection, kind: str, key: uuid.UUID) -> None:
    """Forget the words of a row."""
    _drop_row(raw, kind, key)


def _drop_row(raw: RawConnection, kind: str, key: uuid.UUID) -> None:
    item = _find(raw, kind, key, ROW)
    if item is not None:
        raw.execute("DELETE FROM row_index WHERE rowid = ?", (item,))
        raw.execute("DELETE FROM text_body WHERE id = ?", (item << PART_BITS,))
        raw.execute("DELETE FROM text_item WHERE id = ?", (item,))


def _find(raw: RawConnection, kind: str, key: uuid.UUID, layer: int) -> int | None:
    row = raw.execute(
        "SELECT id FROM text_item WHERE key = ? AND kind = ? AND layer = ?", (key.hex, kind, layer)
    ).fetchone()
    return None if row is None else int(row[0])


def _item(raw: RawConnection, kind: str, key: uuid.UUID, layer: int) -> int:
    found = _find(raw, kind, key, layer)
    if found is not None:
        return found
    cursor = raw.execute(
        "INSERT INTO text_item (id, kind, key, layer)"
        " SELECT max(coalesce(max(id), 0), ?) + 1, ?, ?, ? FROM text_item",
        (_last(raw), kind, key.hex, layer),
    )
    return int(cursor.lastrowid)


def _last(raw: RawConnection) -> int:
    """The highest number of those that are not to be given again."""
    row = raw.execute("SELECT value FROM meta WHERE name = ?", (_LAST_ITEM,)).fetchone()
    return int(row[0]) if row else 0
