"""The whole file: Microsoft's schema rules, the same words as plain text, the same bytes again, nothing personal."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from magdesk.document.blocks import Document, Heading, Paragraph, plain
from magdesk.render.text import render_text
from tests.render.docx.docx_reading import Written, words, written
from tests.render.docx.docx_sample import every_feature

VALIDATOR = os.environ.get("MAGDESK_OOXML_VALIDATOR") or shutil.which("docx-validator")

DOCUMENTS = {
    "everything": every_feature(),
    "draft without cover": every_feature(draft=True, cover=False),
    "right to left": replace(every_feature(draft=True), lang="ar"),
    "Chinese": replace(every_feature(), lang="zh-Hant", banner="", running_head="", page_numbers=False),
    "empty": Document(title="", blocks=()),
    "not a date": Document(title="x", blocks=(Paragraph(plain("x")),), date="tomorrow", lang="?"),
}


@pytest.mark.skipif(not VALIDATOR, reason="needs an OOXML validator: set MAGDESK_OOXML_VALIDATOR")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_file_obeys_the_schema(name: str, tmp_path: Path) -> None:
    assert validator_errors(Written(DOCUMENTS[name]).data, tmp_path) == []


def validator_errors(data: bytes, folder: Path) -> list[object]:
    assert VALIDATOR
    path = folder / "document.docx"
    path.write_bytes(data)
    done = subprocess.run([VALIDATOR, str(path)], capture_output=True, check=False, timeout=120)
    result = json.loads(done.stdout)
    errors: list[object] = result["errors"]
    assert result["ok"] is (not errors)
    return errors


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_part_is_well_formed_and_python_docx_opens_it(name: str) -> None:
    result = Written(DOCUMENTS[name])
    for part, data in result.parts.items():
        if part.endswith((".xml", ".rels")):
            etree.fromstring(data)
    docx.Document(io.BytesIO(result.data))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_words_are_those_of_the_plain_text(name: str) -> None:
    document = DOCUMENTS[name]
    above = (["DRAFT"] if document.draft else []) + words(document.banner)
    assert above + Written(document).words() == words(render_text(document))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert Written(every_feature(draft=True)).data == Written(every_feature(draft=True)).data


def test_the_zip_has_fixed_dates_and_order() -> None:
    entries = Written(every_feature()).entries
    names = [entry.filename for entry in entries]
    assert names[:3] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert names[3:] == sorted(names[3:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}


def test_the_metadata_tells_title_organisation_and_date_only() -> None:
    result = Written(every_feature())
    core = result.xml("docProps/core.xml")
    assert {etree.QName(node).localname: node.text for node in core} == {
        "title": "Submission: أحمد & <others>",
        "creator": "Generica Rights Clinic",
        "language": "en-US",
        "created": "2026-11-20T00:00:00Z",
        "modified": "2026-11-20T00:00:00Z",
    }
    assert [etree.QName(node).localname for node in result.xml("docProps/app.xml")] == ["DocSecurity"]
    everything = b"".join(result.parts.values())
    for trace in (b"rsid", b"lastModifiedBy", b"Template", b"python", b"Normal.dotm", b"thumbnail", b"docId"):
        assert not re.search(trace, everything, re.IGNORECASE), trace
    assert not [name for name in result.parts if "thumb" in name or "custom" in name.lower()]


def test_without_a_date_no_date_is_told() -> None:
    assert not written(Paragraph(plain("x"))).find("//*[local-name()='created']", "docProps/core.xml")


def test_anchors_never_show_as_bookmark_names() -> None:
    result = written(Heading(1, plain("H"), anchor="jane-doe-protected"))
    assert b"jane" not in b"".join(result.parts.values())
