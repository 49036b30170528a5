"""One template file -> the headings, outline, letters and words that documents print."""

from __future__ import annotations

from pathlib import Path

from magdesk.regimes.reading import TableReader, unique
from magdesk.regimes.regime import Letter, OutlineSection, PacketTemplate, Provenance, Transmittal
from magdesk.regimes.regime_file import check_placeholders, read_provenance, with_placeholders

LETTER_WORDS = (
    "addressee", "authorities", "contact", "country", "date", "exhibits", "office", "reference", "submitters",
    "targets", "title", "version",
)  # fmt: skip
"""What a letter and the transmittal e-mail may ask for.

``targets`` and ``authorities`` are lists in words, ``contact`` is name, e-mail and telephone of the point of
contact, ``exhibits`` the number of exhibits, ``date`` the day of filing in words.
"""

CONTENTS = (
    "cover", "contents", "narrative", "targets_at_a_glance", "submitter", "method", "target_sections",
    "target_identification", "target_incidents", "target_law", "target_adverse", "interest", "accountability",
    "requests", "confidentiality", "sources",
)  # fmt: skip


def read_packet(file: Path) -> PacketTemplate:
    """Read and validate one packet template; its file is ``<code>.toml``.

    Raises:
        RegimeError: names file and key.
    """
    top = TableReader.of_file(file)
    code = top.text("code")
    if code != file.stem:
        raise top.wrong("code", f"is “{code}” but the file is called “{file.name}”")
    as_of = top.day("as_of")
    base = top.table("provenance", lambda table: read_provenance(table, None, as_of))
    packet = PacketTemplate(
        code=code,
        title=top.text("title"),
        banner=top.text("banner"),
        outline=top.tables("outline", _section, needed=True),
        letters=top.tables("letters", lambda table: _letter(table, base), needed=True),
        labels=top.table("labels", _labels),
        forbidden_words=top.texts("forbidden_words", ()),
        placeholders=top.pattern_list("placeholders"),
        emotive_words=top.table("emotive_words", _word_lists) if top.has("emotive_words") else {},
        transmittal=top.table("transmittal", _transmittal),
    )
    top.finish()
    unique(top, "outline", [part.code for section in packet.outline for part in (section, *section.parts)])
    unique(top, "letters", [letter.code for letter in packet.letters])
    return packet


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
    )


def _transmittal(reader: TableReader) -> Transmittal:
    return Transmittal(
        with_placeholders(reader, "subject", LETTER_WORDS), with_placeholders(reader, "body", LETTER_WORDS)
    )


def _labels(reader: TableReader) -> dict[str, str]:
    return {key: reader.text(key) for key in reader.keys()}  # noqa: SIM118


def _word_lists(reader: TableReader) -> dict[str, tuple[str, ...]]:
    return {key.casefold(): reader.texts(key) for key in reader.keys()}  # noqa: SIM118
