"""No exhibit page loses words that it showed before: what the index finds is on the page or in a known list."""

from __future__ import annotations

import email.message
import os
from pathlib import Path

import pytest

from magdesk.intake import sniff
from tests.bench.fidelity import KNOWN, compare, files_below, known
from tests.realfiles import STAND_INS, suite_files


@pytest.fixture
def written(tmp_path: Path) -> list[tuple[str, Path]]:
    """Ordinary files made here, each with words in several places."""
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "clerk@example.org", "desk@example.org", "Order Seventeen"
    message.set_content("The colonel signed it on Tuesday.\n\nNobody was told.")
    texts = {
        "letter.eml": message.as_bytes(),
        "note.txt": "Первая строка.\nSecond line, ١٢٣.\n".encode(),
        "table.csv": b"name,amount\nFund,371000000\nTrade,28450000\n",
        "page.html": b"<h1>Decree</h1><p>Article <b>four</b> applies.</p><ul><li>first</li><li>second</li></ul>",
    }
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
    return [(name, tmp_path / name) for name in texts]


def test_what_the_reader_finds_is_on_the_page(written: list[tuple[str, Path]]) -> None:
    found = list(compare(written))
    assert [one.name for one in found] == [name for name, _path in written]
    assert [(one.name, one.refused, one.lost) for one in found] == [(one.name, "", ()) for one in found]
    assert all(one.read >= 5 for one in found)


def test_a_word_that_no_page_shows_is_found(written: list[tuple[str, Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.fidelity._page_text", lambda _page: "The colonel signed it")
    lost = {one.name: one.lost for one in compare(written)}
    assert "tuesday" in lost["letter.eml"]
    assert "371000000" in lost["table.csv"]


@pytest.mark.slow
@pytest.mark.timeout(1800)  # some two hundred files, several of which are made to be slow
def test_no_real_file_loses_more_words_than_is_known(real_files: Path) -> None:
    listed = known()
    more = {}
    chosen = {path for path in suite_files(real_files) if "MAGDESK_SLOW_TESTS" in os.environ or not _is_photo(path)}
    for one in compare([(name, path) for name, path in files_below(real_files) if path in chosen]):
        if len(one.lost) > listed.get(one.name, (0, ""))[0]:
            more[one.name] = one.lost[:20]
    assert not more, f"see {KNOWN.name}: {more}"


def _is_photo(path: Path) -> bool:
    """Whether it is a picture of dots alone, of which the reader finds no word that a page could lose."""
    with path.open("rb") as stream:
        kind = sniff(stream, path.name)
    return kind.startswith("image/") and kind != "image/svg+xml"


def test_what_stands_in_for_a_costly_file_is_one_of_its_kind(real_files: Path) -> None:
    chosen = set(suite_files(real_files))
    for name, other in STAND_INS.items():
        costly, stand_in = real_files / name, real_files / other
        assert stand_in in chosen
        with costly.open("rb") as one, stand_in.open("rb") as two:
            assert sniff(one, costly.name) == sniff(two, stand_in.name)


def test_every_known_loss_has_its_reason() -> None:
    assert all(count > 0 and why and "not yet looked at" not in why for count, why in known().values())
