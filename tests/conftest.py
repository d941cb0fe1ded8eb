"""Fixtures every test may ask for."""

import gc
import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run the long fuzzing and soak tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="long run: ask for it with --slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


# Cycles with widgets in them may be taken down by the main thread only (see levcheck.ui.collecting), and pytest-xdist
# listens on a thread of its own: what Python would collect wherever it passes its limit is collected between tests.
_YOUNG_EVERY, _ALL_EVERY = 5, 60
_ended = 0


def pytest_configure() -> None:
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    global _ended  # noqa: PLW0603  # a hook has no other place to count
    _ended += 1
    if _ended % _ALL_EVERY == 0:
        gc.collect()
    elif _ended % _YOUNG_EVERY == 0:
        gc.collect(1)


@pytest.fixture(autouse=True, scope="session")
def _private_data_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep every test away from the real user's settings and library."""
    os.environ["LEVCHECK_DATA"] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real-world data beside the checkout; its absence skips the test with a reason."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the data folder ../shared is not beside this checkout")
    return folder
