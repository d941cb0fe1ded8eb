"""One window for one user: a second start hands its file to the window that stands, and ends.

They talk over a local socket in the user's own data folder, which nobody else may enter; nothing goes over a network. A window
that died leaves no claim behind, and one that does not answer is not waited for: then a window of its own opens.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from levcheck.storage.locks import Lock

PATIENCE_MS = 2000
KNOCK_AGAIN_MS = 100
LONGEST = 65_536
_LONGEST_ADDRESS = 100  # systems take about 104 to 108 bytes
_TAKEN = b"taken\n"


class OneWindow(QObject):
    """The claim of the first window (:func:`~levcheck.storage.locks.take_window_lock`), and the door for later starts.

    ``handed_over`` carries the path a later start was given, or None when it was given none.
    """

    handed_over = Signal(object)

    def __init__(self, data: Path, lock: Lock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = lock
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)
        address = _address(data)
        # The claim is ours, so whoever made a socket of this name is dead.
        QLocalServer.removeServer(address)
        self._server.listen(address)
        self._heard: dict[QLocalSocket, bytes] = {}

    @property
    def is_open(self) -> bool:
        """Whether later starts can knock."""
        return self._server.isListening()

    def close(self) -> None:
        """Give the claim back."""
        self._server.close()
        self._lock.release()

    @Slot()
    def _on_knock(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            self._heard[caller] = b""
            caller.readyRead.connect(self._on_words)
            caller.disconnected.connect(self._on_gone)

    @Slot()
    def _on_words(self) -> None:
        caller = self.sender()
        if not isinstance(caller, QLocalSocket) or caller not in self._heard:
            return
        heard = self._heard[caller] + bytes(caller.readAll().data())
        self._heard[caller] = heard
        if len(heard) > LONGEST:
            caller.abort()
        elif heard.endswith(b"\n"):
            self._heard[caller] = b""
            is_understood, path = _understood(heard)
            if is_understood:
                caller.write(_TAKEN)
                caller.flush()
                self.handed_over.emit(path)
            else:
                caller.abort()

    @Slot()
    def _on_gone(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._heard.pop(caller, None)
            caller.deleteLater()


def hand_over(data: Path, path: Path | None) -> bool:
    """Hand a file to the window that stands, or ask it to come forward; return whether it took it."""
    caller = QLocalSocket()
    patience = QDeadlineTimer(PATIENCE_MS)
    caller.connectToServer(_address(data))
    while not caller.waitForConnected(PATIENCE_MS):
        if patience.hasExpired():
            return False
        QThread.msleep(KNOCK_AGAIN_MS)  # the window is just starting, and its door not open yet
        caller.connectToServer(_address(data))
    asked = {"open": os.fsencode(path.absolute()).hex() if path is not None else None}
    caller.write(json.dumps(asked).encode("ascii") + b"\n")
    caller.flush()
    answer = b""
    while not answer.endswith(b"\n") and caller.waitForReadyRead(PATIENCE_MS):
        answer += bytes(caller.readAll().data())
    caller.disconnectFromServer()
    return answer == _TAKEN


# --- inside ------------------------------------------------------------------------------------------------


def _address(data: Path) -> str:
    """Return where the door is: in the data folder, or a name of its own where that cannot be."""
    place = data.absolute() / "locks" / "window"
    if sys.platform != "win32" and len(os.fsencode(place)) <= _LONGEST_ADDRESS:
        return str(place)
    return "levcheck-" + hashlib.sha256(os.fsencode(data.absolute())).hexdigest()[:24]


def _understood(heard: bytes) -> tuple[bool, Path | None]:
    try:
        asked = json.loads(heard)["open"]
        return True, None if asked is None else Path(os.fsdecode(bytes.fromhex(asked)))
    except (ValueError, KeyError, TypeError):
        return False, None
