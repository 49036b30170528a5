"""What a reader finds in a document and its conversion leaves out: set at the end, word for word."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.comparison import lost_words
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readerchoice import reader_for
from magdesk.intake.source import Source

_LINES = 400
_LONGEST = 4_000  # characters of one line


def add_unplaced(source: Source, gathering: Gathering) -> None:
    """Headers, footers, text boxes, comments and the like that hold words which no block shows, line by line."""
    texts: list[str] = []
    findings = FileReading(source.media_type, on_text=lambda _page, text: texts.append(text))
    try:
        with foreign("the parsers of that kind of file"):
            reader_for(source.media_type)(source, findings)
    except Damaged:
        pass  # What was read before the damage counts; the comparison of the printed pages says the rest.
    lost = frozenset(lost_words(texts, gathering.shown))
    if not lost:
        return
    lines = list(dict.fromkeys(line.strip() for text in texts for line in text.split("\n")))
    missing = [line for line in lines if line and lost.intersection(lost_words([line], ""))]
    gathering.first(
        _(
            "Parts of the original outside its running text (headers, footers, text boxes, notes, comments) "
            "are placed at the end, without their position."
        )
    )
    gathering.add(tree.rule())
    gathering.add(tree.heading(2, [tree.run(_("Outside the running text"))]))
    for line in missing[:_LINES]:
        gathering.add(tree.paragraph([tree.run(line[:_LONGEST])]))
