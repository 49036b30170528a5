"""Sound letters and web pages: each structure of their kind once."""

from __future__ import annotations

import base64
import struct

from magdesk.intake.compoundfile import Storage
from tests.intake.conversion import conversion_samples as office

MAILBOX = b"From a@example.org Wed Mar  5 10:00:00 2014\n" + office.MAIL.replace(b"\r\n", b"\n") + b"\n"
MAILBOX += b"From b@example.org Wed Mar  5 10:00:00 2014\nFrom: b\nSubject: two\n\nSecond.\n"
FORWARDED = (
    b"From: a@example.org\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nReceived: from x by y; Wed, 5 Mar 2014 10:00:00\r\n"
    b"DKIM-Signature: v=1; d=example.org\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n"
    b"Content-Type: text/html; charset=koi8-r\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=F0=F2</p>\r\n"
    b"--c\r\nContent-Type: message/rfc822\r\n\r\n" + office.MAIL + b"\r\n--c--\r\n"
)
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.test/\r\nSubject: A\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="m"\r\n\r\n--m\r\nContent-Type: text/html\r\n'
    b"Content-Location: http://a.test/\r\n\r\n<html><body><p>One</p><img src=cid:1></body></html>\r\n--m\r\n"
    b"Content-Type: image/png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode(office.png((4, 4)))
    + b"\r\n--m--\r\n"
)
HTML = (
    b"<!doctype html><html><head><meta charset=utf-8><title>One</title></head><body><h1>A</h1><table><tr><td>1"
    b'<td colspan=2>2</table><ul><li>x</ul><a href="http://a.test/">a</a><img src="data:image/png;base64,'
    + base64.b64encode(office.png((4, 4)))
    + b'"></body></html>'
)
_SENT = struct.pack("<HHIQ", 0x0040, 0x0039, 6, 132_000_000_000_000_000)
_INNER: Storage = {
    "__properties_version1.0": bytes(24) + _SENT,
    "__substg1.0_0037001F": "Two".encode("utf-16-le"),
    "__substg1.0_1000001F": "Second words".encode("utf-16-le"),
}
LETTER: Storage = {
    "__properties_version1.0": bytes(32) + _SENT,
    "__nameid_version1.0": {"__substg1.0_00020102": bytes(16)},
    "__recip_version1.0_#00000000": {"__substg1.0_3001001F": "Клерк".encode("utf-16-le")},
    "__substg1.0_0037001F": "One".encode("utf-16-le"),
    "__substg1.0_1000001F": "First words".encode("utf-16-le"),
    "__substg1.0_10130102": b"<p>First <b>words</b></p>",
    "__substg1.0_0C1A001F": "Ada".encode("utf-16-le"),
    "__substg1.0_007D001F": "Received: from x by y".encode("utf-16-le"),
    "__attach_version1.0_#00000000": {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": _INNER},
    "__attach_version1.0_#00000001": {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3707001F": "a.txt".encode("utf-16-le"),
        "__substg1.0_37010102": b"small",
    },
}


def tnef() -> bytes:
    """A ``winmail.dat``."""

    def attribute(level: int, identity: int, value: bytes) -> bytes:
        return struct.pack("<BHHI", level, identity, 2, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    wide = "протокол.txt\0".encode("utf-16-le")
    packed = (
        b"-\x00\x00\x00+\x00\x00\x00LZFu\xf1\xc5\xc7\xa7"
        b"\x03\x00\n\x00rcpg125B2\n\xf3 hel\t\x00 bw\x05\xb0ld}\n\x80\x0f\xa0"
    )
    out = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9007, struct.pack("<II", 1251, 0))
    out += attribute(1, 0x8004, "Приказ\0".encode("cp1251")) + attribute(1, 0x800C, b"See the files.\0")
    body = struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(packed)) + packed + bytes(-len(packed) % 4)
    name = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(wide)) + wide + bytes(-len(wide) % 4)
    out += attribute(1, 0x9003, body) + attribute(2, 0x9002, bytes(14)) + attribute(2, 0x8010, b"SHORT~1.TXT\0")
    return out + attribute(2, 0x800F, b"It was Tuesday.") + attribute(2, 0x9005, name)
