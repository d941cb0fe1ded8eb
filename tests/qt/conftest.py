"""Guards around every test with widgets: nothing stays alive, and Qt complains about nothing."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from levcheck.ui.theme import load_theme, theme_source

# What Qt says on a machine without a desktop, and what is no fault of ours.
HARMLESS = (
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise",
    "This plugin does not support grabbing the keyboard",
    "This plugin supports grabbing the mouse only for popup windows",
)


@pytest.fixture(autouse=True)
def _leak_guard(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window or a running job behind."""
    qapp.clipboard().clear()  # what another test copied is nobody's secret here
    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    yield
    assert QThreadPool.globalInstance().waitForDone(20_000), "a job still runs after the test"
    # pytest keeps the values of the fixtures until after this; they would look like leaks.
    request.node.funcargs.clear()
    for _ in range(3):
        qapp.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = [_named(w) for w in QApplication.topLevelWidgets() if id(w) not in before]
        if not left:
            break
        gc.collect()  # a tenth of a second in a grown process: only where something is left to explain
    left = [_named(w) for w in QApplication.topLevelWidgets() if id(w) not in before]
    theme_source().use(load_theme("light"))
    assert not left, f"widgets left alive: {left}"


@pytest.fixture(autouse=True)
def _warning_guard(qtlog: Any) -> Iterator[None]:
    """Fail a test in which Qt logs a warning."""
    yield
    told = [
        record.message
        for record in qtlog.records
        if record.type_name in {"QtWarningMsg", "QtCriticalMsg", "QtFatalMsg"}
        and not any(text in record.message for text in HARMLESS)
    ]
    assert not told, told


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r}"
