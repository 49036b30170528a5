"""Archives encrypted with AES, made by another program."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import pytest

from magdesk.intake import FileReader
from magdesk.intake.reading import BrokenChild

PASSWORD = "geheim ключ"
MADE = {
    "128": (
        "UEsDBBQAAQBjAOZKdl0AAAAAKAAAABIAAAAIAAsAbm90ZS50eHQBmQcAAgBBRQEIADu6pn3tI2If9VY/zaHLOIMw+1RdIdWRdh9I"
        "VULpWzdzqzCfQkI2C4hQSwMEFAABAGMA5kp2XQAAAADLAgAAYK4KAAkACwB6ZXJvcy5iaW4BmQcAAgBBRQEIAFZ3ElHFKQs+3rJo"
        "COvivwYOwO5zuvnHD5h9tUz3cmpmTUbfOhoR+rSZjEWKTE/misKo5McxbekfnCcPXvqfYe5vqrg4IwpnkyXW2DJiloVy2Ky8g/kl"
        "sq0/bvCgW+/J5sHY6hiE34MQcfXpndDZjt5ia81bAOMZbInHJcKjjwPDM+sd1i1If6dBgQ1wmdl2S1PGvqQwbWeLQy90pwl5FRWm"
        "MNV2fkK63bU/6EqU/fwI7hgjVitEg+C3GFe+sCUTDYH99fRaDixj+PngbmiH7fsrDid53MZI5zqTovjHmsC0mFCMIYCwXMzOglBY"
        "UOmo6Q5x+LaGOynzKYTXXx/AITOUrfIPDbVzW7f8mbkFJeORy8WJxIN7t/u8RdZJvY0C9KazB9WBwOe5t6f2XFeDOFsdXtfH3/di"
        "LtoByOQqb0FDMf4+81VDiL5COWFf4csf48VI83EYzbSqUOIUIn44ClFgQqTngz1QWUdr8jGpl0HfxFOwMtBXkXhHQETblb4RIfH7"
        "PmkqzreQFhqtFctKT01mGNBCgxHX4hWLL4jx8fln9MRCuTToOy8MWovtIlVXSxurWUz58B+OwZyB9e662UsjEyAJY1NcN6GAEx5M"
        "Mikzm7e0JywcON6QIzXkaBm/FkqFc8d5iZ36ULlnf2yr9alVrVpvvvmbdAQX6xAeKQi509xu3FmlDh0c2C3I36HhVAUy1mVhRzK8"
        "qise03xH0wJA03dCmx51VSDLPWvIyEbHMcjoB4foVs5/ObgmUZFOUOgm4XNBLyRfaU3aW0mwm7BUOHT/qbxWcCeAZPbWf8OXxg9X"
        "MPvlpsXh3Woq6JapiTt1hWJEkavKLeiZGULs/3+r7EWgEdEwPIPwjeO6ttBuE/Xlexxb4gZad3O9IzZA3tsC175u3MRikB5yENf9"
        "Y7VgXQJexNr+tO6e/sFJeM6KC54yy9zNT7cDAiRQSwECFAMUAAEAYwDmSnZdAAAAACgAAAASAAAACAALAAAAAAAAAAAAgAEAAAAA"
        "bm90ZS50eHQBmQcAAgBBRQEIAFBLAQIUAxQAAQBjAOZKdl0AAAAAywIAAGCuCgAJAAsAAAAAAAAAAACAAVkAAAB6ZXJvcy5iaW4B"
        "mQcAAgBBRQEIAFBLBQYAAAAAAgACAIMAAABWAwAAAAA="
    ),
    "256": (
        "UEsDBBQAAQBjAOZKdl0AAAAAMAAAABIAAAAIAAsAbm90ZS50eHQBmQcAAgBBRQMIAEdCpPgOIFrn+tjCjNmY5WjoJUtlsspDk9bX"
        "TqG8rFNJgVImpsWwdoP2CeS6iVgcZFBLAwQUAAEAYwDmSnZdAAAAANMCAABgrgoACQALAHplcm9zLmJpbgGZBwACAEFFAwgAVBPA"
        "F0Eg8yc1Gp1cuh56hf3YK4iyQS2kLEvagJJQayj4OS1QrAYfHNI4eP0jqftQ8lw0VVh/AvqSluN9WA+WM6/q/Eh3d8hB3B7paVxK"
        "bjxshkrlq4qcl+K5U3JFi54npRDThf7bAk89sdN0z6QECQ2aDtra54gel0bu5rnyQMJP7lI5FCZ5u9oSdl1lplq/33N5rZIHg9dH"
        "k/56PeVHUzZI1JsB8cMjvsl2Rf5EjIRvLCaiKze6+GI0tdYM6ww/xLEfY19woh6Zs0h9VmyXPX+IUfCZfXYh/x3QeGjypl9+L+k7"
        "JOczMLMgizXl7+RipSoCgrRbxchrzuQ0GDj4ZQC+7qGcWDR+me2NQnG77JWP+ObeiPn1X7B28t2mzWKu8PYSFofQ8XDq0JjlzgZc"
        "nS8UfmitfIONB2YA9sntyx9dzY0Y7sHpnt2YY9BoadkAKzguAiU2eSJDeNB21usxO1SjV/QpMV+EUrsXIUyGUxUjTcJ0YjQEoZA4"
        "b4EgRkk4VnGC22DFR0p9i1BsRO0ts5WINdqa3eaPheXBkc/7WTnDAY1mNbfy2gSEP8CZuXfbRx2vZnOPpMumQoiH47Hfalmws2ZT"
        "Z/S+e7PffpU11kuZmP0pasSZgl/zUMZlrR4YcT5eY/gExNr5I8EEn3+IijtekXncM73s4QEXB0I4eTDKUjh7r4DtUaEgGlKqG5ls"
        "ZBD/JBhWXbwwzOHZhlXENM9RmYmUAlG0xyA3mP7G6WAs11Ol+BE5fWbU3niqOhi4OCevnu+fqMBTrdVJ9lpBMMbmGeN2saF96hbj"
        "hB+IgW/eZM3+BUVlo+5qjblFQiwPHex9PTOIuI6LHcn53UBEUqmXAootFcVi1jF1YMWOjRc4JYIREaoeujfAwbiGynNVYQ87AD/M"
        "Dlu5AqkG/ILC/DaF7cW7a6C275aR3YWYgaHfbx5Q2oGFHa0DBbLub9GvMDxlUEsBAhQDFAABAGMA5kp2XQAAAAAwAAAAEgAAAAgA"
        "CwAAAAAAAAAAAIABAAAAAG5vdGUudHh0AZkHAAIAQUUDCABQSwECFAMUAAEAYwDmSnZdAAAAANMCAABgrgoACQALAAAAAAAAAAAA"
        "gAFhAAAAemVyb3MuYmluAZkHAAIAQUUDCABQSwUGAAAAAAIAAgCDAAAAZgMAAAAA"
    ),
    "stored": (
        "UEsDBBQAAQBjAOZKdl0AAAAAKgAAABIAAAAIAAsAbm90ZS50eHQBmQcAAgBBRQIAANT79vkS+lqP+b0/OrUPUjhw9JeT0NRYrNB2"
        "Of6zpfFNkOQKpSnm5LbATlBLAQIUAxQAAQBjAOZKdl0AAAAAKgAAABIAAAAIAAsAAAAAAAAAAACAAQAAAABub3RlLnR4dAGZBwAC"
        "AEFFAgAAUEsFBgAAAAABAAEAQQAAAFsAAAAAAA=="
    ),
}
"""By strength of the key: a note, and 700,000 zeros where it is packed; out of pyzipper 0.4.0."""


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader(silence=240, whole=280) as opened:
        yield opened


def unpacked(reader: FileReader, data: bytes, password: str) -> tuple[dict[str, bytes], str, bool]:
    found: dict[str, bytes] = {}

    def on_child(name: str, stream: BinaryIO) -> None:
        found[name] = stream.read()

    facts = reader.read(io.BytesIO(data), "x.zip", len(data), password=password, members=(), on_child=on_child)
    return found, facts.note, facts.locked


@pytest.mark.parametrize("made", MADE)
def test_members_are_opened_with_the_password(reader: FileReader, made: str) -> None:
    data = base64.b64decode(MADE[made])
    found, note, locked = unpacked(reader, data, PASSWORD)
    assert found["note.txt"] == b"words of a witness"
    assert found.get("zeros.bin", bytes(700_000)) == bytes(700_000)
    assert not note
    assert not locked


@pytest.mark.parametrize(("password", "locked"), [("", True), ("wrong", False)])
def test_without_it_they_stay_closed(reader: FileReader, password: str, locked: bool) -> None:
    found, note, said = unpacked(reader, base64.b64decode(MADE["256"]), password)
    assert (found, said) == ({}, locked)
    assert "note.txt: it is locked with a password." in note


def test_what_was_changed_is_not_taken_for_whole(reader: FileReader) -> None:
    data = bytearray(base64.b64decode(MADE["stored"]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("note.txt").header_offset
    data[start + 30 + len("note.txt") + 11 + 12 + 2 + 5] ^= 1
    with pytest.raises(BrokenChild):
        unpacked(reader, bytes(data), PASSWORD)


def test_a_way_of_packing_that_nobody_knows_is_no_lock(reader: FileReader) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", b"words")
    data = bytearray(made.getvalue())
    central = data.index(b"PK\x01\x02")
    data[8:10] = data[central + 10 : central + 12] = (97).to_bytes(2, "little")  # WavPack, APPNOTE 4.4.5
    found, note, locked = unpacked(reader, bytes(data), "")
    assert found == {}
    assert "packed in a way that cannot be opened here" in note
    assert not locked
    assert "password" not in note
