"""What no program may presume is asked before a row is made: nothing of the kind is ever a default."""

from __future__ import annotations

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.rowkinds import IDENTIFIER, RELATION
from magdesk.gui.pages.incidents import PARTICIPATION
from magdesk.model import Identifier, Party
from magdesk.model.incidents import Mode
from magdesk.model.people import IdentifierKind, PartyKind, RelationKind


def test_how_somebody_took_part_is_asked_and_every_way_is_offered(desk: Desk) -> None:
    assert [pick.attribute for pick in PARTICIPATION.picks] == ["target_id", "mode"]
    offered = PARTICIPATION.picks[1].source(desk, None)
    assert [choice.key for choice in offered] == list(Mode)
    assert all(choice.title for choice in offered)
    made = PARTICIPATION.fresh(desk, None, (), (None, Mode.COMMAND))
    assert made.mode is Mode.COMMAND  # type: ignore[attr-defined]


def test_how_two_are_related_is_asked(desk: Desk) -> None:
    assert [pick.attribute for pick in RELATION.picks] == ["kind", "other_id"]
    assert {choice.key for choice in RELATION.picks[0].source(desk, None)} == set(RelationKind)


def test_identifiers_are_offered_in_the_order_of_need_and_other_last(desk: Desk) -> None:
    (pick,) = IDENTIFIER.picks
    person = Party(kind=PartyKind.PERSON, identifiers=[])
    kinds = [choice.key for choice in pick.source(desk, person)]
    assert kinds[:4] == ["date_of_birth", "sex", "nationality", "location"]
    assert kinds[-1] == IdentifierKind.OTHER
    assert set(kinds) == set(IdentifierKind)
    company = Party(kind=PartyKind.ENTITY, identifiers=[])
    assert pick.source(desk, company)[0].key == IdentifierKind.REGISTRATION_NUMBER


def test_what_there_is_but_one_of_goes_to_the_end_once_it_is_entered(desk: Desk) -> None:
    (pick,) = IDENTIFIER.picks
    known = [Identifier(kind=IdentifierKind.DATE_OF_BIRTH), Identifier(kind=IdentifierKind.NATIONALITY)]
    offered = pick.source(desk, Party(kind=PartyKind.PERSON, identifiers=known))
    assert [choice.key for choice in offered[:2]] == ["sex", "nationality"]
    assert offered[1].detail == "entered already"
    assert IdentifierKind.DATE_OF_BIRTH in [choice.key for choice in offered[-6:]]
