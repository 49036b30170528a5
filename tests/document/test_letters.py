from __future__ import annotations

import pytest

from magdesk.document.build import BuildOptions, build_letter, build_submission, build_transmittal
from magdesk.errors import UserError
from magdesk.model import Authority, Case, Name, Party, Recipient, Target
from magdesk.regimes.regime import Law
from magdesk.values import now
from tests.document.cases import DAY, dossier_of, exhibit_map, generica
from tests.document.reading import text_of

FINAL = BuildOptions(DAY, draft=False)


@pytest.mark.parametrize("code", ["state", "treasury", "congress"])
def test_letter_says_who_asks_what_against_whom(law: Law, code: str) -> None:
    case = generica()
    case.recipient.letter = code
    text = text_of(build_letter(case.dossier(), law, case.recipient, FINAL))
    assert "22 November 2026" in text
    assert "Arslan Dorvan and Fifth Brigade" in text
    assert "Rivergate Human Rights Clinic" in text
    assert "shall consider" in text
    assert "Ada Quill (ada@clinic.example, +1 202 555 0100)" in text
    assert "{" not in text


def test_the_recipients_own_address_and_salutation_win(law: Law) -> None:
    case = generica()
    case.recipient.address = "1 Own Street\nOwn Town"
    case.recipient.addressee = "Ms. A. Reader"
    case.recipient.salutation = "Dear Ms. Reader:"
    text = text_of(build_letter(case.dossier(), law, case.recipient, FINAL))
    assert "Ms. A. Reader\n1 Own Street\nOwn Town" in text
    assert "Pennsylvania" not in text
    assert "Dear Ms. Reader:" in text
    assert "Dear Secretary:" not in text


def test_many_targets_are_not_all_named(law: Law) -> None:
    case = generica()
    for number in range(9):
        party = Party(names=[Name(text=f"Person {number}")])
        case.rows += [party, Target(party_id=party.id, rank=9 + number)]
    text = text_of(build_letter(case.dossier(), law, case.recipient, FINAL))
    assert "Arslan Dorvan, Fifth Brigade, Person 0, Person 1 and 7 others" in text


def test_an_empty_case_has_a_letter(law: Law) -> None:
    recipient = Recipient(letter="state")
    dossier = dossier_of(Case(created_at=now()), recipient)
    assert "Dear Secretary:" in text_of(build_letter(dossier, law, recipient, BuildOptions(DAY, draft=True)))


def test_an_unknown_letter_is_refused(law: Law) -> None:
    recipient = Recipient(letter="nobody")
    dossier = dossier_of(Case(created_at=now()), recipient)
    with pytest.raises(UserError, match="nobody"):
        build_letter(dossier, law, recipient, FINAL)


def test_transmittal_message(law: Law) -> None:
    case = generica()
    message = build_transmittal(case.dossier(), law, case.recipient, FINAL)
    assert "GC-2026-01" in message.subject
    assert "7 exhibits" in message.body
    assert "{" not in message.body


@pytest.mark.parametrize("section", ["section 7031(c) of the ", "Sec. 7031(c), ", "§ 7031(c) of the ", "the ", ""])
def test_the_section_is_not_cited_twice(law: Law, section: str) -> None:
    case = generica()
    [visa] = [row for row in case.rows if isinstance(row, Authority) and row.regime == "us-7031c"]
    visa.citation = f"{section}Department of State Appropriations Act, 2024 (Div. F, P.L. 118-47)"
    dossier = case.dossier()
    text = " ".join(text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL)).split())
    assert "section 7031(c) of the Department of State Appropriations Act, 2024" in text
    assert "of the section" not in text
    assert "of the the" not in text
