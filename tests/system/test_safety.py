"""What the README promises about safety, tried from outside where that can be done."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import select

from magdesk.casefile import CaseFile, backup, keys
from magdesk.casefile.keys import derive_key, file_salt
from magdesk.cli import main
from magdesk.errors import WrongPassphrase
from magdesk.gui.crash import crash_report
from magdesk.gui.settings import Settings
from magdesk.model import Party
from magdesk.services.dump.folder import dump_case
from magdesk.services.evidence.adding import add_paths
from magdesk.values import now
from tests.safety import safety
from tests.shared import SAMPLE_PASSPHRASE
from tests.system.canary import CANARY, fill, in_clear

PHRASE = "four words make sense"
ENVIRONMENT = {"MAGDESK_PASSPHRASE": PHRASE}
PAGE, RESERVED = 32768, 80  # bytes of a page, and of vector and code at its end


def _raw_key(path: Path) -> bytes:
    """The key of a file, made without any code of the program: its cost is what the design says it is."""
    salt = path.read_bytes()[:16]
    return Argon2id(salt=salt, length=32, iterations=2, lanes=4, memory_cost=131072).derive(PHRASE.encode())


def _decrypted_first_page(path: Path) -> bytes:
    """The first page, deciphered by hand as SQLCipher 4 describes its format; its code is checked."""
    content, key = path.read_bytes(), _raw_key(path)
    assert len(content) % PAGE == 0
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in content[:16]), 2, 32)
    for number in range(1, len(content) // PAGE + 1):
        page = content[(number - 1) * PAGE : number * PAGE]
        covered = page[16 if number == 1 else 0 : -64] + number.to_bytes(4, "little")
        assert hmac.digest(mac_key, covered, "sha512") == page[-64:], number
    first = content[:PAGE]
    cipher = Cipher(algorithms.AES256(key), modes.CBC(first[-RESERVED : -RESERVED + 16])).decryptor()
    return cipher.update(first[16:-RESERVED]) + cipher.finalize()


def _is_a_database(page: bytes) -> bool:
    # Bytes 16 to 20 of an SQLite file: page size, versions, reserved bytes (sqlite.org/fileformat2).
    return page[0:2] == PAGE.to_bytes(2, "big") and page[4] == RESERVED


@safety(
    "The case file is an SQLCipher database (AES-256, HMAC on each page); the key comes from your passphrase through "
    "Argon2id."
)
@pytest.mark.usefixtures("standard_keys")
def test_the_file_is_what_it_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "case.magdesk"
    with CaseFile.create(path, PHRASE, backups=False) as case:
        fill(case, CANARY)
    assert _is_a_database(_decrypted_first_page(path))


@safety("Backups are encrypted the same way and rotate in your data folder.")
@pytest.mark.usefixtures("standard_keys")
def test_backups_are_encrypted_and_rotate(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = disk / "case.magdesk"
    with CaseFile.create(path, PHRASE) as case:
        fill(case, CANARY)
    made = list((disk / "data").rglob("*.magdesk"))
    assert len(made) == 1
    assert _is_a_database(_decrypted_first_page(made[0]))
    assert in_clear(disk, CANARY) == []
    start, written = now(), []
    with CaseFile.open(path, PHRASE) as case:
        for day in range(1, 60):
            monkeypatch.setattr(backup, "now", lambda day=day: start + timedelta(days=day))
            written.append(case.backup())
    kept = [path for path in written if path.exists()]
    assert 5 < len(kept) < 30
    assert kept[-1] == written[-1]


@safety("Nothing from a case is written unencrypted: not in journals, temporary files, logs or crash reports.")
def test_nothing_is_written_in_clear(disk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, inputs = disk / "case.magdesk", disk.parent / "inputs"
    inputs.mkdir()
    (inputs / f"{CANARY}.txt").write_text(f"{CANARY} was seen", encoding="utf-8")
    assert main(["new", str(path), "--title", CANARY, "--verbose"], ENVIRONMENT) == 0
    capfd.readouterr()
    assert main(["add", str(path), str(inputs), "--verbose", "--quiet"], ENVIRONMENT) == 0
    assert main(["verify", str(path), "--verbose"], ENVIRONMENT) == 0
    assert main(["backup", str(path), "--verbose"], ENVIRONMENT) == 0
    assert CANARY not in capfd.readouterr().err
    assert main(["search", str(path), CANARY], ENVIRONMENT) == 0
    assert CANARY in capfd.readouterr().out
    assert in_clear(disk, CANARY) == []
    try:
        raise ValueError(CANARY) from KeyError(CANARY)
    except ValueError as error:
        report = crash_report(type(error), error.__traceback__, error)
    assert "ValueError" in report
    assert CANARY not in report


@safety(
    "The list of recent cases is off until you turn it on; it contains their paths, and turning it off erases it."
)
def test_the_list_of_recent_cases_is_off_until_wanted(disk: Path) -> None:
    settings = Settings()
    settings.note_opened(disk / f"{CANARY}.magdesk")
    settings._store.sync()
    assert in_clear(disk, CANARY) == []
    settings.remember = True
    settings.note_opened(disk / f"{CANARY}.magdesk")
    settings._store.sync()
    assert settings.recent == [disk / f"{CANARY}.magdesk"]
    settings.remember = False
    assert Settings().recent == []
    assert in_clear(disk, CANARY) == []


@safety("What you *export*, *dump* or *save a copy* of is not encrypted, and the program says so.")
def test_what_is_clear_is_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.magdesk"
    assert main(["new", str(path), "--title", CANARY, "--authority", "us-glomag"], ENVIRONMENT) == 0
    capsys.readouterr()
    assert main(["dump", str(path), "--to", str(tmp_path / "dump")], ENVIRONMENT) == 2
    assert "clear text" in capsys.readouterr().err
    assert not (tmp_path / "dump").exists()
    assert main(["dump", str(path), "--to", str(tmp_path / "dump"), "--yes"], ENVIRONMENT) == 0
    assert "clear text" in capsys.readouterr().out
    assert in_clear(tmp_path / "dump", CANARY)
    assert main(["export", str(path), "--to", str(tmp_path / "packet"), "--draft"], ENVIRONMENT) == 0
    assert "clear text" in capsys.readouterr().err
    assert main(["gaps", str(path), "--to", str(tmp_path / "gaps.pdf")], ENVIRONMENT) == 0
    assert "clear text" in capsys.readouterr().err


def test_the_key_is_wiped_when_the_case_closes(tmp_path: Path) -> None:
    """Best effort: the program begins anew at the lock, which is tried in ``tests/gui/locking/test_locking.py``."""
    path = tmp_path / "case.magdesk"
    case = CaseFile.create(path, PHRASE, backups=False)
    literal = case._key.literal
    assert any(literal)
    case.close()
    assert not any(literal)


@safety(
    "On Linux and macOS a crash leaves no core file, and on Linux no other program of yours can read the memory of "
    "MagDesk."
)
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_core_files_are_refused() -> None:
    """Every entry point by itself is tried in ``test_no_core.py``."""
    code = (
        "import resource, ctypes\n"
        "from magdesk.hardening import harden\n"
        "held = harden()\n"
        "assert held.no_core_file and held.memory_private\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"


@safety("Every command and page that sets a passphrase refuses one that a computer would guess.")
def test_a_weak_passphrase_is_refused(tmp_path: Path) -> None:
    """Every command by itself is tried in ``tests/cli/test_passphrases.py``, the window in ``tests/gui``."""
    assert main(["new", str(tmp_path / "case.magdesk")], {"MAGDESK_PASSPHRASE": "password"}) == 2
    assert list(tmp_path.iterdir()) == []


@safety(
    "The note contains a path, never content, and exists only while a case is open or work is in progress, or while a"
    " file's last changes wait under an old name of it: opening the renamed file brings them in and says so."
)
def test_the_note_of_unfinished_work_tells_paths_only(disk: Path) -> None:
    path = disk / "case.magdesk"
    seen: list[dict[str, Any]] = []
    with CaseFile.create(path, PHRASE) as case:
        fill(case, CANARY)

        def watched(done: int, total: int, text: str = "") -> None:
            seen.extend(json.loads(note.read_bytes()) for note in (disk / "data").rglob("unfinished/*.json"))

        dump_case(case, disk / "dump", progress=watched)
    assert any(note["parts"] for note in seen)
    for note in seen:
        assert note.keys() == {"parts", "aside", "locks", "clear"}
        assert note["clear"] is bool(note["parts"])  # The note of the open case names its lock and nothing else.
        # The second note of who writes lies in the data folder, and its name is a number.
        folders = {Path(named).parent for named in note["parts"] + note["locks"]}
        assert folders <= {disk, *disk.glob("data/*/unfinished")}
        assert CANARY not in str(note)
    assert list((disk / "data").rglob("unfinished/*.json")) == []


@safety("Nothing from outside is ever executed.")
@pytest.mark.skipif(sys.platform != "linux", reason="lays traps in PATH")
def test_nothing_from_outside_is_executed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap, inputs, sprung = tmp_path / "trap", tmp_path / "inputs", tmp_path / "sprung"
    trap.mkdir()
    inputs.mkdir()
    script = f"#!/bin/sh\necho \"$0\" >> '{sprung}'\n"
    for name in ("sh", "bash", "pandoc", "soffice", "libreoffice", "gs", "xdg-open", "antiword", "python", "python3"):
        (trap / name).write_text(script)
        (trap / name).chmod(0o755)
    (inputs / "run-me.sh").write_text(script)
    (inputs / "run-me.sh").chmod(0o755)
    (inputs / "sitecustomize.py").write_text(f"open({str(sprung)!r}, 'a').write('imported')")
    (inputs / "note.html").write_text(f"<script>require('fs').writeFileSync('{sprung}', '')</script><p>seen</p>")
    launch = f"<</Type/Catalog/OpenAction<</S/Launch/F(run-me.sh)/Win<</F({trap}/sh)>>>>/Pages 2 0 R>>"
    (inputs / "launch.pdf").write_bytes(_pdf(launch))
    with zipfile.ZipFile(inputs / "macro.docm", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/vbaProject.bin", b'Sub AutoOpen()\nShell "run-me.sh"\nEnd Sub')
    monkeypatch.chdir(inputs)
    monkeypatch.setenv("PATH", f"{trap}{os.pathsep}{os.environ['PATH']}")
    with CaseFile.create(tmp_path / "case.magdesk", PHRASE, backups=False) as case:
        report = add_paths(case, [inputs])
        assert len(report.taken) == 5
    assert not sprung.exists(), sprung.read_text()


def _pdf(catalog: str) -> bytes:
    pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    objects = [f"{number} 0 obj{text}endobj\n" for number, text in enumerate((catalog, pages, page), 1)]
    return ("%PDF-1.7\n" + "".join(objects) + "trailer<</Root 1 0 R/Size 4>>\n%%EOF\n").encode()


@safety(
    "What happens to a piece of evidence is recorded in a custody ledger whose entries are chained by "
    "their hashes; `magdesk verify` names the first one that someone changed by hand."
)
def test_verify_names_the_entry_that_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, source = tmp_path / "case.magdesk", tmp_path / "letter.txt"
    assert main(["new", str(path)], ENVIRONMENT) == 0
    for number in range(4):
        source.write_text(f"letter {number}", encoding="utf-8")
        assert main(["add", str(path), str(source)], ENVIRONMENT) == 0
    assert main(["verify", str(path), "--no-record"], ENVIRONMENT) == 0
    raw = driver.connect(str(path))
    raw.set_key(derive_key(PHRASE, file_salt(path), keys.STANDARD).literal)
    raw.execute(f"PRAGMA cipher_page_size = {PAGE}")
    triggers = "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'custody' AND type = 'trigger'"
    guards = raw.execute(triggers).fetchall()
    for name, _sql in guards:
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.execute("UPDATE custody SET note = 'someone else' WHERE sequence IN (3, 4)")
    for _name, sql in guards:  # Who changes it by hand puts the guards back; a file without them is not opened.
        raw.execute(sql)
    raw.commit()
    raw.close()
    capsys.readouterr()
    assert main(["verify", str(path)], ENVIRONMENT) == 1
    said = capsys.readouterr().out
    assert re.search(r"Entry 3 .*of the custody ledger was changed", said), said
    assert "Entry 4" not in said


@safety("The key to the pseudonyms is the case file.")
def test_the_case_file_alone_tells_who_a_pseudonym_is(sample_file: Path, tmp_path: Path) -> None:
    """That no name stands in a packet is tried in ``tests/services/sample/test_sample.py``."""
    path = tmp_path / "sample.magdesk"
    copyfile(sample_file, path)
    with CaseFile.open(path, SAMPLE_PASSPHRASE, read_only=True) as case:
        people = [party for party in case.session.scalars(select(Party)) if party.protected and party.pseudonym]
        known = {party.pseudonym: [name.text for name in party.names] for party in people}
    assert len(known) > 5
    assert all(known.values())
    for pseudonym, names in known.items():
        for word in (pseudonym, *names):
            assert in_clear(tmp_path, word) == []
    with pytest.raises(WrongPassphrase):
        CaseFile.open(path, PHRASE, read_only=True)


@safety("MagDesk warns when a case file is in a folder that a cloud service syncs.")
def test_a_cloud_folder_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Dropbox" / "case.magdesk"
    path.parent.mkdir()
    for command in (["new", str(path)], ["info", str(path)]):
        assert main(command, ENVIRONMENT) == 0
        assert "synced by Dropbox" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "case.magdesk")], ENVIRONMENT) == 0
    assert "synced" not in capsys.readouterr().err
