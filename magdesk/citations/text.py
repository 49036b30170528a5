"""The printed form of a citation, put together piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from magdesk.isolates import isolated


@dataclass(frozen=True, slots=True)
class CitationText:
    """A citation without its closing full stop.

    Attributes:
        parts: runs of text in order, each with whether it is italic. A web address is always a run of its own.
        links: the web addresses among the runs.
    """

    parts: tuple[tuple[str, bool], ...]
    links: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The citation without styles."""
        return "".join(text for text, _ in self.parts)

    def __iter__(self) -> Iterator[tuple[str, bool]]:
        return iter(self.parts)


@dataclass(slots=True)
class CitationWriter:
    """Collects the runs of a citation; an empty piece leaves no separator behind."""

    _parts: list[tuple[str, bool]] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)

    def add(self, text: str, *, before: str = "", after: str = "", italic: bool = False) -> None:
        """Append a field; ``before`` and ``after`` are written in roman, and only when there is a field.

        At the very beginning only the mark that opens the field is left of ``before``. A field that runs from right
        to left is isolated, so that it changes places with none of its neighbours.
        """
        if not text:
            return
        lead = before if self._parts else before.lstrip(" ,")
        if lead:
            self._append(lead, italic=False)
        self._append(isolated(text), italic=italic)
        if after:
            self._append(after, italic=False)

    def typed(self, text: str) -> None:
        """Append words of a citation that its drafter typed, in the order in which such words run."""
        if text:
            self._append(text, italic=False)

    def link(self, url: str, *, before: str = "", after: str = "") -> None:
        """Append a web address as a run of its own."""
        if not url:
            return
        if before and (self._parts or before.strip(" ,")):
            self._append(before if self._parts else before.lstrip(" ,"), italic=False)
        self._parts.append((url, False))
        if url not in self._links:
            self._links.append(url)
        if after:
            self._parts.append((after, False))

    def finish(self) -> CitationText:
        """The citation collected so far."""
        return CitationText(tuple(self._parts), tuple(self._links))

    def _append(self, text: str, *, italic: bool) -> None:
        if self._parts and self._parts[-1][1] == italic and self._parts[-1][0] not in self._links:
            self._parts[-1] = (self._parts[-1][0] + text, italic)
        else:
            self._parts.append((text, italic))
