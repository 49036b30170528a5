"""Whether a submission as a whole is as short as a reader can take (C56)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from magdesk.checks.drafting import word_count
from magdesk.checks.exported import Exported, Nature
from magdesk.checks.scope import Hit, Scope
from magdesk.checks.submissions import each
from magdesk.model.drafting import Section
from magdesk.regimes.filing import Filing


def total_length(scope: Scope) -> Iterator[Hit]:
    """C56: what the drafter wrote, of one submission, against its budget."""
    yield from each(scope, lambda filing: _too_long(scope, filing))


def _too_long(scope: Scope, filing: Filing) -> Iterator[Hit]:
    limit = filing.packet.max_words
    count = words_in_all(scope, filing) if limit else 0
    if count > limit:
        words = {"count": f"{count:,}", "limit": f"{limit:,}"}
        yield Hit(scope.case_place("length", "narrative"), words=words)


def words_in_all(scope: Scope, filing: Filing) -> int:
    """How many words of their own the drafters tell in one submission: no quotations, tables or lists of sources."""
    told = _told(scope, filing)
    written = sum(
        sum(count for key, count in counts.items() if told is None or name not in _PARTED or key in told)
        for name, counts in _counted(scope)
    )
    return written + sum(word_count(row.text) for row in _sections(scope, filing))


_PARTED = frozenset({"target", "incident", "fact"})


def _counted(scope: Scope) -> Iterator[tuple[str, dict[uuid.UUID, int]]]:
    """The words of each row, by the kind of row; sections apart, of which a submission takes one of several."""
    for sheet in scope.sheets:
        if sheet.name in ("evidence", ""):
            continue
        yield sheet.name, scope.memory.each(f"length of {sheet.name}", sheet.texts, _words)
    loose = (text for sheet in scope.sheets if not sheet.name for text in sheet if text.place.page in _BACK)
    yield "", {uuid.UUID(int=0): _words(loose)}


_BACK = frozenset({"adverse", "interest", "accountability"})


def _words(texts: Iterable[Exported]) -> int:
    return sum(word_count(text.text) for text in texts if text.nature is Nature.PROSE)


def _sections(scope: Scope, filing: Filing) -> Iterator[Section]:
    for outline in filing.packet.outline:
        for section in (outline, *outline.parts):
            row = scope.dossier.section_row(section.code, *filing.codes)
            if row is not None:
                yield row


def _told(scope: Scope, filing: Filing) -> frozenset[uuid.UUID] | None:
    """The rows that one submission tells; none where it tells all."""
    if len(scope.filings) < 2:
        return None
    codes = frozenset(filing.codes)
    targets = [target for target in scope.dossier.targets if _pleaded(scope, target.id, codes)]
    bases = {plea.basis.id for plea in scope.pleas if plea.regime.code in codes}
    incidents = {key for key, before in scope.told_before.items() if before & codes}
    facts = {
        key
        for key, gist in scope.gists.items()
        if gist.incident_id in incidents or any(basis in bases for basis, _element in gist.links)
    }
    return frozenset({*(target.party_id for target in targets), *incidents, *facts})


def _pleaded(scope: Scope, target: uuid.UUID, codes: frozenset[str]) -> bool:
    return any(plea.regime.code in codes for plea in scope.pleas_by_target.get(target, ()))
