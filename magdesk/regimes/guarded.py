"""What a law update may not do, whoever signed it: weaken a check that stands before harm, or leave a gap in words.

It brings law and words. How grave a fault is that could hurt someone, or have something false filed, is no matter of
law. A sentence that asks for a value which the program does not give would fail only when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from magdesk.errors import RegimeError
from magdesk.i18n import _
from magdesk.regimes.check_file import HARMS, NEVER_WAIVED, SEVERITIES
from magdesk.regimes.regime import CheckText, CheckVariant, Law

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_HARMLESS = HARMS[-1]


def refuse_weakening(shipped: Law, new: Law) -> None:
    """Compare a law with the one that came with the program.

    Raises:
        RegimeError: it may not take its place; says why.
    """
    for problem in _problems(shipped, new):
        raise RegimeError(
            _("The law update {problem}.").format(problem=problem),
            _("Nothing was changed. Ask its maker for a new one."),
        )


def _problems(shipped: Law, new: Law) -> Iterator[str]:
    for code, check in shipped.checks.items():
        other = new.checks.get(code)
        if other is None:
            yield f"leaves out the check {code}"
            continue
        guarded = check.harm != _HARMLESS or code in NEVER_WAIVED
        if guarded and (HARMS.index(other.harm) > HARMS.index(check.harm) or _weaker(check, other)):
            yield f"weakens the check {code}"
        yield from _gaps(f"check {code}", _words(check), _words(other))
        for name, variant in check.variants.items():
            its = other.variants.get(name)
            if its is None:
                yield f"leaves out “{name}” of the check {code}"
                continue
            if guarded and _weaker(variant, its):
                yield f"weakens “{name}” of the check {code}"
            yield from _gaps(f"“{name}” of the check {code}", _words(variant), _words(its))
    yield from _gaps("names of places", shipped.places, new.places)
    for code, packet in shipped.packets.items():
        theirs = new.packets.get(code)
        yield from _gaps(f"template “{code}”", packet.labels, theirs.labels if theirs else {})
    yield from _searches(shipped, new)


def _searches(shipped: Law, new: Law) -> Iterator[str]:
    """What texts are searched for: a pattern is a small program, and a word that is not sought is not found."""
    known = {pattern for packet in shipped.packets.values() for pattern in packet.placeholders}
    usual = set.intersection(*(set(packet.labels) for packet in shipped.packets.values()))
    for code, packet in new.packets.items():
        ours = shipped.packets.get(code)
        if set(packet.placeholders) - known:
            yield f"brings a search pattern of its own in the template “{code}”"
        if ours is None:
            missing = sorted(usual - set(packet.labels))
            if missing:
                yield f"leaves out “{missing[0]}” of the template “{code}”"
        elif set(ours.placeholders) - set(packet.placeholders) or set(ours.forbidden_words) - set(
            packet.forbidden_words
        ):
            yield f"no longer looks for all that it should in the template “{code}”"


def _weaker(one: CheckText | CheckVariant, other: CheckText | CheckVariant) -> bool:
    graver = SEVERITIES.index(other.severity) > SEVERITIES.index(one.severity)
    return graver or (other.waivable and not one.waivable)


def _words(check: CheckText | CheckVariant) -> dict[str, str]:
    return {"sentence": check.sentence, "remedy": check.remedy}


def _gaps(where: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[str]:
    for key, text in ours.items():
        if key not in theirs:
            yield f"leaves out “{key}” of the {where}"
        else:
            for name in sorted(_asked(theirs[key]) - _asked(text)):
                yield f"asks for {{{name}}} in “{key}” of the {where}, which the program does not give"


def _asked(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))
