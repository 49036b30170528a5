"""Every page that the window offers can be brought."""

from __future__ import annotations

import pytest

from magdesk.gui.forms.page import Page
from magdesk.gui.window import actions, rail
from magdesk.gui.window.pagechoice import PAGES


def test_a_page_has_its_title_its_class_and_its_group() -> None:
    titles = [code for code, _title in actions.PAGES]
    assert titles == [code for code in PAGES if code != "guide"]  # which is the other way through the case
    assert titles == list(rail.GROUPS)


@pytest.mark.parametrize("code", PAGES)
def test_every_entry_brings_its_page(code: str) -> None:
    made = PAGES[code]()
    assert isinstance(made, type)
    assert issubclass(made, Page)
    assert made.__module__ in (f"magdesk.gui.pages.{code}", f"magdesk.gui.guide.{code}page")
