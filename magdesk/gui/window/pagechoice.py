"""Which class makes which page. Each is imported with its page, so that the window does not wait for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.page import Page

MakePage = Callable[[Desk], Page]


def _home() -> MakePage:
    from magdesk.gui.guide.homepage import HomePage

    return HomePage


def _guide() -> MakePage:
    from magdesk.gui.guide.guidepage import GuidePage

    return GuidePage


def _overview() -> MakePage:
    from magdesk.gui.pages.overview import OverviewPage

    return OverviewPage


def _targets() -> MakePage:
    from magdesk.gui.pages.targets import TargetsPage

    return TargetsPage


def _suitability() -> MakePage:
    from magdesk.gui.pages.suitability import SuitabilityPage

    return SuitabilityPage


def _people() -> MakePage:
    from magdesk.gui.pages.people import PeoplePage

    return PeoplePage


def _incidents() -> MakePage:
    from magdesk.gui.pages.incidents import IncidentsPage

    return IncidentsPage


def _chronology() -> MakePage:
    from magdesk.gui.pages.chronology import ChronologyPage

    return ChronologyPage


def _evidence() -> MakePage:
    from magdesk.gui.pages.evidence import EvidencePage

    return EvidencePage


def _facts() -> MakePage:
    from magdesk.gui.pages.facts import FactsPage

    return FactsPage


def _matrix() -> MakePage:
    from magdesk.gui.pages.matrix import MatrixPage

    return MatrixPage


def _linkage() -> MakePage:
    from magdesk.gui.pages.linkage import LinkagePage

    return LinkagePage


def _money() -> MakePage:
    from magdesk.gui.pages.money import MoneyPage

    return MoneyPage


def _adverse() -> MakePage:
    from magdesk.gui.pages.adverse import AdversePage

    return AdversePage


def _interest() -> MakePage:
    from magdesk.gui.pages.interest import InterestPage

    return InterestPage


def _accountability() -> MakePage:
    from magdesk.gui.pages.accountability import AccountabilityPage

    return AccountabilityPage


def _narrative() -> MakePage:
    from magdesk.gui.pages.narrative import NarrativePage

    return NarrativePage


def _strength() -> MakePage:
    from magdesk.gui.pages.strength import StrengthPage

    return StrengthPage


def _review() -> MakePage:
    from magdesk.gui.pages.review import ReviewPage

    return ReviewPage


def _export() -> MakePage:
    from magdesk.gui.pages.export import ExportPage

    return ExportPage


# Each entry brings its page; the import stands where a type checker and a test can see it.
PAGES: Mapping[str, Callable[[], MakePage]] = {
    "home": _home,
    "guide": _guide,
    "overview": _overview,
    "targets": _targets,
    "suitability": _suitability,
    "people": _people,
    "incidents": _incidents,
    "chronology": _chronology,
    "evidence": _evidence,
    "facts": _facts,
    "matrix": _matrix,
    "linkage": _linkage,
    "money": _money,
    "adverse": _adverse,
    "interest": _interest,
    "accountability": _accountability,
    "narrative": _narrative,
    "strength": _strength,
    "review": _review,
    "export": _export,
}
