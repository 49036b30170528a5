"""Every mistake in a law file is an error that names the file and the key."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from magdesk import paths
from magdesk.errors import RegimeError
from magdesk.regimes import law_folders, load_law

OWN_KIND = """
as_of = 2026-11-22
[provenance]
tag = "design"
source = "our own handbook, page 3"
[[abuse_types]]
code = "land"
title = "Taking of ancestral land"
family = "abuse"
definition = "Driving an indigenous community from land that it has always held."
[[abuse_types.elements]]
code = "LD1"
title = "Land"
question = "Which land was taken, from whom and when?"
aspect = "act"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the program's own law."""
    for name in ("regimes", "acts", "templates", "guidance"):
        shutil.copytree(paths.resource(name), tmp_path / name)
    return tmp_path


def spoil(folder: Path, file: str, old: str, new: str, *, count: int = 1) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


GLOMAG, VISA, PACKET, COMMON, CHECKS = (
    "regimes/us-glomag.toml", "regimes/us-7031c.toml", "templates/us-packet.toml", "templates/common.toml",
    "templates/checks.toml",
)  # fmt: skip
GHR, GAC, JVCFOA, SEMA, EU, AU = (
    "regimes/uk-ghr.toml", "regimes/uk-gac.toml", "regimes/ca-jvcfoa.toml", "regimes/ca-sema.toml",
    "regimes/eu-ghrsr.toml", "regimes/au-6a.toml",
)  # fmt: skip
ABUSE, CORRUPTION, MODES = "acts/abuse.toml", "acts/corruption.toml", "acts/modes.toml"

MISTAKES = [
    (GLOMAG, 'title = "Serious human rights abuse"', 'titel = "x"', "prongs[HR-1].title", "missing"),
    (GLOMAG, 'code = "HR-1"\n', 'code = "HR-1"\ncolour = "red"\n', "prongs[HR-1].colour", "not a key"),
    (GLOMAG, "rank = 10", 'rank = "10"', "rank", "whole number"),
    (GLOMAG, "rank = 10", "rank = true", "rank", "whole number"),
    (GLOMAG, "rank = 10", "rank = -1", "rank", "negative"),
    (GLOMAG, "yearly_status = true", 'yearly_status = "yes"', "yearly_status", "true or false"),
    (GLOMAG, "as_of = 2026-11-22", 'as_of = "last year"', "as_of", "date"),
    (GLOMAG, "as_of = 2026-11-22", "as_of = 2026-11-22T10:00:00", "as_of", "date"),
    (GLOMAG, 'aspect = "foreign"', 'aspect = "alien"', "prongs[HR-1].elements[E1].aspect", "alien"),
    (GLOMAG, 'code = "E2"', 'code = "E1"', "prongs[HR-1].elements", "twice"),
    (GLOMAG, 'code = "CO-1"', 'code = "HR-1"', "prongs", "twice"),
    (ABUSE, 'code = "cidt"', 'code = "torture"', "abuse_types", "twice"),
    (GLOMAG, 'code = "NI-1"', 'code = "NI-0"', "interest", "twice"),
    (GLOMAG, 'code = "T7"', 'code = "E1"', "abuse_types[torture]", "element code"),
    (GLOMAG, 'code = "T7"', 'code = "T1"', "borrow.adapt[torture].elements", "twice"),
    (GLOMAG, 'code = "T7"', 'code = "T7"\nweight = 1', "borrow.adapt[torture].elements[T7].weight", "not a key"),
    (GLOMAG, '"torture",', '"tortur",', "borrow.adapt[torture]", "not borrowed"),
    (GLOMAG, '"slavery",', '"slavry",', "borrow.acts", "slavry"),
    (GLOMAG, '"cidt",', '"cidt",\n  "cidt",', "abuse_types", "twice"),
    (GLOMAG, '[[borrow.adapt]]\ncode = "cidt"', '[[borrow.adapt]]\ncode = "torture"', "borrow.adapt", "twice"),
    (GLOMAG, 'code = "cidt"\nnote', 'code = "cidt"\nleave_out = ["CT9"]\nnote', "borrow.adapt[cidt].leave_out", "CT9"),  # noqa: E501
    (GLOMAG, 'code = "cidt"\nnote', 'code = "cidt"\noptional = ["CT9"]\nnote', "borrow.adapt[cidt].optional", "CT9"),
    (GLOMAG, 'code = "cidt"\nnote', 'code = "cidt"\nleave_out = ["CT1", "CT2", "CT3"]\nnote', "borrow.adapt[cidt].leave_out", "no element"),  # noqa: E501
    (ABUSE, 'family = "abuse"', 'family = "abuze"', "abuse_types[torture].family", "abuze"),
    (ABUSE, 'aspect = "act"', 'aspect = "deed"', "abuse_types[torture].elements[T1].aspect", "deed"),
    (CORRUPTION, 'code = "bribery"', 'code = "slavery"', "abuse_types[slavery]", "another file"),
    (ABUSE, 'tag = "read"', 'tag = "heard"', "provenance.tag", "heard"),
    (VISA, "read_on = 2026-11-22", "read_on = 2026-11-22\nas_of = 2026-11-22", "provenance.read_on", "beside"),
    (VISA, "read_on = 2026-11-22", 'read_on = "lately"', "provenance.read_on", "date"),
    (MODES, 'code = "command"', 'code = "commander"', "modes[commander].code", "commander"),
    (MODES, 'code = "ordered"', 'code = "direct"', "modes", "twice"),
    (MODES, 'code = "C2"', 'code = "C1"', "modes[command].elements", "twice"),
    (MODES, 'description = "The person committed', 'descriptive = "The person committed', "modes[direct].description", "missing"),  # noqa: E501
    (GLOMAG, 'family = "abuse"\nnote', 'family = "abuze"\nnote', "prongs[HR-1].family", "abuze"),
    (GLOMAG, 'applies_to = ["person", "entity", "unit"]', 'applies_to = ["persons"]', "prongs[HR-1].applies_to", "persons"),  # noqa: E501
    (GLOMAG, 'applies_to = ["person", "entity", "unit"]', "applies_to = []", "prongs[HR-1].applies_to", "empty"),
    (GLOMAG, 'applies_to = ["person", "entity", "unit"]', "applies_to = [1]", "prongs[HR-1].applies_to", "not text"),
    (GLOMAG, 'tag = "law"', 'tag = "lore"', "provenance.tag", "lore"),
    (GLOMAG, 'code = "HR-1"\n', 'code = "HR-1"\ntag = "field"\n', "prongs[HR-1].tag", "must have been read"),
    (GLOMAG, 'pleading = "{target} should', 'pleading = "{tarket} should', "prongs[HR-1].pleading", "{tarket}"),
    (GLOMAG, 'pleading = "{target} should', 'pleading = "He should', "prongs[HR-1].pleading", "{target}"),
    (GLOMAG, 'pleading = "{target} should', 'pleading = "{target should', "prongs[HR-1].pleading", "placeholder"),
    (GLOMAG, 'citation = "E.O. 13818 § 1(a)(ii)(A)"', 'citation = "{citation}"', "prongs[HR-1].citation", "yearly_citation"),  # noqa: E501
    (GLOMAG, 'principal = "blocked_or_recommended"', 'principal = "maybe"', "prongs[LD-2].principal", "maybe"),
    (GLOMAG, 'packet = "us-packet"', 'packet = "xx-packet"', "packet", "xx-packet"),
    (GLOMAG, 'code = "us-glomag"', 'code = "us"', "code", "us-glomag.toml"),
    (GLOMAG, "recency_warning_years = 4", "recency_warning_years = 9", "recency_warning_years", "more than"),
    (GLOMAG, '[[prongs]]\ncode = "HR-1"', 'prongs = "none"\n[[prong]]\ncode = "HR-1"', "", ""),
    (GLOMAG, 'short = "Global Magnitsky"', 'short = " "', "short", "empty"),
    (GHR, 'question = "conduct"', 'question = "behaviour"', "rules[1].question", "behaviour"),
    (GHR, 'answers = ["corruption"]', 'answers = ["graft"]', "rules[1].answers", "graft"),
    (GHR, 'answers = ["corruption"]', "answers = []", "rules[1].answers", "empty"),
    (GHR, 'verdict = "excluded"', 'verdict = "forbidden"', "rules[1].verdict", "forbidden"),
    (GHR, 'other = "uk-gac"', 'other = "uk-gax"', "rules[conduct].other", "uk-gax"),
    (GHR, 'answers = [\n  "torture"', 'answers = [\n  "tortur"', "rules[abuse_types].answers", "tortur"),
    (GHR, 'prongs = ["GHR-O"]', 'prongs = ["GHR-Z"]', "rules[family].prongs", "GHR-Z"),
    (GHR, 'code = "travel"', 'code = "freeze"', "measures", "twice"),
    (GHR, 'applies_to = ["person"]', 'applies_to = ["people"]', "measures[travel].applies_to", "people"),
    (AU, 'restated = "A person or entity that has engaged', 'reworded = "A person or entity that has engaged', "prongs[AU-HR].wording", "missing"),  # noqa: E501
    (AU, 'restated = "A person or entity that has engaged', 'wording = "x"\nrestated = "A person or entity that has engaged', "prongs[AU-HR].tag", "must have been read"),  # noqa: E501
    (EU, 'citation = "Decision (CFSP) 2020/1999, art 1(1)(a)"', 'citation = "Decision (CFSP) 2020/1999, recital 3"', "prongs[EU-A].citation", "recital"),  # noqa: E501
    (EU, "in_force_until = 2026-12-08", "in_force_until = 2026", "in_force_until", "date"),
    (GHR, 'ownership = "more"', 'ownership = "most"', "ownership", "most"),
    (VISA, 'law = "119-4"\n', 'law = "P.L. 119-4"\n', "carriers[2].law", "no number"),
    (VISA, 'carries = "FY2024"', 'carries = "FY2025"', "carriers[FY2025].carries", "no citation"),
    (GHR, "recency_years = 0", 'recency_years = "none"', "recency_years", "whole number"),
    (GHR, "recency_warning_years = 0", "recency_warning_years = 2", "recency_warning_years", "more than"),
    (GHR, "to_verify = [", "to_verify = [7, ", "to_verify", "not text"),
    (GAC, 'from = "uk-ghr"\n', "", "borrow.from", "missing"),
    (GAC, 'from = "uk-ghr"', 'from = "us-7031c"', "borrow.from", "borrows from a regime itself"),
    (JVCFOA, 'victim_status = true', 'victim_status = "yes"', "prongs[JV-A].victim_status", "true or false"),
    (JVCFOA, "open_source = true", "open_source = 1", "open_source", "true or false"),
    (SEMA, "scale = true", 'scale = "wide"', "prongs[SE-C].scale", "true or false"),
    (EU, 'types = ["genocide"]', 'types = ["genozide"]', "prongs[EU-A].types", "genozide"),
    (AU, "listing_years = 3", 'listing_years = "three"', "listing_years", "whole number"),
    (VISA, "yearly_citation = true", 'yearly_citation = true\nadd_on = "no"', "add_on", "true or false"),
    (VISA, '"NI-13"]', '"NI-99"]', "borrow.interest", "NI-99"),
    (VISA, '"bribery",', '"brybery",', "borrow.abuse_types", "brybery"),
    (VISA, 'from = "us-glomag"', 'from = "us-7031c"', "borrow.from", "us-7031c"),
    (VISA, "yearly_citation = true", "yearly_citation = false", "cover_line", "citation"),
    (VISA, 'cover_line = "and section 7031(c) of the {citation}"', 'cover_line = "{year}"', "cover_line", "{year}"),
    (VISA, 'label = "FY2023"', 'label = "FY2024"', "citations", "twice"),
    (PACKET, 'content = "contents"', 'content = "chapters"', "outline[contents].content", "chapters"),
    (PACKET, 'code = "target_law"', 'code = "background"', "outline", "twice"),
    (PACKET, 'code = "treasury"', 'code = "state"', "letters", "twice"),
    (PACKET, "max_words = 450", 'max_words = "one page"', "outline[executive_summary].max_words", "whole number"),
    (PACKET, "{submitters}, we transmit", "{sender}, we transmit", "letters[state].paragraphs", "{sender}"),
    (COMMON, r"'\blorem ipsum\b'", "'(unclosed'", "placeholders", "regular expression"),
    (COMMON, 'butcher = []', 'butcher = "never"', "emotive_words.butcher", "a list"),
    (PACKET, "[labels]\n", '[labels]\naaa = ""\n', "labels.aaa", "empty"),
    (PACKET, "[labels]\n", '[labels]\nvictms = "x"\n', "labels.victms", "no word"),
    (PACKET, 'extends = "common"', 'extends = "nothing"', "extends", "nothing"),
    (PACKET, 'paper = "letter"', 'paper = "a3"', "paper", "a3"),
    (COMMON, "base = true\n", 'base = true\nextends = "common"\n', "extends", "no base"),
    (COMMON, "base = true\n", "base = true\ntitle = \"x\"\n", "title", "not a key"),
    (PACKET, 'file = "05-fact-list"', 'file = "letter"', "annexes[fact_list].file", "no name of an annex"),
    (CHECKS, '[C02]\nseverity = "block"', '[C02]\nseverity = "stop"', "C02.severity", "stop"),
    (CHECKS, '[C02]\nseverity = "block"', '[C02]\nseverity = "block"\nweight = 3', "C02.weight", "not a key"),
    (CHECKS, "[C03.variants.kind]\n", '[C03.variants.kind]\nwhy = "x"\n', "C03.variants.kind.why", "not a key"),
    (CHECKS, "{organisation} knows", "{organisation knows", "C02.sentence", "placeholder"),
    (CHECKS, "[C02]", "[CHECK2]", "CHECK2", "code of a check"),
    ("guidance/forms.toml", "[overview]\n", "[overview]\nx = 1\n", "overview.x", "must be text"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "words"), MISTAKES)
def test_a_mistake_names_file_and_key(folder: Path, file: str, old: str, new: str, key: str, words: str) -> None:
    spoil(folder, file, old, new)
    with pytest.raises(RegimeError) as caught:
        load_law([folder])
    assert Path(file).name in caught.value.message
    if key:
        assert f"“{key}”" in caught.value.message
    assert words in caught.value.message


def test_broken_toml_and_wrong_encoding(folder: Path) -> None:
    file = folder / GLOMAG
    good = file.read_bytes()
    file.write_bytes(good + b"\n[[[")
    with pytest.raises(RegimeError, match=re.escape("us-glomag.toml is not valid TOML")):
        load_law([folder])
    file.write_bytes(good + b"# \xff")
    with pytest.raises(RegimeError, match="UTF-8"):
        load_law([folder])
    file.unlink()
    file.mkdir()
    with pytest.raises(RegimeError, match="cannot be read"):
        load_law([folder])


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegimeError, match="No regime file"):
        load_law([tmp_path])


def test_the_users_own_folder_replaces_and_adds(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "regimes").mkdir(parents=True)
    (own / "guidance").mkdir()
    shutil.copy(folder / VISA, own / "regimes" / "us-7031c.toml")
    spoil(own, VISA, 'short = "Section 7031(c)"', 'short = "7031(c), our wording"')
    shutil.copy(folder / GLOMAG, own / "regimes" / "xx-new.toml")
    spoil(own, "regimes/xx-new.toml", 'code = "us-glomag"', 'code = "xx-new"')
    (own / "guidance" / "own.toml").write_text('[facts]\npage = "Ours."\n', encoding="utf-8")
    law = load_law([folder, own])
    assert list(law.regimes)[:4] == ["us-glomag", "xx-new", "us-7031c", "uk-ghr"]
    assert law.regimes["us-7031c"].short == "7031(c), our wording"
    assert law.guidance["facts.page"] == "Ours."
    assert law.guidance["facts.quote"]


def test_a_clinic_adds_a_kind_of_abuse_and_a_regime_that_pleads_it(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    for name in ("regimes", "acts", "templates"):
        (own / name).mkdir(parents=True)
    (own / "acts" / "ours.toml").write_text(OWN_KIND, encoding="utf-8")
    shutil.copy(folder / AU, own / "regimes" / "nz-own.toml")
    spoil(own, "regimes/nz-own.toml", 'code = "au-6a"', 'code = "nz-own"')
    spoil(own, "regimes/nz-own.toml", 'packet = "au-packet"', 'packet = "nz-packet"')
    spoil(own, "regimes/nz-own.toml", "acts = [\n", 'acts = [\n  "land",\n')
    shutil.copy(folder / "templates" / "au-packet.toml", own / "templates" / "nz-packet.toml")
    spoil(own, "templates/nz-packet.toml", 'code = "au-packet"', 'code = "nz-packet"')
    law = load_law([folder, own])
    kind = law.regimes["nz-own"].abuse_type("land")
    assert kind is law.acts["land"]
    assert [one.code for one in law.regimes["nz-own"].elements("AU-HR", "land")][-1] == "LD1"
    assert law.packets["nz-packet"].code == "nz-packet"
    assert law.regimes["au-6a"].abuse_type("land") is None


OWN_MISTAKES = [
    ("acts/ours.toml", 'family = "abuse"', 'family = "harm"', "abuse_types[land].family", "harm"),
    ("acts/ours.toml", 'code = "land"', 'code = "torture"', "abuse_types[torture]", "another file"),
    ("acts/ours.toml", 'tag = "design"', 'tag = "own"', "provenance.tag", "own"),
    ("regimes/nz-own.toml", '"land"', '"sea"', "borrow.acts", "sea"),
    ("regimes/nz-own.toml", 'packet = "nz-packet"', 'packet = "nz-pack"', "packet", "nz-pack"),
    ("regimes/nz-own.toml", "listing_years = 3", "listing_year = 3", "listing_year", "not a key"),
    ("templates/nz-packet.toml", "title = ", "titel = ", "title", "missing"),
    (
        "templates/nz-packet.toml",
        'content = "contents"',
        'content = "chapters"',
        "outline[contents].content",
        "chapters",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "words"), OWN_MISTAKES)
def test_a_mistake_in_a_clinics_own_file_names_that_file(
    folder: Path, tmp_path: Path, file: str, old: str, new: str, key: str, words: str
) -> None:
    test_a_clinic_adds_a_kind_of_abuse_and_a_regime_that_pleads_it(folder, tmp_path)
    own = tmp_path / "own"
    spoil(own, file, old, new)
    with pytest.raises(RegimeError) as caught:
        load_law([folder, own])
    assert str(own / file) in caught.value.message
    assert f"“{key}”" in caught.value.message
    assert words in caught.value.message


def test_law_lies_in_the_resources_and_perhaps_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "user_config", lambda: tmp_path)
    assert law_folders() == (paths.resource(),)
    (tmp_path / "law").mkdir()
    assert law_folders() == (paths.resource(), tmp_path / "law")
    assert load_law().regimes.keys() == {file.stem for file in paths.resource("regimes").glob("*.toml")}


def test_loading_twice_gives_the_same_law() -> None:
    assert load_law([paths.resource()]) == load_law([paths.resource()])
