from __future__ import annotations

import pytest

from magdesk.document.blocks import Mention, Paragraph, Text
from magdesk.document.names import Naming, begins
from magdesk.document.prose import name_parts
from magdesk.model import Case, Fact, Name, Party, Target
from magdesk.model.people import NameKind, PartyKind
from magdesk.values import now
from tests.document.cases import dossier_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("TVEREZHIN, Radomir Velislavovich", ("TVEREZHIN", "Radomir Velislavovich")),
        ("Tverezhin, Radomir", ("Tverezhin", "Radomir")),
        ("Arslan DORVAN", ("DORVAN", "Arslan")),
        ("Nawfal AL-ZAHWAN", ("AL-ZAHWAN", "Nawfal")),
        ("Lena Marsh", None),
        ("Lena M. Marsh", None),
        ("OMAR", None),
        ("A, B, C", None),
        ("", None),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str, str] | None) -> None:
    assert name_parts(name) == parts


def naming(*names: str, text: str = "", kind: PartyKind = PartyKind.PERSON) -> tuple[Naming, list[Party]]:
    parties = [Party(kind=kind, names=[Name(text=name)]) for name in names]
    targets = [Target(party_id=party.id, rank=rank) for rank, party in enumerate(parties)]
    dossier = dossier_of(Case(created_at=now()), *parties, *targets, Fact(text=text))
    return Naming(dossier, "a protected person"), parties


def test_a_sentence_says_given_name_and_surname() -> None:
    names, (party,) = naming("TVEREZHIN, Radomir Velislavovich")
    assert names.printed(party) == "TVEREZHIN, Radomir Velislavovich"
    assert names.prose(party) == "Radomir Velislavovich Tverezhin"
    assert names.short(party) == "Tverezhin"


def test_surname_is_spelled_as_the_drafters_spell_it() -> None:
    names, (party,) = naming("AL-ZAHWAN, Nawfal", text="AL-ZAHWAN is Mr al-Zahwan; al-Zahwan again, once Al-zahwan.")
    assert names.prose(party) == "Nawfal al-Zahwan"
    names, (party,) = naming("AL-ZAHWAN, Nawfal")
    assert names.prose(party) == "Nawfal Al-Zahwan"
    names, (party,) = naming("MCBRIDE, Sean", text="McBride denies it.")
    assert names.short(party) == "McBride"


def test_two_of_the_same_surname_keep_their_given_names() -> None:
    names, (father, son) = naming("TVEREZHIN, Radomir Velislavovich", "Tverezhin, Gleb")
    assert names.short(father) == "Radomir Tverezhin"
    assert names.short(son) == "Gleb Tverezhin"


def test_entities_keep_their_names() -> None:
    names, (party,) = naming("ACME Trading, Ltd", kind=PartyKind.ENTITY)
    assert names.prose(party) == names.short(party) == "ACME Trading, Ltd"


def test_latin_name_is_printed_before_others() -> None:
    party = Party(
        names=[
            Name(text="王伟", kind=NameKind.PRIMARY),
            Name(text="WANG Wei", kind=NameKind.TRANSLITERATION, rank=1),
        ]
    )
    names = Naming(dossier_of(Case(created_at=now()), party), "a protected person")
    assert names.printed(party) == "WANG Wei"
    assert [name.text for name in names.native(party)] == ["王伟"]


def test_a_defined_short_name_stands_after_the_first_mention() -> None:
    unit = Party(kind=PartyKind.UNIT, short_name="Directorate")
    unit.names.append(Name(text="Special Directorate of the Ministry", kind=NameKind.PRIMARY))
    hidden = Party(short_name="Petrov", protected=True, pseudonym="Witness 1")
    hidden.names.append(Name(text="Ivan Petrov", kind=NameKind.PRIMARY))
    names = Naming(dossier_of(Case(created_at=now()), unit, hidden), "a protected person")
    mentions = (
        Text("The "),
        Mention(str(unit.id)),
        Text(" and the "),
        Mention(str(unit.id)),
        Mention(str(hidden.id)),
    )
    [paragraph] = names.place_names((Paragraph(mentions),))
    assert isinstance(paragraph, Paragraph)
    printed = "".join(inline.text for inline in paragraph.inlines if isinstance(inline, Text))
    assert printed == "The Special Directorate of the Ministry (“Directorate”) and the DirectorateWitness 1"


def test_a_sentence_begins_behind_a_full_stop_whatever_space_stands_between() -> None:
    assert begins(())
    assert begins((Text("It ended."), Text(" ")))
    assert not begins((Text("according to"), Text(" ")))
