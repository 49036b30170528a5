"""Which findings someone set aside, and which of these decisions are about nothing any more."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace

from magdesk.checks.finding import Finding, Waived
from magdesk.checks.scope import Hit, Scope
from magdesk.model.review import Waiver

_FILINGS = "@"


def key_of(hit: Hit) -> str:
    """What tells a hit from the others of its check and row: field, way of failing, mark, submissions."""
    plain = "/".join((hit.place.field, hit.variant, hit.mark)).rstrip("/").replace(_FILINGS, " ")
    return f"{plain}{_FILINGS}{'+'.join(hit.filings)}" if hit.filings else plain


def decides(row: Waiver, finding: Finding) -> bool:
    """Whether a decision is about this finding, in whichever submissions."""
    return (row.code, row.subject_id, _plain(row.field)) == (finding.code, finding.place.row, _plain(finding.key))


class Waivers:
    """The decisions of one case, matched against the findings of one run."""

    def __init__(self, rows: Iterable[Waiver]) -> None:
        self._rows: dict[tuple[str, uuid.UUID | None, str], list[Waiver]] = {}
        for row in rows:
            self._rows.setdefault((row.code, row.subject_id, _plain(row.field)), []).append(row)
        self._met: set[uuid.UUID] = set()

    def judged(self, finding: Finding) -> Finding:
        """The finding, set aside where that was decided for all the submissions that it is about."""
        for row in self._rows.get((finding.code, finding.place.row, _plain(finding.key)), ()):
            if _filings(finding.key) <= _filings(row.field):
                self._met.add(row.id)
                if finding.waivable:
                    return replace(finding, waived=Waived(row.reason, row.waived_by, row.waived_on))
        return finding

    def stale(self) -> Iterator[Waiver]:
        """The decisions that met no finding."""
        for rows in self._rows.values():
            yield from (row for row in rows if row.id not in self._met)


def stale(scope: Scope, waivers: Waivers) -> Iterator[Hit]:
    """W01: decisions about findings that are no longer there."""
    for row in waivers.stale():
        text = scope.law.checks.get(row.code)
        words = {"code": row.code, "title": text.title if text else row.code, "reason": row.reason}
        yield Hit(scope.row_place("review", "waiver", row, "reason", **words), words=words)


def _plain(key: str) -> str:
    return key.partition(_FILINGS)[0]


def _filings(key: str) -> frozenset[str]:
    codes = key.partition(_FILINGS)[2]
    return frozenset(codes.split("+")) if codes else frozenset()
