"""How long documents take to build and to set, and whether twice the case is twice the time.

    python -m tests.bench.documents --facts 1000

Each measure is taken of a size and of twice that size, in processor time of one process: a ratio far above 2 means
that some part grows faster than the case.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date

from magdesk import paths
from magdesk.document.blocks import (
    Block,
    Cell,
    Inline,
    Note,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Space,
    Table,
    Text,
)
from magdesk.document.build import BuildOptions, build_submission
from magdesk.regimes import load_law
from tests.checks.cases import SmallCase
from tests.document.cases import exhibit_map, large_case
from tests.render.pdf.pdf_reading import render

WORDS = "The guards took the detainee from the cell to the yard and beat him there with cables until noon. "
HOSTILE = ("[", "“", "\n", "_", " a:", "(", "\u0301", "1.", "„", "«", "[name ", "/ ", "李")


def notes(count: int) -> list[Block]:
    """Paragraphs with a footnote each."""
    return [Paragraph((Text(WORDS * 2), Note((Text(f"Exhibit {number}, p. 4."),)))) for number in range(count)]


def cover_sheets(count: int) -> list[Block]:
    """As many pages with a small table."""

    def cell(text: str) -> Cell:
        run: tuple[Inline, ...] = (Text(text),)
        return Cell((Paragraph(run),))

    rows = tuple((cell(a), cell(b)) for a, b in (("Source", "Centre"), ("SHA-256", "9f86d0" * 10)))
    return [
        block
        for number in range(count)
        for block in (
            Space(6),
            Paragraph((Text(f"Exhibit {number}"),), ParagraphStyle.TITLE),
            Table(rows, (1, 3)),
            PageBreak(),
        )
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _told(name: str, size: int, work: Callable[[int], Callable[[], object]]) -> float:
    once, twice = (_seconds(work(count)) for count in (size, 2 * size))
    print(f"{name}: {size:,} in {once:.2f} s, {2 * size:,} in {twice:.2f} s ({twice / once:.1f} times)")
    return twice / once


def main(arguments: Sequence[str] | None = None) -> dict[str, float]:
    """Run the measurement; returns how many times longer twice the size takes."""
    parser = argparse.ArgumentParser(description="Time to build and set documents.")
    parser.add_argument("--facts", type=int, default=1_000)
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args(arguments)
    law = load_law([paths.resource()])

    def building(facts: int) -> Callable[[], object]:
        dossier = large_case(50, facts)
        places, choice = exhibit_map(dossier), BuildOptions(date(2026, 11, 22), draft=False)
        build_submission(dossier, law, places, choice)  # what rows load when first asked is the session's
        return lambda: build_submission(dossier, law, places, choice)

    found = {
        "submission": _told("facts built into a submission", options.facts, building),
        "covers": _told("cover sheets set", options.pages, lambda n: lambda: render(*cover_sheets(n))),
        "notes": _told("footnotes set", options.pages * 2, lambda n: lambda: render(*notes(n))),
    }
    case = SmallCase(law)

    def hostile(text: str) -> Callable[[int], Callable[[], object]]:
        def fill(count: int) -> Callable[[], object]:
            case.summary.text = "a" + text * count
            return case.findings

        return fill

    for text in HOSTILE:
        name = f"characters of {text.strip() or text!r} checked"
        found[name] = _told(name, 50_000, hostile(text))
    case.close()
    return found


if __name__ == "__main__":
    main()
