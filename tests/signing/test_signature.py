"""Signatures of OpenSSH: the same bytes as its own program makes, and nothing but what was signed is taken."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from magdesk.errors import InputError
from magdesk.signing.signature import SignatureError, SignedFile, SigningKey, read_signed, sign, take_apart, verify
from magdesk.signing.signers import (
    Signer,
    read_public_key,
    read_signers,
    same_fingerprint,
    usable_name,
    write_signers,
)

KEYGEN = shutil.which("ssh-keygen")
CONTENT = b'{"format": "magdesk-law"}\n'
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_FILE = SECRET.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
PUBLIC_FILE = SECRET.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
KEY = SigningKey(SECRET.public_key().public_bytes_raw())
NAMESPACE = "magdesk-law"

MADE = sign(CONTENT, KEY_FILE, NAMESPACE)


def test_a_signed_file_is_taken_and_its_key_named() -> None:
    assert verify(MADE, NAMESPACE) == KEY
    again = take_apart(MADE.joined)
    assert (again.armour, again.content) == (MADE.armour, CONTENT)
    assert verify(again, NAMESPACE) == KEY


@pytest.mark.skipif(KEYGEN is None, reason="ssh-keygen is not installed")
def test_the_program_of_openssh_makes_the_same(tmp_path: Path) -> None:
    assert KEYGEN is not None
    key, file = tmp_path / "key", tmp_path / "law.json"
    key.write_bytes(KEY_FILE)
    key.chmod(0o600)
    file.write_bytes(CONTENT)
    subprocess.run([KEYGEN, "-q", "-Y", "sign", "-n", NAMESPACE, "-f", key, file], check=True, capture_output=True)
    assert (tmp_path / "law.json.sig").read_bytes() == MADE.armour
    assert verify(read_signed(file, 1000), NAMESPACE) == KEY
    shown = subprocess.run([KEYGEN, "-lf", key], check=True, capture_output=True, text=True).stdout
    assert KEY.fingerprint in shown
    (tmp_path / "signers").write_text(write_signers([Signer("The Coalition", KEY)], NAMESPACE))
    checked = subprocess.run(
        [KEYGEN, "-Y", "verify", "-f", tmp_path / "signers", "-I", "The-Coalition", "-n", NAMESPACE,
         "-s", tmp_path / "law.json.sig"],
        input=CONTENT, check=False, capture_output=True,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr


def test_every_changed_byte_is_refused() -> None:
    for place in range(len(CONTENT)):
        changed = bytearray(CONTENT)
        changed[place] ^= 1
        with pytest.raises(SignatureError):
            verify(SignedFile(MADE.armour, bytes(changed)), NAMESPACE)
    packed = _packed(MADE)
    for place in range(len(packed)):
        forged = bytearray(packed)
        forged[place] ^= 1
        with pytest.raises(SignatureError):
            verify(_armoured(bytes(forged)), NAMESPACE)
    for end in range(len(packed)):
        with pytest.raises(SignatureError):
            verify(_armoured(packed[:end]), NAMESPACE)
    with pytest.raises(SignatureError):
        verify(_armoured(packed + b"\0"), NAMESPACE)


def _packed(signed: SignedFile) -> bytes:
    return base64.b64decode(b"".join(signed.armour.splitlines()[1:-1]))


def _armoured(packed: bytes) -> SignedFile:
    text = base64.b64encode(packed)
    return SignedFile(b"-----BEGIN SSH SIGNATURE-----\n" + text + b"\n-----END SSH SIGNATURE-----\n", CONTENT)


def test_a_signature_for_something_else_is_none() -> None:
    with pytest.raises(SignatureError, match="something else"):
        verify(sign(CONTENT, KEY_FILE, "magdesk-release"), NAMESPACE)
    with pytest.raises(SignatureError, match="something else"):
        verify(sign(CONTENT, KEY_FILE, "file"), NAMESPACE)


def test_what_is_not_signed_says_so(tmp_path: Path) -> None:
    file = tmp_path / "law.json"
    file.write_bytes(CONTENT)
    with pytest.raises(SignatureError, match="not signed"):
        read_signed(file, 1000)
    (tmp_path / "law.json.sig").write_bytes(b"x" * 10_000_000)
    with pytest.raises(SignatureError, match="larger"):
        read_signed(file, 1000)
    (tmp_path / "law.json.sig").write_bytes(MADE.armour)
    assert verify(read_signed(file, 1000), NAMESPACE) == KEY
    with pytest.raises(SignatureError, match="larger"):
        read_signed(file, len(CONTENT) - 1)
    with pytest.raises(InputError, match="cannot be read"):
        read_signed(tmp_path / "missing", 1000)
    with pytest.raises(InputError, match="cannot be read"):
        read_signed(tmp_path, 1000)


def test_keys_of_other_kinds_are_refused() -> None:
    for text in (
        "",
        "ssh-rsa AAAAB3NzaC1yc2E= x",
        "ssh-ed25519 AAAA x",
        "ssh-ed25519",
        f"{PUBLIC_FILE}\n{PUBLIC_FILE}",
    ):
        with pytest.raises(InputError):
            read_public_key(text)
    for key in (b"", b"nothing", PUBLIC_FILE.encode()):
        with pytest.raises(InputError):
            sign(CONTENT, key, NAMESPACE)
    assert read_public_key(f"{PUBLIC_FILE} The Coalition\n") == (KEY, "The Coalition")


def test_a_list_of_signers_says_for_what_each_is_trusted() -> None:
    text = write_signers([Signer("Coalición für alle", KEY)], NAMESPACE)
    assert read_signers(text, NAMESPACE) == (Signer("Coalición für alle", KEY),)
    assert read_signers(text, "magdesk-release") == ()
    assert read_signers("# nobody\n\n", NAMESPACE) == ()
    for line in (
        f"x {PUBLIC_FILE}",
        'x namespaces="magdesk-law" ssh-ed25519 AAAA x',
        "x",
        text.replace("namespaces", "a"),
    ):
        with pytest.raises(InputError, match="Line 1"):
            read_signers(line, NAMESPACE)


def test_only_the_whole_fingerprint_is_the_fingerprint() -> None:
    plain = KEY.fingerprint
    spaced = " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
    for typed in (plain, plain.removeprefix("SHA256:"), spaced, f" {plain}\n"):
        assert same_fingerprint(typed, KEY)
    for typed in ("", "SHA256:", plain[:-1], plain[:20], plain.lower(), plain[:-1] + "A" * (plain[-1] != "A")):
        assert not same_fingerprint(typed, KEY)


def test_a_signers_name_is_one_line_of_letters() -> None:
    assert usable_name("  The   Coalition ") == "The Coalition"
    for name in ("", " ", "-x", "a\nb\x07", "x" * 200, '"quoted"', "a # b", "\u202eabc"):
        with pytest.raises(InputError):
            usable_name(name)
