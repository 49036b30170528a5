"""What each exhibit of the sample is made by. Same story, same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from magdesk.services.sample import photographs
from magdesk.services.sample.message import message_with_table
from magdesk.services.sample.paper import paper
from magdesk.services.sample.recording import loudspeaker
from magdesk.services.sample.scan import scanned_letter
from magdesk.services.sample.story import read_table, story_folder
from magdesk.services.sample.workbook import workbook


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One exhibit to be made.

    Attributes:
        name: its key in the story; also the name of its source file, where it has one.
        maker: how it comes to be: ``paper``, ``page``, or a key of the other makers.
    """

    name: str
    maker: str


def payments() -> bytes:
    """The bookkeeper's table, as a spreadsheet."""
    return workbook(read_table("payments")["sheet"])


_MAKERS: dict[str, Callable[[], bytes]] = {
    "sheet": payments,
    "mail": lambda: message_with_table(read_table("payments")["message"], payments()),
    "scan": lambda: scanned_letter(read_table("letter")),
    "sound": loudspeaker,
    "cannery": photographs.cannery,
    "belomys": photographs.empty_plot,
    "headquarters": photographs.headquarters,
    "room-1207": photographs.door,
    "service-book": photographs.service_book,
    "camera-still": photographs.camera_still,
    "portrait-officer": photographs.portrait_officer,
    "portrait-businessman": photographs.portrait_businessman,
}


def read_exhibits() -> list[Exhibit]:
    """All exhibits in the order of the story."""
    return [Exhibit(name, values["make"]) for name, values in read_table("evidence").items()]


def make(exhibit: Exhibit) -> bytes:
    """The file itself."""
    source = story_folder() / "exhibits" / exhibit.name
    if exhibit.maker == "paper":
        return paper(source.with_suffix(".md").read_text(encoding="utf-8"))
    if exhibit.maker == "page":
        return bytes(source.with_suffix(".html").read_bytes())
    return _MAKERS[exhibit.maker]()
