"""The composition root: hands the command line its doors to Qt, and nothing heavy before they are used."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from levcheck.bench.measuring import Workload
    from levcheck.bench.setting import Setting
    from levcheck.cli.services import ShotRequest
    from levcheck.reporting.report import Report


def _open_window(file: str | None, *, is_private: bool = False) -> int:
    if not _has_display():
        print(
            "levcheck: there is no display to open a window on. "
            "Use 'levcheck check FILE --pdf OUT.pdf', or start it on a desktop.",
            file=sys.stderr,
        )
        return 1
    import gc

    gc.disable()  # a start makes little rubbish; the window collects its own (levcheck.ui.collecting)
    from levcheck.ui.application import run

    return run(file, is_private=is_private)


def _open_private(file: str | None) -> int:
    return _open_window(file, is_private=True)


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_screen() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _paint_shots(request: "ShotRequest") -> "Sequence[Path]":
    _without_screen()
    from levcheck.ui.shots import paint_shots

    return paint_shots(
        request.file,
        request.folder,
        screens=request.screens,
        theme=request.theme,
        language=request.language,
        size=request.size,
        scale=request.scale,
        hide_amounts=request.hide_amounts,
        meeting=request.meeting,
        ask=request.ask,
    )


def _write_pdf(report: "Report", path: "Path") -> None:
    _without_screen()
    from levcheck.ui.pdf import write_pdf

    write_pdf(report, path)


def _font_families() -> Sequence[str]:
    _without_screen()
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    families = QFontDatabase.families()
    del application
    return families


def _window_work(setting: "Setting") -> "Mapping[str, Callable[[], Workload]]":
    _without_screen()
    from levcheck.ui.timings import window_work

    return window_work(setting)


# Below this the arrays' own library ends the process by itself, without a word that helps.
_LEAST_MEMORY = 195 * 2**20
_LIGHT = {"doctor", "import", "scenarios", "library", "--version", "--help", "-h"}


def _has_room(arguments: "Sequence[str]") -> bool:
    """Whether the memory this process may ask for is enough for arrays; commands without arrays always have room."""
    if arguments and arguments[0] in _LIGHT:
        return True
    try:
        import resource
    except ImportError:
        return True
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return limit == resource.RLIM_INFINITY or limit >= _LEAST_MEMORY


def _out_of_memory() -> int:
    message = (
        b"levcheck: there is not enough memory for this. Nothing was changed or half-written.\n"
        b"levcheck: Close other programs, or raise the memory limit to 300 MB or more, and try again.\n"
    )
    os.write(2, message)  # nothing is put together here: there may be no memory left for it
    return 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run levcheck with the given arguments (those of the process when None); return the exit status."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        # Stopped while the command was still being loaded.
        print("levcheck: stopped; nothing was left half-written.", file=sys.stderr)
        return 130
    except MemoryError:
        return _out_of_memory()


def _run(arguments: Sequence[str] | None) -> int:
    from levcheck.storage.privacy import protect_process

    protect_process()
    if sys.argv[1:2] == ["--import-worker"]:
        # A frozen app has no interpreter to start: it starts itself as the process that parses.
        from levcheck.importing.worker import main as parse

        return parse(sys.argv[1:])
    # Matrices here are small: one thread is faster than handing them round, and the last bit of a sum then
    # does not depend on how many cores a machine has.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not _has_room(sys.argv[1:] if arguments is None else arguments):
        return _out_of_memory()
    from levcheck.cli.main import run
    from levcheck.cli.services import Services

    services = Services(
        _open_window, _paint_shots, _write_pdf, _font_families, _window_work, _open_private
    )
    return run(sys.argv[1:] if arguments is None else arguments, services)


if __name__ == "__main__":
    sys.exit(main())
