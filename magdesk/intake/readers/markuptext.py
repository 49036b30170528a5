"""The text of HTML as a reader would see it: no scripts, no styles, nothing fetched."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

_SKIPPED = {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed", "select"}
_LINES = {
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "dt", "dd", "pre",
    "blockquote", "section", "article", "header", "footer", "nav", "aside", "main", "form", "hr", "figure",
    "figcaption", "address", "fieldset", "option", "caption", "title",
}  # fmt: skip
_STRUCK = {"del", "s", "strike"}
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LIMIT = 30_000_000  # characters
_DRAWN = 20_000  # characters of a drawing
_FIELDS = {
    "text", "submit", "button", "search", "email", "url", "tel", "number", "date", "datetime-local", "month", "week",
    "time", "reset",
}  # fmt: skip
_FRAMED = ("p", "div", "span", "a", "b", "i", "em", "strong", "li", "td", "th", "h1", "h2", "h3", "h4", "body", "pre")


def parse_html(text: str) -> Any | None:
    """The tree of a page; none when there is nothing in it."""
    cut = text[:_LIMIT].replace("\x00", "")
    if not cut.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        return html.document_fromstring(cut.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def struck_out(element: Any, tag: str) -> bool:
    """Whether a reader sees the words of an element with a line through them.

    Args:
        tag: name of the element, in small letters.
    """
    return tag in _STRUCK or _LINE_THROUGH.search(element.get("style") or "") is not None


def html_text(text: str) -> str:
    """The visible text of a page."""
    root = parse_html(text)
    return tree_text(root) if root is not None else ""


def _framed_text(text: str) -> str:
    """The text of a page inside a page; of one inside that, nothing: nobody writes such pages by hand."""
    root = parse_html(text)
    return " ".join(" ".join(root.itertext(*_FRAMED)).split()) if root is not None else ""


def replaced_text(element: Any, tag: str) -> str:
    """What a browser shows in the place of an element: the state of a field, the words of a drawing.

    Args:
        tag: name of the element, in small letters.
    """
    if tag == "input":
        kind = (element.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            return "[x]" if element.get("checked") is not None else "[ ]"
        return element.get("value") or "" if kind in _FIELDS else ""
    if tag == "select":
        options = list(element.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None]
        listed = element.get("multiple") is not None or (element.get("size") or "1") not in ("0", "1")
        told = (
            [_option(one, one in chosen) for one in options]
            if listed
            else [_line(one) for one in chosen[-1:] or options[:1]]
        )
        return "; ".join(filter(None, told))
    if tag == "svg":
        return "; ".join(filter(None, (_line(one) for one in element.iter() if _local(one) == "text")))[:_DRAWN]
    return ""


def _option(element: Any, chosen: bool) -> str:
    words = _line(element)
    return f"{'[x]' if chosen else '[ ]'} {words}" if words else ""


def _line(element: Any) -> str:
    return " ".join((element.get("label") or " ".join(element.itertext())).split())


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def tree_text(root: Any) -> str:
    """The visible text of a parsed page."""
    out: list[str] = []
    skipping = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        tag = tag.rpartition("}")[2].lower()
        if event == "start":
            if skipping or tag in _SKIPPED:
                if tag == "iframe" and not skipping and element.get("srcdoc"):
                    out.append(f"\n{_framed_text(element.get('srcdoc'))}\n")
                elif not skipping and (told := replaced_text(element, tag)):
                    out.append(f" {told} ")
                skipping += 1
                continue
            if tag in _LINES:
                out.append("\n")
            elif tag in ("td", "th"):
                out.append("\t")
            if tag and struck_out(element, tag):
                out.append(" [− ")
            if element.text and tag:
                out.append(_SPACE.sub(" ", element.text) if tag != "pre" else element.text)
            if tag in ("img", "area") and element.get("alt"):
                out.append(f" {element.get('alt')} ")
            elif tag == "input" and (told := replaced_text(element, tag)):
                out.append(f" {told} ")
        else:
            if skipping:
                skipping -= 1
            else:
                if tag and struck_out(element, tag):
                    out.append(" −] ")
                if tag in _LINES and tag != "br":
                    out.append("\n")
            if element.tail and not skipping:
                out.append(_SPACE.sub(" ", element.tail))
    return _BLANK.sub("\n\n", "".join(out)).strip()
