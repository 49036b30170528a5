"""Codes in a ``dossier.json`` that nothing answers to: what they name would vanish from every page in silence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from magdesk.model.people import VictimGroup
from magdesk.regimes.regime import Law
from magdesk.services.dump.codes import CODED
from magdesk.services.dump.dossier_json import place_of

_MOST = 45  # codes that are worth listing
_NEAR = 0.75  # from there on a word of the writer's own is taken for a slip
# A tag of BCP 47 begins with a code of two or three letters; the name of a language is longer.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_LANGUAGES = (("evidence", "language"), ("name", "language"))


def unknown_codes(document: Mapping[str, Any], law: Law) -> Iterator[str]:
    """Each code that neither the law nor a list of the program has, with its row and those that are allowed."""
    for field in CODED:
        known = field.codes(law)
        for number, row in enumerate(document.get(field.table, ())):
            text = str(row.get(field.field) or "")
            for code in text.split(",") if field.many else (text,):
                # An answer for one country names it behind a colon.
                asked = code.strip().partition(":")[0] if field.field == "question" else code.strip()
                yield from _unknown(document, (field.table, number, field.field), asked, known, field.what)
    for number, row in enumerate(document.get("legal_basis", ())):
        regime = law.regimes.get(row.get("regime") or "")
        if regime is not None:
            own = [prong.code for prong in regime.prongs]
            what = f"paragraphs of {regime.code}"
            yield from _unknown(document, ("legal_basis", number, "prong"), row.get("prong") or "", own, what)
    for number, row in enumerate(document.get("victim", ())):
        for word in str(row.get("groups") or "").split(","):
            close = difflib.get_close_matches(word.strip(), [group.value for group in VictimGroup], 1, _NEAR)
            if close and close[0] != word.strip():
                place = place_of(document, ("victim", number, "groups"))
                yield f"{place}: “{word.strip()}” is none of the groups; did you mean “{close[0]}”?"
    for table, column in _LANGUAGES:
        for number, row in enumerate(document.get(table, ())):
            language = str(row.get(column) or "").strip()
            if language and not _LANGUAGE.fullmatch(language):
                place = place_of(document, (table, number, column))
                yield f"{place}: “{language}” is no code of a language; write it like en, ar or zh-Hant"


def _unknown(
    document: Mapping[str, Any], path: tuple[str, int, str], code: str, known: Collection[str], what: str
) -> Iterator[str]:
    if not code or code in known:
        return
    close = difflib.get_close_matches(code, list(known), 1)
    if len(known) <= _MOST:
        told = f"; the {what} are {', '.join(known)}"
    else:
        told = f"; the {what} are listed by “magdesk schema --explain”"
    nearest = f"; did you mean “{close[0]}”?" if close else ""
    yield f"{place_of(document, path)}: “{code}” is none of the {what}{told}{nearest}"
