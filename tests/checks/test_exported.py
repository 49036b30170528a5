"""Whatever a document prints is looked through for protected names: a marker in every text column shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from sqlalchemy import Enum, String, select

from magdesk.checks.exported import exported
from magdesk.checks.factsupport import Gists
from magdesk.document.build import BuildOptions, build_exhibit_list, build_letter, build_submission
from magdesk.document.exhibits import ExhibitPlace
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Ask, Asset, Authentication, Base, Citation, Harm, ListSearch, Payment, Victim
from magdesk.model.people import NameKind, PartyKind, RelationKind
from magdesk.render.text import render_text
from tests.checks.cases import TODAY, SmallCase

# Codes that choose something, and data that identify a submitter and nobody else; pseudonyms are judged apart.
CODES = {
    "regime", "prong", "abuse_type", "element", "code", "letter", "kind", "language", "script", "sha256",
    "media_type", "field", "pinpoint", "email", "phone", "system", "packet_digest", "groups", "pseudonym", "measures",
}  # fmt: skip
MARK = re.compile(r"canary\d{5}")


def text_columns(row: Base) -> Iterator[str]:
    for column in row.__mapper__.column_attrs:
        kind = column.columns[0].type
        if column.key not in CODES and isinstance(kind, String) and not isinstance(kind, Enum):
            yield column.key


def _cited(case: SmallCase) -> Citation:
    return Citation(evidence_id=case.report.id, pinpoint="2")


def test_all_that_is_printed_is_looked_through(case: SmallCase) -> None:
    case.unknown(case.general.id, "tax_number")
    case.note("E1", "one source")
    case.native.kind = NameKind.ALIAS
    relative = case.add(type(case.general)(description="Daughter."))
    case.relate(case.general, relative, RelationKind.PARENT, include_in_request=True, note="x")
    group = case.add(type(case.general)(kind=PartyKind.GROUP))
    number = case.add(Victim(party_id=group.id, rank=7, count=12))
    number.citations = [_cited(case)]
    case.add(Payment(payer_id=case.general.id, payee_id=relative.id, amount=Decimal(5), citations=[_cited(case)]))
    case.add(ListSearch())
    case.add(Ask(target_id=case.target.id, regime="us-glomag"))
    case.add(ListSearch(searched_on=TODAY, rank=1))
    holder = case.add(type(case.general)())
    case.add(Asset(target_id=case.target.id, holder_id=holder.id, value=Decimal(5), citations=[_cited(case)]))
    case.add(Authentication(evidence_id=case.report.id, citations=[_cited(case)]))
    case.add(Harm(incident_id=case.incident.id, party_id=group.id, rank=7))
    where: dict[str, str] = {}
    for mapper in Base.registry.mappers:
        for row in case.session.scalars(select(mapper.class_)):
            for name in text_columns(row):
                mark = f"canary{len(where):05}"
                where[mark] = f"{type(row).__name__}.{name}"
                setattr(row, name, mark)
    case.session.flush()
    case.session.expire_all()
    dossier = load_dossier(case.session)
    exhibits = {
        item.id: ExhibitPlace(number, item.id, 2 * number - 1, 2 * number, 1, f"B{number}", (f"B{number}",))
        for number, item in enumerate(dossier.exhibits, 1)
    }
    options = BuildOptions(date=TODAY, draft=False)
    documents = [build_submission(dossier, case.law, exhibits, options)]
    documents += [build_exhibit_list(dossier, case.law, exhibits, options)]
    documents += [build_letter(dossier, case.law, office, options) for office in dossier.recipients]
    printed = {mark for document in documents for mark in MARK.findall(render_text(document))}
    parts = chain.from_iterable(exported(Gists(dossier, case.law, TODAY)))
    looked_through = {mark for part in parts for mark in MARK.findall(part.text)}
    assert len(printed) > 50
    assert sorted({where[mark] for mark in printed - looked_through}) == []
    # What was added last is printed at all.
    assert {where[mark] for mark in printed} >= {
        "Victim.counted_in", "Victim.estimate", "Harm.property",
        "Asset.description", "Asset.place", "Asset.country", "Asset.number", "Asset.currency", "Asset.note",
        "ListSearch.name", "ListSearch.jurisdiction", "ListSearch.result", "ListSearch.searched_by",
        "Ask.text", "Ask.role", "Ask.summary", "Authority.title",
        "Authentication.text", "Authentication.done_by",
        "Payment.currency", "Payment.from_account", "Payment.to_account", "Payment.purpose",
    }  # fmt: skip
