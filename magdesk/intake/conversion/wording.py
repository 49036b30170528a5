"""The words of a document whose layout cannot be read: better than none, and said to be no more than that."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.refusal import NEW_COPY, USE_PASSWORD, Refusal
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readerchoice import reader_for
from magdesk.intake.source import Source

_SLIDES = ("presentation", "ms-powerpoint")


def add_words(source: Source, gathering: Gathering) -> None:
    """What the reader of that kind of file takes for its text.

    Raises:
        Refusal: there is no text, or the file is locked.
    """
    texts: list[tuple[int, str]] = []
    findings = FileReading(source.media_type, on_text=lambda page, text: texts.append((page, text)))
    try:
        with foreign("the parsers of that kind of file"):
            reader_for(source.media_type)(source, findings)
    except Damaged as damage:
        if not texts:
            raise Refusal(_("The file is damaged and could not be read."), NEW_COPY) from damage
        gathering.note(_("The original is damaged; it is shown as far as it could be read."))
    if findings.locked:
        raise Refusal(_("The file is locked with a password."), USE_PASSWORD)
    if not any(text.strip() for _page, text in texts):
        raise Refusal(_("No text could be read from the file."), NEW_COPY)
    gathering.first(_("Only the words are shown here: tables, pictures and formatting of the original are not."))
    for page, text in texts:
        if page and any(kind in source.media_type for kind in _SLIDES):
            gathering.add(tree.heading(2, [tree.run(_("Slide {number}").format(number=page))]))
        add_paragraphs(text, gathering)


def add_paragraphs(text: str, gathering: Gathering, *, mono: bool = False) -> None:
    """Plain text, each line a line, each empty line the end of a paragraph."""
    lines: list[tree.Node] = []
    size = 0
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"), ""]:
        # A paragraph of unbounded length could not be cut where the pages end.
        if (not line.strip() or size > 6_000) and lines:
            gathering.add(tree.paragraph(lines[:-1]))
            lines, size = [], 0
        for start in range(0, len(line.rstrip()), 20_000):
            part = line.rstrip()[start : start + 20_000].expandtabs(8).replace("  ", "\u00a0\u00a0")
            lines += [tree.run(part, mono=mono), tree.line_break()]
            size += len(part) + 1


def convert_words(source: Source, gathering: Gathering) -> None:
    """A document of which only the words can be read."""
    add_words(source, gathering)
