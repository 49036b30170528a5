"""What a native file holds is found wherever it stands in its bytes."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

import pytest

from magdesk.packet.nativewords import native_parts
from tests.safety import safety

NAME = "Zorabella Quintessario"


def package(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def texts(data: bytes) -> list[tuple[str, str]]:
    return [(part.where, part.text) for part in native_parts(io.BytesIO(data), len(data))]


def pdf_with_a_file() -> bytes:
    packed = zlib.compress(b"the witness is " + NAME.encode())
    return b"%PDF-1.7\n1 0 obj<</Type/EmbeddedFile/Filter/FlateDecode>>stream\r\n" + packed + b"\nendstream\n"


HIDDEN: dict[str, Callable[[], bytes]] = {
    "bare": lambda: b"\x00\x01\x02RIFF" + NAME.encode() + b"\x00\x03",
    "utf-16": lambda: b"\x01" * 9 + NAME.encode("utf-16-le") + b"\x00" * 40,
    "a folded line": lambda: b"BEGIN:VCALENDAR\r\nATTENDEE;CN=Zorabella Quinte\r\n ssario:mailto:x@y.example\r\n",
    "quoted-printable": lambda: b"Subject: x\r\n\r\nI met Zorabella Quintes=\r\nsario there.\r\n",
    "a comment of a sheet": lambda: package(
        xl__comments__comment1_dot_xml=b"<comments><t>Zora</t><t>bella Quintessario</t></comments>"
    ),
    "a member of a member": lambda: package(a_dot_zip=package(n_dot_txt=NAME.encode())),
    "the name of a member": lambda: package(**{NAME: b"x"}),
    "an entity": lambda: package(word__document_dot_xml=b"<t>Zorabella&#32;Quintessario</t>"),
    "a file that hangs in a PDF": pdf_with_a_file,
}


@safety(
    "A final export stops where an exhibit names them; a file that would leave as it is is searched with all that it "
    "holds: comments, hidden sheets, members of an archive, files that hang in a PDF."
)
@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_name_is_found_wherever_it_stands(hidden: str) -> None:
    assert any(NAME in text for _where, text in texts(HIDDEN[hidden]()))


def test_a_part_says_where_it_is() -> None:
    found = texts(package(a_dot_zip=package(n_dot_txt=NAME.encode())))
    assert ("a.zip / n.txt", NAME) in found


@safety(
    "What is packed otherwise than zip and deflate (7z, rar, encrypted members), and what pictures and voices show, "
    "no search sees."
)
def test_what_is_no_text_and_what_is_broken_say_nothing_and_stop_nothing() -> None:
    noise = random.Random(9).randbytes(200_000)
    broken = package(n_dot_txt=NAME.encode() * 50)[:-40]
    for data in (b"", b"PK\x03\x04" + noise, b"%PDF-1.4 stream\n" + noise, broken):
        assert not any(NAME in text for _where, text in texts(data))


def test_a_bomb_is_unpacked_as_far_as_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magdesk.packet.nativewords._MOST", 1 << 20)
    monkeypatch.setattr("magdesk.packet.nativewords._LARGEST", 1 << 18)
    bomb = package(**{f"m{number}": b"a" * (1 << 20) for number in range(8)})
    assert sum(len(text) for where, text in texts(bomb) if where) <= 1 << 20
