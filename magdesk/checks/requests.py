"""Whether the request for each target is for what is pleaded against it, and for nothing else (C27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from magdesk.checks.lawparagraphs import CITED, listed
from magdesk.checks.matching import without_tokens
from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.checks.submissions import each
from magdesk.model.people import BasisStanding, Target
from magdesk.regimes.filing import Filing
from magdesk.regimes.regime import Prong


def requests(scope: Scope) -> Iterator[Hit]:
    """C27: an explicit request for each target, in each submission that names it, for the paragraphs pleaded."""
    yield from each(scope, lambda filing: _unasked(scope, filing))
    for target in scope.dossier.targets:
        yield from _other_paragraphs(scope, target)


def _unasked(scope: Scope, filing: Filing) -> Iterator[Hit]:
    for target in scope.dossier.targets:
        pleaded = {plea.regime.code for plea in scope.pleas_by_target.get(target.id, ())}
        if pleaded and not pleaded & set(filing.codes):
            continue
        if not target.asked(filing.codes).strip():
            yield Hit(scope.target_place(target, "request"))


def _other_paragraphs(scope: Scope, target: Target) -> Iterator[Hit]:
    """Requests made of one authority that name paragraphs which are not pleaded, or leave out one that is."""
    regimes = {regime.code: regime for _row, regime in scope.authorities}
    for ask in target.asks:
        regime = regimes.get(ask.regime)
        named = dict.fromkeys(CITED.findall(without_tokens(ask.text)))
        if regime is None or not named:
            continue
        pleas = [plea for plea in scope.pleas_by_target.get(target.id, ()) if plea.regime.code == regime.code]
        place = scope.target_place(target, "text", ask)
        known = [paragraph for paragraph in named if _within(paragraph, regime.prongs)]
        for paragraph in known:
            if not _within(paragraph, (plea.prong for plea in pleas)):
                words = {"paragraph": paragraph, "regime": regime.short}
                yield Hit(place, "not_pleaded", words, mark=paragraph)
        if known:
            yield from (
                Hit(
                    place,
                    "left_out",
                    {"paragraph": plea.prong.citation, "regime": regime.short},
                    mark=plea.prong.code,
                )
                for plea in _left_out(pleas, known)
            )


def _left_out(pleas: Sequence[Plea], known: Sequence[str]) -> list[Plea]:
    """The paragraphs pleaded in the first place that a request which names paragraphs does not name, each once."""
    found: dict[str, Plea] = {}
    for plea in pleas:
        told = any(_within(paragraph, (plea.prong,)) for paragraph in known)
        if not told and plea.basis.standing is BasisStanding.PRIMARY and _paragraphs(plea.prong):
            found.setdefault(plea.prong.code, plea)
    return list(found.values())


def _within(paragraph: str, prongs: Iterable[Prong]) -> bool:
    """Whether a paragraph is that of a prong, or one above it."""
    return any(own == paragraph or own.startswith(f"{paragraph}(") for prong in prongs for own in _paragraphs(prong))


def _paragraphs(prong: Prong) -> list[str]:
    return list(listed(prong.citation))
