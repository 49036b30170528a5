"""The bundle as a whole: order, labels, bookmarks, links, what is left out; equal input gives equal bytes."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import BinaryIO

import pikepdf
import pytest

from magdesk.errors import Cancelled, CaseFileError, ExportError, UserError
from magdesk.packet.bundle import BUNDLE_NAME, plan_bundle, write_bundle
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.stamp import Stamp, read_stamp
from magdesk.progress import CancelToken
from tests.packet.making import FACTS, bundle, changed, exhibit, index_pdf, picture, sheets, text_pdf


def _mixed() -> list[ExhibitInput]:
    return [
        exhibit(1, text_pdf(3), title="A report"),
        exhibit(2, picture(), "image/jpeg", title="A photograph"),
        exhibit(3, b"From: a@example.org\n", "audio/ogg", file_name="Name.ogg"),
        exhibit(7, text_pdf(12), title="تقرير"),
    ]


def _labels(pdf: pikepdf.Pdf) -> list[str]:
    tree = list(pdf.Root.PageLabels.Nums)
    assert [int(str(index)) for index in tree[::2]] == list(range(len(pdf.pages)))
    return [str(label.P) for label in tree[1::2]]


def _stamps(pdf: pikepdf.Pdf) -> list[Stamp | None]:
    return [read_stamp(page.obj.Contents[-1].read_bytes()) for page in pdf.pages]


def test_pages_stand_where_the_plan_says() -> None:
    plan, data, info = bundle(_mixed(), index_pages=2)
    places = list(plan.places.values())
    assert [(place.cover_page, place.first_page, place.pages) for place in places] == [
        (3, 4, 3),
        (7, 8, 1),
        (9, 0, 0),
        (10, 11, 12),
    ]
    assert info.pages == plan.total == 22
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 22
        assert _labels(pdf) == ["i", "ii", *(f"GEN-{number:06d}" for number in range(1, 21))]
        stamps = _stamps(pdf)
    assert stamps[1] == Stamp("List of exhibits", "ii")
    assert stamps[2] == Stamp("Exhibit 1 · cover sheet", "GEN-000001")
    assert stamps[5] == Stamp("Exhibit 1 · page 3 of 3", "GEN-000004")
    assert stamps[8] == Stamp("Exhibit 3 · slip sheet", "GEN-000007")
    assert stamps[12] == Stamp("Exhibit 7 · page 3 of 12", places[3].bates_of(3))
    assert places[2].native == "ex-003.ogg"
    assert places[2].reason


def test_bates_numbers_do_not_move_with_the_index() -> None:
    plan = plan_bundle(_mixed(), bates_prefix="GEN")
    assert [place.bates for place in plan.places.values()] == [
        place.bates for place in plan.with_index(9).places.values()
    ]


def test_bookmarks_keep_those_of_the_sources() -> None:
    _, data, _ = bundle(_mixed(), index_pages=1)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        found: list[tuple[int, str, int]] = []

        def walk(items: list[pikepdf.OutlineItem], depth: int) -> None:
            for item in items:
                assert isinstance(item.destination, pikepdf.Array)
                found.append((depth, item.title, pages.index(item.destination[0].objgen)))
                walk(item.children, depth + 1)

        with pdf.open_outline() as outline:
            walk(outline.root, 0)
    assert found[:5] == [
        (0, "List of exhibits", 0),
        (0, "Exhibit 1: A report", 1),
        (1, "Part 1", 2),
        (2, "Part 2", 3),
        (2, "Part 3", 4),
    ]
    assert (0, "Exhibit 3: Paper 3", 7) in found
    assert (0, "Exhibit 7: تقرير", 8) in found
    assert found[-1] == (2, "Part 12", 20)


def test_the_list_leads_to_the_cover_sheets_inside_the_file() -> None:
    plan, data, _ = bundle(_mixed(), index_pages=1)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        links = list(pdf.pages[0].obj.Annots)
        assert [pages.index(link.Dest[0].objgen) + 1 for link in links] == [
            place.cover_page for place in plan.places.values()
        ]
        assert all("/A" not in link for link in links)


def test_equal_input_gives_equal_bytes() -> None:
    first, second = bundle(_mixed(), index_pages=1)[1], bundle(_mixed(), index_pages=1)[1]
    assert first == second
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/Title": "Exhibits",
            "/Author": "Clinic",
            "/Producer": str(pdf.docinfo["/Producer"]),
            "/CreationDate": "D:20260102000000Z",
            "/ModDate": "D:20260102000000Z",
        }
        assert pdf.check_pdf_syntax() == []


def test_an_exhibit_cannot_stand_twice() -> None:
    with pytest.raises(UserError):
        plan_bundle([exhibit(1, b""), exhibit(1, b"")], bates_prefix="GEN")


def test_covers_and_list_must_have_their_pages() -> None:
    plan = plan_bundle(_mixed(), bates_prefix="GEN", index_pages=1)
    for covers, index in (
        (sheets(3), index_pdf(plan, 1)),
        (sheets(4), index_pdf(plan, 2)),
        (sheets(4), None),
        (None, index_pdf(plan, 1)),
    ):
        with pytest.raises(ExportError):
            write_bundle(plan, covers=covers, index=index, out=io.BytesIO(), facts=FACTS)


def test_it_stops_when_asked_to() -> None:
    cancel = CancelToken()
    plan = plan_bundle(_mixed(), bates_prefix="GEN")
    cancel.cancel()
    with pytest.raises(Cancelled):
        plan_bundle(_mixed(), bates_prefix="GEN", cancel=cancel)
    with pytest.raises(Cancelled):
        write_bundle(plan, covers=sheets(4), index=None, out=io.BytesIO(), facts=FACTS, cancel=cancel)


def test_it_stops_while_the_file_is_written() -> None:
    plan = plan_bundle(_mixed(), bates_prefix="GEN")
    cancel = CancelToken()

    class Out(io.BytesIO):
        def write(self, data: object) -> int:
            cancel.cancel()
            return super().write(data)  # type: ignore[arg-type]

    with pytest.raises(Cancelled):
        write_bundle(plan, covers=sheets(4), index=None, out=Out(), facts=FACTS, cancel=cancel)


def test_a_damaged_case_file_is_not_taken_for_a_damaged_exhibit() -> None:
    def opener() -> BinaryIO:
        raise CaseFileError("The case file is damaged.")

    with pytest.raises(CaseFileError):
        plan_bundle([exhibit(1, text_pdf(), opener=opener)], bates_prefix="GEN")


def test_an_exhibit_that_changes_between_plan_and_writing_is_said(caplog: pytest.LogCaptureFixture) -> None:
    data = [text_pdf(2)]
    item = exhibit(1, data[0], opener=lambda: io.BytesIO(data[0]))
    plan = plan_bundle([item, exhibit(2, text_pdf(1))], bates_prefix="GEN")
    data[0] = text_pdf(3)
    out = io.BytesIO()
    info = write_bundle(plan, covers=sheets(2), index=None, out=out, facts=FACTS)
    assert len(info.problems) == 1
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == plan.total
        assert [stamp is not None for stamp in _stamps(pdf)] == [True] * plan.total
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    caplog.clear()


def test_nothing_of_a_source_but_its_pages_comes_along() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('CANARY')")
        pdf.Root.OpenAction = script
        pdf.Root.AA = pikepdf.Dictionary(WC=script)
        page.AA = pikepdf.Dictionary(O=script)
        page.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=pikepdf.String("CANARY")))
        page.Metadata = pdf.make_stream(b"CANARY")
        pdf.docinfo["/Author"] = "CANARY"
        pdf.attachments["CANARY.txt"] = b"CANARY"
        form = pdf.make_stream(b"0 0 m", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
        form.Metadata = pdf.make_stream(b"CANARY")
        page.Resources.XObject = pikepdf.Dictionary(F=form)
        page.Annots = pikepdf.Array(
            [
                _link(pdf, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="CANARY.exe")),
                _link(pdf, A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file:///CANARY")),
                _link(pdf, A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/", Next=script)),
                _link(pdf, A=pikepdf.Dictionary(S=pikepdf.Name.GoToR, F="CANARY.pdf", D=[0, pikepdf.Name.Fit])),
            ]
        )

    def _link(pdf: pikepdf.Pdf, **more: pikepdf.Object) -> pikepdf.Object:
        base = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": pikepdf.Array([0, 0, 9, 9])}
        return pdf.make_indirect(pikepdf.Dictionary({**base, **{f"/{key}": value for key, value in more.items()}}))

    plan, data, _ = bundle([exhibit(1, changed(text_pdf(), load))])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        (link,) = pdf.pages[1].obj.Annots
        assert str(link.A.URI) == "https://example.org/"
        assert "/Next" not in link.A
    assert b"CANARY" not in out.getvalue()
    assert b"JavaScript" not in out.getvalue()
    place = plan.place(plan.exhibits[0])
    assert place.native == "ex-001.pdf"
    assert any("1 embedded file" in note for note in place.notes)
    assert any("scripts" in note for note in place.notes)


def test_links_inside_a_source_lead_to_its_pages_in_the_bundle() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        def link(**more: object) -> pikepdf.Object:
            return pdf.make_indirect(
                pikepdf.Dictionary(
                    {
                        "/Subtype": pikepdf.Name.Link,
                        "/Rect": [0, 0, 9, 9],
                        **{f"/{key}": v for key, v in more.items()},
                    }
                )
            )

        third = pdf.pages[2].obj
        pdf.Root.Names = pikepdf.Dictionary(
            Dests=pikepdf.Dictionary(Names=["third", pikepdf.Dictionary(D=[third, pikepdf.Name.FitH, 100])])
        )
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [
                link(Dest=[third, pikepdf.Name.XYZ, 10, None, 0]),
                link(Dest=pikepdf.String("third")),
                link(A=pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.String("third"))),
                link(Dest=pikepdf.String("nowhere")),
                link(Dest=[99, pikepdf.Name.Fit]),
            ]
        )

    plan, data, _ = bundle([exhibit(1, text_pdf()), exhibit(2, changed(text_pdf(3), load))])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        links = list(pdf.pages[3].obj.Annots)
        assert [pages.index(link.Dest[0].objgen) for link in links] == [5, 5, 5]
        assert [str(link.Dest[1]) for link in links] == ["/XYZ", "/FitH", "/FitH"]
    assert plan.total == 6


def test_bookmarks_that_run_in_circles_or_too_deep_are_cut() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        first = pdf.make_indirect(pikepdf.Dictionary(Title="One", Dest=[pdf.pages[0].obj, pikepdf.Name.Fit]))
        deep = first
        for _ in range(60):
            child = pdf.make_indirect(pikepdf.Dictionary(Title="Deep", Dest=[pdf.pages[0].obj, pikepdf.Name.Fit]))
            deep.First = child
            deep = child
        first.Next = pdf.make_indirect(pikepdf.Dictionary(Title="Two", Next=first))
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=first))

    _, data, _ = bundle([exhibit(1, changed(text_pdf(), load))])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        top = pdf.Root.Outlines.First
        names = [str(top.First.Title), str(top.First.Next.Title)]
        depth, item = 0, top
        while "/First" in item:
            item, depth = item.First, depth + 1
    assert names == ["One", "Two"]
    assert 5 < depth <= 11


def test_what_a_form_shows_is_drawn_by_the_page() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        appearance = pdf.make_stream(
            b"0 0 1 rg 0 0 100 50 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 50]
        )
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="name",
                V="Value",
                Rect=[200, 500, 300, 550],
                AP=pikepdf.Dictionary(N=appearance),
                F=4,
            )
        )
        hidden = pdf.make_indirect(
            pikepdf.Dictionary({**dict(field.items()), "/Rect": pikepdf.Array([0, 0, 99, 99])})
        )
        hidden.F = 2
        pdf.pages[0].obj.Annots = pikepdf.Array([field, hidden])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field, hidden], NeedAppearances=True)

    _, data, _ = bundle([exhibit(1, changed(text_pdf(), load))])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[1].obj
        assert len(pdf.pages[1].obj.Resources.XObject.keys()) == 1
        content = b"\n".join(stream.read_bytes() for stream in pdf.pages[1].obj.Contents)
    assert b" Do" in content


def test_layers_that_are_off_stay_off() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        on, off = (pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name)) for name in ("on", "off"))
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[on, off], D=pikepdf.Dictionary(BaseState=pikepdf.Name.OFF, ON=[on])
        )
        pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(A=on, B=off)

    _, data, _ = bundle([exhibit(1, changed(text_pdf(), load)), exhibit(2, changed(text_pdf(), load))])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        properties = pdf.Root.OCProperties
        assert [str(group.Name) for group in properties.OCGs] == ["on", "off", "on", "off"]
        hidden = {group.objgen for group in properties.D.OFF}
        assert hidden == {pdf.pages[index].obj.Resources.Properties.B.objgen for index in (1, 3)}


def test_the_bundle_has_the_name_the_submission_links_to() -> None:
    assert BUNDLE_NAME == "03-exhibits.pdf"


def test_a_bundle_without_exhibits_is_its_list() -> None:
    plan = plan_bundle([], bates_prefix="GEN", index_pages=1)
    out = io.BytesIO()
    info = write_bundle(plan, covers=None, index=sheets(1), out=out, facts=FACTS)
    assert info.pages == plan.total == 1
    with pikepdf.open(out) as pdf:
        assert _labels(pdf) == ["i"]


def test_each_page_of_a_draft_says_so() -> None:
    plan = plan_bundle(_mixed(), bates_prefix="GEN", index_pages=1)
    out = io.BytesIO()
    facts = replace(FACTS, draft=True)
    write_bundle(plan, covers=sheets(4), index=index_pdf(plan, 1), out=out, facts=facts)
    with pikepdf.open(out) as pdf:
        assert all(stamp is not None and stamp.place.startswith("DRAFT · ") for stamp in _stamps(pdf))
