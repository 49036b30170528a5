"""Whether the exhibits can be used and graded as they are, and the citations lead to them (C31 to C33, C42)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from magdesk.checks.exported import ALL_WORDS
from magdesk.checks.finding import Place
from magdesk.checks.scope import Hit, Scope
from magdesk.countedplaces import read_cells, read_counted
from magdesk.model.assets import Asset
from magdesk.model.authentication import Authentication
from magdesk.model.base import Base
from magdesk.model.evidence import Access, Credibility, Evidence, SourceType
from magdesk.model.facts import Citation, Fact, PinpointKind
from magdesk.model.incidents import Participation
from magdesk.model.people import Identifier, Name, Position, Relation, Victim
from magdesk.model.text import Reference, references

_PAGES = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")
_MOST_PAGES = 2000  # of one pinpoint that are looked at
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})")
_OWNER_PAGES = {
    "adverse_item": ("adverse", "adverse"),
    "interest_argument": ("interest", "interest"),
    "proceeding": ("accountability", "proceeding"),
    "other_sanction": ("accountability", "sanction"),
    "payment": ("money", "payment"),
}


def translations(scope: Scope) -> Iterator[Hit]:
    """C31: foreign-language exhibits have an English translation, at least of what is cited."""
    translated = {
        item.translation_of_id
        for item in scope.dossier.evidence.values()
        if item.translation_of_id and item.language.casefold().startswith("en")
    }
    foreign = {item.id: item for item in scope.dossier.exhibits if _is_foreign(item) and item.id not in translated}
    if not foreign:
        return
    cited: dict[uuid.UUID, list[Citation]] = {}
    for _owner, citation in scope.dossier.citations():
        if citation.evidence_id in foreign:
            cited.setdefault(citation.evidence_id, []).append(citation)
    for key, item in foreign.items():
        rows = cited.get(key, [])
        if not rows or not all(row.quote_english.strip() for row in rows):
            yield Hit(scope.evidence_place(item, "language"), words={"language": item.language})


def _is_foreign(item: Evidence) -> bool:
    language = item.language.casefold()
    return bool(language) and not language.startswith(("en", "zxx", "und"))


def preservation(scope: Scope) -> Iterator[Hit]:
    """C32: web pages are archived, files have a digest."""
    for item in scope.dossier.exhibits:
        if item.url.strip() and not item.archive_url.strip() and not scope.searched(item.id, "archive_url"):
            yield Hit(scope.evidence_place(item, "archive_url"))
        if not item.sha256:
            yield Hit(scope.evidence_place(item, "sha256"), "digest")


def resolution(scope: Scope) -> Iterator[Hit]:
    """C33: every citation and every reference in a text leads somewhere; every exhibit is cited."""
    facts = scope.dossier.fact_numbers
    misleading = scope.memory.each("C33", scope.dossier.facts_by_key, partial(_misleading, scope))
    for fact, found in zip(scope.dossier.facts, misleading.values(), strict=True):
        if found:
            yield from _leading_nowhere(scope, fact, fact.citations)
    for owner, citation in scope.dossier.citations_beside_facts:
        yield from _leading_nowhere(scope, owner, (citation,))
    for part, named in scope.found("references", None, ALL_WORDS, _references):
        for reference in named:
            known: object = {
                "party": scope.dossier.parties, "fact": facts, "evidence": scope.dossier.evidence
            }[reference.kind]  # fmt: skip
            if reference.key not in known:  # type: ignore[operator]
                words = {"kind": scope.label(f"reference_{reference.kind}")}
                yield Hit(part.place, "token", words, mark=reference.kind)
    yield from _stale(scope)
    yield from _uncited(scope)


def _stale(scope: Scope) -> Iterator[Hit]:
    """Links to elements that are no longer pleaded; what was written for a whole kind still serves other grounds."""
    codes = scope.element_codes
    alive = {
        (key, element)
        for (basis_id, element), keys in scope.linked.items()
        if element in codes.get(basis_id, ())
        for key in keys
    }
    for (basis_id, element), keys in scope.linked.items():
        if basis_id not in codes or element in codes[basis_id]:
            continue
        for key in keys:
            fact = scope.dossier.facts_by_key[key]
            own = any(row.legal_basis_id == basis_id and row.element == element for row in fact.proofs)
            if own or (key, element) not in alive:
                words = {"number": str(scope.dossier.fact_numbers[key]), "element": element}
                yield Hit(scope.fact_place(fact, "proofs"), "stale", words, mark=element)


def _misleading(scope: Scope, fact: Fact) -> tuple[uuid.UUID, ...]:
    """The citations of a fact with which something is wrong."""
    return tuple(citation.id for citation in fact.citations if _problem(scope, citation))


def _problem(scope: Scope, citation: Citation) -> tuple[str, ...]:
    """In which ways a citation leads nowhere; the empty way is that there is no such evidence."""
    item = scope.dossier.evidence.get(citation.evidence_id)
    if item is None:
        return ("",)
    problem = _pinpoint_problem(item, citation)
    return (("internal",) if item.access is Access.INTERNAL else ()) + ((problem,) if problem else ())


def _leading_nowhere(scope: Scope, owner: Base, citations: Iterable[Citation]) -> Iterator[Hit]:
    for citation in citations:
        for way in _problem(scope, citation):
            item = scope.dossier.evidence.get(citation.evidence_id)
            words = {}
            if item is not None:
                title = item.title_english or item.title or item.file_name
                words = {"pinpoint": citation.pinpoint, "title": title, "pages": str(item.pages or 0)}
            yield Hit(citation_place(scope, owner, citation), way, words)


def confirmation(scope: Scope) -> Iterator[Hit]:
    """C42: information is graded as confirmed only where a source of another root says the same."""
    graded = [item for item in scope.dossier.evidence.values() if item.credibility is Credibility.CONFIRMED]
    if not graded:
        return
    confirmed = {root for gist in scope.gists.values() if len(gist.roots) > 1 for root in gist.roots}
    for item in graded:
        # A translation says what its original says: it is confirmed with it.
        if scope.dossier.root_of(item.id) not in confirmed:
            yield Hit(scope.evidence_place(item, "credibility"))


def _references(text: str) -> tuple[Reference, ...]:
    return tuple(references(text)) if "@" in text else ()


def _uncited(scope: Scope) -> Iterator[Hit]:
    dossier = scope.dossier
    left = [
        item
        for key, item in dossier.evidence.items()
        if key not in dossier.exhibit_numbers and item.produce and item.access is not Access.INTERNAL
    ]
    silent = {
        citation.evidence_id
        for party in (dossier.parties.values() if left else ())
        for rows in (party.names, party.identifiers, party.positions, party.relations)
        for row in rows
        for citation in row.citations
    }
    for item in left:
        yield Hit(scope.evidence_place(item), "untold" if item.id in silent else "uncited")


_CLAIMING = frozenset({SourceType.CORRESPONDENCE, SourceType.FINANCIAL_RECORD, SourceType.SOCIAL_MEDIA})
_VOUCHED = frozenset(
    {SourceType.COURT_RECORD, SourceType.OFFICIAL_RECORD, SourceType.REGISTRY, SourceType.UN_DOCUMENT,
     SourceType.US_REPORT, SourceType.STATEMENT, SourceType.TRANSLATION, SourceType.EXPERT_REPORT}
)  # fmt: skip
_LEAKED = re.compile(r"message/|text/csv|application/(?:vnd\.ms-(?:excel|outlook)|.*spreadsheet)", re.IGNORECASE)


def authentication(scope: Scope) -> Iterator[Hit]:
    """E01: a sheet, chat or e-mail that is relied on says why it is held to be genuine."""
    for item in scope.dossier.exhibits:
        if item.authentications or item.access is Access.OPEN_SOURCE or item.translation_of_id is not None:
            continue
        claims = item.source_type in _CLAIMING or (
            item.source_type not in _VOUCHED and _LEAKED.match(item.media_type) is not None
        )
        above = scope.dossier.evidence.get(item.part_of_id) if item.part_of_id is not None else None
        # What came in with an authenticated message is carried by it.
        if claims and (above is None or not above.authentications):
            yield Hit(scope.evidence_place(item, "authentications"))


def cited_pages(pinpoint: str) -> tuple[int, ...]:
    """The pages that a pinpoint names, in their order; none where it names no pages."""
    pages: dict[int, None] = {}
    for part in re.split(r"[,;]", pinpoint):
        match = _PAGES.fullmatch(part.strip())
        if match is None:
            return ()
        first, last = int(match[1]), int(match[2] or match[1])
        pages.update(dict.fromkeys(range(first, min(last, first + _MOST_PAGES) + 1)))
    return tuple(sorted(pages))


def _pinpoint_problem(item: Evidence, citation: Citation) -> str:
    text = citation.pinpoint.strip()
    if not text:
        return ""
    if citation.pinpoint_kind is PinpointKind.PAGE:
        for part in re.split(r"[,;]", text):
            match = _PAGES.fullmatch(part.strip())
            if match is None:
                return "page_form"
            first, last = int(match[1]), int(match[2] or match[1])
            if first < 1 or last < first or (item.pages is not None and last > item.pages):
                return "page_range"
    elif citation.pinpoint_kind is PinpointKind.TIME:
        times = [_TIME.fullmatch(part.strip()) for part in re.split(r"[-–,;]", text)]
        for time in times:
            if time is None:
                return "time_form"
            seconds = int(time[1] or 0) * 3600 + int(time[2]) * 60 + int(time[3])
            if item.duration is not None and seconds > item.duration:
                return "time_range"
    elif citation.pinpoint_kind is PinpointKind.CELL:
        return "" if read_cells(text) else "cell_form"
    elif citation.pinpoint_kind in (PinpointKind.MESSAGE, PinpointKind.LINE):
        return "" if read_counted(text) else "counted_form"
    return ""


def citation_place(scope: Scope, owner: Base, citation: Citation, name: str = "pinpoint") -> Place:
    """A citation, on the page where its owner is edited."""
    if isinstance(owner, Fact):
        return scope.fact_place(owner, name, citation)
    if isinstance(owner, Participation):
        return scope.incident_place(scope.incidents[owner.incident_id], name, citation)
    if isinstance(owner, Name | Identifier | Position | Relation):
        return scope.party_place(owner.party, name, citation)
    if isinstance(owner, Victim):
        return scope.party_place(owner.party, name, citation)
    if isinstance(owner, Authentication):
        return replace(scope.evidence_place(owner.evidence, name), row=citation.id)
    if isinstance(owner, Asset):
        return scope.target_place(owner.target, name, citation)
    page, kind = _OWNER_PAGES[owner.__tablename__]
    return scope.row_place(page, kind, citation, name, title=getattr(owner, "title", ""))
