"""What the drawing worker answers where a file leads its libraries too deep: a refusal, and then the next request."""

from __future__ import annotations

import io
import json
from typing import BinaryIO

import pytest

from magdesk.intake.rendering import worker
from magdesk.intake.rendering.answers import Outline, StoredFile
from magdesk.intake.rendering.showerchoice import Shower
from magdesk.intake.sandbox import wire


class Bottomless:
    """A file whose outline, letters and opening are nested without an end."""

    def __init__(self, stream: BinaryIO, item: StoredFile) -> None:
        if item.name == "deep in opening":
            self.outline()

    def outline(self) -> Outline:
        return self.outline()

    def close(self) -> None:
        """Nothing is open."""


def answered(monkeypatch: pytest.MonkeyPatch, *orders: dict[str, object]) -> list[tuple[bytes, bytes]]:
    """What the worker says to these orders, one after the other, over such a file."""

    def shower(_media_type: str) -> Shower:
        return Bottomless  # type: ignore[return-value]

    monkeypatch.setattr(worker, "shower_for", shower)
    given, told = io.BytesIO(), io.BytesIO()
    for order in orders:
        wire.send(given, wire.JOB, json.dumps(order).encode())
    given.seek(0)
    worker.serve(given, told)
    told.seek(0)
    frames: list[tuple[bytes, bytes]] = []
    while told.tell() < len(told.getvalue()):
        frames.append(wire.receive(told))
    return frames


def opening(name: str) -> dict[str, object]:
    return {"do": "open", "type": "application/pdf", "name": name, "size": 0, "password": ""}


@pytest.mark.parametrize("name", ["deep in opening", "deep in showing"])
def test_a_file_nested_too_deeply_is_refused_and_the_worker_goes_on(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = answered(monkeypatch, opening(name), opening(name))
    assert [kind for kind, _payload in frames] == [wire.REFUSED, wire.REFUSED]
    for _kind, payload in frames:
        assert wire.unpack_refusal(payload)[0] == "The file is nested too deeply to be shown."
