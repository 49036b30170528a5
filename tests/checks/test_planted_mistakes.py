"""Mistakes as they are made in practice, planted one at a time in the dump of the sample: each is found, where it is.

They are those that a supervising attorney, counsel for the accused or an official would look for. ``python -m
tests.checks.test_planted_mistakes`` prints them as a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from magdesk import paths
from magdesk.checks import Finding
from magdesk.regimes import load_law
from tests.checks.planting import Add, Change, Drop, Dump, Edit, Print, key, told


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake, and what must be found.

    Attributes:
        said: what was done, in a few words.
        code: of the check that finds it.
        severity: how grave the finding is.
        place: page, table and name of the row, field.
        edits: what was changed in the dump.
    """

    said: str
    code: str
    severity: str
    place: tuple[str, str, str, str]
    edits: tuple[Edit, ...]


def _ref(table: str, name: str) -> str:
    return str(key(table, name))


def _m(said: str, code: str, severity: str, place: str, *edits: Edit) -> Mistake:
    """A mistake whose place is written ``page table name field``, with no blank inside of a part."""
    page, table, name, field = place.split(" ")
    return Mistake(said, code, severity, (page, table, name, field), edits)


def _change(table: str, row: str, /, **values: Any) -> Change:
    return Change(table, row, values)


def _add(table: str, row: str, /, **values: Any) -> Add:
    return Add(table, row, values)


_RAID = "fact.raid/citations/0"
_OLD_ACT = (
    "Department of State, Foreign Operations, and Related Programs Appropriations Act, 2024 (Div. F, Pub. L. 118-47)"
)
_TWIN = _add("party", "twin", kind="person")
_COMMITTEE = {"letter": "congress", "address": "Washington, D.C.", "verified_on": "2026-11-20", "rank": 9}

MISTAKES: tuple[Mistake, ...] = (
    # ------------------------------------------------------------------------------- quotations and sources
    _m("a quotation that is invented", "Q01", "block", f"facts citation {_RAID} quote",
       _change("citation", _RAID, quote="I personally ordered each of these killings.")),
    _m("a quotation from another page", "Q01", "warn", f"facts citation {_RAID} pinpoint",
       _change("citation", _RAID, pinpoint="2")),
    _m("a translation that says the contrary", "Q01", "block",
       "facts citation fact.no-charge/citations/0 quote_english",
       _change("citation", "fact.no-charge/citations/0",
               quote_english="the Directorate produced a decision to open criminal proceedings")),
    _m("a page that the exhibit does not have", "C33", "block", f"facts citation {_RAID} pinpoint",
       _change("citation", _RAID, pinpoint="99")),
    _m("a source that is for internal use is cited", "C33", "block", "facts citation fact.lease/citations/0 pinpoint",
       _change("evidence", "cannery-lease", access="internal")),
    _m("a fact without a source", "C05", "block", "facts fact commended citations",
       *(Drop("citation", f"fact.commended/citations/{number}") for number in range(3))),
    _m("all sources are of grade D", "C07", "warn", "targets target tverezhin legal_bases",
       _change("evidence", "", grade="D")),
    _m("an element rests on hearsay", "C06", "warn", "facts legal_basis za-transfer E1",
       *(_change("citation", f"fact.contractor/citations/{number}", stance="retold") for number in range(2))),
    _m("a note says that it is hearsay, and the citation says that it is not", "C58", "warn",
       "facts citation fact.contractor/citations/0 stance",
       _change("citation", "fact.contractor/citations/0", note="Со слов бухгалтера.")),
    _m("two sources that are one: the one repeats the other", "C06", "block", "facts legal_basis za-transfer E1",
       _change("evidence", "registry-pier-twelve", derived_from_id=_ref("evidence", "registry-zahwan"))),
    _m("“confirmed”, by nobody else", "C42", "warn", "evidence evidence portrait-tverezhin credibility",
       _change("evidence", "portrait-tverezhin", credibility="1")),
    _m("an exhibit obtained before it was made", "C34", "warn", "evidence evidence panel-report obtained_on",
       _change("evidence", "panel-report", obtained_on="2020-05-12")),
    _m("a foreign paper without a translation", "C31", "warn", "evidence evidence court-order language",
       _change("evidence", "court-order-en", translation_of_id=None),
       _change("citation", "fact.release-order/citations/0", quote_english="")),
    # ----------------------------------------------------------------------------------------------- the law
    _m("an act of an earlier year", "C18", "block", "overview authority section-7031c citation",
       _change("authority", "section-7031c", citation=_OLD_ACT)),
    _m("an act under a wrong name and division", "C18", "block", "overview authority section-7031c citation",
       _change("authority", "section-7031c",
               citation=_OLD_ACT.replace("2024 (Div. F, Pub. L. 118-47)", "2026 (Div. K, Pub. L. 119-75)"))),
    _m("a law that will have lapsed on the day of filing", "C38", "warn", "overview authority eu-ghrsr regime",
       _change("case", "case", filing_date="2026-12-20")),
    _m("a recital pleaded as a criterion", "C03", "block", "targets legal_basis sid-ghr-torture prong",
       _change("legal_basis", "sid-ghr-torture", regime="eu-ghrsr", prong="EU-R4")),
    _m("a paragraph in the text that the order does not have", "C54", "block",
       "narrative section executive_summary.us-glomag text",
       _change("section", "executive_summary.us-glomag",
               text="We ask for designation under section 1(a)(ii)(E) of Executive Order 13818.")),
    _m("a paragraph that does not exist, and no law named with it", "C54", "warn",
       "narrative section executive_summary.us-glomag text",
       _change("section", "executive_summary.us-glomag", text="He is reached by 1(a)(iv).")),
    _m("a limb of the regulations that does not exist", "C54", "warn", "targets ask tv-ask-ghr text",
       _change("ask", "tv-ask-ghr", text="He is an involved person under regulation 6(3)(k).")),
    _m("a paragraph of Canada’s act that does not exist", "C54", "warn", "targets ask tv-ask-jv text",
       _change("ask", "tv-ask-jv", text="We rely on 4(2)(e).")),
    _m("a request under a paragraph that is not pleaded", "C27", "block", "targets ask sid-ask-us text",
       _change("ask", "sid-ask-us", text="We ask that the {@party:sid} be designated under section 1(a)(ii)(A) and "
                                         "under section 1(a)(ii)(B)(1) of Executive Order 13818.")),
    _m("a paragraph for officials against somebody who is none", "C17", "block", "targets target al-zahwan positions",
       _change("legal_basis", "za-cannery", regime="us-7031c", prong="SC", abuse_type="misappropriation")),
    _m("a paragraph for persons against a company", "C03", "block", "targets legal_basis pt-owned prong",
       _change("legal_basis", "pt-owned", regime="us-7031c", prong="SC", abuse_type="misappropriation")),
    _m("a kind of act that the law does not reach", "R06", "block", "targets legal_basis sid-eu-torture abuse_type",
       _change("legal_basis", "sid-eu-torture", abuse_type="expression")),
    _m("a national of the state that is asked", "C16", "block", "targets target al-zahwan identifiers",
       _change("identifier", "party.al-zahwan/identifiers/3", value="United States", country="United States")),
    _m("acts inside of the state that is asked", "R05", "block", "targets legal_basis tv-au-torture prong",
       _change("incident", "cannery", country="Australia")),
    _m("exactly half of the shares, in the United Kingdom", "R10", "warn", "targets legal_basis pt-gac prong",
       _change("relation", "party.al-zahwan/relations/1", percent=50.0)),
    _m("owned by somebody who is not named", "C20", "block", "targets legal_basis pt-owned principal_id",
       _change("legal_basis", "pt-owned", principal_id=None)),
    _m("an element without a fact", "C04", "block", "facts legal_basis tv-detention E1",
       Drop("proof", "tv-detention/E1/head")),
    _m("a travel ban, and nothing else, against a unit", "R09", "block", "targets target sid request",
       _change("authority", "uk-ghr", measures="travel")),
    _m("a letter to a committee that can request nothing", "C57", "block", "export recipient congress office",
       Add("recipient", "congress", {**_COMMITTEE, "office": "House Committee on Agriculture"})),
    _m("corruption, and a letter to one chamber alone", "C57", "block", "export case case recipients",
       Add("recipient", "congress", {**_COMMITTEE, "office": "Senate Committee on Foreign Relations"})),
    # ---------------------------------------------------------------------------------------------- people
    _m("a target who is dead", "C50", "block", "targets identifier dead value",
       _add("identifier", "dead", party_id=_ref("party", "tverezhin"), kind="date_of_death", date="2026-10-02")),
    _m("a target who is called “the late”", "C50", "warn", "targets target tverezhin identifiers",
       _change("party", "tverezhin", description="The late Head of the Directorate.")),
    _m("a target who is dead, in Russian, in a note", "C50", "warn", "targets target tverezhin identifiers",
       _change("identifier", "party.tverezhin/identifiers/0", note="Покойный с мая 2026 г.")),
    _m("a target who is listed already", "C39", "block", "accountability other_sanction us listed",
       _change("other_sanction", "us", listed=True, target_id=_ref("target", "tverezhin"))),
    _m("a search of the list that found the target", "C39", "block", "targets target tverezhin designation_check",
       _change("target", "tverezhin", designation_check="Listed under E.O. 13818 on 10 December 2025.")),
    _m("a search of the list that found the target, in French", "C39", "block",
       "targets target tverezhin designation_check",
       _change("target", "tverezhin", designation_check="Il est déjà inscrit sur la liste depuis 2021.")),
    _m("family in the request, and no law that reaches it", "C19", "block",
       "targets relation child include_in_request",
       _add("relation", "child", party_id=_ref("party", "pier-twelve"), other_id=_ref("party", "gleb"), kind="parent",
            include_in_request=True),
       _change("legal_basis", "pt-au-benefit", regime="uk-gac", prong="GAC-O")),
    _m("the same person twice", "C51", "warn", "people party twin names",
       _TWIN, _add("name", "twin", party_id=_ref("party", "twin"), text="Nawfal Idris al-Zahwan", kind="primary")),
    _m("one passport under two names", "C51", "block", "people party twin names",
       _TWIN, _add("name", "twin", party_id=_ref("party", "twin"), text="N. Zahwani", kind="primary"),
       _add("identifier", "twin", party_id=_ref("party", "twin"), kind="passport", value="GN 004417829")),
    _m("two dates of birth", "C34", "warn", "targets identifier birth date",
       _add("identifier", "birth", party_id=_ref("party", "tverezhin"), kind="date_of_birth", date="1975-01-01",
            rank=9)),
    _m("a victim who is named and was not asked", "C52", "block", "people party sawalan consents",
       Drop("consent", "party.sawalan/consents/0")),
    _m("a child under its own name", "C53", "block", "people party pupil-c protected",
       _change("party", "pupil-c", protected=False)),
    _m("a child of the target in the request", "C53", "warn",
       "targets relation party.tverezhin/relations/2 include_in_request",
       _change("identifier", "party.gleb/identifiers/0", date="2012")),
    _m("a child by its date of birth, under its own name", "C53", "block", "people party sawalan protected",
       _add("identifier", "young", party_id=_ref("party", "sawalan"), kind="date_of_birth", date="2010-03-01")),
    _m("a consent that was withdrawn", "C28", "block", "people consent party.teacher-a/consents/0 withdrawn_at",
       _change("consent", "party.teacher-a/consents/0", withdrawn_at="2026-11-01T10:00:00Z")),
    _m("a protected name in a fact", "C29", "block", "facts fact raid text",
       _change("fact", "raid", text="On 4 March 2024 Karim Anis Tuwayran was taken away.")),
    _m("a protected name without its middle, in a title", "C29", "block",
       "evidence evidence statement-teacher-a title",
       _change("evidence", "statement-teacher-a", title="Statement of Karim Tuwayran")),
    _m("a protected name in an exhibit", "N01", "block", "evidence evidence regulation produce",
       Print("regulation", 9, "Heard: Karim Anis Tuwayran, teacher.")),
    _m("a protected name in a file’s name", "N01", "block", "evidence evidence panel-report produce",
       _change("evidence", "panel-report", file_name="KarimTuwayran_statement.pdf")),
    _m("thanks to an organisation that must not be named", "C29", "block", "narrative section background text",
       _change("section", "background", text="We thank the Signal Street Parents’ Circle.")),
    # ------------------------------------------------------------------------------------------------ acts
    _m("an incident without a place", "C55", "warn", "incidents incident remand place",
       _change("incident", "remand", place="", country="")),
    _m("an incident of which only the country is left", "C55", "warn", "incidents incident remand place",
       _change("incident", "remand", place="")),
    _m("an incident without a victim", "C55", "warn", "incidents incident km41 harms",
       Drop("harm", "incident.km41/harms/0")),
    _m("an incident without a target", "C55", "warn", "incidents incident remand participations",
       *(Drop("participation", f"incident.remand/participations/{number}") for number in range(2))),
    _m("a co-perpetrator of whom no part is told", "C55", "warn", "targets legal_basis za-transfer abuse_type",
       Drop("participation", "incident.fund/participations/1")),
    _m("an act outside of the time in office", "C09", "block", "incidents incident km41 start",
       _change("incident", "km41", start="2017-10-11")),
    _m("an act too old to be told without a reason", "C08", "warn", "incidents incident km41 old_justification",
       _change("incident", "km41", start="2020-10-11")),
    _m("an incident after the filing", "C34", "warn", "incidents incident km41 start",
       _change("incident", "km41", start="2027-10-11")),
    _m("an incident that ends before it begins", "C34", "warn", "incidents incident cannery end",
       _change("incident", "cannery", end="2023-03-09")),
    _m("a year of another calendar", "C34", "warn", "incidents incident km41 start",
       _change("incident", "km41", start="1447-04-18")),
    _m("a fact dated otherwise than its text", "C34", "warn", "facts fact raid date",
       _change("fact", "raid", date="2024-03-14")),
    _m("a report of next year", "C34", "warn", "evidence evidence panel-report published",
       _change("evidence", "panel-report", published="2027-05-12")),
    # --------------------------------------------------------------------------------------------- writing
    _m("a submission that nobody will finish", "C56", "warn", "narrative case case length",
       _change("section", "background", text="word " * 12_000)),
    _m("an exhibit that does not exist", "C54", "block", "narrative section background text",
       _change("section", "background", text="He admits it (Exhibit 99).")),
    _m("a day that can be read as another", "C34", "warn", "facts fact raid text",
       _change("fact", "raid", text="On 3/4/2024 officers took away 23 persons.")),
    _m("a name in another spelling", "C34", "warn", "facts fact raid text",
       _change("fact", "raid", text="Officers of Tverezhinn took away 23 persons.")),
    _m("a word that accuses", "C35", "warn", "facts fact raid text",
       _change("fact", "raid", text="The butcher took away 23 persons.")),
    _m("a placeholder that was forgotten", "C41", "block", "narrative section background text",
       _change("section", "background", text="The Directorate [TODO: since when?].")),
    _m("a classification that only a state can give", "C30", "block", "narrative section background text",
       _change("section", "background", text="TOP SECRET\n\nThe Directorate.")),
    _m("the mailbox for those who want to leave the list", "C37", "block", "export recipient treasury email",
       _change("recipient", "treasury", email="OFAC.Reconsideration@treasury.gov")),
    _m("adverse information without an answer", "C22", "block", "adverse adverse_item alibi answer",
       _change("adverse_item", "alibi", answer="")),
    _m("the drafter as his own devil’s advocate", "C22", "block", "review signoff adverse name",
       _change("signoff", "adverse", name="Ansel Obuya-Strand")),
)  # fmt: skip


@pytest.fixture(scope="module")
def dump(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dump]:
    made = Dump(sample_file, tmp_path_factory.mktemp("planted") / "dump", load_law([paths.resource()]))
    yield made
    made.close()


@pytest.fixture(scope="module")
def before(dump: Dump) -> set[object]:
    """What is found in the sample as it is."""
    return set(told(dump.findings()))


def found(dump: Dump, before: set[object], mistake: Mistake) -> list[Finding]:
    """What is found only because of the mistake."""
    with dump.planted(*mistake.edits):
        return [one for marks, one in told(dump.findings()).items() if marks not in before]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.said)
def test_a_planted_mistake_is_found_in_its_place(dump: Dump, before: set[object], mistake: Mistake) -> None:
    page, table, name, field = mistake.place
    wanted = (mistake.code, mistake.severity, page, key(table, name), field)
    fresh = found(dump, before, mistake)
    places = [(one.code, one.severity.value, one.place.page, one.place.row, one.place.field) for one in fresh]
    assert wanted in places, [(one.code, one.place, one.sentence) for one in fresh]


def test_the_dump_is_as_before_when_a_mistake_is_taken_back(dump: Dump, before: set[object]) -> None:
    assert {"Q01", "C18"} <= {str(marks[0]) for marks in before if isinstance(marks, tuple)}
    assert set(told(dump.findings())) == before


if __name__ == "__main__":
    import tempfile

    from magdesk.services.sample import create_sample
    from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.magdesk"
        create_sample(path, SAMPLE_PASSPHRASE, today=SAMPLE_DAY).close()
        planted = Dump(path, Path(folder) / "dump", load_law([paths.resource()]))
        known: set[object] = set(told(planted.findings()))
        print("| mistake | code | severity | place | what is said |\n|---|---|---|---|---|")
        for one in MISTAKES:
            page, table, name, field = one.place
            hits = [
                hit
                for hit in found(planted, known, one)
                if (hit.code, hit.place.page, hit.place.row, hit.place.field)
                == (one.code, page, key(table, name), field)
            ]
            shown = hits[0] if hits else None
            place = f"{page}: {shown.place.label}, {field}" if shown else "NOT FOUND"
            words = shown.sentence.replace("|", "/") if shown else ""
            print(f"| {one.said} | {one.code} | {one.severity} | {place} | {words} |")
        planted.close()
