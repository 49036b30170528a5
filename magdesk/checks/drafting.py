"""What the drafter writes around the proof (C22 to C26, C35, C36, C41)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from magdesk.checks.exported import OWN_WORDS, Nature
from magdesk.checks.matching import spans, without_tokens
from magdesk.checks.scope import Hit, Scope
from magdesk.checks.submissions import each
from magdesk.model.review import ReviewRole
from magdesk.model.text import TOKEN
from magdesk.regimes.filing import Filing

_INTEREST_ARGUMENTS = 2
_QUOTED = re.compile(r"“[^“”]{0,2000}”|\"[^\"\n]{0,2000}\"|«[^«»]{0,2000}»|„[^„“”]{0,2000}[“”]")
_SHOWN = 60


def adverse(scope: Scope) -> Iterator[Hit]:
    """C22: adverse information is there, answered, and signed for by someone who did not draft."""
    dossier = scope.dossier
    if not dossier.adverse_items and not dossier.case.no_adverse_statement.strip():
        yield Hit(scope.case_place("no_adverse_statement", "adverse"))
    for item in dossier.adverse_items:
        title = item.title or scope.label("untitled")
        if not item.text.strip():
            yield Hit(scope.row_place("adverse", "adverse", item, "text", title=title), "empty")
        elif not item.answer.strip():
            yield Hit(scope.row_place("adverse", "adverse", item, "answer", title=title), "unanswered")
    drafters = {row.name.strip().casefold() for row in dossier.signoffs if row.role is ReviewRole.DRAFTER}
    signed = [
        row
        for row in dossier.signoffs
        if row.role is ReviewRole.ADVERSE_READER and row.name.strip() and row.signed_on is not None
    ]
    if not signed:
        yield Hit(scope.case_place("signoffs", "review"), "unsigned")
    elif all(row.name.strip().casefold() in drafters for row in signed):
        yield Hit(scope.row_place("review", "signoff", signed[0], "name", title=signed[0].name), "own_reader")


def proceedings(scope: Scope) -> Iterator[Hit]:
    """C23: state of proceedings at home."""
    general = any(row.target_id is None and row.domestic for row in scope.dossier.proceedings)
    covered = {row.target_id for row in scope.dossier.proceedings if row.domestic}
    for target in scope.dossier.targets:
        if scope.accused(target) and not general and target.id not in covered:
            words = {"target": scope.party_name(target.party)}
            yield Hit(scope.target_place(target, "proceedings"), words=words)
    for row in scope.dossier.proceedings:
        if not row.forum.strip() and not row.text.strip():
            yield Hit(scope.row_place("accountability", "proceeding", row, "forum", title=""), "empty")


def other_sanctions(scope: Scope) -> Iterator[Hit]:
    """C24: lists of other governments and country programmes were looked at."""
    case = scope.dossier.case
    if not case.programme_check.strip() or case.programme_checked_on is None:
        yield Hit(scope.case_place("programme_check"), "programme")
    general = bool(scope.dossier.list_searches)
    general = general or any(row.target_id is None for row in scope.dossier.other_sanctions)
    for row in scope.dossier.list_searches:
        if row.searched_on is None:
            place = scope.row_place(
                "accountability", "search", row, "searched_on", title=row.name or row.jurisdiction
            )
            yield Hit(place, "undated")
    covered = {row.target_id for row in scope.dossier.other_sanctions}
    for target in scope.dossier.targets:
        if scope.accused(target) and not general and target.id not in covered:
            words = {"target": scope.party_name(target.party)}
            yield Hit(scope.target_place(target, "other_sanctions"), words=words)


def interest(scope: Scope) -> Iterator[Hit]:
    """C25: two arguments of national interest beyond the general one, deterrence among them."""
    yield from each(scope, lambda filing: _arguments(scope, filing))
    for row in scope.dossier.interest_arguments:
        row_place = scope.row_place("interest", "interest", row, "text", title=row.code)
        if not row.text.strip():
            yield Hit(row_place, "empty", {"argument": row.code})


def _arguments(scope: Scope, filing: Filing) -> Iterator[Hit]:
    menu = {choice.code: choice for regime in filing.regimes for choice in regime.interest}
    made = {
        row.code for row in scope.dossier.interest_arguments if row.text.strip() and row.regime in ("", *filing.codes)
    }
    strong = [code for code in made if code in menu and not menu[code].weak]
    place = scope.case_place("interest_arguments", "interest")
    if len(strong) < _INTEREST_ARGUMENTS:
        yield Hit(place, words={"count": str(len(strong))})
    for choice in menu.values():
        if choice.expected and choice.code not in made:
            words = {"argument": f"{choice.code} {choice.title}", "question": choice.prompt}
            yield Hit(place, "expected", words, mark=choice.code)


def side_effects(scope: Scope) -> Iterator[Hit]:
    """C26: an answer to what a measure could do to victims and others."""
    if not scope.dossier.case.side_effects.strip():
        yield Hit(scope.case_place("side_effects"))


def wording(scope: Scope) -> Iterator[Hit]:
    """C35: words that accuse instead of proving, outside quotations."""
    emotive: dict[str, tuple[str, ...]] = {}
    for filing in scope.filings:
        emotive = filing.packet.emotive_words | emotive

    def look(text: str) -> tuple[str, ...]:
        # Most texts hold none of the words; only for the others is it worth finding the quotations.
        told = not emotive.keys().isdisjoint(scope.words_of(text))
        return tuple(dict.fromkeys(_emotive(text, emotive))) if told else ()

    for text, found in scope.found("emotive words", tuple(emotive.items()), (Nature.PROSE,), look):
        for plain in found:
            yield Hit(text.place, words={"word": plain}, mark=plain)


def _emotive(text: str, emotive: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    found = spans(_QUOTED.sub(" ", TOKEN.sub(" ", text)))
    for place, (plain, word) in enumerate(found):
        harmless = emotive.get(word)
        if harmless is not None:
            following = found[place + 1][1] if place + 1 < len(found) else ""
            if following not in harmless:
                yield plain


def lengths(scope: Scope) -> Iterator[Hit]:
    """C36: the executive summary fits one page; required sections are written, none is too long."""
    yield from each(scope, lambda filing: _sections(scope, filing))


def _sections(scope: Scope, filing: Filing) -> Iterator[Hit]:
    for outline in filing.packet.outline:
        for section in (outline, *outline.parts):
            if section.regimes and not set(section.regimes) & set(filing.codes):
                continue
            row = scope.dossier.section_row(section.code, *filing.codes)
            if section.required and section.content == "narrative" and row is None:
                yield Hit(scope.case_place(section.code, "narrative"), "empty", {"heading": section.heading})
            stated = row is not None or scope.dossier.case.standard_of_proof.strip()
            if section.required and section.content == "method" and not stated:
                yield Hit(scope.case_place("standard_of_proof"), "standard", {"heading": section.heading})
            count = word_count(row.text) if row is not None and section.max_words else 0
            if row is not None and count > section.max_words:
                words = {"heading": section.heading, "count": str(count), "limit": str(section.max_words)}
                yield Hit(scope.row_place("narrative", "section", row, "text", heading=section.heading), words=words)


def word_count(text: str) -> int:
    """Words as a reader counts them; a party's token stands for a name of two words, a citation for none."""
    return len(TOKEN.sub(lambda match: " one two " if match["party"] else " ", text).split())


def leftovers(scope: Scope) -> Iterator[Hit]:
    """C41: placeholders in brackets and sentences of the samples."""
    samples = dict.fromkeys(pattern for filing in scope.filings for pattern in filing.packet.placeholders)
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in samples]

    def look(text: str) -> tuple[str, ...]:
        bare = without_tokens(text)
        matches = (pattern.search(bare) for pattern in patterns)
        return tuple(match[0][:_SHOWN] for match in matches if match)[:1]

    for text, found in scope.found("placeholders", tuple(samples), OWN_WORDS, look):
        yield Hit(text.place, words={"text": found[0]})
