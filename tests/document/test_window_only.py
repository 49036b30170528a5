"""What is for the window alone stands in no document: the everyday words of the law, what was said to the Guide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from magdesk.document.build import build_submission
from magdesk.dossier.view import submission_view
from magdesk.model import GuideMark
from magdesk.regimes.regime import Law
from tests.document.cases import Generica, exhibit_map, generica
from tests.document.reading import text_of
from tests.document.test_own_words import FINAL

PLAIN = "kanarienvogel"


@pytest.fixture
def plain_law(law: Law) -> Law:
    """The law with one word as the everyday words of everything."""
    regimes = {
        code: replace(
            regime,
            prongs=tuple(replace(one, plain=PLAIN) for one in regime.prongs),
            abuse_types=tuple(replace(one, plain=PLAIN) for one in regime.abuse_types),
        )
        for code, regime in law.regimes.items()
    }
    return replace(
        law,
        regimes=regimes,
        acts={code: replace(one, plain=PLAIN) for code, one in law.acts.items()},
        modes={code: replace(one, plain=PLAIN) for code, one in law.modes.items()},
    )


def test_everyday_words_and_marks_are_not_printed(plain_law: Law) -> None:
    case: Generica = generica()
    case.rows.append(GuideMark(screen="2.3", subject_id=case.target.id, note=f"Ask {PLAIN}", marked_by=PLAIN))
    dossier = case.dossier()
    assert dossier.guide_marks
    for told in (dossier, submission_view(dossier, ["us-glomag"])):
        text = text_of(build_submission(told, plain_law, exhibit_map(told), FINAL))
        assert "He commands the brigade" in text
        assert PLAIN not in text
    assert not submission_view(dossier, ["us-glomag"]).guide_marks
