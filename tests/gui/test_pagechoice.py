"""Every page that the window offers can be brought."""

from __future__ import annotations

import pytest

from magdesk.gui.forms.page import Page
from magdesk.gui.window.pagechoice import PAGES


@pytest.mark.parametrize("code", PAGES)
def test_every_entry_brings_its_page(code: str) -> None:
    made = PAGES[code]()
    assert isinstance(made, type)
    assert issubclass(made, Page)
    assert made.__module__ == f"magdesk.gui.pages.{code}"
