"""What every test needs: no display, the user's folders inside ``tmp_path``, and no unexpected warning in the log."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

from magdesk.casefile import CaseFile, keys
from magdesk.regimes import load_law, loader, reading
from magdesk.regimes.loader import shipped_edition
from magdesk.regimes.regime import Law
from magdesk.regimes.update import LawUpdate
from magdesk.services.export import export_packet
from magdesk.services.sample import create_sample
from tests.shared import CHEAP, PACKET_DAY, SAMPLE_DAY, SAMPLE_PASSPHRASE, STANDARD, Once, SpareWorkers

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_patience = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
# The same examples in every run: a test fails because the program changed, not because of luck. To look for new
# ones: --hypothesis-profile=fresh.
settings.register_profile("default", _patience, derandomize=True, database=None)
settings.register_profile("fresh", _patience)
settings.load_profile("default")


# Longest first, as measured. Those that need the sample's packet are not begun together: one makes it.
_HEAVIEST = (
    "services/test_export.py",
    "system/test_killed_operations.py",
    "packet/converters/test_fidelity.py",
    "system/test_naughty_strings.py",
    "packet/converters/test_converters.py",
    "gui/test_markup.py",
    "gui/viewer/test_viewer.py",
    "intake/sandbox/test_sandbox.py",
    "services/test_dependence.py",
    "services/test_checking.py",
    "services/test_lawupdates.py",
    "services/sample/test_sample.py",
    "intake/rendering/test_rendering.py",
    "gui/locking/test_locking.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The heaviest files go first, then those with slow tests, then those with many: none is long at the end."""
    folder = Path(__file__).parent
    order = {folder / name: place for place, name in enumerate(_HEAVIEST)}
    if gone := [str(path) for path in order if not path.exists()]:
        raise pytest.UsageError(f"not where conftest.py says: {', '.join(gone)}")
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    count = Counter(item.path for item in items)
    items.sort(
        key=lambda item: (order.get(item.path, len(order)), item.path not in slow, -count[item.path], item.path)
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was collected stays to the end: no search for garbage goes through it again."""
    gc.collect()
    gc.freeze()


def _move_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    for variable, name in (
        ("HOME", "."),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
    ):
        patch.setenv(variable, str(home / name))


@pytest.fixture(scope="session", autouse=True)
def own_folders_of_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same for what is made once for several tests."""
    with pytest.MonkeyPatch.context() as patch:
        _move_home(tmp_path_factory.mktemp("home"), patch)
        yield


@pytest.fixture(autouse=True)
def own_folders(
    own_folders_of_run: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The user's config, data and cache folders, away from the real ones."""
    home = tmp_path_factory.mktemp("home")
    _move_home(home, monkeypatch)
    return home


@pytest.fixture(scope="session", autouse=True)
def cheap_keys() -> Iterator[None]:
    """A passphrase costs next to nothing here; what it really costs is for tests that take ``standard_keys``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "STANDARD", CHEAP)
        yield


@pytest.fixture(scope="session", autouse=True)
def law_read_once() -> Iterator[None]:
    """What is the same is made once, however often the law is loaded: nobody changes it.

    The text of a law file is taken apart once; the whole law is put together once for the same files.
    """
    parser = SimpleNamespace(loads=cache(tomllib.loads), TOMLDecodeError=tomllib.TOMLDecodeError)
    load, texts, made = loader._load, loader._texts, dict[object, Law]()

    def shared(places: tuple[Path, ...], update: LawUpdate | None) -> Law:
        if update is not None:
            return load(places, update)
        files = ((name, source.file, source.text) for name, source in texts(places, None).items())
        key = places, shipped_edition(places[0]), *files
        if key not in made:
            made[key] = load(places, None)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "tomllib", parser)
        patch.setattr(loader, "_load", shared)
        yield


# Where the processes that take files apart are themselves what is tested.
_OWN_WORKERS = frozenset({"bench", "intake", "system"})


@pytest.fixture(scope="session")
def spare_workers() -> Iterator[SpareWorkers]:
    """Those of this run that no test needs just now."""
    made = SpareWorkers()
    yield made
    made.end()


@pytest.fixture(autouse=True)
def workers(request: pytest.FixtureRequest, spare_workers: SpareWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of other rooms hand on the process that takes files apart."""
    if _OWN_WORKERS.isdisjoint(request.path.relative_to(Path(__file__).parent).parts):
        spare_workers.lend(monkeypatch)


@pytest.fixture
def standard_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys at the cost of real case files, as a program of its own that opens the same case derives them."""
    monkeypatch.setattr(keys, "STANDARD", STANDARD)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a thing once for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    # A worker's folder lies in that of the run.
    return Once((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once")


@pytest.fixture(scope="session")
def sample_file(once: Once) -> Path:
    """The sample case of SAMPLE_DAY, closed; to be copied, not opened where it lies."""
    return once("sample.magdesk", lambda path: create_sample(path, SAMPLE_PASSPHRASE, today=SAMPLE_DAY).close())


@pytest.fixture(scope="session")
def sample_packet(once: Once, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole packet of the sample as of PACKET_DAY; to be read only."""

    def make(path: Path) -> None:
        copy = tmp_path_factory.mktemp("packet") / "sample.magdesk"
        shutil.copyfile(sample_file, copy)
        with CaseFile.open(copy, SAMPLE_PASSPHRASE, read_only=True) as case:
            assert export_packet(case, path, law=load_law(), date=PACKET_DAY).folder == path

    return once("packet", make)


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning nobody asked for."""
    yield
    ours = [record for record in caplog.get_records("call") if record.name.startswith("magdesk")]
    loud = [record for record in ours if record.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]


@pytest.fixture(scope="session")
def real_files() -> Path:
    """A folder of real files to try; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("MAGDESK_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no real files here: set MAGDESK_TEST_DATA to a folder of them")
    return folder
