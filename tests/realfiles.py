"""Which of the real files the suite goes through in every run.

A handful of them costs as much as the other two hundred and thirty together. For each of these another file of its
kind stands in; ``MAGDESK_SLOW_TESTS`` leaves none out, as ``python -m tests.bench.fidelity`` does:

    MAGDESK_SLOW_TESTS=1 python -m pytest tests/packet/converters/test_converters.py \\
        tests/packet/converters/test_fidelity.py tests/intake/rendering/test_rendering.py \\
        tests/intake/sandbox/test_sandbox.py tests/gui/viewer/test_viewer.py -k real
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_OFFICE = "docs-ordinary/office/"
STAND_INS: Mapping[str, str] = {
    "docs-nasty/15-office/57893-many-merges.xlsx": _OFFICE + "ConditionalFormattingSamples.xlsx",
    "docs-nasty/15-office/bug65649.docx": "docs-nasty/15-office/bug57031.docx",
    "lists/alt-2024-09.csv": "lists/ofac-cons_prim-2025-08.csv",
    "lists/alt-2026-02.csv": "lists/ofac-cons_prim-2025-08.csv",
    "lists/au-dfat-2026-04.xlsx": _OFFICE + "ConditionalFormattingSamples.xlsx",
    "lists/sdn-2024-04-26.csv": "lists/ofac-cons_prim-2025-08.csv",
    "lists/sdn-2024-05-03.csv": "lists/ofac-cons_prim-2025-08.csv",
}
"""The files left out, below the folder of real files, and what stands in for each."""


def suite_files(folder: Path) -> list[Path]:
    """The files below it that are compared word by word in every run, in a fixed order; empty ones are none."""
    left_out = set() if "MAGDESK_SLOW_TESTS" in os.environ else {folder / name for name in STAND_INS}
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path not in left_out and path.is_file() and path.stat().st_size > 0
    ]


_OF_AN_ENDING = 3


def of_every_ending(folder: Path) -> list[Path]:
    """The smallest three files of each ending: for tests that ask of any file only that it goes through.

    All of :func:`suite_files` with ``MAGDESK_SLOW_TESTS``.
    """
    every = suite_files(folder)
    if "MAGDESK_SLOW_TESTS" in os.environ:
        return every
    seen: Counter[str] = Counter()
    chosen = set()
    for path in sorted(every, key=lambda path: (path.stat().st_size, path)):
        ending = path.suffix.lower()
        if seen[ending] < _OF_AN_ENDING:
            seen[ending] += 1
            chosen.add(path)
    return [path for path in every if path in chosen]
