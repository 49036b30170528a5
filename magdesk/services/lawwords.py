"""What people call the statements of the law that a difference tells of, and which words in them differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from magdesk.i18n import _
from magdesk.regimes.difference import LawChange

_PARTS = {
    "acts": _("Library of acts"),
    "modes": _("Modes of responsibility"),
    "packets": _("Wording of packets"),
    "checks": _("Wording of checks"),
    "places": _("Names of places in findings"),
    "guidance": _("Guidance next to the fields"),
}
_NAMES = {
    "abuse_types": _("Kind of abuse or corruption"),
    "as_of": _("As of"),
    "citation": _("Citation"),
    "citations": _("Act of a year"),
    "carriers": _("Law that continues an act"),
    "cover_line": _("Cover line"),
    "elements": _("Element"),
    "in_force_until": _("In force until"),
    "interest": _("Interest argument"),
    "labels": _("Label in the packet"),
    "letters": _("Letter"),
    "look_at": _("Where to look"),
    "measures": _("Measure"),
    "next_look": _("Next comparison"),
    "order": _("Order"),
    "ownership": _("Ownership threshold"),
    "prongs": _("Paragraph"),
    "provenance": _("Source"),
    "quotes": _("Quotation"),
    "restated": _("In our words"),
    "standard": _("Standard of proof"),
    "to_verify": _("To be verified"),
    "wording": _("Text of the law"),
}
_LISTS = frozenset(
    ("abuse_types", "citations", "carriers", "elements", "interest", "labels", "letters", "measures", "prongs",
     "quotes")
)  # fmt: skip
_WORD = re.compile(r"\s+|[^\s]+")
_LONGEST = 4000  # words; beyond that a comparison would take seconds


class Fate(StrEnum):
    """What becomes of words."""

    STAYS = "stays"
    GOES = "goes"
    COMES = "comes"


@dataclass(frozen=True, slots=True)
class WordRun:
    """A run of words with one fate."""

    fate: Fate
    text: str


def change_heading(change: LawChange) -> str:
    """Under which heading a change is told: its regime, or what else it belongs to."""
    return change.title if change.part == "regimes" else _PARTS[change.part]


def change_place(change: LawChange) -> str:
    """Where under its heading the statement stands: ``Paragraph HR-1 › Words of the law``."""
    steps: list[str] = [] if change.part == "regimes" else [change.code]
    before = ""
    for step in change.path:
        if before in _LISTS and step != "order":
            steps[-1] = f"{steps[-1]} {step}"
            before = ""
        else:
            steps.append(_NAMES.get(step, step.replace("_", " ")))
            before = step
    return " › ".join(steps)


def word_steps(old: str, new: str) -> Iterator[WordRun]:
    """The old words and the new ones in one run: what stays, what goes, what comes."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not before or not after or max(len(before), len(after)) > _LONGEST:
        if old:
            yield WordRun(Fate.GOES, old)
        if new:
            yield WordRun(Fate.COMES, new)
        return
    for kind, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield WordRun(Fate.STAYS, "".join(before[start:end]))
            continue
        if end > start:
            yield WordRun(Fate.GOES, "".join(before[start:end]))
        if stop > begin:
            yield WordRun(Fate.COMES, "".join(after[begin:stop]))
