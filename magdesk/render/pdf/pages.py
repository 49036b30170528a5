"""The column cut into pages, each with the notes of its marks at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from magdesk.render.pdf import styles
from magdesk.render.pdf.notes import NoteBook
from magdesk.render.pdf.slugs import BreakSlug, LineSlug, Slug, SpaceSlug, gap, stack_height
from magdesk.render.pdf.tables import RowSlug

# Rather than leave more of a page white than this, a row or a long note is parted.
_WHITE_ALLOWED = 80.0
_ROW_PART = 40.0
_NOTE_LINES = 2
_CARRIED_SHARE = 0.7


@dataclass(slots=True)
class NotePart:
    """Lines of a note on one page.

    Attributes:
        index: of the note.
        lines: those that stand on this page.
        continued: whether the note began on an earlier page.
    """

    index: int
    lines: tuple[LineSlug, ...]
    continued: bool = False

    @property
    def height(self) -> float:
        """In points."""
        return sum(line.height for line in self.lines)


@dataclass(slots=True)
class PageMatter:
    """What stands on a page; tops are measured from the upper edge of the text area."""

    placed: list[tuple[Slug, float]] = field(default_factory=list)
    notes: list[NotePart] = field(default_factory=list)
    used: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether no text stands on it yet."""
        return not self.placed

    def notes_height(self, more: float = 0.0, count: int = 0) -> float:
        """The height of the notes with their rule, with more notes added."""
        parts = len(self.notes) + count
        if not parts:
            return 0.0
        return styles.NOTE_RULE_GAP + sum(part.height for part in self.notes) + more + styles.NOTE_GAP * (parts - 1)


class Paginator:
    """Fills pages from a column of slugs."""

    def __init__(self, book: NoteBook, height: float) -> None:
        self._book = book
        self._height = height
        self._pages: list[PageMatter] = [PageMatter()]
        self._carried: NotePart | None = None

    def paginate(self, slugs: Sequence[Slug]) -> list[PageMatter]:
        """The slugs on pages, in order, none left out."""
        queue = self._tightened(slugs)
        while queue and isinstance(queue[-1], BreakSlug):
            queue.pop()
        start = 0
        while start < len(queue):
            slug = queue[start]
            if isinstance(slug, BreakSlug):
                if not self._page.empty:
                    self._turn()
                start += 1
                continue
            end = start + 1
            while end < len(queue) and queue[end - 1].keep and not isinstance(queue[end], BreakSlug):
                end += 1
            chain = queue[start:end]
            done, rest = self._place(chain)
            if rest:
                queue[start + done : end] = rest
            start += done
        while self._carried is not None:
            self._turn()
        return self._pages

    def _tightened(self, slugs: Sequence[Slug]) -> list[Slug]:
        """The slugs with white space drawn together where a page meant to be one page would run over without need.

        Covers and cover sheets are laid out with white space between page breaks; a longer title takes from it.
        """
        out: list[Slug] = []
        start = 0
        for end in [*(n for n, slug in enumerate(slugs) if isinstance(slug, BreakSlug)), len(slugs)]:
            part = slugs[start:end]
            spaces = sum(slug.height for slug in part if isinstance(slug, SpaceSlug))
            if spaces:
                indexes = [index for slug in part for index in slug.notes]
                notes = PageMatter().notes_height(sum(self._book.height(index) for index in indexes), len(indexes))
                over = stack_height(tuple(part)) + notes - self._height
                if 0 < over <= spaces:
                    share = 1 - over / spaces
                    part = [
                        replace(slug, height=slug.height * share) if isinstance(slug, SpaceSlug) else slug
                        for slug in part
                    ]
            out += [*part, *slugs[end : end + 1]]
            start = end + 1
        return out

    @property
    def _page(self) -> PageMatter:
        return self._pages[-1]

    def _turn(self) -> None:
        """Begin a new page; what is left of a note goes to its foot."""
        page = PageMatter()
        self._pages.append(page)
        carried, self._carried = self._carried, None
        if carried is None:
            return
        room = self._height * _CARRIED_SHARE - styles.NOTE_RULE_GAP
        count = 0
        height = 0.0
        for line in carried.lines:
            height += line.height
            if count and height > room:
                break
            count += 1
        page.notes.append(NotePart(carried.index, carried.lines[:count], continued=True))
        if count < len(carried.lines):
            self._carried = NotePart(carried.index, carried.lines[count:], continued=True)

    def _place(self, chain: list[Slug]) -> tuple[int, list[Slug]]:
        """Put a chain of slugs that belong together on this page or the next.

        Returns:
            How many of the chain stand now, and, when one of them had to be parted or left, the others.
        """
        if self._fits(chain):
            self._put_all(chain)
            return len(chain), []
        if self._page.empty and not self._page.notes:
            return self._force(chain)
        white = self._room()
        if white > _WHITE_ALLOWED:
            parted = self._part_row(chain, _ROW_PART)
            if parted is not None:
                return parted
            if self._split_note(chain):
                return len(chain), []
        if self._page.empty:
            return self._force(chain)
        self._turn()
        return 0, chain

    def _force(self, chain: list[Slug]) -> tuple[int, list[Slug]]:
        """Fill an empty page from a chain that no page can hold: the most that fits, or one slug in parts."""
        for count in range(len(chain) - 1, 0, -1):
            if self._fits(chain[:count]):
                rest = chain[count:]
                parted = self._part_row(chain[: count + 1], _ROW_PART)
                if parted is not None:
                    done, left = parted
                    return done, [*left, *chain[count + 1 :]]
                self._put_all(chain[:count])
                return count, rest
        first = chain[:1]
        parted = self._part_row(first, 0.0)
        if parted is not None:
            done, left = parted
            return done, [*left, *chain[1:]]
        if self._split_note(first):
            return 1, chain[1:]
        if self._page.notes:
            self._turn()
            return 0, chain
        self._put_all(first, crowded=True)
        return 1, chain[1:]

    # ------------------------------------------------------------------------------------- measuring

    def _room(self) -> float:
        page = self._page
        return self._height - page.used - page.notes_height()

    def _extent(self, chain: Sequence[Slug]) -> float:
        """How far down the page reaches with the chain on it, heads of tables repeated."""
        page = self._page
        used = page.used
        above = page.placed[-1][0] if page.placed else None
        for slug in chain:
            if above is None:
                used += sum(row.height for row in self._repeated(slug))
                if isinstance(slug, SpaceSlug) and len(self._pages) > 1:
                    continue
            else:
                used += gap(above, slug)
            used += slug.height
            above = slug
        return used

    def _repeated(self, slug: Slug) -> tuple[RowSlug, ...]:
        """The head rows to set again above a row that begins a page."""
        if not isinstance(slug, RowSlug) or not self._page.empty:
            return ()
        if sum(row.height for row in slug.header) > self._height * 0.35:
            return ()
        return slug.header

    def _fits(self, chain: Sequence[Slug]) -> bool:
        indexes = [index for slug in chain for index in slug.notes]
        if indexes and self._carried is not None:
            return False
        more = sum(self._book.height(index) for index in indexes)
        return self._extent(chain) + self._page.notes_height(more, len(indexes)) <= self._height + 0.01

    # --------------------------------------------------------------------------------------- placing

    def _put_all(self, chain: Sequence[Slug], *, crowded: bool = False) -> None:
        for slug in chain:
            self._put(slug)
            for index in slug.notes:
                self._page.notes.append(NotePart(index, self._book.lines(index)))
        if crowded:
            self._cut_notes()

    def _put(self, slug: Slug) -> None:
        page = self._page
        if page.empty:
            if isinstance(slug, SpaceSlug) and len(self._pages) > 1:
                return
            for row in self._repeated(slug):
                page.placed.append((row, page.used))
                page.used += row.height
            if len(page.placed):
                slug = replace(slug, before=0.0)
        else:
            page.used += gap(page.placed[-1][0], slug)
        page.placed.append((slug, page.used))
        page.used += slug.height

    def _part_row(self, chain: list[Slug], least: float) -> tuple[int, list[Slug]] | None:
        """Part the last slug of a chain so that the chain's beginning and its upper part stand on this page."""
        last = chain[-1]
        if not isinstance(last, RowSlug) or any(isinstance(slug, BreakSlug) for slug in chain):
            return None
        if least and last.height < self._height * 0.25:
            return None
        head = chain[:-1]
        if head and not self._fits(head):
            return None
        room = self._height - (self._extent(chain) - last.height)
        while room > max(least, 12.0):
            parts = last.split(min(room, last.height - 1.0))
            if parts is None:
                return None
            upper, lower = parts
            if self._fits([*head, upper]):
                self._put_all([*head, upper])
                return len(chain) - 1, [lower]
            # The notes of the upper part need room too: try with a lower cut.
            room = upper.height - 6.0
        return None

    def _split_note(self, chain: Sequence[Slug]) -> bool:
        """Place a chain whose text fits but whose last note does not, and carry the note's end over."""
        indexes = [index for slug in chain for index in slug.notes]
        if not indexes or self._carried is not None:
            return False
        page = self._page
        whole, last = indexes[:-1], indexes[-1]
        lines = self._book.lines(last)
        more = sum(self._book.height(index) for index in whole)
        room = self._height - self._extent(chain) - page.notes_height(more, len(indexes))
        count = 0
        while count < len(lines) and room >= lines[count].height:
            room -= lines[count].height
            count += 1
        count = min(count, len(lines) - _NOTE_LINES)
        if count < _NOTE_LINES:
            return False
        for slug in chain:
            self._put(slug)
        page.notes += [NotePart(index, self._book.lines(index)) for index in whole]
        page.notes.append(NotePart(last, lines[:count]))
        self._carried = NotePart(last, lines[count:], continued=True)
        return True

    def _cut_notes(self) -> None:
        """Carry over what a crowded page cannot hold; at least one line of its last note stays."""
        page = self._page
        while page.notes and page.used + page.notes_height() > self._height and len(page.notes[-1].lines) > 1:
            part = page.notes[-1]
            kept, moved = part.lines[:-1], part.lines[-1:]
            page.notes[-1] = NotePart(part.index, kept, part.continued)
            tail = self._carried.lines if self._carried is not None else ()
            self._carried = NotePart(part.index, (*moved, *tail), continued=True)
