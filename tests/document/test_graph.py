"""The graph of ties: what it is made from, its state on a day, and what targets own by half."""

from __future__ import annotations

from datetime import date

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.document.graph import EdgeKind, Graph, Holding, build_graph, holdings
from magdesk.model import Base, Case, Citation, Evidence, Name, Party, Position, Relation, Target, Victim
from magdesk.model.facts import Stance
from magdesk.model.people import EndState, PartyKind, RelationKind
from magdesk.values import now
from tests.document.cases import dossier_of, generica

TODAY = date(2026, 11, 22)


def person(name: str) -> Party:
    return Party(names=[Name(text=name)])


def company(name: str) -> Party:
    return Party(kind=PartyKind.ENTITY, names=[Name(text=name)])


def owns(owner: Party, what: Party, percent: float | None, **values: object) -> None:
    owner.relations.append(Relation(other_id=what.id, kind=RelationKind.OWNS, percent=percent, **values))


def graph_of(*parties: Party, targets: tuple[Party, ...] = (), more: tuple[Base, ...] = ()) -> Graph:
    rows: list[Base] = [Case(title="t", created_at=now()), *parties, *more]
    rows += [Target(party_id=party.id, rank=rank) for rank, party in enumerate(targets)]
    return build_graph(dossier_of(*rows))


def found(graph: Graph, party: Party, day: date | None = TODAY) -> Holding:
    blocked = [key for key, node in graph.nodes.items() if node.target]
    return next(row for row in holdings(graph, blocked, day) if row.entity == str(party.id))


def test_relations_and_positions_become_edges_with_their_sources() -> None:
    case = generica()
    graph = build_graph(case.dossier())
    general, brigade = str(case.general.id), str(case.brigade.id)
    commands = next(edge for edge in graph.edges if edge.relation is RelationKind.COMMANDS)
    post = next(edge for edge in graph.edges if edge.relation is None)
    spouse = next(edge for edge in graph.edges if edge.kind is EdgeKind.FAMILY)
    assert (commands.source, commands.other, commands.upper, commands.lower) == (general, brigade, general, brigade)
    assert not commands.sourced
    assert post.sourced
    assert [row.evidence_id for row in post.sources] == [case.evidence["gazette"].id]
    assert post.upper == general, "a leader stands above what he leads"
    assert spouse.mutual
    assert spouse.upper == general, "the target stands above those who are only near"
    assert graph.nodes[general].target


def test_what_contradicts_a_tie_is_no_source_of_it() -> None:
    owner, firm = person("A"), company("B")
    item = Evidence(title="Denial")
    citation = Citation(evidence_id=item.id, stance=Stance.CONTRADICTS)
    owner.relations.append(Relation(other_id=firm.id, kind=RelationKind.OWNS, percent=60.0, citations=[citation]))
    graph = graph_of(owner, firm, targets=(owner,), more=(item,))
    assert not graph.edges[0].sourced


def test_a_body_that_is_only_named_is_a_node_and_a_known_name_is_its_party() -> None:
    officer = person("A")
    ministry = Party(kind=PartyKind.UNIT, names=[Name(text="Ministry of Works")], short_name="the Ministry")
    officer.positions = [
        Position(title="Clerk", body=" ministry  of WORKS "),
        Position(title="Member", body="Chess Club", rank=1),
        Position(title="Nobody", rank=2),
    ]
    graph = graph_of(officer, ministry, targets=(officer,))
    assert [edge.other for edge in graph.edges] == [str(ministry.id), "body:chess club"]
    assert graph.nodes["body:chess club"].party is None
    assert graph.edges[0].upper == str(ministry.id), "whoever leads nothing stands below the body"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2018, 12, 31), False),
        (date(2019, 3, 1), True),
        (date(2021, 6, 30), True),
        (date(2021, 7, 1), False),
    ],
)
def test_the_state_on_a_day(day: date, shown: bool) -> None:
    owner, firm = person("A"), company("B")
    owns(owner, firm, 60, start=PartialDate("2019-03"), end=PartialDate("2021-06"), end_state=EndState.ENDED)
    graph = graph_of(owner, firm, targets=(owner,)).on(day)
    assert bool(graph.edges) is shown
    assert str(owner.id) in graph.nodes, "a target stays in the picture"


def test_undated_ties_hold_on_every_day_unless_they_have_ended() -> None:
    owner, firm, other = person("A"), company("B"), company("C")
    owns(owner, firm, 60)
    owns(owner, other, 60, end_state=EndState.ENDED)
    graph = graph_of(owner, firm, other, targets=(owner,)).on(TODAY)
    assert [edge.other for edge in graph.edges] == [str(firm.id)]


def test_parts_and_neighbours() -> None:
    a, b, c, d = (person(name) for name in "ABCD")
    a.relations = [Relation(other_id=b.id, kind=RelationKind.SPOUSE)]
    b.relations = [Relation(other_id=c.id, kind=RelationKind.SIBLING)]
    c.relations = [Relation(other_id=d.id, kind=RelationKind.SIBLING)]
    lone = person("E")
    graph = graph_of(a, b, c, d, lone, targets=(a, lone))
    assert [len(part.nodes) for part in graph.parts()] == [4, 1]
    assert set(graph.near([str(a.id)], 1).nodes) == {str(a.id), str(b.id)}
    assert len(graph.of_kinds([EdgeKind.OWNERSHIP]).edges) == 0


def test_victims_are_marked() -> None:
    victim = person("V")
    victim.victim = Victim()
    victim.relations = [Relation(other_id=(other := person("O")).id, kind=RelationKind.SIBLING)]
    graph = graph_of(victim, other)
    assert graph.nodes[str(victim.id)].victim


# ------------------------------------------------------------------------------------------- the 50 % rule


def test_half_is_enough_and_less_is_not() -> None:
    owner, half, less = person("A"), company("Half"), company("Less")
    owns(owner, half, 50)
    owns(owner, less, 49.99)
    graph = graph_of(owner, half, less, targets=(owner,))
    assert found(graph, half).caught
    assert found(graph, half).steps == 0
    assert not found(graph, less).caught


def test_shares_of_several_targets_count_together() -> None:
    one, two, outsider, firm = person("A"), person("B"), person("C"), company("Firm")
    owns(one, firm, 25)
    owns(two, firm, 25)
    owns(outsider, firm, 50)
    holding = found(graph_of(one, two, outsider, firm, targets=(one, two)), firm)
    assert holding.total == 50
    assert holding.caught
    assert [share.counts for share in holding.shares] == [True, True, False]


def test_what_a_caught_entity_owns_counts_in_full_and_through_a_chain() -> None:
    owner = person("A")
    first, second, third = company("First"), company("Second"), company("Third")
    owns(owner, first, 50)
    owns(first, second, 50)
    owns(second, third, 50)
    graph = graph_of(owner, first, second, third, targets=(owner,))
    assert [found(graph, firm).caught for firm in (first, second, third)] == [True, True, True]
    assert found(graph, third).steps == 2
    assert found(graph, third).through == (str(second.id),)


def test_a_minority_holding_passes_nothing_on() -> None:
    owner, first, second = person("A"), company("First"), company("Second")
    owns(owner, first, 49)
    owns(first, second, 100)
    graph = graph_of(owner, first, second, targets=(owner,))
    assert not found(graph, first).caught
    blocked = [str(owner.id)]
    assert [row.entity for row in holdings(graph, blocked, TODAY)] == [str(first.id)], "the second is nobody’s yet"


def test_direct_and_indirect_shares_add_up() -> None:
    owner, holding, firm = person("A"), company("Holding"), company("Firm")
    owns(owner, holding, 80)
    owns(owner, firm, 20)
    owns(holding, firm, 30)
    assert found(graph_of(owner, holding, firm, targets=(owner,)), firm).total == 50


def test_rings_of_ownership_end() -> None:
    owner, one, two = person("A"), company("One"), company("Two")
    owns(owner, one, 30)
    owns(one, two, 60)
    owns(two, one, 60)
    graph = graph_of(owner, one, two, targets=(owner,))
    assert not found(graph, one).caught, "a ring does not lift itself above half"


def test_former_shares_and_doubled_entries_do_not_count_twice() -> None:
    owner, firm = person("A"), company("Firm")
    owns(owner, firm, 100, end=PartialDate("2023-10-30"), end_state=EndState.ENDED)
    owns(owner, firm, 30, start=PartialDate("2023-10-31"), end_state=EndState.ONGOING, rank=1)
    owns(owner, firm, 30, rank=2)
    graph = graph_of(owner, firm, targets=(owner,))
    assert found(graph, firm).total == 30
    assert found(graph, firm, date(2022, 1, 1)).total == 100


def test_an_unknown_share_is_said_to_be_unknown() -> None:
    owner, firm = person("A"), company("Firm")
    owns(owner, firm, None)
    holding = found(graph_of(owner, firm, targets=(owner,)), firm)
    assert holding.unknown
    assert not holding.caught


@pytest.mark.parametrize("circle", [False, True])
def test_a_share_through_a_company_counts_in_full_and_circles_end(circle: bool) -> None:
    """55 per cent held directly, 15 through a company that is wholly owned; 30 belong to someone else."""
    owner, other = person("Owner"), person("Other")
    holding, firm = company("Holding"), company("Firm")
    owns(owner, firm, 55)
    owns(other, firm, 30)
    owns(holding, firm, 15)
    owns(owner, holding, 100)
    if circle:
        owns(firm, holding, 40)
    row = found(graph_of(owner, other, holding, firm, targets=(owner,)), firm)
    assert (row.total, row.caught) == (70.0, True)
    assert row.through == (str(holding.id),)
