"""What an author hid, struck out or said on the side is on the page and marked, in the place where it stands."""

from __future__ import annotations

import io

import pytest

from magdesk.intake.conversion import DocumentConverter
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.read import read_file
from magdesk.intake.sandbox.programs import Program, find_program
from magdesk.packet.converters import Pages, convert
from tests.intake.making import A, packed
from tests.packet.making import exhibit
from tests.packet.test_own_faults import words_of

ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
pandoc = pytest.mark.skipif(find_program(Program.PANDOC) is None, reason="pandoc is not installed")


def region(name: str, kind: str, inside: str = "") -> str:
    about = (
        "<office:change-info><dc:creator>Ada Editor</dc:creator><dc:date>2021-03-12T10:00:00</dc:date>"
        "</office:change-info>"
    )
    return f'<text:changed-region text:id="{name}"><text:{kind}>{about}{inside}</text:{kind}></text:changed-region>'


def changed_odt() -> bytes:
    changes = region("c1", "insertion") + region("c2", "deletion", "<text:p>never</text:p><text:p>ever</text:p>")
    comment = (
        "<office:annotation><dc:creator>Super Visor</dc:creator><dc:date>2022-01-02T00:00:00</dc:date>"
        "<text:p>Is this first hand?</text:p></office:annotation>"
    )
    body = (
        f"<text:tracked-changes>{changes}</text:tracked-changes>"
        '<text:p>I saw <text:change-start text:change-id="c1"/>clearly<text:change-end text:change-id="c1"/> that he '
        f'<text:change text:change-id="c2"/>beat him.{comment} He left.</text:p>'
    )
    content = (
        f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return packed({"content.xml": content, "META-INF/manifest.xml": "<manifest/>"}, ODT)


def hiding_pptx(*, titles: bool = True) -> bytes:
    space = (
        f'xmlns:a="{A}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    slides = {}
    for number, (text, show) in enumerate((("First", "1"), ("Second", "0"), ("Third", "1")), 1):
        kind = '<p:ph type="title"/>' if titles else ""
        slides[f"ppt/slides/slide{number}.xml"] = (
            f'<p:sld {space} show="{show}"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/>'
            f"<p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text} words</a:t></a:r></a:p>"
            "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
        )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{office}/slide" Target="slides/slide{n}.xml"/>' for n in (1, 2, 3)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="o" Type="{office}/officeDocument" '
            'Target="ppt/presentation.xml"/></Relationships>',
            "ppt/presentation.xml": f'<p:presentation {space}><p:sldIdLst><p:sldId id="256" r:id="r1"/>'
            '<p:sldId id="257" r:id="r2"/><p:sldId id="258" r:id="r3"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
            **slides,
        }
    )


def hiding_odp() -> bytes:
    style = (
        '<style:style style:name="{}" style:family="drawing-page"><style:drawing-page-properties {}/></style:style>'
    )
    hidden = style.format("dp2", 'presentation:visibility="hidden"')
    styles = f"<office:automatic-styles>{style.format('dp1', '')}{hidden}</office:automatic-styles>"
    frame = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    page = f'<draw:page draw:style-name="{{}}">{frame}</draw:page>'
    pages = page.format("dp1", "First words") + page.format("dp2", "Second words")
    content = (
        f"<office:document-content {SPACES}>{styles}<office:body><office:presentation>{pages}"
        "</office:presentation></office:body></office:document-content>"
    )
    return packed({"content.xml": content}, ODP)


def page(data: bytes, kind: str, converter: DocumentConverter) -> tuple[str, str]:
    """The words of the pages, and what is said of them."""
    shown = convert(exhibit(1, data, kind), converter)
    assert isinstance(shown, Pages), shown
    return " ".join(words_of(shown.open().read())), " ".join(shown.notes)


def facts(data: bytes) -> FileFacts:
    return read_file(io.BytesIO(data), "x")


@pandoc
def test_changes_and_comments_of_an_opendocument_text_stand_where_they_were_made(
    running_converter: DocumentConverter,
) -> None:
    wanted = (
        "I saw [inserted (Ada Editor, 2021-03-12): clearly] that he [deleted (Ada Editor, 2021-03-12): never / "
        "ever]beat him.[comment (Super Visor, 2022-01-02): Is this first hand?] He left."
    )
    words, said = page(changed_odt(), ODT, running_converter)
    assert wanted in words
    assert "insertions: 1, deletions: 1, comments: 1" in said
    assert "Outside the running text" not in words
    ((_number, text),) = facts(changed_odt()).text
    assert " ".join(text.split()) == wanted


@pandoc
@pytest.mark.parametrize("titles", [True, False])
def test_a_hidden_slide_is_marked(titles: bool, running_converter: DocumentConverter) -> None:
    words, said = page(hiding_pptx(titles=titles), PPTX, running_converter)
    assert "Slides that the original hides are shown and marked here: 2." in said
    mark = words.index("Slide 2 (hidden in the original)")
    assert words.index("First words") < mark < words.index("Second words") < words.index("Third words")
    assert words.count("(hidden in the original)") == 1
    assert [one.value for one in facts(hiding_pptx()).details if one.name == "Hidden slides"] == ["2"]


def test_a_hidden_slide_of_an_opendocument_presentation_is_marked(running_converter: DocumentConverter) -> None:
    words, said = page(hiding_odp(), ODP, running_converter)
    assert "shown and marked here: 2." in said
    assert words.index("First words") < words.index("Slide 2 (hidden in the original)") < words.index("Second words")
    assert [one.value for one in facts(hiding_odp()).details if one.name == "Hidden slides"] == ["2"]
