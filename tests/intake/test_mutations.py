"""A slice of ``python -m tests.bench.mutations``: damage may be read or called damage, never be a fault of ours."""

from __future__ import annotations

import io

import pytest

from magdesk.intake.conversion.convert import CONVERTERS
from magdesk.intake.read import read_file
from magdesk.intake.readerchoice import READERS
from magdesk.intake.rendering.showerchoice import SHOWERS
from magdesk.intake.sniff import sniff
from tests.bench.decoders import Decoder, decoders
from tests.bench.mutations import FAULT, outcomes
from tests.bench.samples import Samples, samples

DECODERS, SAMPLES = tuple(decoders()), tuple(samples())
PAGES = "application/vnd.apple.pages"


@pytest.mark.parametrize("decoder", DECODERS, ids=[one.name for one in DECODERS])
def test_damage_is_no_fault(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magdesk.intake.sandbox.programs.find_program", lambda _program: None)
    faults = [place for outcome, place in outcomes(decoder, 0, 12, 8) if outcome == FAULT]
    assert not faults


def test_no_decoder_is_left_out() -> None:
    """Of each way there is one that takes each kind; of the kinds that are read as one another, of one."""
    alike = {"application/xhtml+xml": "text/html", "text/tab-separated-values": "text/csv"}
    alike |= dict.fromkeys(("application/geo+json",), "application/json")
    alike |= dict.fromkeys(("application/gpx+xml", "application/vnd.google-earth.kml+xml"), "application/xml")
    alike |= {"application/vnd.google-earth.kmz": "application/zip"}
    alike |= dict.fromkeys((f"application/vnd.apple.{one}" for one in ("numbers", "keynote")), PAGES)
    for way, table in (("read", READERS), ("converted", CONVERTERS), ("shown", SHOWERS)):
        tried = {one.kind for one in DECODERS if one.name.endswith(way)}
        assert {alike.get(kind, kind) for kind in table} <= tried, way


@pytest.mark.parametrize("sound", SAMPLES, ids=[one.name for one in SAMPLES])
def test_what_is_damaged_is_sound_before(sound: Samples) -> None:
    """Damage to a file that is taken for another kind, or is damaged itself, would try nothing of the decoder."""
    data = sound.files[0]
    name = "x.csv" if sound.kind == "text/csv" else "x"
    assert sniff(io.BytesIO(data), name) == sound.kind
    assert "damaged" not in read_file(io.BytesIO(data), name).note
    assert data == next(one.files[0] for one in samples() if one.name == sound.name)  # the same each time
