"""Small windows for a session's password: typed to open a file, and set for one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.storage.sealing import SHORTEST_PASSWORD
from levcheck.ui.screens.parts import label, say
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme

_WIDTH = 420


class AskPassword(QDialog):
    """Asks for the password of a file; ``typed`` carries it."""

    typed = Signal(str)

    def __init__(
        self, file: str, words: Words, parent: QWidget | None = None, *, was_wrong: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.text("Password"))
        self.told = label("", words.text("{file} is closed with a password.", file=file))
        self.fault = label("error")
        say(
            self.fault,
            words.text("This password does not open it. Capital letters count.")
            if was_wrong
            else "",
        )
        self.field = _field(words.text("&Password"), self)
        self.go = QPushButton(words.text("&Open"))
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        buttons = _buttons(words)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._on_go)
        buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(self._on_text)
        _lay_out(self, self.told, self.field, self.fault, buttons)
        if was_wrong:
            announce(self, self.fault.text())

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.go.setEnabled(bool(text))

    @Slot()
    def _on_go(self) -> None:
        password = self.field.text()
        self.field.clear()
        self.accept()
        self.typed.emit(password)


class SetPassword(QDialog):
    """Sets a password, typed twice; ``chosen`` carries it, ``taken_off`` says that there is to be none."""

    chosen = Signal(str)
    taken_off = Signal()

    def __init__(
        self, file: str, words: Words, parent: QWidget | None = None, *, has_one: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self.setWindowTitle(words.text("Password of {file}", file=file))
        hint = label(
            "text-2",
            words.text(
                "Without it nobody can open this file, its copies or its unsaved work. "
                "Nobody can bring it back, so write it down."
            ),
        )
        self.first = _field(words.text("&New password"), self)
        self.second = _field(words.text("The same &once more"), self)
        self.fault = label("error")
        say(self.fault, "")
        self.go = QPushButton(words.text("&Set the password"))
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons = _buttons(words)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.off = QPushButton(words.text("&Take the password off"))
        self.off.setVisible(has_one)
        if has_one:
            buttons.addButton(self.off, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.accepted.connect(self._on_go)
        buttons.rejected.connect(self.reject)
        self.off.clicked.connect(self._on_off)
        _lay_out(self, hint, self.first, self.second, self.fault, buttons)

    @Slot()
    def _on_go(self) -> None:
        words, password = self._words, self.first.text()
        if len(password) < SHORTEST_PASSWORD:
            fault = words.text(
                "Use {letters} letters or more. Nothing was changed.", letters=SHORTEST_PASSWORD
            )
        elif password != self.second.text():
            fault = words.text("The two are not the same. Type both again.")
        else:
            self.first.clear()
            self.second.clear()
            self.accept()
            self.chosen.emit(password)
            return
        say(self.fault, fault)
        announce(self, fault)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.first.selectAll()

    @Slot()
    def _on_off(self) -> None:
        self.accept()
        self.taken_off.emit()


def _field(title: str, parent: QWidget) -> QLineEdit:
    field = QLineEdit(parent)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhNoPredictiveText
    )
    field.setAccessibleName(title.replace("&", ""))
    field.setProperty("title", title)
    return field


def _buttons(words: Words) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(words.text("Cancel"))
    return buttons


def _lay_out(dialog: QDialog, *parts: QWidget) -> None:
    theme = current_theme()
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*(theme.space("xl"),) * 4)
    column.setSpacing(theme.space("s"))
    for part in parts:
        title = part.property("title")
        if title:
            named = QLabel(str(title), dialog)
            named.setBuddy(part)
            column.addWidget(named)
        column.addWidget(part)
    dialog.setMinimumWidth(theme.scaled(_WIDTH))
