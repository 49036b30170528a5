"""Somebody who makes and signs law updates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from magdesk import paths
from magdesk.regimes.edition import Edition
from magdesk.services.lawupdates import pack_update

ISSUER = "The Coalition"


class Maker:
    """Somebody who makes law updates, with a key of their own."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder = folder / f"maker{seed}"
        self.folder.mkdir()
        secret = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.key = self.folder / "key"
        self.key.write_bytes(secret.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
        self.public = self.folder / "key.pub"
        public = secret.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        self.public.write_bytes(public + b" " + ISSUER.encode() + b"\n")

    def update(self, until: str, day: date = date(2026, 12, 20), *, serial: int = 1, signed: bool = True) -> Path:
        """An update in which the European regime runs until another day."""
        source = self.folder / f"law-{until}"
        (source / "regimes").mkdir(parents=True, exist_ok=True)
        text = paths.resource("regimes", "eu-ghrsr.toml").read_text("utf-8")
        changed = text.replace("in_force_until = 2026-12-08", f"in_force_until = {until}")
        changed = changed.replace("next_look = 2026-12-08", f"next_look = {until}")
        (source / "regimes" / "eu-ghrsr.toml").write_text(changed, "utf-8")
        to = self.folder / f"{until}-{day}-{serial}-{signed}.magdesk-law"
        if not to.exists():
            pack_update(source, to, Edition(day, serial), ISSUER, key=self.key if signed else None)
        return to

    def changed(self, code: str, *words: tuple[str, str], day: date = date(2026, 12, 20), note: str = "") -> Path:
        """An update of one regime in which words are other."""
        source = self.folder / f"changed-{code}"
        (source / "regimes").mkdir(parents=True)
        text = paths.resource("regimes", f"{code}.toml").read_text("utf-8")
        for old, new in words:
            assert old in text
            text = text.replace(old, new, 1)
        (source / "regimes" / f"{code}.toml").write_text(text, "utf-8")
        to = self.folder / f"{code}.magdesk-law"
        pack_update(source, to, Edition(day, 1), ISSUER, note=note, key=self.key)
        return to
