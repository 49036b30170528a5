"""Signed, encrypted and wrapped mail as it comes in practice: nested, inline, of no known code page."""

from __future__ import annotations

import base64
import struct
from email.message import EmailMessage

import pytest

from magdesk.intake.comparison import lost_words
from magdesk.intake.tnef import unwrap
from tests.intake import envelopes
from tests.intake.test_kinds import read, words

PGP = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n=abcd\n-----END PGP MESSAGE-----\n"


def letter(body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "ada@clinic.example", "One"
    message.set_content(body)
    return message


def wrapped(data: bytes) -> bytes:
    head = "From: a@x.example\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n"
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(data)


def test_what_was_signed_twice_is_read() -> None:
    once = wrapped(envelopes.signed(bytes(letter("The order was given."))))
    facts = read(wrapped(envelopes.signed(once)), "twice.eml")
    assert "The order was given." in words(facts)
    assert facts.note.count("The signature was not verified.") == 1


def test_what_was_encrypted_and_then_signed_is_said_to_be_encrypted() -> None:
    facts = read(wrapped(envelopes.signed(wrapped(envelopes.ENCRYPTED))), "sealed.eml")
    assert "It is signed with S/MIME" in facts.note
    assert "It is encrypted with S/MIME and could not be read." in facts.note
    assert "no text" not in facts.note


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (PGP, "The message is encrypted with PGP"),
        (f"Hello before.\n\n{PGP}\nand after.", "A part of the message is encrypted with PGP"),
        (f"He wrote:\n> {PGP}", "A part of the message is encrypted with PGP"),
        ("The words BEGIN PGP MESSAGE in a sentence.", ""),
    ],
)
def test_what_is_encrypted_with_pgp_in_the_text_is_said(body: str, note: str) -> None:
    facts = read(bytes(letter(body)), "pgp.eml")
    assert facts.note.startswith(note)
    assert bool(facts.note) is bool(note)


def attribute(identity: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", 1, identity, 2, len(value)) + value + b"\0\0"


@pytest.mark.parametrize(("page", "guessed"), [(99_999, "cp1251"), (None, "cp1251"), (1251, "")])
def test_what_outlook_wrapped_in_no_known_code_page_is_guessed_and_said(page: int | None, guessed: str) -> None:
    data = b"\x78\x9f\x3e\x22\0\0" + (attribute(0x9007, struct.pack("<II", page, 0)) if page is not None else b"")
    data += attribute(0x800C, "Приказ отдан начальником в марте".encode("cp1251") + b"\0")
    found = unwrap(data)
    assert (found.text, found.guessed) == ("Приказ отдан начальником в марте", guessed)
    facts = read(data, "winmail.dat")
    assert ("which is a guess" in facts.note) is bool(guessed)


def test_a_word_with_the_mark_of_a_note_behind_it_is_shown() -> None:
    assert lost_words(["body two and six"], "Body two2 and si6") == ("six",)


def test_notes_comments_and_boxes_of_rich_text_tear_no_sentence() -> None:
    source = (
        rb"{\rtf1\ansi{\header HeaderWord\par}Body one {\*\annotation CommentWord\par}and "
        rb"two{\footnote NoteWord\par} and{\shp{\*\shpinst{\shptxt BoxWord\par}}} three.\par}"
    )
    text = words(read(source, "x.rtf"))
    assert "Body one and two and three." in " ".join(text.split())
    assert all(word in text.split() for word in ("HeaderWord", "CommentWord", "NoteWord", "BoxWord"))
