"""Which of the real files the suite goes through in every run.

A few of them cost as much as the other two hundred and twenty together. For each of these another file of its
kind stands in; ``MAGDESK_SLOW_TESTS`` leaves none out, as ``python -m tests.bench.fidelity`` does:

    MAGDESK_SLOW_TESTS=1 python -m pytest tests/packet/converters/test_converters.py \\
        tests/packet/converters/test_fidelity.py tests/intake/rendering/test_rendering.py \\
        tests/intake/sandbox/test_sandbox.py tests/gui/viewer/test_viewer.py -k real
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_OFFICE = "docs-ordinary/office/"
_LARGE_SHEET = "docs-nasty/15-office/clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx"
STAND_INS: Mapping[str, str] = {
    "docs-nasty/10-attachments-portfolios/testPDF_childAttachments.pdf": (
        "docs-nasty/10-attachments-portfolios/fileAttachment_fileAttachmentAnnotation.pdf"
    ),
    "docs-nasty/11-odd-pages/freeculture.pdf": "docs-ordinary/pdf/219789.pdf",
    "docs-nasty/13-structure-stress/bug1978317.pdf": "docs-nasty/13-structure-stress/outlines.pdf",
    "docs-nasty/15-office/57893-many-merges.xlsx": _LARGE_SHEET,
    "docs-nasty/15-office/bug65649.docx": "docs-nasty/15-office/bug57031.docx",
    _OFFICE + "ConditionalFormattingSamples.xlsx": _LARGE_SHEET,
    _OFFICE + "bib-chernigovka.netdo.ru_download_docs_17459.docx": "docs-nasty/15-office/bug57031.docx",
    "docs-ordinary/img/HMD_Nokia_8.3_5G_hdr.heif": "docs-ordinary/img/simple.heic",
    "docs-ordinary/img/IMG_1034.heic": "docs-ordinary/img/simple.heic",
    "docs-ordinary/img/IMG_5195.HEIC": "docs-ordinary/img/simple.heic",
    "docs-ordinary/pdf/064034.pdf": "docs-nasty/04-damaged-repairable/392154.pdf",
    "docs-ordinary/pdf/Cyber.pdf": "docs-ordinary/pdf/219789.pdf",
    "docs-ordinary/web-av/example-iana.warc": "docs-nasty/17-web-av/gzip_extra_sl.warc.gz",
    "lists/alt-2024-09.csv": "lists/ofac-cons_prim-2025-08.csv",
    "lists/alt-2026-02.csv": "lists/ofac-cons_prim-2025-08.csv",
    "lists/au-dfat-2026-04.xlsx": _LARGE_SHEET,
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


_ODD = "docs-nasty"  # Its folders part the files by what is odd about them.


def of_every_ending(folder: Path) -> list[Path]:
    """For tests that ask of any file only that it goes through: the smallest of each ending, of each sort.

    All of :func:`suite_files` with ``MAGDESK_SLOW_TESTS``.
    """
    every = suite_files(folder)
    if "MAGDESK_SLOW_TESTS" in os.environ:
        return every
    smallest = {}
    for path in sorted(every, key=lambda path: (path.stat().st_size, path), reverse=True):
        sort = path.relative_to(folder).parts[:-1]
        smallest[path.suffix.lower(), sort[:2] if sort[:1] == (_ODD,) else sort[:1]] = path
    return sorted(smallest.values())
