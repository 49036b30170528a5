"""Importing a law update from end to end: whole or not at all, newer only, signed by someone trusted, taken back."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from magdesk import paths
from magdesk.errors import InputError, LawUpdateError, RegimeError, UserError
from magdesk.regimes import load_law
from magdesk.regimes.edition import Edition
from magdesk.regimes.kept import UnknownSigner, kept_file, signers_file, trusted_signers
from magdesk.regimes.loader import shipped_edition
from magdesk.regimes.regime import Law
from magdesk.regimes.update import NAMESPACE, LawUpdate, write_update
from magdesk.services.lawupdates import (
    LookState,
    Origin,
    accept_update,
    distrust,
    examine_update,
    key_in,
    pack_update,
    regime_dates,
    revert_update,
    trust,
)
from magdesk.signing.signature import sign
from tests.lawmaker import ISSUER, Maker
from tests.safety import safety

TODAY = date(2026, 12, 21)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


@pytest.fixture
def trusted(maker: Maker) -> Maker:
    key, name = key_in(maker.public)
    trust(key, key.fingerprint, name)
    return maker


def until(law: Law) -> str:
    day = law.regimes["eu-ghrsr"].in_force_until
    return day.isoformat() if day else ""


def kept() -> dict[str, bytes]:
    """All that lies in the user's folder."""
    folder = paths.user_config()
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@safety(
    "A law update is the only way in which someone else's words get into a submission: it takes effect "
    "only if a trusted key signed it, if it is newer than the law in use, and after its changes have been "
    "shown."
)
def test_from_the_makers_folder_into_the_law_and_back(trusted: Maker) -> None:
    before = load_law()
    proposed = examine_update(trusted.update("2029-12-08"), TODAY)
    assert [(one.path, one.old, one.new) for one in proposed.changes] == [
        (("in_force_until",), "2026-12-08", "2029-12-08"),
        (("next_look",), "2026-12-08", "2029-12-08"),
    ]
    assert not proposed.made_from_other
    assert until(load_law()) == "2026-12-08", "a look changes nothing"
    law = accept_update(proposed)
    assert law == load_law() == proposed.law
    assert until(law) == "2029-12-08"
    rows = {row.regime: row for row in regime_dates(law, TODAY)}
    assert (rows["eu-ghrsr"].origin, rows["uk-ghr"].origin) == (Origin.UPDATE, Origin.PROGRAM)
    assert examine_update(trusted.update("2029-12-08"), TODAY).present
    assert revert_update()
    assert load_law() == before
    assert not revert_update()


def test_each_update_stands_alone_on_what_came_with_the_program(trusted: Maker) -> None:
    accept_update(examine_update(trusted.update("2029-12-08"), TODAY))
    other = trusted.folder / "other" / "regimes"
    other.mkdir(parents=True)
    text = paths.resource("regimes", "uk-ghr.toml").read_text("utf-8")
    (other / "uk-ghr.toml").write_text(text.replace("next_look = 2027-05-30", "next_look = 2028-05-30"), "utf-8")
    to = trusted.folder / "other.magdesk-law"
    pack_update(other.parent, to, Edition(date(2026, 12, 20), 2), ISSUER, key=trusted.key)
    proposed = examine_update(to, TODAY)
    assert {(one.code, one.new) for one in proposed.changes} == {("uk-ghr", "2028-05-30"), ("eu-ghrsr", "2026-12-08")}
    assert until(accept_update(proposed)) == "2026-12-08"


def test_what_nobody_trusted_signed_changes_nothing(maker: Maker, tmp_path: Path) -> None:
    update = maker.update("2029-12-08")
    with pytest.raises(UnknownSigner) as caught:
        examine_update(update, TODAY)
    assert caught.value.key.fingerprint in caught.value.message
    with pytest.raises(InputError, match="not signed"):
        examine_update(maker.update("2029-12-08", signed=False), TODAY)
    key, name = key_in(maker.public)
    trust(key, key.fingerprint, name)
    before = kept()
    other = Maker(tmp_path, 2)
    with pytest.raises(UnknownSigner):
        examine_update(other.update("2029-12-08"), TODAY)
    data = update.read_bytes()
    for place in (0, 40, 200, data.index(b"{"), data.index(b"2029"), len(data) - 2):
        changed = bytearray(data)
        changed[place] ^= 1
        broken = tmp_path / "broken"
        broken.write_bytes(bytes(changed))
        with pytest.raises(InputError):
            examine_update(broken, TODAY)
    for cut in (data[:100], data[:-1], data + b"\n", data[data.index(b"{") :], b""):
        broken.write_bytes(cut)
        with pytest.raises(InputError):
            examine_update(broken, TODAY)
    assert kept() == before


def test_a_signature_may_lie_beside_the_update(trusted: Maker) -> None:
    unsigned = trusted.update("2029-12-08", signed=False)
    beside = unsigned.with_name(f"{unsigned.name}.sig")
    beside.write_bytes(sign(unsigned.read_bytes(), trusted.key.read_bytes(), NAMESPACE).armour)
    assert until(accept_update(examine_update(unsigned, TODAY))) == "2029-12-08"
    unsigned.unlink()
    beside.unlink()
    assert until(load_law()) == "2029-12-08", "what counts is kept whole"


def test_an_update_that_was_signed_but_may_not_count_changes_nothing(trusted: Maker, tmp_path: Path) -> None:
    """Whoever has the key need not use our program to make one."""
    checks = paths.resource("templates", "checks.toml").read_text("utf-8")
    assert '[C29]\nseverity = "block"' in checks
    for files, words in (
        ({"templates/checks.toml": checks.replace('[C29]\nseverity = "block"', '[C29]\nseverity = "info"')}, "C29"),
        ({"templates/checks.toml": "[C01]\n"}, "C01"),
        ({"regimes/eu-ghrsr.toml": "code = 7"}, "eu-ghrsr"),
        ({"regimes/new.toml": 'a = "\\u202e"'}, "cannot be seen"),
    ):
        update = LawUpdate(Edition(date(2026, 12, 20), 1), ISSUER, "", Edition(date(2026, 11, 30), 1), "", files)
        file = tmp_path / "signed"
        file.write_bytes(sign(write_update(update), trusted.key.read_bytes(), NAMESPACE).joined)
        before = kept()
        with pytest.raises(RegimeError, match=words):
            examine_update(file, TODAY)
        assert kept() == before
    foreign = sign(
        trusted.update("2029-12-08", signed=False).read_bytes(), trusted.key.read_bytes(), "magdesk-release"
    )
    file.write_bytes(foreign.joined)
    with pytest.raises(InputError, match="something else"):
        examine_update(file, TODAY)


def test_a_key_that_came_with_the_program_counts_and_stays(
    maker: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert trusted_signers() == (), "no key comes with this version, and README says so"
    own = tmp_path / "resources"
    shutil.copytree(paths.resource(), own, ignore=shutil.ignore_patterns("fonts", "icons", "sample"))
    update = maker.update("2029-12-08")
    key, _name = key_in(maker.public)
    with (own / "signers").open("a") as stream:
        stream.write(f'project namespaces="magdesk-law,magdesk-release" {key.line} The project\n')
    monkeypatch.setattr(paths, "resource", own.joinpath)
    assert [(one.name, one.ours) for one in trusted_signers()] == [("The project", True)]
    assert until(accept_update(examine_update(update, TODAY))) == "2029-12-08"
    revert_update()
    with pytest.raises(UserError, match="came with the program"):
        distrust(key.fingerprint)
    with pytest.raises(InputError, match="already"):
        trust(key, key.fingerprint, "Somebody else")


def test_law_that_is_not_newer_is_refused_unless_asked_for(trusted: Maker) -> None:
    newest = trusted.update("2029-12-08", serial=2)
    accept_update(examine_update(newest, TODAY))
    before = kept()
    for older in (
        trusted.update("2028-12-08", serial=1),
        trusted.update("2027-12-08", serial=2),
        trusted.update("2027-12-08", date(2026, 12, 1), serial=99),
    ):
        with pytest.raises(InputError, match="--older"):
            examine_update(older, TODAY)
    assert kept() == before
    assert (
        until(accept_update(examine_update(trusted.update("2028-12-08", serial=1), TODAY, older=True)))
        == "2028-12-08"
    )


def test_law_of_a_day_to_come_or_older_than_the_programs_never_counts(trusted: Maker) -> None:
    with pytest.raises(InputError, match="in the future"):
        examine_update(trusted.update("2029-12-08", date(2027, 6, 1)), TODAY)
    for day in (date(2026, 11, 30), date(2020, 1, 1)):
        with pytest.raises(InputError, match="came with the program"):
            examine_update(trusted.update("2029-12-08", day, serial=0), TODAY, older=True)


def test_a_newer_program_sets_an_update_aside(
    trusted: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    accept_update(examine_update(trusted.update("2029-12-08"), TODAY))
    newer = tmp_path / "newer"
    shutil.copytree(paths.resource(), newer, ignore=shutil.ignore_patterns("fonts", "icons", "sample"))
    (newer / "law.toml").write_text("as_of = 2027-01-15\nserial = 1\n")
    monkeypatch.setattr(paths, "resource", newer.joinpath)
    law = load_law()
    assert until(law) == "2026-12-08"
    assert law.state.outdated
    assert law.state.issuer == ""


def test_a_kept_update_that_is_touched_stops_everything_until_it_is_taken_back(trusted: Maker) -> None:
    accept_update(examine_update(trusted.update("2029-12-08"), TODAY))
    data = kept_file().read_bytes()
    kept_file().write_bytes(data.replace(b"2029-12-08", b"2039-12-08"))
    with pytest.raises(LawUpdateError, match="changed after it was signed") as caught:
        load_law()
    assert "magdesk law --revert" in caught.value.hint
    kept_file().write_bytes(data)
    assert until(load_law()) == "2029-12-08"
    signers_file().unlink()
    with pytest.raises(LawUpdateError, match="not trusted"):
        load_law()
    assert revert_update()
    assert until(load_law()) == "2026-12-08"


def test_files_of_the_clinic_count_before_an_update_and_it_says_so(trusted: Maker) -> None:
    own = paths.user_config() / "law" / "regimes"
    own.mkdir(parents=True)
    shutil.copy(paths.resource("regimes", "eu-ghrsr.toml"), own)
    proposed = examine_update(trusted.update("2029-12-08"), TODAY)
    assert proposed.hidden_by_own == ("regimes/eu-ghrsr.toml",)
    assert proposed.changes == ()
    law = accept_update(proposed)
    assert until(law) == "2026-12-08"
    assert {row.regime: row.origin for row in regime_dates(law, TODAY)}["eu-ghrsr"] is Origin.OWN


def test_an_update_made_from_other_law_says_so(trusted: Maker) -> None:
    update = trusted.update("2029-12-08")
    own = paths.user_config() / "law" / "regimes"
    own.mkdir(parents=True)
    shutil.copy(paths.resource("regimes", "uk-ghr.toml"), own)
    (own / "uk-ghr.toml").write_text((own / "uk-ghr.toml").read_text("utf-8") + "\n# ours\n", "utf-8")
    assert examine_update(update, TODAY).made_from_other


@pytest.mark.parametrize("last", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_the_present_law(trusted: Maker, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    accept_update(examine_update(trusted.update("2029-12-08"), TODAY))
    proposed = examine_update(trusted.update("2031-12-08", serial=2), TODAY)
    before = kept()

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(last, full)
    with pytest.raises(InputError, match="No space left"):
        accept_update(proposed)
    assert kept() == before
    assert until(load_law()) == "2029-12-08"


def test_a_key_is_trusted_by_its_whole_fingerprint_only(maker: Maker, tmp_path: Path) -> None:
    key, name = key_in(maker.public)
    assert name == ISSUER
    assert key_in(maker.update("2029-12-08")) == (key, ISSUER)
    other, _name = key_in(Maker(tmp_path, 2).public)
    for typed in ("", key.fingerprint[:-1], other.fingerprint):
        with pytest.raises(InputError, match="not the fingerprint"):
            trust(key, typed, name)
    assert trusted_signers() == ()
    trust(key, key.fingerprint, name)
    trust(other, other.fingerprint, "Another")
    assert [one.name for one in trusted_signers()] == [ISSUER, "Another"]
    with pytest.raises(InputError, match="already"):
        trust(key, key.fingerprint, name)
    distrust(other.fingerprint)
    assert [one.name for one in trusted_signers()] == [ISSUER]
    with pytest.raises(UserError):
        distrust(other.fingerprint)


def test_the_key_of_the_update_that_counts_stays(trusted: Maker) -> None:
    accept_update(examine_update(trusted.update("2029-12-08"), TODAY))
    key, _name = key_in(trusted.public)
    with pytest.raises(UserError, match="signed with that key"):
        distrust(key.fingerprint)
    revert_update()
    distrust(key.fingerprint)
    with pytest.raises(UnknownSigner):
        examine_update(trusted.update("2029-12-08"), TODAY)


def test_nothing_is_packed_that_could_not_be_imported(maker: Maker) -> None:
    source = maker.folder / "law-bad" / "regimes"
    source.mkdir(parents=True)
    to = maker.folder / "bad"
    with pytest.raises(InputError, match="no law files"):
        pack_update(source.parent, to, Edition(TODAY, 1), ISSUER, key=maker.key)
    (source / "eu-ghrsr.toml").write_text("code = 7")
    with pytest.raises(RegimeError, match=r"law update/regimes/eu-ghrsr\.toml"):
        pack_update(source.parent, to, Edition(TODAY, 1), ISSUER, key=maker.key)
    checks = source.parent / "templates"
    checks.mkdir()
    (source / "eu-ghrsr.toml").unlink()
    text = paths.resource("templates", "checks.toml").read_text("utf-8")
    assert '[C29]\nseverity = "block"' in text
    (checks / "checks.toml").write_text(
        text.replace('[C29]\nseverity = "block"', '[C29]\nseverity = "warn"'), "utf-8"
    )
    with pytest.raises(RegimeError, match="weakens the check C29"):
        pack_update(source.parent, to, Edition(TODAY, 1), ISSUER, key=maker.key)
    (checks / "checks.toml").unlink()
    (source / "eu-ghrsr.toml").write_text("code = 7")
    shipped = shipped_edition(paths.resource())
    for edition in (shipped, Edition(shipped.as_of - timedelta(days=1), shipped.serial + 1)):
        with pytest.raises(InputError, match="would take precedence over this one"):
            pack_update(source.parent, to, edition, ISSUER, key=maker.key)
    assert not to.exists()


def test_the_next_look_is_fine_due_or_overdue() -> None:
    law = load_law()
    look = law.regimes["uk-ghr"].next_look
    states = {
        date(2026, 12, 21): LookState.FINE,
        date(2027, 4, 29): LookState.FINE,
        date(2027, 4, 30): LookState.DUE,
        look: LookState.DUE,
        date(2027, 5, 31): LookState.OVERDUE,
    }
    for day, state in states.items():
        row = next(row for row in regime_dates(law, day) if row.regime == "uk-ghr")
        assert row.state is state, day
        assert row.look_at.endswith("https://www.legislation.gov.uk/uksi/2020/680")
    ends = {row.regime: row.ended for row in regime_dates(law, date(2026, 12, 9)) if row.in_force_until}
    assert ends == {"eu-ghrsr": True, "us-7031c": True}
    assert not next(row for row in regime_dates(law, date(2026, 12, 8)) if row.regime == "eu-ghrsr").ended
