"""The neutral tree a stranger's document is told in: plain dictionaries, fit for JSON, free of anything that acts.

Blocks carry their kind under ``t``: heading ``h`` (level ``l``), paragraph ``p`` (style ``s``), quotation ``q``, list
``l`` (ordered ``o``, items ``n``), table ``t`` (rows ``r`` of cells or plain texts, header rows ``h``, widths ``w``,
caption ``c``), figure ``f`` (picture ``k``, share of the measure ``w``, description ``a``), rule ``r``, new page
``n``. Inlines: a run of text ``x`` with the flags ``b i m c`` (bold, italic, monospaced, small capitals), a line
break ``br``, a note ``fn``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Node = dict[str, Any]
DEPTH = 14  # levels of lists, tables and quotations inside each other

_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")


def run(text: str, *, bold: bool = False, italic: bool = False, mono: bool = False, small_caps: bool = False) -> Node:
    """Text in one style."""
    node: Node = {"x": text}
    for key, on in (("b", bold), ("i", italic), ("m", mono), ("c", small_caps)):
        if on:
            node[key] = 1
    return node


def line_break() -> Node:
    """A forced line break."""
    return {"br": 1}


def footnote(inlines: Sequence[Node]) -> Node:
    """A note at the foot of the page."""
    return {"fn": list(inlines)}


def heading(level: int, inlines: Sequence[Node]) -> Node:
    """A heading of level 1 to 4."""
    return {"t": "h", "l": min(max(level, 1), 4), "i": list(inlines)}


def paragraph(inlines: Sequence[Node], style: str = "") -> Node:
    """A paragraph; ``style`` is ``small``, ``centred``, ``caption``, ``code`` or nothing."""
    node: Node = {"t": "p", "i": list(inlines)}
    if style:
        node["s"] = style
    return node


def quote(blocks: Sequence[Node]) -> Node:
    """A quotation set apart."""
    return {"t": "q", "b": list(blocks)}


def listing(items: Sequence[Sequence[Node]], *, ordered: bool = False) -> Node:
    """A list."""
    return {"t": "l", "o": int(ordered), "n": [list(item) for item in items]}


def cell(blocks: Sequence[Node], *, span: int = 1, header: bool = False, shade: str = "") -> Node:
    """A cell of a table."""
    node: Node = {"b": list(blocks)}
    if span > 1:
        node["n"] = span
    if header:
        node["h"] = 1
    if shade:
        node["g"] = shade
    return node


def text_cell(text: str, *, bold: bool = False, header: bool = False, shade: str = "") -> Node:
    """A cell that holds one run of text."""
    blocks = [paragraph([run(text, bold=bold)])] if text else []
    return cell(blocks, header=header, shade=shade)


def table(
    rows: Sequence[Sequence[Node | str]],
    widths: Sequence[float],
    *,
    header_rows: int = 0,
    caption: Sequence[Node] = (),
    ruled: bool = True,
) -> Node:
    """A table."""
    node: Node = {"t": "t", "r": [list(row) for row in rows], "w": [round(width, 4) for width in widths]}
    if header_rows:
        node["h"] = header_rows
    if caption:
        node["c"] = list(caption)
    if not ruled:
        node["u"] = 0
    return node


def particulars(pairs: Iterable[tuple[str, str]]) -> Node:
    """A table of labels and values."""
    rows = [[text_cell(label, bold=True), text_cell(value)] for label, value in pairs]
    return table(rows, (1.0, 4.2))


def figure(picture: str, width: float, description: str = "") -> Node:
    """A picture that was handed over before, under its key."""
    return {"t": "f", "k": picture, "w": round(min(max(width, 0.05), 1.0), 4), "a": description}


def rule() -> Node:
    """A thin line."""
    return {"t": "r"}


def new_page() -> Node:
    """A new page."""
    return {"t": "n"}


def joined(inlines: Iterable[Node]) -> list[Node]:
    """The same inlines with neighbouring runs of one style made one."""
    out: list[Node] = []
    for node in inlines:
        last = out[-1] if out else None
        if last is not None and "x" in node and "x" in last and _flags(node) == _flags(last):
            out[-1] = {**last, "x": last["x"] + node["x"]}
        else:
            out.append(node)
    return out


def _flags(node: Node) -> set[str]:
    return set(node) - {"x"}


def words(inlines: Iterable[Node]) -> str:
    """The text of inlines without their notes."""
    return "".join(node.get("x", "\n" if "br" in node else "") for node in inlines)


def raised(text: str) -> str:
    """Figures set above the line, as the letters for them; nothing where there is none for one of the signs.

    Left on the line, the exponent of 10 squared would make another number of it.
    """
    return text.translate(_RAISED) if text and all(ord(sign) in _RAISED for sign in text) else ""


def fair_widths(rows: list[list[Node]], count: int) -> list[float]:
    """Widths by how much stands in each column."""
    longest, whole = [1.0] * count, [0.0] * count
    for row in rows[:400]:
        column = 0
        for one in row:
            span = int(one.get("n", 1))
            if span == 1 and column < count:
                text = " ".join(words(block.get("i", ())) for block in one["b"])
                whole[column] += min(len(text), 400)
                longest[column] = max(longest[column], min(max(map(len, text.split()), default=0), 24))
            column += span
    most = max(len(rows), 1)
    return [max(longest[column], 3.0, (whole[column] / most) ** 0.75) for column in range(count)]


def inches(told: str) -> float | None:
    """A length as documents write it, in inches; none when it is none."""
    for unit, share in (("in", 1.0), ("cm", 1 / 2.54), ("mm", 1 / 25.4), ("px", 1 / 96), ("pt", 1 / 72)):
        if told.endswith(unit):
            try:
                return float(told.removesuffix(unit)) * share
            except ValueError:
                return None
    return None
