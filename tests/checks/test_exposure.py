"""No exhibit names a protected person (N01)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from magdesk.checks import Finding, run_checks
from magdesk.dossier.dossier import load_dossier
from magdesk.dossier.memory import Memory
from magdesk.model import Identifier, Name, Party
from magdesk.model.people import IdentifierKind
from tests.checks.cases import TODAY, SmallCase


@dataclass
class Said:
    """What the items of evidence say, and what their files say of themselves."""

    texts: dict[uuid.UUID, dict[int, str]] = field(default_factory=dict)
    details: dict[uuid.UUID, tuple[str, ...]] = field(default_factory=dict)
    read: list[uuid.UUID] = field(default_factory=list)

    def stamp(self, key: uuid.UUID) -> Hashable:
        return repr((self.texts.get(key), self.details.get(key)))

    def pages(self, key: uuid.UUID, wanted: Collection[int] = ()) -> Mapping[int, str]:
        self.read.append(key)
        return self.texts.get(key, {})

    def said(self, key: uuid.UUID) -> tuple[str, ...]:
        return self.details.get(key, ())


@pytest.fixture
def quiroga(case: SmallCase) -> Party:
    party = case.add(Party(protected=True, pseudonym="Witness 9"))
    case.add(Name(party_id=party.id, text="José Núñez Quiroga"))
    case.add(Name(party_id=party.id, text="خوسيه كيروغا", rank=1))
    case.add(Name(party_id=party.id, text="林牧岸", rank=2))
    case.add(Identifier(party_id=party.id, kind=IdentifierKind.PASSPORT, value="GN 004417829"))
    case.add(Identifier(party_id=party.id, kind=IdentifierKind.PHONE, value="+41 22 730 11 11"))
    case.add(Identifier(party_id=party.id, kind=IdentifierKind.EMAIL, value="j.n.q@mail.example"))
    case.add(Identifier(party_id=party.id, kind=IdentifierKind.NATIONALITY, value="Generica"))
    return party


def found(case: SmallCase, said: Said, memory: Memory | None = None) -> list[Finding]:
    case.session.flush()
    case.session.expire_all()
    dossier = replace(load_dossier(case.session), texts=said, memory=memory or Memory())
    return [
        one
        for one in run_checks(dossier, case.law, TODAY, memory)
        if one.code == "N01" and not one.key.startswith("exhibits/unread")
    ]


@pytest.mark.parametrize(
    ("text", "severity", "waivable"),
    [
        ("I, José Núñez Quiroga, state", "block", False),
        ("QUIROGA, JOSE NUNEZ", "block", False),
        ("From: Jose Nunez\nQuiroga <x@y>", "block", False),
        ("Jose Nunez Qui-\nroga was there", "block", False),
        ("Jose Nunez Qui\u200broga was there", "block", False),
        ("قال خوسيه كيروغا ذلك", "block", False),
        ("会议由林牧岸主持", "block", False),
        ("holder of passport GN004417829", "block", False),
        ("call 41-22-730-1111 at night", "block", False),
        ("write to J.N.Q@mail.example", "block", False),
        ("BEGIN:VCARD\r\nNOTE:José Núñez Qui\r\n roga\r\nEND:VCARD", "block", False),
        ("Mr. Quiroga said no", "block", True),
        ("Mr Quirogas said no", "", False),
        ("passport GN 0044178290", "", False),
        ("José said no in Generica", "", False),
        ("Witness 9 said so", "", False),
    ],
)
def test_the_text_of_an_exhibit_is_searched(
    case: SmallCase, quiroga: Party, text: str, severity: str, waivable: bool
) -> None:
    hits = found(
        case, Said({case.report.id: {1: "Title", 4: text if text.startswith("BEGIN") else f"Before. {text}. After."}})
    )
    assert [(one.severity.value, one.waivable) for one in hits] == ([(severity, waivable)] if severity else [])
    for one in hits:
        assert one.place.row == case.report.id
        assert "Witness 9" in one.sentence
        assert "page 4" in one.sentence
        assert "uiroga" not in one.sentence + one.place.label + one.remedy


def test_a_files_name_and_what_it_says_of_itself_are_searched(case: SmallCase, quiroga: Party) -> None:
    case.report.file_name = "statement_JoseNunezQuiroga.pdf"
    (named,) = found(case, Said())
    assert "file name" in named.sentence
    case.report.file_name = "statement.pdf"
    assert found(case, Said()) == []
    (said,) = found(case, Said(details={case.report.id: ("José Núñez Quiroga",)}))
    assert said.place.row == case.report.id


def test_the_text_of_a_file_without_pages_is_not_called_its_metadata(case: SmallCase, quiroga: Party) -> None:
    (inside,) = found(case, Said({case.report.id: {0: "José Núñez Quiroga"}}))
    assert "its text" in inside.sentence
    assert "metadata" not in inside.sentence
    named = "José Núñez Quiroga"
    (both,) = found(case, Said({case.report.id: {0: named}}, {case.report.id: (named,)}))
    assert "its text" in both.sentence
    assert "metadata" in both.sentence
    assert "page" not in both.sentence


def test_what_no_packet_holds_is_not_searched(case: SmallCase, quiroga: Party) -> None:
    said = Said({case.report.id: {1: "José Núñez Quiroga"}})
    assert found(case, said)
    case.report.produce = False
    assert found(case, said) == []
    case.report.produce = True
    quiroga.protected = False
    assert found(case, said) == []


def test_a_surname_that_somebody_else_bears_openly_tells_nothing(case: SmallCase, quiroga: Party) -> None:
    other = case.add(Party())
    case.add(Name(party_id=other.id, text="Marta Quiroga"))
    assert found(case, Said({case.report.id: {1: "Mr Quiroga said no"}})) == []
    assert found(case, Said({case.report.id: {1: "Mr José Núñez Quiroga said no"}}))


def test_exhibits_without_text_are_named(case: SmallCase, quiroga: Party) -> None:
    case.session.flush()
    dossier = replace(load_dossier(case.session), texts=_Unread())
    told = [one for one in run_checks(dossier, case.law, TODAY) if one.code == "N01"]
    assert [one.severity.value for one in told] == ["info"]
    assert "1, 2" in told[0].sentence


class _Unread(Said):
    def stamp(self, key: uuid.UUID) -> Hashable:
        return None


def test_an_exhibit_is_searched_once_until_it_or_the_names_change(case: SmallCase, quiroga: Party) -> None:
    said, memory = Said({case.report.id: {1: "nothing"}, case.order.id: {1: "nothing"}}), Memory()
    assert found(case, said, memory) == []
    said.read.clear()
    assert found(case, said, memory) == []
    assert said.read == []
    said.texts[case.report.id] = {1: "Mr Quiroga"}
    assert [one.place.row for one in found(case, said, memory)] == [case.report.id]
    assert set(said.read) == {case.report.id}
    said.read.clear()
    case.add(Name(party_id=quiroga.id, text="El Nothing", rank=5))
    case.session.flush()
    memory.forget([quiroga.id])
    assert {one.place.row for one in found(case, said, memory)} == {case.report.id, case.order.id}
