"""How many victims there are, in the window's words: those who are named, and communities that were counted.

The two are never added together: nobody knows who of the named ones stands in the number.
"""

from __future__ import annotations

from collections.abc import Iterable

from magdesk.i18n import _, ngettext
from magdesk.model.people import Counted, Party, PartyKind


def counted_group(party: Party) -> str:
    """``about 1,900 workers``; empty where nobody counted, or for one victim."""
    victim = party.victim
    if party.kind is not PartyKind.GROUP or victim is None or victim.count is None:
        return ""
    words = {
        Counted.EXACT: _("{count} {things}"),
        Counted.ABOUT: _("about {count} {things}"),
        Counted.AT_LEAST: _("at least {count} {things}"),
        Counted.BETWEEN: _("between {count} and {most} {things}"),
    }
    open_end = victim.counted is Counted.BETWEEN and victim.count_most is None
    return words[Counted.AT_LEAST if open_end else victim.counted].format(
        count=f"{victim.count:,}",
        most=f"{victim.count_most or 0:,}",
        things=victim.counted_in.strip() or _("people"),
    )


def victims_in_words(parties: Iterable[Party]) -> str:
    """``2 victims and about 1,900 workers``; a community that nobody counted is said to be one. Empty for none."""
    every = list({party.id: party for party in parties}.values())
    groups = [party for party in every if party.kind is PartyKind.GROUP]
    alone = len(every) - len(groups)
    parts = [ngettext("{count} victim", "{count} victims", alone).format(count=alone)] if alone else []
    uncounted = sum(not counted_group(party) for party in groups)
    parts += [words for party in groups if (words := counted_group(party))]
    if uncounted:
        text = ngettext("{count} group that nobody counted", "{count} groups that nobody counted", uncounted).format(
            count=uncounted
        )
        parts.append(text)
    if len(parts) < 2:
        return "".join(parts)
    return _("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])
