"""Writes the golden texts of the sample packet anew: ``python -m tests.golden``; review ``git diff tests/golden``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from magdesk.casefile import CaseFile, keys
from magdesk.regimes import load_law
from magdesk.services.export import export_packet
from magdesk.services.sample import create_sample
from tests.golden.packet_text import packet_text
from tests.shared import CHEAP, PACKET_DAY, SAMPLE_DAY, SAMPLE_PASSPHRASE

SAMPLE = Path(__file__).with_name("sample")


def main() -> None:
    """Make the sample and its packet as of the tests' days, and keep what it says."""
    keys.STANDARD = CHEAP
    with tempfile.TemporaryDirectory(prefix="magdesk-golden-") as name:
        folder = Path(name)
        for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = str(folder / variable)
        create_sample(folder / "sample.magdesk", SAMPLE_PASSPHRASE, today=SAMPLE_DAY).close()
        with CaseFile.open(folder / "sample.magdesk", SAMPLE_PASSPHRASE, read_only=True) as case:
            export_packet(case, folder / "packet", law=load_law(), date=PACKET_DAY)
        texts = packet_text(folder / "packet")
    SAMPLE.mkdir(exist_ok=True)
    for path in SAMPLE.iterdir():
        if path.name not in texts:
            path.unlink()
    for file_name, text in texts.items():
        (SAMPLE / file_name).write_text(text, "utf-8")
    print(f"{len(texts)} texts are in {SAMPLE}")


if __name__ == "__main__":
    main()
