"""Pandoc's syntax tree as our neutral tree: every node is taken for what it says it is, and nothing is trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.tree import DEPTH, Node

# Picture by its name in the document, description and width in inches: a block, or none for what cannot be seen.
Pictured = Callable[[str, str, float | None], Node | None]
Linked = Callable[[str], int]
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


class TrackedChanges:
    """Who changed what, as the document records it.

    Attributes:
        insertions: how many.
        deletions: how many.
    """

    def __init__(self) -> None:
        self.insertions = self.deletions = 0
        self._authors: dict[str, None] = {}
        self._dates: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self.insertions or self.deletions)

    def take(self, attributes: dict[str, str]) -> None:
        """Remember author and date of a change."""
        if attributes.get("author"):
            self._authors[attributes["author"]] = None
        if attributes.get("date"):
            self._dates.add(attributes["date"][:10])

    def sentence(self) -> str:
        """How changes are shown, and what is known of them."""
        said = _(
            "The document records changes (insertions: {insertions}, deletions: {deletions}). "
            "They are shown both ways: [+ inserted +] and [− deleted −]."
        ).format(insertions=self.insertions, deletions=self.deletions)
        if self._authors:
            who = ", ".join(list(self._authors)[:12])
            said += " " + _("Recorded as made by: {who}.").format(who=who)
        if self._dates:
            first, last = min(self._dates), max(self._dates)
            when = first if first == last else _("{first} to {last}").format(first=first, last=last)
            said += " " + _("Recorded dates: {when}.").format(when=when)
        return said


class SyntaxReader:
    """Reads blocks of pandoc's tree one by one.

    Attributes:
        changes: the tracked changes met so far.
    """

    def __init__(self, pictured: Pictured, linked: Linked) -> None:
        self.changes = TrackedChanges()
        self._pictured = pictured
        self._linked = linked
        self._aside: list[Node] = []

    def title(self, meta: Any) -> Iterator[Node]:
        """Title, subtitle, authors, date and abstract, which pandoc takes out of the text where they are marked."""
        for name in ("title", "subtitle", "author", "date", "abstract"):
            for one in _parts(meta.get(name) if isinstance(meta, dict) else None):
                if one.get("t") == "MetaBlocks":
                    yield from self.blocks(one["c"])
                elif one.get("t") == "MetaInlines":
                    yield from self._paragraph(one["c"], level=int(name == "title"))
                elif one.get("t") == "MetaString":
                    yield from self._set([tree.run(str(one["c"]))], level=int(name == "title"))

    def blocks(self, nodes: Iterable[Any], depth: int = 0) -> Iterator[Node]:
        """The blocks of the document."""
        if depth > DEPTH:
            yield tree.paragraph([tree.run(_("[Nested too deeply to be shown]"), italic=True)], "small")
            return
        for node in nodes:
            yield from self._block(str(node.get("t")), node.get("c"), depth)

    def _block(self, kind: str, content: Any, depth: int) -> Iterator[Node]:
        match kind:
            case "Para" | "Plain":
                yield from self._paragraph(content)
            case "Header":
                level, _attr, inlines = content
                yield from self._paragraph(inlines, level=int(level))
            case "LineBlock":
                lines = [list(self.inlines(line)) for line in content]
                yield from self._set([part for line in lines for part in (*line, tree.line_break())][:-1])
            case "CodeBlock":
                yield tree.paragraph(_lines(str(content[1])), "code")
            case "BlockQuote":
                inner = list(self.blocks(content, depth + 1))
                if inner:
                    yield tree.quote(inner)
            case "BulletList":
                yield tree.listing([list(self.blocks(item, depth + 1)) for item in content])
            case "OrderedList":
                yield from self._numbered(content, depth)
            case "DefinitionList":
                for term, meanings in content:
                    yield from self._set([{**one, "b": 1} if "x" in one else one for one in self.inlines(term)])
                    for meaning in meanings:
                        inner = list(self.blocks(meaning, depth + 1))
                        if inner:
                            yield tree.quote(inner)
            case "HorizontalRule":
                yield tree.rule()
            case "Table":
                yield from self._table(content, depth)
            case "Figure":
                yield from self.blocks(content[2], depth + 1)
                for block in content[1][1]:
                    if block.get("t") in ("Para", "Plain"):
                        yield from self._set(list(self.inlines(block["c"])), "caption")
            case "Div":
                yield from self.blocks(content[1], depth + 1)
            case _:
                return

    def _paragraph(self, content: Any, level: int = 0) -> Iterator[Node]:
        yield from self._set(list(self.inlines(content)), level=level)

    def _set(self, inlines: list[Node], style: str = "", level: int = 0) -> Iterator[Node]:
        """Inlines as a paragraph, the pictures among them as blocks of their own after it."""
        aside, self._aside = self._aside, []
        inlines = tree.joined(inlines)
        if tree.words(inlines).strip() or any("fn" in one for one in inlines):
            if level and len(tree.words(inlines)) <= 400:
                yield tree.heading(level, inlines)
            else:
                yield tree.paragraph(inlines, style)
        yield from aside

    def _numbered(self, content: Any, depth: int) -> Iterator[Node]:
        (start, style, delimiter), items = content
        told = [list(self.blocks(item, depth + 1)) for item in items]
        number, how = int(start), str(style.get("t"))
        if number == 1 and how in ("Decimal", "DefaultStyle"):
            yield tree.listing(told, ordered=True)
            return
        # The renderer counts from 1; a list that counts otherwise keeps its own numbers.
        for item in told:
            label = _numeral(number, how)
            label = f"({label})" if delimiter.get("t") == "TwoParens" else f"{label}."
            if delimiter.get("t") == "OneParen":
                label = label[:-1] + ")"
            number += 1
            if item and item[0].get("t") == "p":
                item[0] = {**item[0], "i": [tree.run(f"{label}\u00a0\u00a0"), *item[0]["i"]]}
            else:
                item.insert(0, tree.paragraph([tree.run(label)]))
            yield tree.quote(item) if depth else item[0]
            if not depth:
                yield from item[1:]

    def _table(self, content: Any, depth: int) -> Iterator[Node]:
        _attr, caption, columns, head, bodies, foot = content
        widths = [float(width["c"]) if width.get("t") == "ColWidth" else 0.0 for _align, width in columns]
        count = max(len(widths), 1)
        header = list(self._rows(head[1], count, depth, header=True))
        rows = list(header)
        for body in bodies:
            rows += self._rows([*body[2], *body[3]], count, depth)
        rows += self._rows(foot[1], count, depth)
        header_rows = len(header)
        if header and not any(one["b"] for row in header for one in row):
            rows, header_rows = rows[len(header) :], 0
        if count > 1 and any(len(row) == 1 for row in header):
            # One cell over all columns is the title of what follows it, not a head for every page.
            header_rows = 0
        told: list[Node] = []
        for block in caption[1]:
            if block.get("t") in ("Para", "Plain"):
                told += self.inlines(block["c"])
        if rows:
            widths = widths if all(widths) else tree.fair_widths(rows, count)
            yield tree.table(rows, widths, header_rows=header_rows, caption=told)

    def _rows(self, rows: Any, count: int, depth: int, *, header: bool = False) -> Iterator[list[Node]]:
        taken: dict[int, int] = {}  # columns that a cell further up reaches into, and for how many rows still
        for _attr, cells in rows:
            out: list[Node] = []
            column = 0
            queue = list(cells)
            while column < count and (queue or column in taken):
                if taken.get(column, 0):
                    taken[column] -= 1
                    if not taken[column]:
                        del taken[column]
                    out.append(tree.cell([]))
                    column += 1
                    continue
                _one, _align, down, across, blocks = queue.pop(0)
                span = min(max(int(across), 1), count - column)
                out.append(tree.cell(list(self.blocks(blocks, depth + 1)), span=span, header=header))
                for covered in range(column, column + span):
                    if int(down) > 1:
                        taken[covered] = min(int(down), 5_000) - 1
                column += span
            yield out

    def inlines(self, nodes: Iterable[Any], depth: int = 0, **style: bool) -> Iterator[Node]:
        """Inlines; pictures among them are put aside for the block they stand in."""
        if depth > 40:
            return
        for node in nodes:
            kind, content = str(node.get("t")), node.get("c")
            match kind:
                case "Str":
                    yield tree.run(str(content), **style)
                case "Space" | "SoftBreak":
                    yield tree.run(" ", **style)
                case "LineBreak":
                    yield tree.line_break()
                case "Emph":
                    yield from self.inlines(content, depth + 1, **{**style, "italic": True})
                case "Strong":
                    yield from self.inlines(content, depth + 1, **{**style, "bold": True})
                case "SmallCaps":
                    yield from self.inlines(content, depth + 1, **{**style, "small_caps": True})
                case "Superscript":
                    inner = list(self.inlines(content, depth + 1, **style))
                    raised = tree.raised(tree.words(inner)) if all("x" in node for node in inner) else ""
                    yield from [tree.run(raised, **style)] if raised else inner
                case "Underline" | "Subscript":
                    yield from self.inlines(content, depth + 1, **style)
                case "Strikeout":
                    yield tree.run(_("[struck out: "), **style)
                    yield from self.inlines(content, depth + 1, **style)
                    yield tree.run("]", **style)
                case "Quoted":
                    before, after = _QUOTES.get(str(content[0].get("t")), ("“", "”"))
                    yield tree.run(before, **style)
                    yield from self.inlines(content[1], depth + 1, **style)
                    yield tree.run(after, **style)
                case "Cite":
                    yield from self.inlines(content[1], depth + 1, **style)
                case "Code" | "Math":
                    yield tree.run(str(content[1]), **{**style, "mono": kind == "Code"})
                case "Link":
                    yield from self._link(content, depth, style)
                case "Image":
                    yield from self._image(content, style)
                case "Note":
                    yield tree.footnote(self._note(content))
                case "Span":
                    yield from self._span(content, depth, style)
                case _:
                    continue

    def _link(self, content: Any, depth: int, style: dict[str, bool]) -> Iterator[Node]:
        shown = list(self.inlines(content[1], depth + 1, **style))
        yield from shown
        address = str(content[2][0])
        said = tree.words(shown).strip()
        if said and said.removesuffix("/") not in address:
            number = self._linked(address)
            if number:
                yield tree.run(f"\u00a0[{number}]", **style)

    def _image(self, content: Any, style: dict[str, bool]) -> Iterator[Node]:
        attributes = dict(content[0][2])
        said = tree.words(self.inlines(content[1]))
        width = tree.inches(str(attributes.get("width", "")))
        block = self._pictured(str(content[2][0]), said, width)
        if block is None:
            if said.strip():
                yield tree.run(f"[{said.strip()}]", **style)
        else:
            self._aside.append(block)

    def _note(self, blocks: Any) -> list[Node]:
        out: list[Node] = []
        aside, self._aside = self._aside, []
        for block in self.blocks(blocks, DEPTH - 2):
            if block.get("t") in ("p", "h"):
                out += [tree.run(" "), *block["i"]] if out else block["i"]
        self._aside = aside
        # A note cannot stand in a note.
        return [one for one in out if "fn" not in one]

    def _span(self, content: Any, depth: int, style: dict[str, bool]) -> Iterator[Node]:
        (_name, classes, pairs), inner = content
        attributes = {str(key): str(value) for key, value in pairs}
        if "insertion" in classes or "deletion" in classes:
            self.changes.take(attributes)
            added = "insertion" in classes
            told = list(self.inlines(inner, depth + 1, **style))
            if tree.words(told):
                self.changes.insertions += added
                self.changes.deletions += not added
                yield tree.run("[+" if added else "[−", **style)
                yield from told
                yield tree.run("+]" if added else "−]", **style)
        elif "paragraph-insertion" in classes or "paragraph-deletion" in classes:
            self.changes.take(attributes)
            added = "paragraph-insertion" in classes
            self.changes.insertions += added
            self.changes.deletions += not added
            yield tree.run(_("[+ paragraph +]") if added else _("[− paragraph mark −]"), **style)
        elif "comment-start" in classes:
            who, when = attributes.get("author", ""), attributes.get("date", "")[:10]
            head = ", ".join(part for part in (who, when) if part)
            said = _("Comment ({head}): ").format(head=head) if head else _("Comment: ")
            yield tree.footnote([tree.run(said, bold=True), *self.inlines(inner, depth + 1)])
        elif "comment-end" not in classes and "anchor" not in classes:
            yield from self.inlines(inner, depth + 1, **style)


def _lines(text: str) -> list[Node]:
    out: list[Node] = []
    for line in text.split("\n"):
        out += [tree.run(line.expandtabs(8).replace("  ", "\u00a0\u00a0"), mono=True), tree.line_break()]
    return out[:-1]


def _parts(value: Any) -> list[Any]:
    if not isinstance(value, dict):
        return []
    return [part for one in value["c"] for part in _parts(one)] if value.get("t") == "MetaList" else [value]


def _numeral(number: int, style: str) -> str:
    if style in ("LowerAlpha", "UpperAlpha") and 1 <= number <= 26 * 27:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters.upper() if style == "UpperAlpha" else letters
    if style in ("LowerRoman", "UpperRoman") and 1 <= number <= 3_999:
        out = ""
        for value, sign in (
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
            (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ):  # fmt: skip
            while number >= value:
                out, number = out + sign, number - value
        return out.upper() if style == "UpperRoman" else out
    return str(number)
