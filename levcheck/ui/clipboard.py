"""What levcheck copies goes through here, so that it can be taken back before a guest or the next client looks."""

from PySide6.QtGui import QGuiApplication

_last_copied: list[int] = []


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
    _last_copied[:] = [hash(text)]


def clear_own_text() -> None:
    """Empty the clipboard if what is on it came from levcheck; what another program put there stays."""
    clipboard = QGuiApplication.clipboard()
    # Not every platform knows who filled the clipboard, and a text field fills it without asking us.
    if clipboard.ownsClipboard() or hash(clipboard.text()) in _last_copied:
        clipboard.clear()
    _last_copied.clear()
