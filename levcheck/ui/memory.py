"""What the program remembers between starts, and how a changed setting comes into force."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from levcheck.assets import data_folder
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import LANGUAGES
from levcheck.storage.settings import Layout, Settings, save_settings
from levcheck.ui.theme import RISE_FALL, theme_source

if TYPE_CHECKING:
    from levcheck.ui.desktop import Desktop

_LOG = logging.getLogger(__name__)


class Memory(QObject):
    """Holds the settings; ``recent_changed`` carries the files opened before, ``private_changed`` whether nothing is kept.

    Attributes:
        settings: as they were last changed.
        is_private: nothing is written by itself until the program ends, and no file opened now is remembered.
    """

    recent_changed = Signal(object)
    private_changed = Signal(bool)

    def __init__(self, settings: Settings, *, is_private: bool = False) -> None:
        super().__init__()
        self.settings = settings
        self.is_private = is_private
        self._worn = theme_source().theme.name
        self._of_client: set[str] = set()

    def current(self) -> Settings:
        """Return the settings as they are now, colours switched by a key included."""
        worn = theme_source().theme.name
        if worn != self._worn:  # switched by hand since: the choice "as on this computer" is over
            self.settings, self._worn = replace(self.settings, theme=worn), worn
        return self.settings

    def change(self, settings: Settings) -> None:
        """Take over settings the user has changed, and write them."""
        self.settings = settings
        self._worn = theme_source().theme.name
        self.keep(settings.hide_amounts)

    def follow(self, desktop: "Desktop") -> None:
        """Wear what the desktop asks for now, where the user has chosen "as on this computer"."""
        kept = self.current()
        theme_source().choose(
            "system" if kept.theme == "system" else None, still=_is_still(kept, desktop)
        )
        self._worn = theme_source().theme.name

    def be_private(self, on: bool) -> None:  # noqa: FBT001  # the signature of the signal
        """Write nothing by itself from now on, or write again."""
        if on != self.is_private:
            self.is_private = on
            self.private_changed.emit(on)

    def remember(self, path: Path) -> None:
        """Put a file on top of the recent ones."""
        if self.is_private:
            return
        self._of_client.add(str(path.absolute()))
        self.settings = self.settings.with_recent(str(path.absolute()))
        self.recent_changed.emit(self.settings.recent_files)

    def forget_client(self) -> None:
        """Remember no file that was opened for the client who leaves."""
        files = tuple(f for f in self.settings.recent_files if f not in self._of_client)
        self._of_client.clear()
        self.settings = replace(self.settings, recent_files=files)
        self.recent_changed.emit(files)

    def remember_columns(self, fingerprint: str, mapping: dict[str, str]) -> None:
        """Keep how the columns of one kind of file were matched."""
        if not self.is_private:
            self.settings = self.settings.with_mapping(fingerprint, mapping)

    def remember_window(self, layout: Layout, place: str | None) -> None:
        """Keep how the window is laid out, and where it stands; None leaves its place as it was."""
        kept = self.current()
        self.settings = replace(kept, layout=layout, geometry=place or kept.geometry)

    def keep(self, hide_amounts: bool) -> None:  # noqa: FBT001  # one plain fact
        """Write the settings; a folder that cannot be written costs the memory, not the work."""
        self.settings = replace(self.current(), hide_amounts=hide_amounts)
        if self.is_private:
            return
        try:
            save_settings(data_folder(), self.settings)
        except LevcheckError:
            _LOG.warning("the settings could not be written", exc_info=True)


def wear(settings: Settings, language: str, desktop: "Desktop | None" = None) -> None:
    """Put on the looks the user has chosen; a market custom this version does not know is passed over.

    The desktop is asked once the window stands: before, nothing moves yet.
    """
    theme_source().choose(
        settings.theme,
        text_scale=settings.text_scale,
        language=language,
        custom=settings.rise_fall if settings.rise_fall in RISE_FALL else None,
        still=_is_still(settings, desktop),
    )


def _is_still(settings: Settings, desktop: "Desktop | None") -> bool:
    return settings.motion == "reduced" or (desktop is not None and desktop.is_still)


def language_of(settings: Settings) -> str:
    """Return the language chosen, else that of the desktop where it is one of ours."""
    return settings.language or system_language()


def system_language() -> str:
    """Return the language of the desktop, English where it is none of ours."""
    from PySide6.QtCore import QLocale

    name = QLocale.system().name()
    if name in LANGUAGES:
        return name
    return name[:2] if name[:2] in LANGUAGES else "en"


def putting_in_force(
    memory: Memory, speak: Callable[[Settings, str], None], desktop: "Desktop"
) -> Callable[[Settings], None]:
    """Return what lets changed settings count: looks, what is kept, and how the reader is spoken to.

    Args:
        memory: keeps them.
        speak: takes the settings and the language in force.
        desktop: asked where the user leaves the looks to it.
    """

    def change(settings: Settings) -> None:
        language = language_of(settings)
        wear(settings, language, desktop)
        memory.change(settings)
        speak(settings, language)

    return change
