from __future__ import annotations

from tests.checks.cases import SmallCase


def test_nothing_is_found_in_a_case_that_lacks_nothing(case: SmallCase) -> None:
    assert [(one.severity.value, one.code, one.sentence) for one in case.findings()] == []
