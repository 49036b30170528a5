"""Whether letters to a parliament go to committees that can ask for a determination (C57)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from magdesk.checks.matching import words
from magdesk.checks.scope import Hit, Scope
from magdesk.checks.submissions import each
from magdesk.model.drafting import Recipient
from magdesk.regimes.filing import Filing
from magdesk.regimes.regime import Committee, Requests


def requesters(scope: Scope) -> Iterator[Hit]:
    """C57: committees that the statute names; of each chamber one, where it asks for both."""
    yield from each(scope, lambda filing: _of_filing(scope, filing))


def _of_filing(scope: Scope, filing: Filing) -> Iterator[Hit]:
    for letter in filing.packet.letters:
        requests = letter.requests
        rows = [row for row in scope.dossier.recipients if row.letter == letter.code]
        if requests is None or not rows or letter.code in filing.leave_out or requests.regime not in filing.codes:
            continue
        asked = {row.id: _named(row, requests.committees) for row in rows}
        for row in rows:
            if not asked[row.id]:
                place = scope.row_place("export", "recipient", row, "office", title=row.office)
                yield Hit(place, words={"citation": requests.citation, "committees": _told(requests.committees)})
        found = [committee for named in asked.values() for committee in named]
        if found:
            yield from _both(scope, requests, found)


def _both(scope: Scope, requests: Requests, found: Iterable[Committee]) -> Iterator[Hit]:
    """Where a committee of each chamber must ask, and only one chamber is written to."""
    chambers = {committee.chamber for committee in found}
    lacking = [committee for committee in requests.committees if committee.chamber not in chambers]
    targets = {
        plea.target.id: scope.party_name(plea.target.party)
        for plea in scope.pleas
        if requests.both_for and plea.regime.code == requests.regime and plea.prong.family == requests.both_for
    }
    if lacking and targets:
        told = {
            "targets": ", ".join(targets.values()), "citation": requests.citation,
            "chamber": ", ".join(sorted(chambers)), "committees": _told(lacking),
        }  # fmt: skip
        yield Hit(scope.case_place("recipients", "export"), "chambers", told)


def _named(row: Recipient, committees: Sequence[Committee]) -> list[Committee]:
    """The committees that an address names; one of the same name in another chamber is another committee."""
    told = words(" ".join((row.office, row.addressee, row.address)))
    chambers = {one.chamber for one in committees}
    said = {chamber for chamber in chambers if words(chamber)[0] in told}
    return [one for one in committees if _holds(told, words(one.name)) and (not said or one.chamber in said)]


def _holds(told: Sequence[str], name: Sequence[str]) -> bool:
    return any(told[place : place + len(name)] == list(name) for place in range(len(told) - len(name) + 1))


def _told(committees: Iterable[Committee]) -> str:
    return "; ".join(f"{one.chamber}, {one.name}" for one in committees)
