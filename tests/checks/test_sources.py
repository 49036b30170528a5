from __future__ import annotations

import pytest

from magdesk.model import Citation, Evidence, Fact, Unknown
from magdesk.model.evidence import Access, Credibility
from magdesk.model.facts import PinpointKind
from magdesk.model.text import evidence_token, fact_token, party_token
from magdesk.values import new_id
from tests.checks.cases import SmallCase
from tests.checks.test_pleading import variants


def test_c31_wants_a_translation(case: SmallCase) -> None:
    case.order.language = "ru"
    assert case.severities("C31") == ["warn"]
    translation = case.add(
        Evidence(title="Order, translated", language="ru", translation_of_id=case.order.id, sha256="a" * 64)
    )
    assert len(case.findings("C31")) == 2, "a translation into a third language does not help"
    translation.language = "en-GB"
    assert case.findings("C31") == []


def test_c31_takes_translated_quotations(case: SmallCase) -> None:
    case.order.language = "ar"
    for citation in case.citations:
        if citation.evidence_id == case.order.id:
            citation.quote_english = "beaten"
    assert case.findings("C31") == []


def test_c32_wants_archived_pages_and_files(case: SmallCase) -> None:
    case.report.url = "https://example.org/report"
    assert variants(case, "C32") == {""}
    case.add(Unknown(subject_id=case.report.id, field="archive_url", searched="two archives refused it"))
    assert variants(case, "C32") == set()
    case.report.sha256 = ""
    assert variants(case, "C32") == {"digest"}


@pytest.mark.parametrize(
    ("kind", "pinpoint", "variant"),
    [
        (PinpointKind.PAGE, "10", None),
        (PinpointKind.PAGE, "2-3, 5", None),
        (PinpointKind.PAGE, "11", "page_range"),
        (PinpointKind.PAGE, "0", "page_range"),
        (PinpointKind.PAGE, "5-4", "page_range"),
        (PinpointKind.PAGE, "iv", "page_form"),
        (PinpointKind.TIME, "03:10", None),
        (PinpointKind.TIME, "00:03:10-00:03:50", None),
        (PinpointKind.TIME, "59:00", "time_range"),
        (PinpointKind.TIME, "later", "time_form"),
        (PinpointKind.CELL, "Sheet1!B7", None),
        (PinpointKind.CELL, "Sheet1!B7:D9", None),
        (PinpointKind.CELL, "Sheet1!D9:B7", "cell_form"),
        (PinpointKind.CELL, "the third column", "cell_form"),
        (PinpointKind.MESSAGE, "12-14, 20", None),
        (PinpointKind.MESSAGE, "0", "counted_form"),
        (PinpointKind.LINE, "line 12", None),
        (PinpointKind.LINE, "14-12", "counted_form"),
        (PinpointKind.PARAGRAPH, "12 bis", None),
    ],
)
def test_c33_pinpoints(case: SmallCase, kind: PinpointKind, pinpoint: str, variant: str | None) -> None:
    case.order.duration = 600.0
    case.citations[0].pinpoint_kind, case.citations[0].pinpoint = kind, pinpoint
    assert variants(case, "C33") == ({variant} if variant else set())


def test_c33_does_not_cite_internal_material(case: SmallCase) -> None:
    case.order.access = Access.INTERNAL
    assert variants(case, "C33") == {"internal"}


def test_c33_references_in_text_lead_somewhere(case: SmallCase) -> None:
    good = f"{party_token(case.general.id)} {fact_token(case.facts[0].id)} {evidence_token(case.order.id, 'p. 2')}"
    case.summary.text = good
    assert case.findings("C33") == []
    case.summary.text = f"{party_token(new_id())} {fact_token(new_id())} {evidence_token(new_id())}"
    assert len(case.findings("C33")) == 3
    assert variants(case, "C33") == {"token"}


def test_c33_tells_what_is_cited_nowhere(case: SmallCase) -> None:
    item = case.add(Evidence(title="Spare", sha256="b" * 64))
    assert [(one.severity.value, one.place.row) for one in case.findings("C33")] == [("info", item.id)]
    item.produce = False
    assert case.findings("C33") == []


def test_c42_wants_a_second_root_for_confirmed(case: SmallCase) -> None:
    assert case.findings("C42") == []
    lonely = case.add(Evidence(title="Leaflet", sha256="b" * 64, credibility=Credibility.CONFIRMED))
    assert case.severities("C42") == ["warn"]
    fact = case.add(Fact(text="A court sat."))
    case.add(Citation(fact_id=fact.id, evidence_id=lonely.id))
    assert case.severities("C42") == ["warn"], "a fact of its own alone does not confirm"
    copy = case.add(Evidence(title="Reprint", sha256="c" * 64, derived_from_id=lonely.id))
    case.add(Citation(fact_id=fact.id, evidence_id=copy.id))
    assert case.severities("C42") == ["warn"], "a reprint goes back to the same root"
    copy.derived_from_id = None
    assert case.findings("C42") == []
