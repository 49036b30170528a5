"""Signatures of OpenSSH (``ssh-keygen -Y sign``) by Ed25519 keys: made and verified. Knows no file's meaning.

Chosen because the program that makes and verifies them is on every Linux, macOS and Windows already, so that whoever
signs needs nothing of ours, and what we publish can be verified before anything of ours is run; because a signature
names what it is made for (its *namespace*), so that one for a release is none for a law; and because the key to
compare is shown by its well-known fingerprint. One kind of key and two hashes are taken; what is not understood is
refused. There is no key server and no chain: a key is trusted because a person compared its fingerprint.

A signed file is the armoured signature followed by the bytes signed; ``cat law.json.sig law.json`` makes one. The two
may also lie beside each other, as ``ssh-keygen`` leaves them. Format: PROTOCOL.sshsig and ssh-keygen(1), ALLOWED
SIGNERS, of OpenSSH.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from magdesk.errors import InputError
from magdesk.plainfiles import read_plain

_MAGIC = b"SSHSIG"
KIND = "ssh-ed25519"
_VERSION = 1
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_HASHES = ("sha512", "sha256")
_LONGEST_ARMOUR = 2048  # bytes; that of an Ed25519 key has some three hundred
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_ARMOUR = re.compile(re.escape(_BEGIN) + rb"\s([A-Za-z0-9+/=\s]+)" + re.escape(_END) + rb"\r?\n")
_LINE = 70


class SignatureError(InputError):
    """A file is not signed, not signed rightly, or not signed by anyone who is trusted."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The public half of an Ed25519 key.

    Attributes:
        raw: its 32 bytes.
    """

    raw: bytes

    @property
    def blob(self) -> bytes:
        """As OpenSSH writes it on the wire."""
        return _string(KIND.encode()) + _string(self.raw)

    @property
    def line(self) -> str:
        """As a public key file has it, without a comment."""
        return f"{KIND} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """What people compare: ``SHA256:`` and 43 characters, as ``ssh-keygen -l`` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file and the signature over it, nothing of it verified.

    Attributes:
        armour: the signature as text.
        content: the bytes that it is over.
    """

    armour: bytes
    content: bytes

    @property
    def joined(self) -> bytes:
        """As one file."""
        return self.armour + self.content


def take_apart(data: bytes, beside: bytes | None = None) -> SignedFile:
    """The signature and what is signed; neither is believed yet.

    Args:
        data: the whole file.
        beside: what lies beside it in a ``.sig`` file, where the signature is not in the file itself.

    Raises:
        SignatureError: there is no signature.
    """
    found = _ARMOUR.match(data[:_LONGEST_ARMOUR])
    if found is not None:
        return SignedFile(found[0], data[found.end() :])
    if beside is not None:
        found = _ARMOUR.match((beside.strip() + b"\n")[:_LONGEST_ARMOUR])
        if found is not None:
            return SignedFile(found[0], data)
    raise SignatureError(
        "The file is not signed.",
        "Ask whoever made it for the signed file, or for the .sig file that belongs beside it.",
    )


def verify(file: SignedFile, namespace: str) -> SigningKey:
    """The key that signed exactly these bytes for this purpose. Whether it is to be trusted is another question.

    Raises:
        SignatureError: nobody did.
    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  most starts verify nothing
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    key, hashed, signature = _read(file.armour, namespace)
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, _signed_data(file.content, namespace, hashed))
    except (InvalidSignature, ValueError):
        raise SignatureError(
            "The signature does not belong to this file: it was changed after it was signed, or was damaged.",
            "Do not use it; ask for it again, through another channel.",
        ) from None
    return key


def sign(content: bytes, private_key: bytes, namespace: str) -> SignedFile:
    """Sign bytes as ``ssh-keygen -Y sign`` does.

    Args:
        private_key: an OpenSSH private key file that has no passphrase.

    Raises:
        InputError: it is no such key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key  # noqa: PLC0415

    try:
        secret = load_ssh_private_key(private_key, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        locked = "password" in str(error).casefold() or "bcrypt" in str(error)
        raise InputError(
            "The key is locked with a passphrase." if locked else "The file holds no private key of OpenSSH.",
            f"Leave --key out and sign with: ssh-keygen -Y sign -n {namespace} -f KEY FILE"
            if locked
            else "Make one with: ssh-keygen -t ed25519 -f KEY",
        ) from None
    if not isinstance(secret, Ed25519PrivateKey):
        raise InputError("The key is no Ed25519 key.", "Make one with: ssh-keygen -t ed25519 -f KEY")
    key = SigningKey(secret.public_key().public_bytes_raw())
    signature = secret.sign(_signed_data(content, namespace, _HASHES[0]))
    packed = (
        _MAGIC + struct.pack(">I", _VERSION) + _string(key.blob) + _string(namespace.encode()) + _string(b"")
        + _string(_HASHES[0].encode()) + _string(_string(KIND.encode()) + _string(signature))
    )  # fmt: skip
    text = base64.b64encode(packed)
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return SignedFile(b"\n".join((_BEGIN, *lines, _END)) + b"\n", content)


def read_signed(path: Path, most: int) -> SignedFile:
    """Read a signed file, or a file with its signature beside it; nothing of it is believed yet.

    Args:
        most: bytes that the file may have.

    Raises:
        InputError: it cannot be read, is too large, or is not signed.
    """
    data = _bytes_of(path, most)
    beside = path.with_name(f"{path.name}.sig")
    signature = _bytes_of(beside, _LONGEST_ARMOUR) if not data.startswith(_BEGIN) and beside.is_file() else None
    return take_apart(data, signature)


def _bytes_of(path: Path, most: int) -> bytes:
    try:
        data = read_plain(path, most)
    except OSError as error:
        raise InputError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if len(data) > most:
        raise SignatureError(f"“{path.name}” is larger than such a file can be.", "Do not use it.")
    return data


def _read(armour: bytes, namespace: str) -> tuple[SigningKey, str, bytes]:
    try:
        found = _ARMOUR.fullmatch(armour)
        if found is None:
            raise ValueError
        rest = base64.b64decode(b"".join(found[1].split()), validate=True)
        if rest[: len(_MAGIC)] != _MAGIC or struct.unpack_from(">I", rest, len(_MAGIC)) != (_VERSION,):
            raise ValueError
        rest = rest[len(_MAGIC) + 4 :]
        blob, rest = _take(rest)
        space, rest = _take(rest)
        _reserved, rest = _take(rest)
        hashed, rest = _take(rest)
        packed, rest = _take(rest)
        kind, tail = _take(packed)
        signature, tail = _take(tail)
        key = key_of_blob(blob)
        if rest or tail or kind != KIND.encode() or len(signature) != _SIGNATURE_BYTES or key is None:
            raise ValueError
        name = hashed.decode("ascii")
        if name not in _HASHES:
            raise ValueError
    except (ValueError, struct.error, binascii.Error):
        raise SignatureError(
            "The signature is of a kind that cannot be verified here.",
            "It has to be made with an Ed25519 key of OpenSSH.",
        ) from None
    if space != namespace.encode():
        raise SignatureError(
            "The signature was made for something else.",
            f"It has to be made with: ssh-keygen -Y sign -n {namespace}",
        )
    return key, name, signature


def _signed_data(content: bytes, namespace: str, hashed: str) -> bytes:
    digest = hashlib.new(hashed, content).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(hashed.encode()) + _string(digest)


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _take(data: bytes) -> tuple[bytes, bytes]:
    (length,) = struct.unpack_from(">I", data)
    if length > len(data) - 4:
        raise ValueError("cut off")
    return data[4 : 4 + length], data[4 + length :]


def key_of_blob(blob: bytes) -> SigningKey | None:
    """The key that OpenSSH writes so on the wire; none where it is of another kind."""
    try:
        kind, rest = _take(blob)
        raw, rest = _take(rest)
    except (ValueError, struct.error):
        return None
    return SigningKey(raw) if kind == KIND.encode() and not rest and len(raw) == _KEY_BYTES else None
