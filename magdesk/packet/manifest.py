"""``packet.json`` and ``SHA256SUMS``: what the packet holds, so that anybody can check it without this program.

No original file names, no user names, no times of day: nothing the papers themselves do not say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import magdesk
from magdesk.packet.plan import BundlePlan, PlannedExhibit
from magdesk.packet.sink import PacketSink, SinkFile
from magdesk.values import clean_text

FORMAT = "magdesk-packet"
VERSION = 1
MANIFEST_NAME = "packet.json"
SUMS_NAME = "SHA256SUMS"
NATIVE_FOLDER = "04-native"
_ROLES = (
    ("00-cover-letter-", "letter"),
    ("00-transmittal-", "letter"),
    ("00-", "annex"),
    ("01-", "submission"),
    ("02-", "exhibit-list"),
    ("03-", "exhibits"),
    (f"{NATIVE_FOLDER}/", "native"),
    ("0", "annex"),
)


@dataclass(frozen=True, slots=True)
class LawUsed:
    """Which state of the law a packet was made with.

    Attributes:
        as_of: the day up to which that state follows the law.
        sha256: over all law files that counted, whoever they came from.
    """

    as_of: date
    sha256: str


@dataclass(frozen=True, slots=True)
class PacketFacts:
    """What the manifest says of the packet as a whole.

    Attributes:
        day: the date on the papers.
        formats: ``pdf`` and, where made, ``docx``.
        authorities: codes of those that the packet is made for.
        law: with which it was made; none where that is not known.
    """

    title: str
    reference: str
    day: date
    draft: bool
    formats: tuple[str, ...]
    authorities: tuple[str, ...] = ()
    law: LawUsed | None = None


def role_of(name: str) -> str:
    """The role of a packet file by its name; ``other`` where it has none."""
    return next((role for start, role in _ROLES if name.startswith(start)), "other")


def write_manifest(
    sink: PacketSink, facts: PacketFacts, plan: BundlePlan | None, pages: Mapping[str, int] | None = None
) -> None:
    """Write ``packet.json``, then ``SHA256SUMS`` over it and everything before it.

    Args:
        plan: the plan of ``03-exhibits.pdf``; none when the packet has no bundle.
        pages: page counts of the packet's PDF files by name.
    """
    counts = dict(pages or {})
    content = manifest(facts, plan, sink.files, counts)
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    with sink.write(MANIFEST_NAME) as out:
        out.write(text.encode("utf-8"))
    with sink.write(SUMS_NAME) as out:
        for file in sink.files:
            out.write(f"{file.sha256}  {file.name}\n".encode("ascii"))


def manifest(
    facts: PacketFacts, plan: BundlePlan | None, files: tuple[SinkFile, ...], pages: Mapping[str, int]
) -> dict[str, Any]:
    """The manifest as plain values; its schema is ``resources/schema/packet-1.json``."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": f"MagDesk {magdesk.__version__}",
        "case": {
            "title": clean_text(facts.title, multiline=False),
            "reference": clean_text(facts.reference, multiline=False),
        },
        "authorities": list(facts.authorities),
        "date": facts.day.isoformat(),
        **({"law": {"as_of": facts.law.as_of.isoformat(), "sha256": facts.law.sha256}} if facts.law else {}),
        "options": {"draft": facts.draft, "formats": list(facts.formats)},
        "bundle": None if plan is None else _bundle(plan),
        "exhibits": [] if plan is None else [_exhibit(plan, exhibit) for exhibit in plan.exhibits],
        "files": [_file(file, pages) for file in files],
    }


def _bundle(plan: BundlePlan) -> dict[str, Any]:
    return {
        "pages": plan.total,
        "index_pages": plan.index_pages,
        "bates": {"prefix": plan.series.prefix, "digits": plan.series.digits, "start": plan.series.start},
    }


def _exhibit(plan: BundlePlan, exhibit: PlannedExhibit) -> dict[str, Any]:
    place, item = plan.place(exhibit), exhibit.item
    return {
        "number": place.number,
        "title": clean_text(item.title, multiline=False),
        "media_type": item.media_type,
        "size": item.size,
        "sha256": item.sha256,
        "duration": item.duration,
        "cover_page": place.cover_page,
        "first_page": place.first_page,
        "pages": place.pages,
        "bates_first": place.cover_bates,
        "bates_last": place.bates[-1] if place.bates else place.cover_bates,
        "native": f"{NATIVE_FOLDER}/{place.native}" if place.native else "",
        **({"withheld": True} if exhibit.withheld else {}),
        "reason": place.reason,
        "notes": list(place.notes),
    }


def _file(file: SinkFile, pages: Mapping[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": file.name,
        "role": role_of(file.name),
        "size": file.size,
        "sha256": file.sha256,
    }
    if file.name in pages:
        found["pages"] = pages[file.name]
    return found
