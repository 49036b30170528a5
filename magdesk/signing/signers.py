"""Whose signatures count: keys that came with the program, and those that a person compared by their fingerprint.

The list has the form of OpenSSH's *allowed signers*, so that ``ssh-keygen -Y verify -f LIST`` reads it too.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

from magdesk.errors import InputError
from magdesk.signing.signature import KIND, SigningKey, key_of_blob

_NAME = re.compile(r"[^\W_](?:[\w .,'’&()+-]{0,78}[\w.)])?")
_PRINCIPAL = re.compile(r"[^\w.-]+", re.ASCII)
_PURPOSES = re.compile(r'namespaces="([\w.,-]+)"', re.ASCII)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody whose signatures count.

    Attributes:
        name: what those who trust the key call its owner.
        ours: whether the key came with the program.
    """

    name: str
    key: SigningKey
    ours: bool = False


def read_public_key(text: str) -> tuple[SigningKey, str]:
    """A public key file: the key and the comment behind it.

    Raises:
        InputError: it is none, or of another kind.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    parts = lines[0].split(None, 2) if len(lines) == 1 else []
    key = _key_of(parts[1]) if len(parts) >= 2 and parts[0] == KIND else None
    if key is None:
        raise InputError(
            "This is not a public key that can be used here.",
            "Take the file that ends in .pub of a key made with: ssh-keygen -t ed25519",
        )
    return key, parts[2].strip() if len(parts) > 2 else ""


def read_signers(text: str, namespace: str, *, ours: bool = False) -> tuple[Signer, ...]:
    """The signers of a list in the form that ``ssh-keygen -Y verify -f`` reads, for one purpose.

    Raises:
        InputError: a line is no line of such a list.
    """
    found: list[Signer] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = line.split(None, 4)
        key = _key_of(parts[3]) if len(parts) >= 4 and parts[2] == KIND else None
        purposes = _PURPOSES.fullmatch(parts[1]) if key is not None else None
        if key is None or purposes is None:
            raise InputError(
                f"Line {number} of the list of trusted signers cannot be read.", "Correct or remove the line."
            )
        if namespace in purposes[1].split(","):
            found.append(Signer(parts[4].strip() if len(parts) > 4 else parts[0], key, ours))
    return tuple(found)


def write_signers(signers: Iterable[Signer], namespace: str) -> str:
    """Such a list, which ``ssh-keygen`` can use too."""
    lines = [
        f'{_PRINCIPAL.sub("-", one.name).strip("-") or "signer"} namespaces="{namespace}" {one.key.line} {one.name}\n'
        for one in signers
    ]
    return "".join(lines)


def usable_name(name: str) -> str:
    """The name of a signer as it is kept: one line of plain letters.

    Raises:
        InputError: it is none.
    """
    plain = " ".join(name.split())
    if not _NAME.fullmatch(plain):
        raise InputError(
            "The signer needs a name of up to 80 letters.",
            "Write it as you would in a letter, without special characters.",
        )
    return plain


def same_fingerprint(typed: str, key: SigningKey) -> bool:
    """Whether a person typed the whole fingerprint of the key; blanks and the word before it do not count."""
    plain = "".join(typed.split())
    return plain.removeprefix("SHA256:").rstrip("=") == key.fingerprint.removeprefix("SHA256:")


def _key_of(text: str) -> SigningKey | None:
    try:
        return key_of_blob(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        return None
