"""What an exhibit is called, in full and in short. A confidential source is called after its pseudonym only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from magdesk.citations.source import CitableSource, source_of
from magdesk.dates.months import MONTHS, folded
from magdesk.document.context import Brief
from magdesk.isolates import closed
from magdesk.model.evidence import Evidence

# An order and its paragraph: “E.O. 13818 § 1(a)”, “SEMA, s. 4(1.1)(c)”, “Decision (CFSP) 2020/1999, art 1(1)(c)”.
_PARAGRAPH = re.compile(
    r"(?P<order>.+?)(?P<between>,? )(?P<sign>§|ss?\.|regs?\.?|art(?:icle)?s?\.?) (?P<paragraph>\S.*)"
)
# What stands at the end of a title that was cut, and says nothing without the word behind it.
_LEADS_ON = re.compile(
    r"(?i:nos?|arts?|articles?|paras?|pp?|vols?|ss?|reg|law|act|of|the|an?|and|or|for|in|on|at|by|to|with)\.?|§+"
)
_SHORT = 64
_YEAR = 4  # figures of a year, which ends what it dates
_KEPT = 5  # letters below which a title is not shortened further
_BODY = 44


def source(brief: Brief, item: Evidence) -> CitableSource:
    """The citable data of an item, with its speaker as documents call them."""
    return source_of(item, speaker=speaker(brief, item), on_file_with=brief.author)


def speaker(brief: Brief, item: Evidence) -> str:
    """The person whose statement it is, as documents call them; a translation or attachment is its origin's."""
    party = brief.dossier.speaker_of(item)
    return brief.naming.prose(party) if party is not None else ""


def exhibit_title(item: Evidence, speaker: str = "") -> str:
    """The title of an exhibit in one line: original, English in brackets; a confidential source's neutral words."""
    data = source_of(item, speaker=speaker)
    return data.lead if data.confidential else data.shown_title


def short_title(data: CitableSource, cite_as: str = "") -> tuple[str, str]:
    """What later footnotes call a source: its body (roman) and its title (italic), both cut at a word."""
    if data.confidential:
        return data.lead, ""
    if cite_as.strip():
        return clip(cite_as.replace("*", ""), _SHORT), ""
    title = data.title_english or data.shown_title
    body = data.body if len(data.body) <= _BODY and data.body.casefold() not in title.casefold() else ""
    return body, clip(title, _SHORT)


def clip(text: str, length: int) -> str:
    """The text cut behind a word so that it is no longer than ``length``."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    whole = line[length - 1 : length] == " " or " " not in head[length // 2 :]
    words = head if whole else head.rpartition(" ")[0]
    return closed(_unbroken(words, line[len(words) :].split()).rstrip(" ,;:.–-") + "…")


def _unbroken(text: str, rest: list[str]) -> str:
    """The text without what its end leaves half said: ``No.`` without its number, ``14 October`` without its year."""
    while (last := text.rpartition(" "))[0]:
        following = rest[0] if rest else ""
        dangling = _LEADS_ON.fullmatch(last[2]) or (last[2].isdigit() and len(last[2]) < _YEAR and following)
        month = folded(last[2]) in MONTHS and following[:1].isdigit()
        if not (dangling or month) or len(last[0]) < _KEPT:
            break
        text, rest = last[0], [last[2], *rest]
    return text


def same_order(citations: Iterable[str]) -> str:
    """Paragraphs pleaded, the name of an order said once: ``E.O. 13818 § 1(a)(ii)(A), § 1(a)(ii)(C)(1)``."""
    out: list[str] = []
    last = ""
    for citation in dict.fromkeys(citations):
        match = _PARAGRAPH.fullmatch(citation)
        if match is not None:
            between, paragraph = match["between"], match["sign"] + "\u00a0" + match["paragraph"]
        order = match["order"] if match is not None else ""
        if match is not None and order == last:
            out.append(f", {paragraph}")
        else:
            out.append("; " if out else "")
            out.append(f"{order}{between}{paragraph}" if match is not None else citation)
        last = order
    return "".join(out)
