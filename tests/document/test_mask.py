"""The last pass over a document: what must not be named is not named, whatever was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from magdesk import paths
from magdesk.document.mask import Mask
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Organisation
from magdesk.model.case import OrganisationRole
from magdesk.regimes import load_law
from tests.checks.cases import SmallCase


@pytest.fixture
def case() -> Iterator[SmallCase]:
    made = SmallCase(load_law([paths.resource()]))
    yield made
    made.close()


def test_an_organisation_that_must_not_be_named_is_masked(case: SmallCase) -> None:
    quiet = case.add(Organisation(name="Signal Street Circle", role=OrganisationRole.PARTNER, may_be_named=False))
    mask = Mask(load_dossier(case.session), "a protected person", "[organisation not named]")
    told = mask.text("We thank the SIGNAL  Street Circle, the Clinic for Rights and Oksana Marchenkova.")
    assert told == "We thank the [organisation not named], the Clinic for Rights and Witness 3."
    assert mask.finds("signal-street-circle.pdf")
    quiet.may_be_named = True
    case.session.flush()
    case.session.expire_all()
    open_mask = Mask(load_dossier(case.session), "a protected person", "[organisation not named]")
    assert "Signal Street Circle" in open_mask.text("The Signal Street Circle.")
