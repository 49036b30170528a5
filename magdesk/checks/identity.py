"""Who exactly the targets are: names, identifiers, positions, photo (C10 to C15, C39, C50)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from magdesk.checks.scope import Hit, Scope
from magdesk.checks.wordlists import spotted
from magdesk.model.people import EndState, IdentifierKind, NameKind, Party, PartyKind, Target
from magdesk.values import script_of

# Languages whose own script is not Latin; for all others the Latin name is the native one.
_OTHER_SCRIPTS = frozenset({
    "ab", "am", "ar", "arc", "as", "ba", "be", "bg", "bn", "bo", "ckb", "cv", "dv", "dz", "el", "fa", "gu", "he",
    "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or", "os",
    "pa", "ps", "ru", "sd", "si", "sr", "syr", "ta", "te", "tg", "th", "ti", "tt", "ug", "uk", "ur", "yi", "yue",
    "zh",
})  # fmt: skip
_DESIGNATION_CHECK_AGE = timedelta(days=30)
_SENTENCE_END = re.compile(r"(?<=[.!?;؟؛۔])(?<![A-Z.][A-Z]\.)(?<!\b[Nn]o\.)\s+|(?<=。)|\n+")

IdKind = IdentifierKind


def names(scope: Scope) -> Iterator[Hit]:
    """C10: full name in Latin script and in the target's own."""
    for target in scope.dossier.targets:
        party = target.party
        place = scope.target_place(target, "names")
        scripts = {name.script or script_of(name.text) for name in party.names if name.text.strip()}
        if "Latn" not in scripts:
            yield Hit(place)
        native = any(name.kind is NameKind.NATIVE and name.text.strip() for name in party.names)
        if native or scripts - {"Latn", "Zyyy"} or not scripts or scope.searched(party.id, "native_name", "names"):
            continue
        languages = {name.language.partition("-")[0].casefold() for name in party.names if name.language}
        if languages and not languages & _OTHER_SCRIPTS:
            yield Hit(place, "latin_language")
        else:
            yield Hit(place, "native")


def birth(scope: Scope) -> Iterator[Hit]:
    """C11: date of birth, at least the year."""
    for target in scope.dossier.targets:
        if target.party.kind is PartyKind.PERSON and not _known(scope, target.party, IdKind.DATE_OF_BIRTH):
            yield Hit(scope.target_place(target, "identifiers"))


def positions(scope: Scope) -> Iterator[Hit]:
    """C12: position at the time and now, with dates."""
    for target in scope.dossier.targets:
        party = target.party
        if party.kind is not PartyKind.PERSON or not scope.accused(target):
            continue
        held = [row for row in party.positions if row.title.strip()]
        if not held:
            if not scope.searched(party.id, "positions"):
                yield Hit(scope.target_place(target, "positions"))
            continue
        for row in held:
            if row.start is None and not scope.searched(row.id, "start"):
                yield Hit(scope.target_place(target, "start", row), "start", {"title": row.title})
            if row.end is None and row.end_state is not EndState.ONGOING and not scope.searched(row.id, "end"):
                yield Hit(scope.target_place(target, "end", row), "end", {"title": row.title})
        if not any(row.end_state is EndState.ONGOING for row in held) and not scope.searched(
            party.id, "current_position"
        ):
            yield Hit(scope.target_place(target, "positions"), "now")


def identifiers(scope: Scope) -> Iterator[Hit]:
    """C13: nationality, place of birth, sex, location."""
    for target in scope.dossier.targets:
        person = target.party.kind is PartyKind.PERSON
        wanted = (
            (IdKind.NATIONALITY, IdKind.PLACE_OF_BIRTH, IdKind.SEX, IdKind.LOCATION) if person else (IdKind.LOCATION,)
        )
        missing = [kind for kind in wanted if not _known(scope, target.party, kind)]
        if missing:
            words = ", ".join(scope.label(f"identifier_{kind.value}") for kind in missing)
            yield Hit(scope.target_place(target, "identifiers"), words={"missing": words})


def document_numbers(scope: Scope) -> Iterator[Hit]:
    """C14: a passport, identity, tax or registration number."""
    wanted = (IdKind.PASSPORT, IdKind.NATIONAL_ID, IdKind.TAX_NUMBER, IdKind.REGISTRATION_NUMBER)
    for target in scope.dossier.targets:
        # A unit of a state organ has no number of its own.
        if target.party.kind is not PartyKind.UNIT and not any(_known(scope, target.party, kind) for kind in wanted):
            yield Hit(scope.target_place(target, "identifiers"))


def photo(scope: Scope) -> Iterator[Hit]:
    """C15: photo with its source; namesakes looked for."""
    for target in scope.dossier.targets:
        if target.party.kind is PartyKind.PERSON and not scope.searched(target.party.id, "photo", "photo_id"):
            item = scope.dossier.evidence.get(target.photo_id) if target.photo_id else None
            if item is None:
                yield Hit(scope.target_place(target, "photo_id"))
            elif not (item.url.strip() or item.obtained_from.strip() or item.author.strip()):
                yield Hit(scope.evidence_place(item, "obtained_from"), "source")
        if not target.namesake_check.strip() or target.namesake_checked_on is None:
            yield Hit(scope.target_place(target, "namesake_check"), "namesake")


def designation(scope: Scope) -> Iterator[Hit]:
    """C39: not already designated, looked up lately, by every word of the file."""
    for target in scope.dossier.targets:
        if target.already_designated:
            yield Hit(scope.target_place(target, "already_designated"), "designated")
            continue
        yield from _listed_there(scope, target)
        entry = _entry(target.designation_check)
        if entry:
            yield Hit(scope.target_place(target, "designation_check"), "text", {"text": entry})
        elif not target.designation_check.strip() or target.designation_checked_on is None:
            yield Hit(scope.target_place(target, "designation_check"))
        elif scope.today - target.designation_checked_on > _DESIGNATION_CHECK_AGE:
            day = target.designation_checked_on.isoformat()
            yield Hit(scope.target_place(target, "designation_checked_on"), "stale", {"date": day})


def _listed_there(scope: Scope, target: Target) -> Iterator[Hit]:
    """What is recorded of other lists says that the very state that is asked lists the target."""
    asked = {plea.regime.code: plea.regime for plea in scope.pleas_by_target.get(target.id, ())}
    homes = {name.casefold() for regime in asked.values() for name in (*regime.home_names, regime.jurisdiction)}
    alone = len(scope.dossier.targets) == 1
    for row in scope.dossier.other_sanctions:
        about = row.target_id == target.id or (row.target_id is None and alone)
        if row.listed and about and row.jurisdiction.strip().casefold() in homes:
            place = scope.row_place("accountability", "sanction", row, "listed", title=row.jurisdiction)
            words = {"target": scope.party_name(target.party), "jurisdiction": row.jurisdiction.strip()}
            yield Hit(place, "listed_there", words, mark=str(target.id))


def _entry(text: str) -> str:
    """The first sentence of a check of lists that tells of an entry, or nothing."""
    for sentence in _SENTENCE_END.split(text):
        if spotted("listed").search(sentence) and not spotted("not_listed").search(sentence):
            return sentence.strip()
    return ""


def deceased(scope: Scope) -> Iterator[Hit]:
    """C50: a target who is dead, by date or by a word of the file; and one who would have acted after that."""
    for target in scope.dossier.targets:
        dates = [row for row in target.party.identifiers if row.kind is IdKind.DATE_OF_DEATH]
        for row in dates:
            day = row.date.display() if row.date else row.value.strip()
            if day:
                yield Hit(scope.target_place(target, "value", row), words={"date": day})
        for incident, _part in scope.participations.get(target.id, ()):
            begun = incident.start or incident.end
            for row in dates:
                if begun and row.date and row.date.latest() < begun.earliest():
                    words = {"incident": incident.title or scope.label("untitled"), "date": row.date.display()}
                    yield Hit(scope.target_place(target, "date", row), "acted", words, mark=str(incident.id))
        if not dates:
            party = target.party
            texts = [party.description, target.role, *(post.title for post in party.positions)]
            texts += [name.text for name in party.names]
            texts += [text for row in party.identifiers for text in (row.value, row.note)]
            dead = spotted("dead", re.NOFLAG)
            told = next((found for found in map(dead.search, texts) if found), None)
            if told:
                yield Hit(scope.target_place(target, "identifiers"), "word", {"word": told[0]})


def _known(scope: Scope, party: Party, kind: IdentifierKind) -> bool:
    """Whether the datum is there, or recorded as looked for."""
    there = any(
        row.kind is kind and (row.value.strip() or row.date or row.country.strip()) for row in party.identifiers
    )
    return there or scope.searched(party.id, kind.value)
