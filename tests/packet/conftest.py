"""One worker for all tests of the packet: to start one takes longer than most of them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest

from magdesk.intake.conversion import DocumentConverter


@pytest.fixture(scope="session")
def running_converter() -> Iterator[DocumentConverter]:
    """A converter that lives as long as the tests."""
    with DocumentConverter() as converter:
        yield converter


@pytest.fixture(autouse=True)
def shared_converter(running_converter: DocumentConverter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes a converter for himself gets that one; who needs his own names ``magdesk.intake.conversion``."""
    for place in ("magdesk.packet.plan", "magdesk.packet.converters.convert"):
        monkeypatch.setattr(importlib.import_module(place), "DocumentConverter", lambda: running_converter)
