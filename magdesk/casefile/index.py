"""Full-text search inside the encrypted file: any script, any words, parts of words, never an error."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from magdesk.casefile import textparts
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.folding import Word, compose, words
from magdesk.casefile.records import SearchHit

Opener = Callable[[], AbstractContextManager[RawConnection]]

_SNIPPET_BEFORE, _SNIPPET_AFTER = 60, 180
_TERM = re.compile(r'"([^"]*)"|(\S+)')


class TextIndex:
    """The texts of one case: pages of evidence and the words of ordinary rows."""

    def __init__(self, reading: Opener, writing: Opener) -> None:
        """Take two ways to a raw connection: for reading, and inside a write transaction."""
        self._reading = reading
        self._writing = writing

    def put(self, kind: str, key: uuid.UUID, parts: Iterable[tuple[int, str]]) -> None:
        """Replace the text of one row. Any thread; inside a change it is part of that change.

        Args:
            kind: the row's table.
            key: the row's key.
            parts: page number (0 where there are none) and text.
        """
        with self._writing() as raw:
            textparts.store(raw, kind, key, textparts.PAGES, parts)

    def remove(self, key: uuid.UUID) -> None:
        """Forget all text of one row."""
        with self._writing() as raw:
            textparts.remove(raw, key)

    def search(self, query: str, limit: int = 50) -> list[SearchHit]:
        """The places where all words occur, best first.

        A word also finds longer words that begin with it; words in double quotes must stand side by side as they
        are. Case, accents and vowel points do not matter; Chinese, Japanese, Korean, Thai and Burmese are found
        anywhere in the text. Nothing a user can type is an error.
        """
        terms = _terms(query)
        if not terms or limit <= 0:
            return []
        match = " AND ".join(term.match for term in terms)
        with self._reading() as raw:
            rows = raw.execute(
                "SELECT p.kind, p.key, p.part, p.body, bm25(text_index) AS score"
                " FROM text_index JOIN text_part p ON p.id = text_index.rowid"
                " WHERE text_index MATCH ? AND NOT p.hidden ORDER BY score, p.kind, p.key, p.part LIMIT ?",
                (match, limit),
            ).fetchall()
        hits = []
        for kind, key, part, body, score in rows:
            snippet, marks = _snippet(body, terms)
            hits.append(SearchHit(kind, uuid.UUID(key), part, snippet, float(score), marks))
        return hits


class _Term:
    """One word or quoted phrase of a query."""

    def __init__(self, text: str, *, phrase: bool) -> None:
        self.words = [word.text for word in words(compose(text))]
        self.prefix = not phrase
        # Each word is handed over as an FTS5 string, in which only the double quote has a meaning.
        self.match = '"' + " ".join(self.words).replace('"', '""') + '"' + (" *" if self.prefix else "")

    def find(self, found: list[Word], start: int) -> int:
        """How many words from ``start`` are this term: 0 when they are not."""
        wanted = self.words
        if start + len(wanted) > len(found):
            return 0
        for offset, word in enumerate(wanted):
            have = found[start + offset].text
            last = offset == len(wanted) - 1
            if have != word and not (last and self.prefix and have.startswith(word)):
                return 0
        return len(wanted)


def _terms(query: str) -> list[_Term]:
    terms = []
    for quoted, plain in _TERM.findall(query):
        term = _Term(quoted or plain, phrase=bool(quoted))
        if term.words:
            terms.append(term)
    return terms


def _snippet(body: str, terms: list[_Term]) -> tuple[str, tuple[tuple[int, int], ...]]:
    found = list(words(body))
    places = []
    for start in range(len(found)):
        for term in terms:
            count = term.find(found, start)
            if count:
                places.append((found[start].start, found[start + count - 1].end))
    first = places[0][0] if places else 0
    begin, end = max(0, first - _SNIPPET_BEFORE), min(len(body), first + _SNIPPET_AFTER)
    while 0 < begin < first and not body[begin - 1].isspace():
        begin += 1
    while first < end < len(body) and end > first + _SNIPPET_AFTER // 2 and not body[end].isspace():
        end -= 1
    head, tail = ("… " if begin else ""), (" …" if end < len(body) else "")
    shift = len(head) - begin
    marks = tuple((a + shift, b + shift) for a, b in places if begin <= a and b <= end)
    # Line breaks and tabs become spaces, one for one, so that the marks stay where they are.
    shown = "".join(" " if char.isspace() else char for char in body[begin:end])
    return head + shown + tail, marks
