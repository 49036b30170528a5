"""Codes in a ``dossier.json`` that nothing answers to: what they name would vanish from every page in silence."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from magdesk.model.people import VictimGroup
from magdesk.regimes.regime import Law
from magdesk.services.dump.codes import CODED
from magdesk.services.dump.dossier_json import place_of
from magdesk.standards import slip_of_country, slip_of_currency, slip_of_language

_MOST = 45  # codes that are worth listing
_NEAR = 0.75  # from there on a word of the writer's own is taken for a slip
_COUNTRY = (slip_of_country, "code or name of a country", "write its code of ISO 3166-1 (RU), or its name in words")
_CURRENCY = (slip_of_currency, "code of a currency", "write its code of ISO 4217 (USD)")
_LANGUAGE = (slip_of_language, "code of a language", "write it like en, ar or zh-Hant (BCP 47)")
_STANDARDS = {
    ("case", "country"): _COUNTRY,
    ("incident", "country"): _COUNTRY,
    ("identifier", "country"): _COUNTRY,
    ("asset", "country"): _COUNTRY,
    ("asset", "currency"): _CURRENCY,
    ("payment", "currency"): _CURRENCY,
    ("case", "language"): _LANGUAGE,
    ("evidence", "language"): _LANGUAGE,
    ("name", "language"): _LANGUAGE,
}


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
    for (table, column), (slip_of, what, lead) in _STANDARDS.items():
        rows = [document.get("case") or {}] if table == "case" else document.get(table, ())
        for number, row in enumerate(rows):
            value = str(row.get(column) or "")
            slip = slip_of(value)
            if slip is not None and slip.sure:
                meant = ", ".join(f"“{code}”" for code in slip.meant)
                place = f"case/{column}" if table == "case" else place_of(document, (table, number, column))
                yield f"{place}: “{value}” is no {what}; " + (f"did you mean {meant}?" if meant else lead)


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
