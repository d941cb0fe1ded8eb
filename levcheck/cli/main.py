"""The command line: finds the command, runs it, and turns every refusal into plain lines."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck import __version__
from levcheck.domain.diagnostics import LevcheckError

if TYPE_CHECKING:
    import argparse
    from types import FrameType

    from levcheck.cli.services import Services

# name → (module, one line of help); the modules import what is heavy only when they run.
COMMANDS: dict[str, tuple[str, str]] = {
    "import": ("levcheck.cli.import_command", "read positions from a file and say what was read"),
    "check": ("levcheck.cli.check_command", "the whole job without a window"),
    "compare": ("levcheck.cli.compare_command", "what changed between two lists of a client"),
    "what-if": ("levcheck.cli.what_if_command", "lay changes over a list: before and after"),
    "log": ("levcheck.cli.log_command", "what was shown to whom, where the meeting log is on"),
    "templates": ("levcheck.cli.templates_command", "how reports look: list, make, share, remove"),
    "scenarios": ("levcheck.cli.scenarios_command", "list the scenario library"),
    "library": ("levcheck.cli.library_command", "list, show, add or remove reference data"),
    "fund": ("levcheck.cli.fund_command", "replay a daily-reset fund from its underlying's closes"),
    "batch": ("levcheck.cli.batch_command", "a firm's book: one row per portfolio and bet, ranked"),
    "bench": ("levcheck.cli.bench_command", "the benchmark table of this machine"),
    "doctor": ("levcheck.cli.doctor_command", "say what this machine has, and what is amiss"),
    "self-test": (
        "levcheck.cli.self_test_command",
        "open the sample, stress it, paint the window, write the page: does levcheck work here?",
    ),
    "shots": ("levcheck.cli.shots_command", "paint each screen of the window to a picture"),
}

PRIVATE = "--private"
DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130


def build_parser(command: str | None = None) -> "argparse.ArgumentParser":
    """Return the parser, with the arguments of `command` filled in (of all commands when None).

    Filling in one command only keeps the start of every command short.
    """
    import argparse  # the window opens without it

    parser = argparse.ArgumentParser(
        prog="levcheck",
        description="See the bets hidden inside a portfolio, and what they could cost. "
        "Without a command: opens the window, on FILE if one is given. "
        "With --private in front, the window writes nothing by itself.",
    )
    parser.add_argument("--version", action="version", version=f"levcheck {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, help_text) in COMMANDS.items():
        sub = commands.add_parser(name, help=help_text, description=_sentence(help_text))
        if command in (None, name):
            import_module(module).add_arguments(sub)
    return parser


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text.endswith("?") else ".")


def run(arguments: Sequence[str], services: "Services") -> int:
    """Run one command line and return its exit status: 0 done, 1 refused, 2 usage.

    Args:
        arguments: what followed the program's name.
        services: doors to the window and its painters.
    """
    first = arguments[0] if arguments else None
    if first == PRIVATE and services.open_private is not None:
        return _open_window(arguments[1:], services.open_private)
    if first is None or (not first.startswith("-") and first not in COMMANDS):
        return _open_window(arguments, services.open_window)
    from levcheck.cli.plain_output import plain_output

    with plain_output():
        parser = build_parser(first if first in COMMANDS else None)
        parsed = parser.parse_args(arguments)
        parsed.services = services
        return _guarded(parsed)


def _guarded(parsed: "argparse.Namespace") -> int:
    previous = signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        status: int = import_module(COMMANDS[parsed.command][0]).run(parsed)
        sys.stdout.flush()
    except LevcheckError as error:
        print_refusal(error)
        return REFUSED
    except KeyboardInterrupt:
        print("levcheck: stopped; nothing was left half-written.", file=sys.stderr)
        return INTERRUPTED
    except RuntimeError as error:
        # An interrupt while a class is being made comes wrapped in this one.
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        print("levcheck: stopped; nothing was left half-written.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough; say nothing, and keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    finally:
        signal.signal(signal.SIGTERM, previous)
    return status


def _as_interrupt(number: int, frame: "FrameType | None") -> None:  # noqa: ARG001  # signature of a handler
    raise KeyboardInterrupt


def print_refusal(error: LevcheckError) -> None:
    """Print what happened, where, and what to do, in one to three plain lines on stderr."""
    from levcheck.i18n.sentences import error_text
    from levcheck.i18n.words import Words

    message, remedy = error_text(Words("en"), error)
    where = f" ({error.where})" if error.where is not None and str(error.where) else ""
    print(f"levcheck: {message}{where}", file=sys.stderr)
    if remedy:
        print(f"levcheck: {remedy}", file=sys.stderr)


def _open_window(arguments: Sequence[str], door: Callable[[str | None], int]) -> int:
    if len(arguments) > 1:
        print(
            "levcheck: the window opens one file at a time. Give one file, or use 'levcheck check'.",
            file=sys.stderr,
        )
        return USAGE
    file = arguments[0] if arguments else None
    if file is not None and not Path(file).exists():
        print(f"levcheck: there is no command and no file called {file}.", file=sys.stderr)
        print("levcheck: 'levcheck --help' lists the commands.", file=sys.stderr)
        return USAGE
    return door(file)
