"""The Unicode bidirectional algorithm (UAX #9) with first-strong isolates, without explicit embeddings.

Embeddings and overrides are stripped from text on entry.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from magdesk.isolates import FIRST_STRONG, POP, first_strong_runs_right

_OPEN = {"(": ")", "[": "]", "{": "}", "\u2329": "\u232a", "\u3008": "\u3009", "\u300a": "\u300b", "\u300c": "\u300d"}
_OPEN |= {"\u300e": "\u300f", "\u3010": "\u3011", "\u3014": "\u3015", "\u3016": "\u3017", "\u3018": "\u3019"}
_OPEN |= {"\u2045": "\u2046", "\u207d": "\u207e", "\u208d": "\u208e", "\u27e6": "\u27e7", "\u27e8": "\u27e9"}
_OPEN |= {"\u2768": "\u2769", "\u276a": "\u276b", "\u276c": "\u276d", "\u2772": "\u2773", "\u2774": "\u2775"}
_OPEN |= {"\uff08": "\uff09", "\uff3b": "\uff3d", "\uff5b": "\uff5d", "\uff5f": "\uff60", "\uff62": "\uff63"}
_CLOSE = {close: opening for opening, close in _OPEN.items()}
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_DEEPEST = 60


def levels(text: str, *, rtl: bool) -> list[int]:
    """The embedding level of each character; even runs from the left, odd from the right.

    Args:
        text: one paragraph in logical order.
        rtl: whether the paragraph's base direction is from right to left.
    """
    if FIRST_STRONG not in text:
        return _sequence(text, rtl=rtl)
    return _isolating(text, 1 if rtl else 0, 0)


def _isolating(text: str, base: int, depth: int) -> list[int]:
    """The levels where fields are isolated: to what surrounds one it is a neutral character (rules X5c and X6a)."""
    out = [base] * len(text)
    outer: list[int] = []
    index = 0
    while index < len(text):
        outer.append(index)
        if text[index] != FIRST_STRONG or depth == _DEEPEST:
            index += 1
            continue
        end = _matching(text, index)
        inner = text[index + 1 : end]
        rtl = first_strong_runs_right(inner) is True
        own = base + 1 if (base + 1) % 2 == rtl else base + 2
        out[index + 1 : end] = _isolating(inner, own, depth + 1)
        index = end
    for place, level in zip(outer, _sequence("".join(text[i] for i in outer), rtl=base % 2 == 1), strict=True):
        out[place] = level + base - base % 2
    return out


def _matching(text: str, start: int) -> int:
    """Where the isolate that begins at ``start`` ends; the end of the text when nothing closes it."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == FIRST_STRONG:
            depth += 1
        elif text[index] == POP:
            depth -= 1
            if not depth:
                return index
    return len(text)


def _sequence(text: str, *, rtl: bool) -> list[int]:
    """The levels of a text without isolates, whose marks count as neutral."""
    base = 1 if rtl else 0
    if not rtl and text.isascii():
        return [0] * len(text)
    kinds = [_kind(char) for char in text]
    if not rtl and not any(kind in ("R", "AL", "AN") for kind in kinds):
        return [0] * len(text)
    # Rule X9: marks that the algorithm does not see take no part; they get the level of what precedes them.
    seen = [index for index, kind in enumerate(kinds) if kind != "BN"]
    types = [kinds[index] for index in seen]
    edge = "R" if rtl else "L"
    _weak(types, edge)
    _brackets([text[index] for index in seen], types, [kinds[index] for index in seen], edge)
    _neutral(types, edge)
    out = [base] * len(text)
    previous = base
    resolved = dict(zip(seen, types, strict=True))
    for index in range(len(text)):
        kind = resolved.get(index)
        if kind is not None:
            previous = _implicit(kind, base)
        out[index] = previous
    for index, kind in enumerate(kinds):
        if kind in ("B", "S"):
            out[index] = base
            _reset_before(kinds, out, index, base)
    _reset_before(kinds, out, len(text), base)
    return out


def visual_order(embedding: Sequence[int]) -> list[int]:
    """The order in which items of these levels stand on a line, from the left (rule L2)."""
    order = list(range(len(embedding)))
    if not embedding or max(embedding) == 0:
        return order
    highest = max(embedding)
    odd = [level for level in embedding if level % 2]
    if not odd:
        return order
    for level in range(highest, min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if embedding[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and embedding[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order


def _kind(char: str) -> str:
    kind = unicodedata.bidirectional(char) or "L"
    if char in (FIRST_STRONG, POP):
        return "ON"
    return "BN" if kind in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI") else kind


def _reset_before(kinds: list[str], out: list[int], end: int, base: int) -> None:
    """Rule L1: white space before a separator or the end stands at the base level."""
    index = end - 1
    while index >= 0 and kinds[index] in ("WS", "BN"):
        out[index] = base
        index -= 1


def _weak(types: list[str], edge: str) -> None:
    previous = edge
    strong = edge
    for index, kind in enumerate(types):  # W1, W2, W3
        current = previous if kind == "NSM" else kind
        if current == "EN" and strong == "AL":
            current = "AN"
        if current in ("L", "R", "AL"):
            strong = current
        types[index] = previous = current
    for index, kind in enumerate(types):
        if kind == "AL":
            types[index] = "R"
    for index in range(1, len(types) - 1):  # W4
        before, kind, after = types[index - 1], types[index], types[index + 1]
        if (kind == "ES" and before == after == "EN") or (
            kind == "CS" and before == after and before in ("EN", "AN")
        ):
            types[index] = before
    index = 0
    while index < len(types):  # W5, W6
        if types[index] != "ET":
            if types[index] in ("ES", "CS"):
                types[index] = "ON"
            index += 1
            continue
        end = index
        while end < len(types) and types[end] == "ET":
            end += 1
        near = (index > 0 and types[index - 1] == "EN") or (end < len(types) and types[end] == "EN")
        types[index:end] = ["EN" if near else "ON"] * (end - index)
        index = end
    strong = edge
    for index, kind in enumerate(types):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[index] = "L"


def _strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else kind


def _brackets(chars: list[str], types: list[str], original: list[str], edge: str) -> None:
    """Rule N0: a pair of brackets takes one direction together."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(chars):
        if types[index] != "ON":
            continue
        if char in _OPEN:
            if len(stack) == 63:
                break
            stack.append((char, index))
        elif char in _CLOSE:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _CLOSE[char]:
                    pairs.append((stack[depth][1], index))
                    del stack[depth:]
                    break
    for start, end in sorted(pairs):
        inside = {_strong(kind) for kind in types[start + 1 : end]} & {"L", "R"}
        if edge in inside:
            direction = edge
        elif inside:
            before = next((_strong(k) for k in reversed(types[:start]) if _strong(k) in ("L", "R")), edge)
            direction = before if before in inside else edge
        else:
            continue
        for index in (start, end):
            types[index] = direction
            follow = index + 1
            while follow < len(types) and original[follow] == "NSM":
                types[follow] = direction
                follow += 1


def _neutral(types: list[str], edge: str) -> None:
    index = 0
    while index < len(types):
        if types[index] not in _NEUTRAL:
            index += 1
            continue
        end = index
        while end < len(types) and types[end] in _NEUTRAL:
            end += 1
        before = _strong(types[index - 1]) if index else edge
        after = _strong(types[end]) if end < len(types) else edge
        types[index:end] = [before if before == after else edge] * (end - index)
        index = end


def _implicit(kind: str, base: int) -> int:
    if base % 2 == 0:
        return {"L": base, "R": base + 1}.get(kind, base + 2)
    return base if kind == "R" else base + 1
