"""Checks a written bundle against what its packet says of it: pages, labels, stamps, bookmarks, links."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import BinaryIO

import pikepdf

from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.pdfannotations import page_annotations
from magdesk.packet.destinations import Destinations
from magdesk.packet.links import is_web_address
from magdesk.packet.roman import roman
from magdesk.packet.sourcepdf import PIKEPDF
from magdesk.packet.stamp import read_stamp
from magdesk.packet.writer import BUNDLE_NAME

_MOST_PROBLEMS = 50
_OWN_DAMAGE = re.compile(r"error decoding stream data|re-processed without filtering|\(content, offset \d+\)")
_NUMBERS = re.compile(r"\d+")
_ACTIVE_KEYS = ("/OpenAction", "/AA", "/AcroForm", "/Names", "/Collection", "/Metadata", "/PieceInfo")


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """What one page of the bundle must say.

    Attributes:
        label: its page label and the number in its stamp.
        numbers: the numbers in the words before it: exhibit, page, pages.
    """

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExpectedBundle:
    """What a bundle must be.

    Attributes:
        covers: index of each exhibit's cover sheet, in order.
    """

    pages: tuple[ExpectedPage, ...]
    covers: tuple[int, ...]
    index_pages: int


def index_page(index: int) -> ExpectedPage:
    """What a page of the exhibit list in front must say, by its index."""
    return ExpectedPage(roman(index + 1), ())


def check_bundle(stream: BinaryIO, expected: ExpectedBundle, *, thorough: bool = True) -> list[str]:
    """What is wrong with the bundle, in sentences; empty when nothing is.

    Args:
        thorough: also read every stream as qpdf does.
    """
    try:
        with foreign("pikepdf", *PIKEPDF), pikepdf.open(stream, suppress_warnings=True) as pdf:
            check = _Check(pdf, expected)
            check.run()
            if thorough:
                check.syntax()
            return check.problems
    except Damaged as damage:
        return [f"{BUNDLE_NAME} cannot be read ({damage.reason})."]
    except RecursionError:
        return [f"{BUNDLE_NAME} is nested too deeply to be read."]


class _Check:
    def __init__(self, pdf: pikepdf.Pdf, expected: ExpectedBundle) -> None:
        self.problems: list[str] = []
        self._pdf, self._expected = pdf, expected
        self._pages = [page.obj for page in pdf.pages]

    def run(self) -> None:
        if len(self._pages) != len(self._expected.pages):
            self._say(f"The bundle has {len(self._pages)} pages instead of {len(self._expected.pages)}.")
            return
        destinations = Destinations(self._pdf)
        self._labels()
        for index, page in enumerate(self._pages):
            self._stamp(index, page)
            self._links(index, page, destinations)
        self._bookmarks(destinations)
        for key in _ACTIVE_KEYS:
            if key in self._pdf.Root:
                self._say(f"The bundle contains {key.lstrip('/')}, which it must not.")

    def syntax(self) -> None:
        """What qpdf finds when it reads each object and stream.

        A stream that cannot be unpacked came like that with its exhibit and went over byte for byte; that it is
        still the same is the digest's business.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lines = self._pdf.check_pdf_syntax()
        for line in lines:
            if not _OWN_DAMAGE.search(line):
                self._say(f"qpdf: {line}")

    def _say(self, sentence: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(sentence)

    def _labels(self) -> None:
        found: dict[int, str] = {}
        tree = self._pdf.Root.get("/PageLabels")
        pairs = tree.get("/Nums") if isinstance(tree, pikepdf.Dictionary) else None
        values = list(pairs) if isinstance(pairs, pikepdf.Array) else []
        for index, label in zip(values[::2], values[1::2], strict=False):
            if isinstance(label, pikepdf.Dictionary) and "/S" not in label:
                found[int(str(index))] = str(label.get("/P", ""))
        for at, page in enumerate(self._expected.pages):
            if found.get(at) != page.label:
                self._say(f"Page {at + 1} of the bundle is labelled “{found.get(at)}”, not “{page.label}”.")

    def _stamp(self, index: int, page: pikepdf.Object) -> None:
        contents = page.get("/Contents")
        last = contents[-1] if isinstance(contents, pikepdf.Array) and len(contents) else None
        stamp = read_stamp(last.read_bytes()) if isinstance(last, pikepdf.Stream) else None
        expected = self._expected.pages[index]
        if stamp is None:
            self._say(f"Page {index + 1} of the bundle has no stamp.")
            return
        numbers = tuple(int(found) for found in _NUMBERS.findall(stamp.place))
        if stamp.number != expected.label or numbers != expected.numbers:
            self._say(f"Page {index + 1} of the bundle is stamped “{stamp.place} {stamp.number}”.")

    def _links(self, index: int, page: pikepdf.Object, destinations: Destinations) -> None:
        if "/AA" in page:
            self._say(f"Page {index + 1} of the bundle contains automatic actions.")
        for annotation in page_annotations(page):
            action = annotation.get("/A")
            web = isinstance(action, pikepdf.Dictionary) and is_web_address(action) and "/Next" not in action
            if annotation.get("/Subtype") != pikepdf.Name.Link or not (web or destinations.of(annotation)):
                self._say(f"Page {index + 1} of the bundle has a link that leads nowhere.")

    def _bookmarks(self, destinations: Destinations) -> None:
        root = self._pdf.Root.get("/Outlines")
        top = list(_siblings(root.get("/First"))) if isinstance(root, pikepdf.Dictionary) else []
        found = [destinations.of(item) for item in top]
        pages = [target.page if target else -1 for target in found]
        wanted = ([0] if self._expected.index_pages else []) + list(self._expected.covers)
        if pages != wanted:
            self._say("The bookmarks of the bundle do not lead to the cover sheets.")
        queue = list(top)
        seen: set[tuple[int, int]] = set()
        while queue:
            item = queue.pop()
            if item.objgen in seen:
                self._say("The bookmarks of the bundle form a loop.")
                return
            seen.add(item.objgen)
            if "/Dest" in item and destinations.of(item) is None:
                self._say(f"The bookmark “{item.get('/Title')}” leads nowhere.")
            queue.extend(_siblings(item.get("/First")))


def _siblings(first: object) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []
    item = first
    seen: set[tuple[int, int]] = set()
    while isinstance(item, pikepdf.Dictionary) and item.objgen not in seen:
        seen.add(item.objgen)
        found.append(item)
        item = item.get("/Next")
    return found
