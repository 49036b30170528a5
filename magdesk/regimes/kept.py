"""The law update that is kept in the user's folder, as it was signed, and whose signatures count here.

It is verified each time the law is read: what counts is what was signed, whoever can write into the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from magdesk import paths
from magdesk.errors import InputError, LawUpdateError
from magdesk.i18n import _
from magdesk.plainfiles import read_plain
from magdesk.regimes.update import LARGEST, NAMESPACE, LawUpdate, read_update
from magdesk.signing.signature import SignatureError, SignedFile, SigningKey, read_signed, verify
from magdesk.signing.signers import Signer, read_signers

_LONGEST_LIST = 1 << 20


@dataclass(frozen=True, slots=True)
class SignedUpdate:
    """A law update that somebody who is trusted signed."""

    update: LawUpdate
    signer: Signer
    signed: SignedFile


class UnknownSigner(SignatureError):
    """The signature is right, but nobody here trusts the key.

    Attributes:
        key: the key that signed.
    """

    def __init__(self, key: SigningKey) -> None:
        super().__init__(
            f"The law update is signed with a key that is not trusted here: {key.fingerprint}.",
            "Ask whoever you expect it from for the fingerprint of their key, by telephone or in person. If it is "
            "this one: magdesk law --trust FILE",
        )
        self.key = key


def kept_file() -> Path:
    """Where the update lies."""
    return paths.user_config() / "update.magdesk-law"


def signers_file() -> Path:
    """Where the keys stand that the user trusts."""
    return paths.user_config() / "law-signers"


def trusted_signers() -> tuple[Signer, ...]:
    """Whose law updates count: the keys that came with the program, then the user's own.

    Raises:
        InputError: a list is damaged.
    """
    found: list[Signer] = []
    for file, ours in ((paths.resource("signers"), True), (signers_file(), False)):
        try:
            text = read_plain(file, _LONGEST_LIST).decode("utf-8")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                _("The list of trusted signers {file} cannot be read.").format(file=file), _("Correct or remove it.")
            ) from error
        known = {one.key for one in found}
        found += [one for one in read_signers(text, NAMESPACE, ours=ours) if one.key not in known]
    return tuple(found)


def authenticate(signed: SignedFile) -> SignedUpdate:
    """The update in a signed file. Nothing of its content is looked at before its signature and signer are known.

    Raises:
        UnknownSigner: the signature is right, but of nobody who is trusted.
        InputError: it is not signed rightly, or is no law update.
    """
    key = verify(signed, NAMESPACE)
    signer = next((one for one in trusted_signers() if one.key == key), None)
    if signer is None:
        raise UnknownSigner(key)
    return SignedUpdate(read_update(signed.content), signer, signed)


def kept_update() -> SignedUpdate | None:
    """The update that is kept, if there is one.

    Raises:
        LawUpdateError: it was damaged, or its signer is not trusted any more.
    """
    file = kept_file()
    if not file.exists():
        return None
    try:
        return authenticate(read_signed(file, LARGEST))
    except InputError as error:
        raise LawUpdateError(
            _("The stored law update is not in use. {message}").format(message=error.message)
        ) from error
