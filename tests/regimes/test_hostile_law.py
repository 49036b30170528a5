"""Law files of a clinic that are damaged, endless, deep or no files at all: each ends in a sentence that names it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from magdesk import paths
from magdesk.errors import RegimeError
from magdesk.regimes import load_law

BASE = 'base = true\ncode = "{code}"\nas_of = 2024-01-01\nextends = "{parent}"\n'
BASE += '[provenance]\ntag = "design"\nsource = "x"\n'
TEXTS: dict[str, str | bytes] = {
    "deep": "a = " + "[" * 100_000,
    "deep tables": "a" + ".a" * 5_000 + " = 1",
    "deeper tables": "a" + " . 'a'" * 50_000 + " = 1",
    "digits": "a = " + "1" * 100_000,
    "huge": "# " + "x" * (3 << 20),
    "not text": b"\xff\xfe",
    "no TOML": "root:x:0:0",
    "wrong type": "code = 5",
    "wrong table": "code = 'a'\nprongs = 7",
    "wrong entry": "code = 'a'\nprongs = [1, 2]",
}


def refused(folder: Path) -> str:
    with pytest.raises(RegimeError) as caught:
        load_law((paths.resource(), folder))
    assert str(folder) in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("kind", ["regimes", "acts", "templates", "guidance"])
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_no_law_is_named(kind: str, text: str, tmp_path: Path) -> None:
    (tmp_path / kind).mkdir()
    data = TEXTS[text]
    (tmp_path / kind / "a.toml").write_bytes(data if isinstance(data, bytes) else data.encode())
    refused(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, devices and links as POSIX has them")
@pytest.mark.parametrize("what", ["folder", "pipe", "endless device", "circle", "dangling"])
def test_what_is_no_file_is_named(what: str, tmp_path: Path) -> None:
    (tmp_path / "regimes").mkdir()
    file = tmp_path / "regimes" / "a.toml"
    match what:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "endless device":
            file.symlink_to("/dev/zero")
        case "circle":
            file.symlink_to(file)
        case "dangling":
            file.symlink_to(tmp_path / "missing")
    refused(tmp_path)


@pytest.mark.parametrize("line", ["recency_years = 5", "rank = 10"])
def test_a_number_that_cannot_be_meant_is_named(line: str, tmp_path: Path) -> None:
    shipped = paths.resource("regimes", "us-glomag.toml").read_text("utf-8")
    assert f"\n{line}\n" in shipped
    (tmp_path / "regimes").mkdir()
    key = line.split(maxsplit=1)[0]
    (tmp_path / "regimes" / "us-glomag.toml").write_text(shipped.replace(line, f"{key} = {2**70}"), "utf-8")
    assert f"“{key}” is more than" in refused(tmp_path)


def test_templates_that_extend_each_other_are_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    for code, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / "templates" / f"{code}.toml").write_text(BASE.format(code=code, parent=parent))
    assert "extends" in refused(tmp_path)
    (tmp_path / "templates" / "c.toml").write_text(BASE.format(code="c", parent="c"))
    assert "extends" in refused(tmp_path)
