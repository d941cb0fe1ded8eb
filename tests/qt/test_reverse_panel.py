"""The question asked backwards, by hand and on the screen."""

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.ui.screens.reverse_panel import ReversePanel
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine


def test_that_the_panel_asks_once_after_the_hand_rests(qtbot: QtBot) -> None:
    target = QComboBox()
    panel = ReversePanel(Words("en"), target)
    qtbot.addWidget(target)
    qtbot.addWidget(panel)
    asked: list[tuple[str, float]] = []
    panel.asked.connect(lambda chosen, share: asked.append((chosen, share)))
    panel.ask()
    assert asked == []
    assert not panel.isEnabled()
    target.addItem("NVIDIA", "NVDA.US")
    for share in (21, 22, 23):
        panel.field.setValue(share)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert asked == [("NVDA.US", 0.23)]
    panel.show_answer(("One.", "Two."))
    assert panel.answer.text() == "One. Two."
    panel.speak(Words("de"))
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=20_000)


def test_that_the_answer_comes_in_sentences(qtbot: QtBot) -> None:
    workspace = Workspace.immediate(SampleEngine(), Words("en"))
    with qtbot.waitSignal(workspace.questions.backwards_ready) as caught:
        workspace.questions.ask_backwards("NVDA.X", 0.2)
    assert caught.args == [
        ("NVIDIA would have to fall 40% in one day to cost you 20% of your money.",)
    ]
