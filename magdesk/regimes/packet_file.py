"""Template files -> the headings, outline, letters and words that documents print.

What several packets print alike stands once, in a base: a file with ``base = true`` that others name in ``extends``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from magdesk.regimes.reading import LawText, TableReader, unique
from magdesk.regimes.regime import (
    Committee,
    Letter,
    OutlineSection,
    PacketTemplate,
    PacketVariant,
    Provenance,
    Requests,
    TransmittalTemplate,
)
from magdesk.regimes.regime_file import ASPECTS, FAMILIES, check_placeholders, read_provenance, with_placeholders

LETTER_WORDS = (
    "addressee", "authorities", "contact", "country", "date", "exhibits", "office", "reference", "submitters",
    "targets", "title", "version",
)  # fmt: skip
"""What a letter and the transmittal e-mail may ask for.

``targets`` and ``authorities`` are lists in words, ``contact`` is name, e-mail and telephone of the point of
contact, ``exhibits`` the number of exhibits, ``date`` the day of filing in words.
"""

CONTENTS = (
    "cover", "contents", "narrative", "targets_at_a_glance", "submitter", "method", "target_sections", "target_parts",
    "target_identification", "target_incidents", "target_law", "target_elements", "target_reasons", "target_adverse",
    "interest", "accountability", "requests", "confidentiality", "sources", "glance", "fact_list", "open_sources",
    "closed_sources", "chronology", "linkage", "tenure",
)  # fmt: skip

PAPERS = ("letter", "a4")
CITATION_STYLES = ("bluebook", "oscola")
OMISSIONS = ("publicity", "programme", "foreign_person", "family")

_BASE = "base"
_FREE_LABEL = "language_"  # a language is printed by its tag while it has no name here
_ANNEX_FILE = re.compile(r"0[05-9]-[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """What packets share: labels, words to avoid, marks of sample text."""

    labels: Mapping[str, str]
    emotive_words: Mapping[str, tuple[str, ...]]
    placeholders: tuple[str, ...]
    forbidden_words: tuple[str, ...]


_NO_WORDS = Words({}, {}, (), ())


def read_packets(files: Iterable[LawText]) -> dict[str, PacketTemplate]:
    """Read and validate packet templates and the bases that they extend; each file is ``<code>.toml``.

    Raises:
        RegimeError: names file and key.
    """
    readers = [TableReader.of_text(source) for source in files]
    bases = {reader.file.stem: reader for reader in readers if reader.flag(_BASE, False)}
    known: dict[str, Words] = {}
    packets: dict[str, PacketTemplate] = {}
    for code in bases:
        _base(code, bases, known, ())
    for reader in readers:
        if reader.file.stem not in bases:
            packet = _packet(reader, known)
            packets[packet.code] = packet
    return packets


def _base(code: str, bases: Mapping[str, TableReader], known: dict[str, Words], asked: tuple[str, ...]) -> Words:
    """The words of one base, those that it extends read before it."""
    if code in known:
        return known[code]
    top = bases[code]
    _named_as_file(top)
    as_of = top.day("as_of")
    top.table("provenance", lambda table: read_provenance(table, None, as_of))
    parent = top.text("extends", "")
    if parent and (parent in (code, *asked) or parent not in bases):
        raise top.wrong("extends", f"names “{parent}”, which is no base of this template")
    words = _words(top, _base(parent, bases, known, (*asked, code)) if parent else _NO_WORDS)
    top.finish()
    known[code] = words
    return words


def _packet(top: TableReader, bases: Mapping[str, Words]) -> PacketTemplate:
    code = _named_as_file(top)
    as_of = top.day("as_of")
    source = top.table("provenance", lambda table: read_provenance(table, None, as_of))
    parent = top.text("extends", "")
    if parent and parent not in bases:
        raise top.wrong("extends", f"names “{parent}”, but there is no such template with “base = true”")
    words = _words(top, bases[parent] if parent else _NO_WORDS)
    packet = PacketTemplate(
        code=code,
        title=top.text("title"),
        banner=top.text("banner"),
        outline=top.tables("outline", _section, needed=True),
        letters=top.tables("letters", lambda table: _letter(table, source), needed=True),
        labels=dict(words.labels),
        forbidden_words=words.forbidden_words,
        placeholders=words.placeholders,
        emotive_words=dict(words.emotive_words),
        transmittal=top.table("transmittal", _transmittal),
        annexes=top.tables("annexes", _annex),
        paper=top.code("paper", PAPERS, "letter"),
        citation_style=top.code("citation_style", CITATION_STYLES, "bluebook"),
        omit=top.codes("omit", OMISSIONS, ()),
        max_words=top.number("max_words", 0),
        without=top.tables("without", lambda table: _variant(table, source)),
    )
    top.finish()
    unique(top, "outline", [part.code for section in packet.outline for part in (section, *section.parts)])
    unique(top, "letters", [letter.code for letter in packet.letters])
    unique(top, "annexes", [annex.code for annex in packet.annexes])
    unique(top, "annexes", [annex.file for annex in packet.annexes])
    offered = {letter.code for letter in packet.letters}
    for variant in packet.without:
        for code in (*variant.drop_letters, *(letter.code for letter in variant.letters)):
            if code not in offered:
                raise top.wrong("without", f"names the letter “{code}”, which this template does not have")
    return packet


def _named_as_file(top: TableReader) -> str:
    code = top.text("code")
    if code != top.file.stem:
        raise top.wrong("code", f"is “{code}” but the file is called “{top.file.name}”")
    return code


def _words(top: TableReader, base: Words) -> Words:
    """The base's words with the file's own in their place or beside them."""
    labels = top.table("labels", _labels) if top.has("labels") or base is _NO_WORDS else {}
    if base is not _NO_WORDS:
        for key in labels:
            # A misspelt key would silently leave the base's word in print.
            if key not in base.labels and not key.startswith(_FREE_LABEL):
                raise top.wrong(f"labels.{key}", "is no word of the template that this one extends")
    emotive = top.table("emotive_words", _word_lists) if top.has("emotive_words") else {}
    return Words(
        labels={**base.labels, **labels},
        emotive_words={**base.emotive_words, **emotive},
        placeholders=(*base.placeholders, *top.pattern_list("placeholders")),
        forbidden_words=(*base.forbidden_words, *top.texts("forbidden_words", ())),
    )


def _section(reader: TableReader) -> OutlineSection:
    return OutlineSection(
        code=reader.text("code"),
        heading=reader.text("heading"),
        content=reader.code("content", CONTENTS),
        guidance=reader.text("guidance", ""),
        max_words=reader.number("max_words", 0),
        required=reader.flag("required", False),
        text=reader.texts("text", ()),
        parts=reader.tables("parts", _section),
        aspects=reader.codes("aspects", ASPECTS, ()),
        regimes=reader.texts("regimes", ()),
    )


def _annex(reader: TableReader) -> OutlineSection:
    file = reader.text("file")
    if not _ANNEX_FILE.fullmatch(file):
        raise reader.wrong("file", f"is “{file}”, which is no name of an annex", "Write names like 05-fact-list.")
    return OutlineSection(
        code=reader.text("code"),
        heading=reader.text("heading"),
        content=reader.code("content", CONTENTS),
        text=reader.texts("text", ()),
        regimes=reader.texts("regimes", ()),
        file=file,
    )


def _letter(reader: TableReader, parent: Provenance) -> Letter:
    paragraphs = reader.texts("paragraphs")
    for paragraph in paragraphs:
        check_placeholders(reader, "paragraphs", paragraph, LETTER_WORDS)
    return Letter(
        code=reader.text("code"),
        office=reader.text("office"),
        salutation=reader.text("salutation"),
        address=reader.text("address", ""),
        subject=with_placeholders(reader, "subject", LETTER_WORDS),
        paragraphs=paragraphs,
        closing=reader.text("closing"),
        provenance=read_provenance(reader, parent),
        optional=reader.flag("optional", False),
        copies=reader.texts("copies", ()),
        requests=reader.table("requests", _requests) if reader.has("requests") else None,
    )


def _requests(reader: TableReader) -> Requests:
    return Requests(
        regime=reader.text("regime"),
        citation=reader.text("citation"),
        committees=reader.tables("committees", _committee, needed=True),
        both_for=reader.code("both_for", FAMILIES, ""),
    )


def _committee(reader: TableReader) -> Committee:
    return Committee(chamber=reader.text("chamber"), name=reader.text("name"))


def _variant(reader: TableReader, parent: Provenance) -> PacketVariant:
    return PacketVariant(
        regimes=reader.texts("regimes"),
        title=reader.text("title", ""),
        letters=reader.tables("letters", lambda table: _letter(table, parent)),
        drop_letters=reader.texts("drop_letters", ()),
    )


def _transmittal(reader: TableReader) -> TransmittalTemplate:
    return TransmittalTemplate(
        with_placeholders(reader, "subject", LETTER_WORDS), with_placeholders(reader, "body", LETTER_WORDS)
    )


def _labels(reader: TableReader) -> dict[str, str]:
    return {key: reader.text(key) for key in reader.keys()}  # noqa: SIM118


def _word_lists(reader: TableReader) -> dict[str, tuple[str, ...]]:
    return {key.casefold(): reader.texts(key) for key in reader.keys()}  # noqa: SIM118
