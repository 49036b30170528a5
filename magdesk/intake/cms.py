"""Signed and encrypted envelopes (RFC 5652): what is inside a signed one, and by whose certificate.

Only the outer structure is read. No signature is verified and nothing is decrypted.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID

from magdesk.i18n import _
from magdesk.intake.foreign import Damaged, foreign

TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_SIGNED, _ENVELOPED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
_AUTHENTICATED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17"
_DEPTH = 8
_ARMOUR = re.compile(rb"-----BEGIN (?:PKCS7|CMS)-----(.*?)-----END", re.DOTALL)
ENCRYPTED = _("It is encrypted with S/MIME and could not be read.")
DECRYPT_IT = _("Anyone who holds the key can decrypt it in a mail program; add the decrypted message.")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope.

    Attributes:
        encrypted: whether only a holder of a key can read it.
        content: what was signed; empty where it is not inside.
        signers: the names in the certificates that came along.
    """

    encrypted: bool
    content: bytes = field(default=b"", repr=False)
    signers: tuple[str, ...] = ()


def open_envelope(data: bytes) -> Envelope:
    """What an envelope holds.

    Raises:
        Damaged: it is none, or not to be made sense of.
    """
    try:
        if data.startswith(b"-----"):
            armoured = _ARMOUR.search(data)
            data = base64.b64decode(armoured[1]) if armoured else b""
        outer = _Element.at(data, 0)
        kind, wrapped = outer.children()[:2]
        if kind.value in (_ENVELOPED, _AUTHENTICATED):
            return Envelope(encrypted=True)
        if kind.value != _SIGNED:
            raise ValueError("another kind of envelope")
        inner = wrapped.children()[0].children()[2].children()
        content = b"".join(inner[1].children()[0].octets()) if len(inner) > 1 else b""
    except (ValueError, IndexError) as error:
        raise Damaged(error) from error
    return Envelope(encrypted=False, content=content, signers=_names(data))


def encrypted_said() -> str:
    """The sentences for what is encrypted."""
    return f"{ENCRYPTED} {DECRYPT_IT}"


def signed_said(signers: tuple[str, ...]) -> str:
    """The sentence for what is signed."""
    if not signers:
        return _("It is signed with S/MIME; the signer could not be read, and the signature was not verified.")
    return _("It is signed with S/MIME; the certificates name {names}. The signature was not verified.").format(
        names=", ".join(signers)[:300]
    )


def _names(data: bytes) -> tuple[str, ...]:
    try:
        with foreign("cryptography"):
            certificates = pkcs7.load_der_pkcs7_certificates(data)
            return tuple(dict.fromkeys(_name(one) for one in certificates))
    except Damaged:
        return ()


def _name(certificate: Certificate) -> str:
    subject = certificate.subject
    for kind in (NameOID.COMMON_NAME, NameOID.EMAIL_ADDRESS):
        told = [str(one.value) for one in subject.get_attributes_for_oid(kind)]
        if told:
            return " ".join(told)
    return subject.rfc4514_string()


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of ASN.1 (X.690), of definite or indefinite length."""

    tag: int
    value: bytes
    end: int

    @classmethod
    def at(cls, data: bytes, start: int, depth: int = 0) -> _Element:
        """The element that begins there."""
        if depth > _DEPTH:
            raise ValueError("too deep")
        tag, first = data[start], data[start + 1]
        at = start + 2
        if first == 0x80:
            end = at
            while data[end : end + 2] != b"\x00\x00":
                end = cls.at(data, end, depth + 1).end
            return cls(tag, data[at:end], end + 2)
        length = first
        if first & 0x80:
            count = first & 0x7F
            length = int.from_bytes(data[at : at + count], "big")
            at += count
        if at + length > len(data):
            raise ValueError("cut off")
        return cls(tag, data[at : at + length], at + length)

    def children(self) -> list[_Element]:
        """The elements inside."""
        found, at = [], 0
        while at < len(self.value):
            one = _Element.at(self.value, at)
            found.append(one)
            at = one.end
        return found

    def octets(self, depth: int = 0) -> list[bytes]:
        """The bytes of a string, which may be in pieces."""
        if not self.tag & 0x20:
            return [self.value]
        if depth > _DEPTH:
            raise ValueError("too deep")
        return [piece for one in self.children() for piece in one.octets(depth + 1)]
