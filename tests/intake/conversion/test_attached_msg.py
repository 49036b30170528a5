"""A message attached to an Outlook message becomes a file of its own that reads as any other, with its own digest."""

from __future__ import annotations

import hashlib
import io
import random
import struct
from typing import BinaryIO

import olefile
import pytest

from magdesk.intake.compoundfile import Storage, compound_file
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.outlook import convert_msg
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.filereading import FileReading
from magdesk.intake.read import read_file
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source

OUTLOOK = "application/vnd.ms-outlook"


def text(value: str) -> bytes:
    return value.encode("utf-16-le")


def message(subject: str, body: str, *attached: Storage, inside: bool = False) -> dict[str, bytes | Storage]:
    """The storage of a message; of one attached to another, whose properties have a shorter head."""
    sent = struct.pack("<HHIQ", 0x0040, 0x0039, 6, 132_000_000_000_000_000)
    made: dict[str, bytes | Storage] = {
        "__properties_version1.0": bytes(24 if inside else 32) + sent,
        "__substg1.0_0037001F": text(subject),
        "__substg1.0_1000001F": text(body),
        "__substg1.0_0C1A001F": text("Sender Person"),
    }
    for number, one in enumerate(attached):
        made[f"__attach_version1.0_#{number:08X}"] = one
    return made


def attached_file(name: str, data: bytes) -> Storage:
    return {"__properties_version1.0": bytes(8), "__substg1.0_3707001F": text(name), "__substg1.0_37010102": data}


def attached_message(inner: Storage) -> Storage:
    return {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": inner}


def letter() -> bytes:
    innermost = message("Third", "The deepest words", inside=True)
    inner = message(
        "Second", "Words of the second message", attached_file("plan.txt", b"The plan\n" * 900),
        attached_message(innermost), inside=True,
    )  # fmt: skip
    outer = message("First", "Words of the first message", attached_message(inner), attached_file("a.txt", b"small"))
    return compound_file({**outer, "__nameid_version1.0": {"__substg1.0_00020102": b"names"}})


def read(data: bytes) -> tuple[FileFacts, dict[str, bytes]]:
    children: dict[str, bytes] = {}

    def take(name: str, stream: BinaryIO) -> None:
        children[name] = stream.read()

    def begin(kind: str) -> FileReading:
        return FileReading(kind, on_child=take)

    return read_file(io.BytesIO(data), "letter.msg", begin=begin), children


def details(facts: FileFacts) -> dict[str, str]:
    return {one.name: one.value for one in facts.details if one.section == "mail"}


def test_each_message_is_a_file_of_its_own() -> None:
    facts, children = read(letter())
    assert details(facts)["Subject"] == "First"
    assert [words for _page, words in facts.text] == ["Words of the first message"]
    assert children["a.txt"] == b"small"
    second = children["Second.msg"]
    assert sniff(io.BytesIO(second), "x") == OUTLOOK
    inner, below = read(second)
    assert (details(inner)["Subject"], details(inner)["From"]) == ("Second", "Sender Person")
    assert details(inner)["Sent"].startswith("2019-04-17")
    assert [words for _page, words in inner.text] == ["Words of the second message"]
    assert below["plan.txt"] == b"The plan\n" * 900
    third, nothing = read(below["Third.msg"])
    assert [words for _page, words in third.text] == ["The deepest words"]
    assert nothing == {}
    with olefile.OleFileIO(io.BytesIO(below["Third.msg"])) as ole:
        assert ole.openstream("__nameid_version1.0/__substg1.0_00020102").read() == b"names"


def test_the_page_lists_it_with_its_digest() -> None:
    blocks: list[str] = []
    gathering = Gathering(blocks.append, lambda *_given: None)
    convert_msg(Source(io.BytesIO(letter()), "letter.msg", OUTLOOK), gathering)
    told = "".join(blocks)
    digest = hashlib.sha256(read(letter())[1]["Second.msg"]).hexdigest()
    assert "Second.msg" in told
    assert digest[:16] in told
    assert "Words of the second message" not in told  # it is an item, and a page, of its own


def test_the_digest_is_the_same_each_time() -> None:
    digests = {hashlib.sha256(read(letter())[1]["Second.msg"]).hexdigest() for _again in range(2)}
    assert len(digests) == 1


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7, 8, 40])
def test_what_is_written_is_what_another_reader_reads(count: int) -> None:
    chance = random.Random(count)
    sizes = [chance.choice((0, 1, 63, 64, 65, 4095, 4096, 4097, 70_000)) for _one in range(count)]
    content: Storage = {
        f"s{number}": chance.randbytes(size) if number % 3 else {f"i{number}": chance.randbytes(size), "empty": b""}
        for number, size in enumerate(sizes)
    }
    with olefile.OleFileIO(io.BytesIO(compound_file(content)), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        found = {"/".join(entry): ole.openstream(entry).read() for entry in ole.listdir()}
    wanted: dict[str, object] = {}
    for name, value in content.items():
        if isinstance(value, bytes):
            wanted[name] = value
        else:
            wanted |= {f"{name}/{one}": inner for one, inner in value.items()}
    assert found == wanted


def test_a_large_one_has_a_list_of_its_tables() -> None:
    large = random.Random(1).randbytes(9 << 20)
    with olefile.OleFileIO(io.BytesIO(compound_file({"large": large, "b": b"x"}))) as ole:
        assert ole.openstream("large").read() == large


def test_a_name_that_no_such_file_can_have_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        compound_file({"x" * 32: b""})
