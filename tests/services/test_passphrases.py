"""Which passphrases protect a case, and how one is read from a file."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile, keys
from magdesk.errors import UserError, WrongPassphrase
from magdesk.model import Case
from magdesk.regimes import load_law
from magdesk.services.cases import change_passphrase, create_case
from magdesk.services.dump.folder import load_case
from magdesk.services.passphrases import PassphraseStrength, readings, require_strong, strength
from magdesk.services.sample import create_sample

GOOD = "amber kettle forgets the winter"
WEAK = (
    "", " ", "   ", "a", "1", "password", "Password123!", "generica", "MagDesk2026!", "Republic of Generica",
    "correct horse battery staple", "qwertyuiop1234567890", "letmein letmein letmein", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "abcdefghijklmnopqrstuvwxyz", "01/01/1970", "Tr0ub4dor&3", "i love you so much",
    "to be or not to be", "the cat the cat the cat", "здравствуйте", "пароль", "слон слон слон слон",
    "كلمة المرور", "密码密码密码密码密码",
)  # fmt: skip
STRONG = (
    GOOD,
    "four words make sense",
    "слон тиара кофе лампа",
    "نهر قمر كتاب شباك",
    "می\u200cروم کتاب دریا پنجره",
    "kX9#vq2!Lm7$wZ",
    "walnut-tricycle-ombre-lagoon-71",
    "plinth ocelot dwindle varnish",
    "风筝 石头 月亮 茶壶 河流 钥匙",
)


@pytest.mark.parametrize("phrase", WEAK)
def test_weak_ones_are_refused_with_a_remedy(phrase: str) -> None:
    with pytest.raises(UserError) as refused:
        require_strong(phrase)
    assert refused.value.exit_code == 2
    assert "four or more random words" in refused.value.hint
    assert len(phrase.strip()) < 3 or phrase not in str(refused.value)


@pytest.mark.parametrize("phrase", STRONG)
def test_strong_ones_are_taken(phrase: str) -> None:
    require_strong(phrase)
    require_strong(unicodedata.normalize("NFD", phrase))


def test_what_an_attacker_tries_first_counts_little() -> None:
    title = "Torture of Abdulkarim at Corvin Prison"
    assert strength(title) >= PassphraseStrength.STRONG
    assert strength(title, (title,)) < PassphraseStrength.STRONG
    assert strength(f"{title}1", (title,)) < PassphraseStrength.STRONG


def test_long_ones_are_judged_at_once() -> None:
    assert strength("x" * 100_000) == PassphraseStrength.VERY_WEAK
    assert strength(GOOD * 1000) >= PassphraseStrength.STRONG


@pytest.mark.parametrize(
    ("odd", "name"),
    [("\u00a0", "no-break space"), ("\n", "U+000A"), ("\ufeff", "zero width no-break space"), ("\uff21", "fullwidth"),
     ("\u202e", "right-to-left override"), ("\t", "U+0009"), ("\u3000", "ideographic space")],
)  # fmt: skip
def test_what_cannot_be_typed_everywhere_is_refused(odd: str, name: str) -> None:
    with pytest.raises(UserError) as refused:
        require_strong(f"{GOOD}{odd}{GOOD}")
    assert name in refused.value.message


def _new(path: Path, phrase: str) -> CaseFile:
    return create_case(path, phrase, title="The Corvin Prison Case", authorities=(), law=load_law())


def _load(path: Path, phrase: str) -> CaseFile:
    return load_case(path.parent, path, phrase)


@pytest.mark.parametrize("make", [_new, create_sample, _load])
@pytest.mark.parametrize("phrase", ["", " ", "a", "password"])
def test_no_service_makes_a_case_with_a_weak_one(
    make: Callable[[Path, str], CaseFile], phrase: str, tmp_path: Path
) -> None:
    path = tmp_path / "case.magdesk"
    with pytest.raises(UserError):
        make(path, phrase)
    assert list(tmp_path.iterdir()) == []


def test_the_title_is_no_passphrase(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        _new(tmp_path / "case.magdesk", "The Corvin Prison Case")


def test_changing_to_a_weak_one_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "case.magdesk"
    with _new(path, GOOD) as case:
        for weak in ("", " ", "a", "password", "The Corvin Prison Case"):
            with pytest.raises(UserError):
                change_passphrase(case, GOOD, weak)
    with CaseFile.open(path, GOOD) as case:
        change_passphrase(case, GOOD, "four words make sense")
    CaseFile.open(path, "four words make sense").close()


@pytest.mark.parametrize("phrase", [GOOD, " blanks count ", "слон тиара кофе лампа", "é"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n", "\r"])
def test_a_file_is_read_in_every_encoding_that_editors_write(phrase: str, end: str, tmp_path: Path) -> None:
    text = phrase + end
    path = tmp_path / "phrase.txt"
    written = {
        text.encode(),
        codecs.BOM_UTF8 + text.encode(),
        text.encode("utf-16"),
        codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    }
    if phrase.isascii():
        written |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    for data in written:
        path.write_bytes(data)
        assert readings(path)[0] == phrase, data


@pytest.mark.parametrize(
    "data", [b"", b"\n", codecs.BOM_UTF8, b"caf\xe9 cr\xe8me", b"a\0b", b"\xff\xfe\x00", b"x" * 70_000]
)
def test_a_file_that_holds_no_passphrase_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "phrase.txt"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        readings(path)
    assert refused.value.hint
    with pytest.raises(UserError):
        readings(tmp_path / "none")
    with pytest.raises(UserError):
        readings(tmp_path)


def test_composed_and_decomposed_letters_open_the_same_case_and_old_cases_still_open(tmp_path: Path) -> None:
    """The key does not depend on the policy: what opened a case before opens it now."""
    path = tmp_path / "case.magdesk"
    with CaseFile.create(path, "caf\u00e9\u00a0cr\u00e8me") as case, case.change("New case") as session:
        session.add(Case(title="Café", created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    CaseFile.open(path, unicodedata.normalize("NFD", "caf\u00e9\u00a0cr\u00e8me")).close()
    with pytest.raises(WrongPassphrase):
        CaseFile.open(path, "café crème")
    salt = bytes(16)
    cost = keys.KeyCost(memory_kib=8, passes=1, lanes=1)
    assert keys.derive_key("\u212b", salt, cost).same_as(keys.derive_key("A\u030a", salt, cost))
    assert not keys.derive_key("\uff21", salt, cost).same_as(keys.derive_key("A", salt, cost))
