"""Runs: scripts, directions, languages, links, notes."""

from __future__ import annotations

import pytest
from lxml import etree

from magdesk.document.blocks import (
    Cite,
    CrossRef,
    ExhibitRef,
    Heading,
    Inline,
    LineBreak,
    Link,
    Mention,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
    plain,
)
from magdesk.render.docx.links import web_address
from magdesk.render.docx.oxml import qname
from tests.render.docx.docx_reading import Written, written
from tests.render.docx.docx_sample import cell, note, paragraph


def runs(result: Written, path: str = "//w:body/w:p") -> list[tuple[str, dict[str, dict[str, str]]]]:
    """Text and properties of each run."""
    out = []
    for run in result.find(f"{path}//w:r[w:t]"):
        found: dict[str, dict[str, str]] = {}
        for item in run.find(qname("w:rPr")) if run.find(qname("w:rPr")) is not None else ():
            found[etree.QName(item).localname] = {etree.QName(k).localname: v for k, v in item.attrib.items()}
        out.append(("".join(t.text or "" for t in run.findall(qname("w:t"))), found))
    return out


def test_plain_english_has_no_properties_at_all() -> None:
    assert runs(written(paragraph("Plain, 2014 – “quoted”."))) == [("Plain, 2014 – “quoted”.", {})]


@pytest.mark.parametrize(
    ("text", "lang", "culture"),
    [
        ("محمد", "", "ar-SA"),
        ("محمد", "ar", "ar-SA"),
        ("احمد رحیمی", "fa", "fa-IR"),
        ("שלום", "", "he-IL"),
        ("שלום", "en", "he-IL"),
        ("אַ שמועס", "yi", "yi"),
    ],
)
def test_right_to_left_names_in_english(text: str, lang: str, culture: str) -> None:
    result = written(paragraph("General (", Text(text, bold=True, italic=True, lang=lang), ") led."))
    assert runs(result) == [
        ("General (", {}),
        (
            text,
            {
                "rFonts": {"cs": "Times New Roman"},
                "b": {},
                "bCs": {},
                "i": {},
                "iCs": {},
                "rtl": {},
                "lang": {"bidi": culture},
            },
        ),
        (") led.", {}),
    ]
    assert not result.find("//w:bidi")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("born محمد (أبو علي) 2014, in بيروت. Then", ["born ", "محمد (أبو علي)", " 2014, in ", "بيروت", ". Then"]),
        ("(محمد)", ["(", "محمد", ")"]),
        ("محمد 2014 علي", ["محمد 2014 علي"]),
        ("e\u0301 محمّد", ["e\u0301 ", "محمّد"]),
    ],
)
def test_digits_and_brackets_go_where_a_reader_expects(text: str, pieces: list[str]) -> None:
    found = runs(written(paragraph("x ", text)))
    assert [piece for piece, _ in found][1:] == pieces
    for piece, items in found:
        assert ("rtl" in items) is any("\u0600" <= ch <= "\u06ff" for ch in piece)


def test_a_right_to_left_paragraph_carries_its_english_the_other_way() -> None:
    result = written(Paragraph(plain("قال John Smith في 2014 (هنا)."), lang="ar"))
    assert result.one("//w:body/w:p/w:pPr/w:bidi") is not None
    assert [(text, "rtl" in items) for text, items in runs(result)] == [
        ("قال ", True),
        ("John Smith", False),
        (" في 2014 (هنا).", True),
    ]


def test_direction_of_paragraphs() -> None:
    rtl = "//w:body//w:p[w:pPr/w:bidi]"
    assert written(paragraph("הוועדה קבעה (2014).")).find(rtl)
    assert not written(paragraph("הוועדה said")).find(rtl)
    assert not written(Table(((cell("הוועדה"),),), (1,))).find(rtl)
    assert written(Quote((paragraph("x"),), lang="fa")).find(rtl)
    assert not written(Quote((paragraph("הוועדה"),), lang="en")).find(rtl)
    assert written(paragraph("x"), lang="ar").find(rtl)
    assert written(Table(((cell("x"),),), (1,)), lang="ar").find("//w:tblPr/w:bidiVisual")
    assert written(paragraph("x"), lang="ar").find("//w:sectPr/w:bidi")


@pytest.mark.parametrize(
    ("text", "lang", "face", "culture"),
    [
        ("李伟", "", "SimSun", "zh-CN"),
        ("李偉", "zh-Hant", "PMingLiU", "zh-TW"),
        ("李偉", "zh-HK", "PMingLiU", "zh-TW"),
        ("日本の人権", "", "MS Mincho", "ja-JP"),
        ("대한민국", "", "Batang", "ko-KR"),
        ("人権", "ja", "MS Mincho", "ja-JP"),
    ],
)
def test_east_asian_text_names_its_face_and_language(text: str, lang: str, face: str, culture: str) -> None:
    assert runs(written(paragraph(Text(text, lang=lang)))) == [
        (text, {"rFonts": {"hint": "eastAsia", "eastAsia": face}, "lang": {"eastAsia": culture}})
    ]


def test_other_scripts() -> None:
    found = dict(runs(written(paragraph("Hi ", "ประเทศไทย", " ", "हिन्दी", " ", "საქართველო", " ", "Иван"))))
    assert found["ประเทศไทย"] == {"rFonts": {"cs": "Leelawadee UI"}, "cs": {}, "noProof": {}}
    assert found["हिन्दी"] == {"rFonts": {"cs": "Nirmala UI"}, "cs": {}, "noProof": {}}
    assert found["საქართველო"] == {"rFonts": {"ascii": "Sylfaen", "hAnsi": "Sylfaen"}, "noProof": {}}
    assert found["Иван"] == {"noProof": {}}


def test_languages_are_tagged() -> None:
    found = runs(written(paragraph(Text("Иван", lang="uk")), Paragraph(plain("Bonjour"), lang="fr")))
    assert found == [("Иван", {"lang": {"val": "uk-UA"}}), ("Bonjour", {"lang": {"val": "fr-FR"}})]
    default = written(paragraph("x"), lang="es").one("//w:docDefaults//w:lang", "word/styles.xml")
    assert default.get(qname("w:val")) == "es-ES"


def test_styles_of_text() -> None:
    found = runs(written(paragraph(Text("a", small_caps=True), Text("b", mono=True), Text(""))))
    assert found == [
        ("a", {"smallCaps": {}}),
        ("b", {"rStyle": {"val": "Code"}, "rFonts": dict.fromkeys(("ascii", "hAnsi", "cs"), "Courier New")}),
    ]


def test_breaks_and_tabs() -> None:
    result = written(paragraph("a\tb\r\nc", LineBreak(), "d\u2028e\x0bf"))
    tags = [etree.QName(node).localname for node in result.find("//w:body/w:p/w:r/*")]
    assert tags == ["t", "tab", "t", "br", "t", "br", "t", "br", "t", "br", "t"]


def test_what_xml_cannot_carry_is_left_out() -> None:
    result = written(paragraph("a\x00\x08b\ud800c\ufffe\uffffd\x9b"))
    assert [text for text, _ in runs(result)] == ["ab\ufffdcd"]


def test_footnotes_are_real_and_numbered_in_order() -> None:
    result = written(
        Heading(1, (Text("H"), note("first"))),
        Table(((cell("a", note("second")), cell("b", note("third"))),), (1, 1), caption=(Text("c"), note("caption"))),
        paragraph(Link((Text("l"), note("in a link")), "https://x.example")),
    )
    marks = [mark.get(qname("w:id")) for mark in result.find("//w:footnoteReference")]
    assert marks == ["1", "2", "3", "4", "5"]
    notes = result.find("/w:footnotes/w:footnote", "word/footnotes.xml")
    assert [(n.get(qname("w:id")), n.get(qname("w:type"))) for n in notes] == [
        ("-1", "separator"),
        ("0", "continuationSeparator"),
        *((str(number), None) for number in range(1, 6)),
    ]
    texts = ["".join(n.itertext()).strip() for n in notes[2:]]
    assert texts == ["first", "caption", "second", "third", "in a link"]
    for each in notes[2:]:
        assert each.find(f".//{qname('w:footnoteRef')}") is not None
        assert each.find(f".//{qname('w:pStyle')}").get(qname("w:val")) == "FootnoteText"
    named = {style.get(qname("w:styleId")) for style in result.find("//w:style", "word/styles.xml")}
    assert {"FootnoteText", "FootnoteReference"} <= named
    assert b"/word/footnotes.xml" in result.parts["[Content_Types].xml"]
    assert b"relationships/footnotes" in result.parts["word/_rels/document.xml.rels"]
    referred = result.find("/w:settings/w:footnotePr/w:footnote", "word/settings.xml")
    assert [r.get(qname("w:id")) for r in referred] == ["-1", "0"]


def test_a_note_has_links_of_its_own() -> None:
    result = written(
        paragraph("x", note(Link(plain("web"), "https://x.example/a"), " ", ExhibitRef("Ex. 1", 3)), anchor_free())
    )
    assert sorted(result.targets("footnotes").values()) == ["03-exhibits.pdf#page=3", "https://x.example/a"]
    used = {link.get(qname("r:id")) for link in result.find("//w:hyperlink[@r:id]", "word/footnotes.xml")}
    assert used == set(result.targets("footnotes"))
    assert not result.targets("document")


def anchor_free() -> Text:
    return Text("")


def test_a_note_in_a_note_stands_in_brackets() -> None:
    result = written(paragraph("x", note("outer", Note(plain("inner")))))
    assert len(result.find("//w:footnoteReference")) == 1
    assert "outer [inner]" in "".join(result.xml("word/footnotes.xml").itertext())


def test_cross_references_lead_to_bookmarks() -> None:
    result = written(
        paragraph(CrossRef("12", "fact/محمد"), CrossRef("?", "nowhere")),
        Paragraph(plain("The fact."), label="12.", anchor="fact/محمد"),
        Paragraph(plain("Again."), anchor="fact/محمد"),
    )
    link = result.one("//w:hyperlink")
    mark = result.one("//w:bookmarkStart")
    assert link.get(qname("w:anchor")) == mark.get(qname("w:name")) == "_Ref00000001"
    assert len(result.find("//w:bookmarkEnd")) == 1


def test_an_exhibit_reference_opens_its_page_and_repeats_no_relationship() -> None:
    result = written(
        paragraph(ExhibitRef("Ex. 1", 12), ExhibitRef("Ex. 1", 12), ExhibitRef("native", 0)),
        exhibits_file="03 exhibits é.pdf",
    )
    assert list(result.targets().values()) == ["03%20exhibits%20%C3%A9.pdf#page=12"]
    assert len(result.find("//w:hyperlink")) == 2


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://x.example/a b?q=ع#f", "https://x.example/ab?q=%D8%B9#f"),
        ("HTTP://X.example:80/%zz%41", "http://x.example:80/%25zz%41"),
        ("https://пример.рф/", "https://xn--e1afmkfd.xn--p1ai/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://user:pass@x.example", ""),
        ("https://[::1", ""),
        ("https://x..example", ""),
        ("https://x.example:port/", ""),
        ("www.example.org", ""),
        ("", ""),
    ],
)
def test_only_sound_addresses_become_links(url: str, address: str) -> None:
    assert web_address(url) == address
    result = written(paragraph(Link(plain("text"), url)))
    assert len(result.find("//w:hyperlink")) == bool(address)
    assert result.words() == ["text"]


@pytest.mark.parametrize("inline", [Mention("x"), Cite(fact="x")])
def test_unresolved_references_are_refused(inline: Inline) -> None:
    with pytest.raises(TypeError, match="resolved"):
        written(Paragraph((inline,)))
