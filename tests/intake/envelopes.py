"""Signed and encrypted envelopes (RFC 5652) made with one stored key, so that they are the same bytes each time."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7

SIGNER = "Clerk of the Court"
_FILES = Path(__file__).parents[1] / "files" / "envelopes"
ENCRYPTED = (_FILES / "encrypted.p7m").read_bytes()


def signed(content: bytes) -> bytes:
    """An envelope with what was signed inside, and with the certificate of :data:`SIGNER`."""
    key = serialization.load_pem_private_key((_FILES / "clerk.key").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    certificate = x509.load_pem_x509_certificate((_FILES / "clerk.pem").read_bytes())
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    # Attributes would hold the hour at which it was signed.
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoAttributes]
    return builder.sign(serialization.Encoding.DER, options)
