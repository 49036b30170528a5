"""Where blocks are being set, told to whatever sets them."""

from __future__ import annotations

from dataclasses import dataclass

from magdesk.render.pdf.styles import Type


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks are being set.

    Attributes:
        x: left edge of the text, from the left edge of the column.
        width: the measure.
        rtl: base direction of paragraphs that do not say.
        cell: how plain text is set in a table cell; ``None`` outside tables.
        quoted: whether the text is a quotation set apart.
        margin: whether labels may hang in the margin column.
        tight: whether paragraphs follow closely, as in lists.
    """

    x: float
    width: float
    rtl: bool = False
    cell: Type | None = None
    quoted: bool = False
    margin: bool = True
    tight: bool = False
