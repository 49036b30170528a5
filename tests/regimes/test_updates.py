"""Law updates: what is taken for one, what may count, and that a difference tells of every statement."""

# ruff: noqa: E501

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from magdesk import paths
from magdesk.errors import InputError, RegimeError
from magdesk.regimes import Law, load_law
from magdesk.regimes.difference import law_difference
from magdesk.regimes.edition import Edition
from magdesk.regimes.guarded import refuse_weakening
from magdesk.regimes.update import LARGEST, LawUpdate, read_update, write_update
from tests.safety import safety

NEW = Edition(date(2026, 12, 20), 1)
GHR = "regimes/uk-ghr.toml"


def shipped(name: str) -> str:
    return paths.resource(*name.split("/")).read_text("utf-8")


def update_of(files: dict[str, str], edition: Edition = NEW) -> LawUpdate:
    return LawUpdate(edition, "The Coalition", "", Edition(date(2026, 11, 30), 1), "", files)


def spoilt(name: str, old: str, new: str) -> dict[str, str]:
    text = shipped(name)
    assert old in text
    return {name: text.replace(old, new, 1)}


def with_update(files: dict[str, str], edition: Edition = NEW) -> Law:
    return load_law([paths.resource()], read_update(write_update(update_of(files, edition))))


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


def test_an_update_is_read_as_it_was_written() -> None:
    update = update_of({GHR: shipped(GHR)})
    assert read_update(write_update(update)) == update
    assert write_update(update) == write_update(read_update(write_update(update)))


def _set(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data.__setitem__(key, value)


def _file(name: str, text: object = "x = 1") -> Callable[[dict[str, Any]], object]:
    return lambda data: data["files"].__setitem__(name, text)


MISTAKES: dict[str, Callable[[dict[str, Any]], object]] = {
    "no format": lambda data: data.pop("format"),
    "another format": _set("format", "magdesk-release"),
    "another version": _set("version", 2),
    "more than it may": _set("run", "calc.exe"),
    "no note": lambda data: data.pop("note"),
    "no issuer": _set("issuer", " "),
    "a long note": _set("note", "x" * 5000),
    "a long issuer": _set("issuer", "x" * 121),
    "an issuer of two lines": _set("issuer", "The Coalition\nsigned by: the program"),
    "a number as note": _set("note", 5),
    "an issuer turned round": _set("issuer", "Coalition\u202enoitilaoC"),
    "an issuer with a bell": _set("issuer", "Coalition\x07"),
    "an issuer over two lines with an escape": _set("issuer", "a\x1b[2Jb"),
    "no date": _set("as_of", "yesterday"),
    "a date that is none": _set("as_of", "2026-13-45"),
    "a week date": _set("as_of", "2026-W01-1"),
    "a date in other digits": _set("as_of", "٢٠٢٦-١٢-٢٠"),
    "a serial that is true": _set("serial", True),
    "a negative serial": _set("serial", -1),
    "a serial with a point": _set("serial", 1.5),
    "a wrong digest": _set("follows", {"as_of": "2026-11-30", "serial": 1, "sha256": "x"}),
    "follows nothing": _set("follows", None),
    "no files": _set("files", {}),
    "files in a list": _set("files", ["regimes/a.toml"]),
    "too many files": _set("files", {f"acts/a{number}.toml": "" for number in range(300)}),
    "a way out": _file("regimes/../../x.toml"),
    "a root": _file("/etc/passwd"),
    "a drive": _file("C:/x.toml"),
    "a backslash": _file("regimes\\x.toml"),
    "another folder": _file("signers/x.toml"),
    "another ending": _file("regimes/x.py"),
    "a folder below": _file("regimes/a/b.toml"),
    "a name with a break": _file("regimes/a.toml\n"),
    "a hidden name": _file("regimes/.a.toml"),
    "bytes": _file("regimes/a.toml", 7),
    "a large file": _file("regimes/a.toml", "x" * (3 << 20)),
    "a letter turned round": _file("regimes/a.toml", "a = '\u202e'"),
    "a blank without width": _file("regimes/a.toml", "a = '\u200b'"),
    "half a letter": _file("regimes/a.toml", "a = '\ud800'"),
    "a tag": _file("regimes/a.toml", "a = '\U000e0041'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_is_no_update_is_refused(mistake: str) -> None:
    data = json.loads(write_update(update_of({GHR: shipped(GHR)})))
    MISTAKES[mistake](data)
    with pytest.raises(InputError):
        read_update(json.dumps(data).encode())


RAW = {
    "empty": b"",
    "no JSON": b"PK\x03\x04",
    "a list": b"[]",
    "deep": b"[" * 200_000,
    "many digits": b'{"serial": ' + b"1" * 10_000 + b"}",
    "no UTF-8": b'{"format": "\xff"}',
    "twice the same": b'{"format": "magdesk-law", "format": "magdesk-law"}',
    "too large": b" " * (LARGEST + 1),
}


@pytest.mark.parametrize("raw", RAW)
def test_what_is_no_json_is_refused(raw: str) -> None:
    with pytest.raises(InputError):
        read_update(RAW[raw])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('code = "uk-ghr"', 'code = "uk-ghr', "not valid TOML"),
        ('code = "uk-ghr"', 'code = "uk-gac"', "“code”"),
        ('short = "GHR Regulations 2020"', 'short = "GHR\\u202e Regulations 2020"', "cannot be seen"),
        ('short = "GHR Regulations 2020"', 'short = "GHR\\u200b Regulations 2020"', "cannot be seen"),
        ("rank = ", "rang = ", "“rang”"),
    ],
)
def test_law_files_of_an_update_are_judged_like_any_and_seen_whole(old: str, new: str, words: str) -> None:
    with pytest.raises(RegimeError, match=words) as caught:
        with_update(spoilt(GHR, old, new))
    assert "law update/regimes/uk-ghr.toml" in caught.value.message


def test_an_update_counts_before_the_program_and_after_the_clinic(law: Law, tmp_path: Path) -> None:
    files = spoilt(GHR, 'short = "GHR Regulations 2020"', 'short = "The new short name"')
    new = with_update(files)
    assert new.regimes["uk-ghr"].short == "The new short name"
    assert new.state.edition == NEW
    assert new.state.issuer == "The Coalition"
    assert new.state.updated == (GHR,)
    assert new.state.digest != law.state.digest
    assert (law.state.edition, law.state.updated, law.state.own) == (Edition(date(2026, 11, 30), 2), (), ())
    (tmp_path / "regimes").mkdir()
    shutil.copy(paths.resource("regimes", "uk-ghr.toml"), tmp_path / "regimes")
    both = load_law([paths.resource(), tmp_path], update_of(files))
    assert both.regimes["uk-ghr"].short == "GHR Regulations 2020"
    assert (both.state.updated, both.state.own) == ((), (GHR,))


def test_an_update_that_the_program_has_overtaken_does_not_count(law: Law) -> None:
    files = spoilt(GHR, 'short = "GHR Regulations 2020"', 'short = "Of yesterday"')
    for edition in (law.state.edition, Edition(date(2026, 11, 30), 0), Edition(date(2020, 1, 1), 9)):
        same = with_update(files, edition)
        assert same.regimes == law.regimes
        assert same.state.outdated
        assert same.state.digest == law.state.digest
    assert with_update(files, Edition(date(2026, 11, 30), 3)).regimes != law.regimes


CHANGES = [
    (GHR, 'short = "GHR Regulations 2020"', 'short = "Other"', ("short",), "GHR Regulations 2020", "Other"),
    (GHR, "next_look = 2027-05-30", "next_look = 2028-05-30", ("next_look",), "2027-05-30", "2028-05-30"),
    (GHR, "next_look = 2027-05-30", "next_look = 2027-05-30\nin_force_until = 2030-01-01", ("in_force_until",), "", "2030-01-01"),
    (GHR, "(c) the person conceals evidence of such an activity;", "(c) repealed", ("prongs", "GHR-C", "wording"), None, None),
    (GHR, 'ownership = "more"', 'ownership = "half"', ("ownership",), "more", "half"),
    ("templates/checks.toml", 'title = "Citation of the act in force"', 'title = "New words"', ("title",), None, None),
    ("acts/abuse.toml", 'title = "Torture"', 'title = "Torture, as it is"', ("title",), "Torture", "Torture, as it is"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "path", "was", "now"), CHANGES)
def test_a_difference_tells_what_is_other(
    law: Law, name: str, old: str, new: str, path: tuple[str, ...], was: str | None, now: str | None
) -> None:
    (change,) = law_difference(law, with_update(spoilt(name, old, new)))
    assert change.path == path
    if was is not None:
        assert (change.old, change.new) == (was, now)
    assert law_difference(law, law) == ()


def test_what_several_regimes_borrow_is_told_once(law: Law) -> None:
    (change,) = law_difference(law, with_update(spoilt("acts/abuse.toml", 'title = "Torture"', 'title = "Other"')))
    assert change.part == "acts"
    assert set(change.also) >= {"us-glomag", "us-7031c", "ca-sema"}


def test_no_statement_of_a_regime_can_change_unseen(law: Law) -> None:
    """Whatever field of a regime, a prong, a check or a packet is other, a difference says so."""
    regime, packet, check = law.regimes["uk-ghr"], law.packets["uk-packet"], law.checks["C03"]
    prong = regime.prongs[0]
    law = Law({"uk-ghr": regime}, {"uk-packet": packet}, {"C03": check}, {})
    rows: list[tuple[str, Any, Callable[[Any], dict[str, Any]]]] = [
        ("regime", regime, lambda one: {"regimes": {"uk-ghr": one}}),
        ("prong", prong, lambda one: {"regimes": {"uk-ghr": dataclasses.replace(regime, prongs=(one, *regime.prongs[1:]))}}),
        ("packet", packet, lambda one: {"packets": {"uk-packet": one}}),
        ("check", check, lambda one: {"checks": {"C03": one}}),
    ]  # fmt: skip
    for kind, row, put in rows:
        for field in dataclasses.fields(row):
            value = getattr(row, field.name)
            for other in _others(value):
                changed = dataclasses.replace(law, **put(dataclasses.replace(row, **{field.name: other})))
                assert law_difference(law, changed), (kind, field.name)


def _others(value: object) -> list[object]:
    match value:
        case bool():
            return [not value]
        case str():
            return [f"{value} x"]
        case int():
            return [value + 1]
        case date():
            return [date(1999, 1, 1)]
        case None:
            return [date(1999, 1, 1)]
        case tuple() if len(value) > 1:
            return [value[1:], (*value[1:], value[0])]
        case tuple() if value:
            return [()]
        case dict() if value:
            return [dict(list(value.items())[1:])]
    return []


@safety("It cannot weaken a check that guards against harm, and it can be undone.")
def test_an_update_cannot_weaken_what_stands_before_harm(law: Law) -> None:
    for code, check in law.checks.items():
        if check.harm == "case":
            continue
        for weaker in _weaker(check):
            with pytest.raises(RegimeError, match=code):
                refuse_weakening(law, dataclasses.replace(law, checks={**law.checks, code: weaker}))
        for name, variant in check.variants.items():
            for one in _weaker_variant(variant):
                other = dataclasses.replace(check, variants={**check.variants, name: one})
                with pytest.raises(RegimeError, match=code):
                    refuse_weakening(law, dataclasses.replace(law, checks={**law.checks, code: other}))
    refuse_weakening(law, law)


def _weaker(check: Any) -> list[Any]:
    found = [dataclasses.replace(check, harm="case"), *_weaker_variant(check)]
    found += [dataclasses.replace(check, variants={})] if check.variants else []
    return found


def _weaker_variant(check: Any) -> list[Any]:
    found = [dataclasses.replace(check, severity="info")] if check.severity != "info" else []
    found += [dataclasses.replace(check, waivable=True)] if not check.waivable else []
    found += [dataclasses.replace(check, sentence=f"{check.sentence} {{stranger}}")]
    return [*found, dataclasses.replace(check, remedy="{stranger}")]


def test_an_update_leaves_no_gap_in_the_words(law: Law) -> None:
    gone = {code: check for code, check in law.checks.items() if code != "C18"}
    with pytest.raises(RegimeError, match="C18"):
        refuse_weakening(law, dataclasses.replace(law, checks=gone))
    packet = law.packets["uk-packet"]
    for labels in (
        {**packet.labels, "law_note": "{stranger}"},
        {key: text for key, text in packet.labels.items() if key != "law_note"},
    ):
        packets = {**law.packets, "uk-packet": dataclasses.replace(packet, labels=labels)}
        with pytest.raises(RegimeError, match="law_note"):
            refuse_weakening(law, dataclasses.replace(law, packets=packets))
    searches: list[dict[str, Any]] = [{"placeholders": ("(a+)+$",)}, {"placeholders": ()}, {"forbidden_words": ()}]
    for search in searches:
        assert packet.placeholders
        assert packet.forbidden_words
        packets = {**law.packets, "uk-packet": dataclasses.replace(packet, **search)}
        with pytest.raises(RegimeError, match="uk-packet"):
            refuse_weakening(law, dataclasses.replace(law, packets=packets))
    added = dataclasses.replace(packet, code="nz-packet")
    refuse_weakening(law, dataclasses.replace(law, packets={**law.packets, "nz-packet": added}))
    parts: list[dict[str, Any]] = [{"labels": {}}, {"placeholders": ("(a+)+$",)}]
    for part in parts:
        packets = {**law.packets, "nz-packet": dataclasses.replace(added, **part)}
        with pytest.raises(RegimeError, match="nz-packet"):
            refuse_weakening(law, dataclasses.replace(law, packets=packets))
    with pytest.raises(RegimeError, match="names of places"):
        refuse_weakening(law, dataclasses.replace(law, places={}))
