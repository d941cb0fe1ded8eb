"""Names from a stranger's workbook are words: never a path, never markup, never a file of their own choice."""

import ntpath
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.storage.file_names import LONGEST, file_name
from levcheck.ui.engine import LocalEngine
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.main_window import MainWindow
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

Tell = Callable[[str], None]

HOSTILE_NAMES = (
    "../portfolio", "../../../../etc/cron.d/job", "..", ".", "/etc/passwd", "//server/share/x", "\\\\server\\share\\x",
    "C:\\Windows\\win.ini", "C:evil", "file:///etc/passwd", "~/.bashrc", "~root", ".hidden", "...", "-rf", "--output=x",
    "CON", "con.txt", "NUL", "nul.levcheck", "COM1", "com¹", "LPT9.pdf", "AUX", "PRN.tar.gz", "a:b", "a:$DATA", "a\x00b",
    "a\nb", "a\r\nb", "\x1b[2J", "a\tb", "x" * 300, "한" * 300, "\u202egnp.exe", "\u200bzero", "\ufeffbom", "a\u2028b",
    "\ud800lone", "| rm -rf", "$(reboot)", "`id`", "%APPDATA%", "$HOME", "a*b?c", '"quoted"', "<img src=x>", "trailing. ",
    "trailing   ", "e\u0301accent", "🙂" * 200, "",
)  # fmt: skip


def is_reserved(name: str) -> bool:
    # Python 3.13 asks another module, and warns of the method that asked before.
    ask: Callable[[str], bool] | None = getattr(ntpath, "isreserved", None)
    return ask(name) if ask is not None else PureWindowsPath(name).is_reserved()


def is_one_plain_name(name: str) -> bool:
    return (
        PurePosixPath(name).name == name
        and PureWindowsPath(name).name == name
        and not is_reserved(name)
        and not name.startswith((".", "-", "~"))
        and all(unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in name)
        and len(name.encode()) <= 255
    )


def test_that_no_hostile_name_becomes_a_path(tmp_path: Path, tell: Tell) -> None:
    inside = tmp_path / "chosen" / "folder"
    inside.mkdir(parents=True)
    for name in HOSTILE_NAMES:
        made = inside / file_name(name, ".pdf")
        made.write_bytes(b"")
        assert made.resolve().parent == inside.resolve(), name
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and p.parent != inside]
    bad = [n for n in HOSTILE_NAMES if not is_one_plain_name(file_name(n, ".pdf"))]
    tell(
        f"S8 hostile names: {len(HOSTILE_NAMES)}, {len(outside)} written outside, {len(bad)} odd names"
    )
    assert (outside, bad) == ([], [])


def test_that_the_judge_of_names_finds_bad_ones() -> None:
    assert not any(is_one_plain_name(n) for n in ("../x", "a\\b", "CON", ".x", "a\u202eb"))


@given(st.text(max_size=400))
def test_that_any_text_gives_one_plain_name(name: str) -> None:
    made = file_name(name, ".levcheck")
    assert is_one_plain_name(made)
    assert made.endswith(".levcheck")
    assert len(made) <= LONGEST + len("levcheck .levcheck")
    assert file_name(made.removesuffix(".levcheck"), ".levcheck") == made


def test_that_an_ordinary_name_stays_as_it_is() -> None:
    assert file_name("Müller & Söhne 2026 (Depot A)", ".pdf") == "Müller & Söhne 2026 (Depot A).pdf"
    assert file_name("내 포트폴리오", ".pdf") == "내 포트폴리오.pdf"


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "C:\\evil"])
def test_that_the_window_offers_a_name_in_the_folder_it_shows(qtbot: QtBot, name: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    desk = FileDesk(Workspace.immediate(SampleEngine(), Words()), window)
    dialog = desk.ask_target(name + ".pdf", "PDF (*.pdf)", lambda _path: None)
    (offered,) = dialog.selectedFiles()
    assert Path(offered).parent == Path(dialog.directory().absolutePath())
    dialog.reject()


MARKUP = '<img src="file:///etc/passwd"><b>bold</b>'


def test_that_markup_in_names_is_shown_as_letters(qtbot: QtBot, tmp_path: Path) -> None:
    """No label, tip or cell takes a name for markup, on any screen, in the drawer, or in a notice."""
    path = tmp_path / "<img src=x><b>mine.csv"
    rows = [f"NVDA,{MARKUP} NVIDIA,10,2000", f"{MARKUP},,5,900", f"TQQQ,x{MARKUP},3,3000"]
    quoted = [",".join('"' + c.replace('"', '""') + '"' for c in r.split(",")) for r in rows]
    path.write_text("Symbol,Name,Quantity,Market Value\n" + "\n".join(quoted), encoding="utf-8")
    window = MainWindow(Workspace.immediate(LocalEngine(), Words()))
    qtbot.addWidget(window)
    window.workspace.open(path)
    window.explain("position:p1:market_value")
    shown, rich = 0, []
    for screen in window.screens:
        window.show_screen(screen)
        for widget in window.findChildren(QWidget):
            text = widget.text() if isinstance(widget, QLabel) else ""
            shown += "<img" in text
            takes_markup = (
                isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText
            )
            if "<img" in text and takes_markup:
                rich.append(text)
            tip = widget.toolTip()
            if "<img" in tip:
                rich.append(tip)
    assert shown >= len(window.screens)  # the name of the list at least
    assert rich == []
