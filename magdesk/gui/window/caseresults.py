"""Results of the search of a case as entries of the palette."""

from __future__ import annotations

import re

from magdesk.checks.finding import Finding
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import plain_text
from magdesk.gui.pagenames import PAGE_TITLES
from magdesk.gui.viewer.wordsearch import any_of, fold
from magdesk.gui.window.commandscore import Command, CommandGroup
from magdesk.gui.words import _, joined
from magdesk.services.search import Result

_CUT = re.compile(r"\{@[^}]*\Z")  # a reference that is no longer whole, since the title was cut within it
_BEFORE = 44  # letters before the first word that was found
_KINDS = {
    "evidence": _("Evidence"), "fact": _("Fact"), "party": _("Person or body"), "name": _("Name"),
    "incident": _("Incident"), "section": _("Narrative"), "organisation": _("Organization"), "target": _("Target"),
    "victim": _("Victim"), "witness": _("Witness"), "adverse_item": _("Adverse information"),
    "proceeding": _("Proceeding"), "citation": _("Source"), "identifier": _("Identifier"),
    "payment": _("Payment"), "asset": _("Asset"), "authentication": _("Authenticity"),
    "position": _("Position"), "recipient": _("Recipient"), "interest_argument": _("Argument"),
}  # fmt: skip

PEOPLE = frozenset({"party", "name", "target", "victim", "witness", "organisation", "identifier", "position"})
"""Kinds of rows that are about a person or a body."""


def result_key(result: Result) -> str:
    """The same for the same place, however often it is found."""
    return f"{result.kind}:{result.key}:{result.page}"


def result_entry(desk: Desk, result: Result) -> Command:
    """A place where the words stand: its title, and the words in their surroundings."""
    page = _("p. {n}").format(n=result.page) if result.page else ""
    snippet = re.sub(r"[\[\]«»]", "", plain_text(desk, result.snippet))
    wanted = any_of(asked(result))
    found = wanted.find(fold(snippet)) if wanted is not None else []
    if wanted is not None and found and found[0][0] > _BEFORE:
        # The words that were found must be seen, however narrow the window is.
        cut = snippet.rfind(" ", 0, found[0][0] - _BEFORE // 2) + 1
        snippet = "…" + snippet[cut:]
        found = wanted.find(fold(snippet))
    detail = joined(_KINDS.get(result.kind, ""), page, snippet)
    start = len(detail) - len(snippet)
    marks = tuple((start + first, start + end) for first, end in found)
    title = plain_text(desk, _CUT.sub("…", result.title)) or plain_text(desk, result.snippet) or _("Untitled")
    return Command(result_key(result), CommandGroup.CASE, title, detail=detail, marks=marks)


def finding_entry(number: int, finding: Finding) -> Command:
    """Something that the checks found, by what they say."""
    where = PAGE_TITLES.get(finding.place.page, "")
    return Command(f"finding:{number}", CommandGroup.CASE, finding.sentence, detail=joined(_("Finding"), where))


def asked(result: Result) -> str:
    """The words of the question without its fields, as the viewer looks for them; phrases in quotes."""
    return " ".join(f'"{word}"' if " " in word else word for word in result.words)
