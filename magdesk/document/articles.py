"""Where English asks for "the" before the name of a body that was written without it: ``appointed to the Senate``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from magdesk.document.blocks import Inline, Text
from magdesk.isolates import without_isolates
from magdesk.model.people import Party, PartyKind

_BODIES = (
    "Embassy|Consulate|Ministry|Government|Senate|Parliament|Cabinet|Presidency|Directorate|Department|Service|"
    "Bureau|Agency|Administration|Authority|Inspectorate|Prosecutor|Court|Tribunal|Council|Committee|Commission|Office|"
    "Police|Army|Navy|Guard|Brigade|Battalion|Regiment|Division|Unit|Institute|Assembly|Treasury"
)
_DEFINITE = re.compile(rf"(?:\S+ ){{0,4}}?(?:{_BODIES})(?: (?:of|for|on|in|against) .+)?")
_COMPANY = re.compile(
    r"\b(?:Ltd|Limited|LLC|JSC|Inc|GmbH|PLC|Co|Corp|Corporation|Company|LLP|SA|AG)\.?$", re.IGNORECASE
)
_DETERMINED = re.compile(r"(?:the|an?|this|that|these|those|its|their|all|some|many|several|every|no|\d\S*)\s", re.I)
_BEFORE = re.compile(
    r"(?i)(?:^|\W)(?:of|in|at|to|into|by|from|for|with|within|without|on|against|and|or|that|than|between|under|"
    r"before|after|via|through|near|joined|told|left|headed|had)\s$"
)

_COUNTRY = re.compile(r"(?:United|European|Czech|Dominican|Central African) |(?:Netherlands|Philippines|Bahamas)$")


def country_in_sentence(name: str) -> str:
    """A country or union of them as a sentence names it: ``the United Kingdom``."""
    return f"the {name}" if _COUNTRY.match(name) else name


def needs_article(party: Party, named: Sequence[Inline]) -> bool:
    """Whether a body's or a community's name, as it is printed, stands in a sentence with "the"."""
    if party.kind is PartyKind.PERSON or party.protected or not named or not isinstance(named[0], Text):
        return False
    name = without_isolates(named[0].text).strip()
    if not name[:1].isupper() or _DETERMINED.match(f"{name} ") or _COMPANY.search(name):
        return False
    if party.kind is PartyKind.GROUP:
        return True
    # A company may well be called a service: of what is no unit of a state, only "the Embassy of" tells.
    return _DEFINITE.fullmatch(name) is not None and (party.kind is PartyKind.UNIT or " of " in name)


def asks_article(before: Sequence[Inline]) -> bool:
    """Whether what was said before leaves the article open: a sentence begins, or a preposition ends it."""
    told = "".join(without_isolates(one.text) for one in before[-2:] if isinstance(one, Text))
    if not before or told.rstrip().endswith((".", "?", "!")):
        return True
    return _BEFORE.search(told) is not None
