"""Faults of the program itself: written into the log without values, and told in plain words."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from levcheck.i18n.words import Words
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.presenting.figures import Tone

_LOG = logging.getLogger(__name__)
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def fault_notice(words: Words) -> NoticeView:
    """Return what is said when something in the program itself went wrong."""
    return NoticeView(
        words.text("Something in levcheck itself went wrong."),
        words.text("Your list was not changed by it. The menu Help has a report for a helper."),
        "",
        "window.fault",
        Tone.ERROR,
    )


def telling_hook(tell: Callable[[NoticeView], None], words: Callable[[], Words]) -> Hook:
    """Return what Python calls with a fault nobody caught: it is logged, and told once at a time.

    Args:
        tell: shows a notice.
        words: gives the language of now.
    """
    busy = False

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        nonlocal busy
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        _LOG.error("a fault of the program", exc_info=(kind, fault, trace))
        if busy:
            return  # a fault while a fault is told
        busy = True
        try:
            tell(fault_notice(words()))
        finally:
            busy = False

    return hook
