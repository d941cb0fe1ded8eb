"""Small windows that only tell: the keys, and what this program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from levcheck import __version__
from levcheck.i18n.words import Words
from levcheck.presenting.verdict import footer_sentence
from levcheck.ui.actions import ACTIONS, SCREENS
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme


def key_rows(words: Words) -> list[tuple[str, str]]:
    """Return (what it does, the keys) of every key there is."""
    rows = [(words.text(a.text).replace("&", ""), " · ".join(a.keys)) for a in ACTIONS if a.keys]
    rows += [(words.text(s.title), f"Ctrl+{n}") for n, s in enumerate(SCREENS, start=1)]
    rows += [
        (words.text("Move inside a chart"), "← →"),
        (words.text("Close the explanation"), "Esc"),
    ]
    return rows


def show_keys(parent: QWidget, words: Words) -> QDialog:
    """Show every key there is."""
    rows = key_rows(words)
    dialog, column = _dialog(parent, words.text("Keys"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(current_theme().space("xxl"))
    for number, (what, keys) in enumerate(rows):
        grid.addWidget(QLabel(what), number, 0)
        grid.addWidget(label("emphasis", keys, wrap=False), number, 1)
    column.insertLayout(0, grid)
    dialog.open()
    return dialog


def show_about(parent: QWidget, words: Words) -> QDialog:
    """Say what this program is."""
    dialog, column = _dialog(parent, words.text("About levcheck"))
    for number, part in enumerate(
        (
            label("section", f"levcheck {__version__}", wrap=False),
            label(
                "", words.text("See the bets hidden inside a portfolio, and what they could cost.")
            ),
            label("", footer_sentence(words)),
            label("text-2", words.text("Nothing leaves this computer.")),
        )
    ):
        column.insertWidget(number, part)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*(current_theme().space("xl"),) * 4)
    column.setSpacing(current_theme().space("m"))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    return dialog, column
