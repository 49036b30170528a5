"""The layout of charts: nothing covers anything, who commands stands above, the same input gives the same places."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magdesk.document.layout import Plan, PlanSpacing, Rect, Size, Tie, lay_out


def chart(nodes: int, ties: int, seed: int) -> tuple[list[Size], list[Tie]]:
    dice = random.Random(seed)
    boxes = [Size(f"n{n}", dice.uniform(40, 150), dice.uniform(20, 80)) for n in range(nodes)]
    found = []
    for number in range(ties if nodes > 1 else 0):
        upper, lower = dice.sample(range(nodes), 2)
        found.append(Tie(f"t{number}", f"n{upper}", f"n{lower}", dice.uniform(20, 110), dice.uniform(10, 50)))
    return boxes, found


def rects(plan: Plan) -> list[Rect]:
    return [*plan.boxes.values(), *(route.label for route in plan.routes.values())]


@given(
    nodes=st.integers(1, 24), ties=st.integers(0, 40), seed=st.integers(0, 10_000), widest=st.sampled_from([200, 900])
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_boxes_and_labels_never_overlap(nodes: int, ties: int, seed: int, widest: int) -> None:
    boxes, found = chart(nodes, ties, seed)
    plan = lay_out(boxes, found, PlanSpacing(widest=float(widest)))
    assert set(plan.boxes) == {box.key for box in boxes}
    assert set(plan.routes) == {tie.key for tie in found}
    for one, two in combinations(rects(plan), 2):
        assert not one.meets(two)
    for rect in rects(plan):
        assert rect.x >= -0.01
        assert rect.y >= -0.01
        assert rect.right <= plan.width + 0.01
        assert rect.bottom <= plan.height + 0.01


def test_sixty_boxes() -> None:
    boxes, ties = chart(60, 90, 1)
    plan = lay_out(boxes, ties)
    assert not any(one.meets(two) for one, two in combinations(rects(plan), 2))


def test_the_same_chart_is_laid_out_the_same_way() -> None:
    boxes, ties = chart(30, 50, 7)
    assert lay_out(boxes, ties) == lay_out(list(boxes), list(ties))


def test_who_stands_higher_stands_above() -> None:
    boxes = [Size(name, 80, 30) for name in ("minister", "general", "brigade", "soldier")]
    ties = [
        Tie("a", "minister", "general", 50, 10),
        Tie("b", "general", "brigade", 50, 10),
        Tie("c", "brigade", "soldier", 50, 10),
        Tie("d", "minister", "soldier", 50, 10),
    ]
    plan = lay_out(boxes, ties)
    tops = [plan.boxes[name].y for name in ("minister", "general", "brigade", "soldier")]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4
    for tie in ties:
        label = plan.routes[tie.key].label
        assert plan.boxes[tie.upper].bottom < label.y
        assert label.bottom < plan.boxes[tie.lower].y


def test_a_ring_is_drawn_all_the_same() -> None:
    boxes = [Size(name, 80, 30) for name in "abc"]
    ties = [Tie("1", "a", "b", 40, 10), Tie("2", "b", "c", 40, 10), Tie("3", "c", "a", 40, 10)]
    plan = lay_out(boxes, ties)
    route = plan.routes["3"]
    assert route.to_label[0][1] == pytest.approx(plan.boxes["c"].y), "it leaves the upper end it was given upwards"
    assert route.from_label[-1][1] == pytest.approx(plan.boxes["a"].bottom)


def test_ties_run_from_box_to_label_to_box() -> None:
    boxes, ties = chart(12, 18, 3)
    plan = lay_out(boxes, ties)
    for tie in ties:
        route = plan.routes[tie.key]
        first, last = plan.boxes[tie.upper], plan.boxes[tie.lower]
        assert first.x <= route.to_label[0][0] <= first.right
        assert last.x <= route.from_label[-1][0] <= last.right
        assert route.to_label[-1][0] == pytest.approx(route.label.middle, abs=0.01)
        assert route.from_label[0][0] == pytest.approx(route.label.middle, abs=0.01)


def test_a_wide_row_is_broken_up() -> None:
    boxes = [Size("hub", 100, 30), *(Size(f"n{n}", 100, 30) for n in range(12))]
    ties = [Tie(f"t{n}", "hub", f"n{n}", 30, 10) for n in range(12)]
    assert lay_out(boxes, ties, PlanSpacing(widest=2000)).width > 1000
    assert lay_out(boxes, ties, PlanSpacing(widest=450)).width < 700
