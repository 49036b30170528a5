"""Layers (optional content): what is switched off in a source stays switched off in the bundle."""

from __future__ import annotations

import pikepdf

_MOST = 5_000


def carry_layers(source: pikepdf.Pdf, bundle: pikepdf.Pdf) -> None:
    """Add the source's layers, with their state at opening, to those of the bundle."""
    found = source.Root.get("/OCProperties")
    if not isinstance(found, pikepdf.Dictionary):
        return
    groups = _groups(found.get("/OCGs"))
    if not groups:
        return
    off = hidden_layers(source)
    if "/OCProperties" not in bundle.Root:
        bundle.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array(), D=pikepdf.Dictionary(BaseState=pikepdf.Name.ON, OFF=pikepdf.Array())
        )
    properties = bundle.Root.OCProperties
    for group in groups:
        copy = bundle.copy_foreign(group)
        properties.OCGs.append(copy)
        if group.objgen in off:
            properties.D.OFF.append(copy)


def hidden_layers(source: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The layers that are off when the source is opened."""
    found = source.Root.get("/OCProperties")
    if not isinstance(found, pikepdf.Dictionary):
        return set()
    state = found.get("/D")
    if not isinstance(state, pikepdf.Dictionary):
        return set()
    off = {group.objgen for group in _groups(state.get("/OFF"))}
    if state.get("/BaseState") == pikepdf.Name.OFF:
        on = {group.objgen for group in _groups(state.get("/ON"))}
        off |= {group.objgen for group in _groups(found.get("/OCGs"))} - on
    for usage in list(state.get("/AS", []))[:_MOST] if isinstance(state.get("/AS"), pikepdf.Array) else []:
        if isinstance(usage, pikepdf.Dictionary) and usage.get("/Event") == pikepdf.Name.View:
            for group in _groups(usage.get("/OCGs")):
                _apply_usage(group, off)
    return off


def _apply_usage(group: pikepdf.Object, off: set[tuple[int, int]]) -> None:
    usage = group.get("/Usage")
    view = usage.get("/View") if isinstance(usage, pikepdf.Dictionary) else None
    state = view.get("/ViewState") if isinstance(view, pikepdf.Dictionary) else None
    if state == pikepdf.Name.OFF:
        off.add(group.objgen)
    elif state == pikepdf.Name.ON:
        off.discard(group.objgen)


def _groups(value: object) -> list[pikepdf.Object]:
    if not isinstance(value, pikepdf.Array):
        return []
    return [item for item in list(value)[:_MOST] if isinstance(item, pikepdf.Dictionary) and item.is_indirect]
