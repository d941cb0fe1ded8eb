"""What the program remembers between starts: a plain JSON file the user may read, change or delete."""

import json
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED_FILES = 8


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How the user has laid out one table; columns are named by their ids.

    Attributes:
        order: columns from left to right; empty = as they come.
        hidden: columns put away.
        shown: columns asked for that step aside where there is little room.
        widths: column → pixels at text size 100 %.
        sort: the column rows are ordered by; "" = as they come.
        descending: whether the largest comes first.
    """

    order: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How the user has laid out the window.

    Attributes:
        tables: name of a table → its layout.
        splits: name of a movable border → the room of the parts beside it, in thousandths of the whole.
        drawer: width of the explanation in pixels at text size 100 %; 0 = as made.
    """

    tables: dict[str, TableLayout] = field(default_factory=dict)
    splits: dict[str, tuple[int, ...]] = field(default_factory=dict)
    drawer: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices.

    Attributes:
        language: interface language; None = that of the desktop.
        theme: ``light``, ``dark``, ``high_contrast`` or ``system``.
        base_currency: currency of totals when a file does not say; None = the file's.
        hide_amounts: start with money shown as dots.
        text_scale: 1.0 to 2.0.
        remember_files: whether recent files are kept.
        recent_files: newest first.
        meeting_log: whether a line is kept of every report made and of every screen a guest sees.
        rise_fall: colours of gain and loss: ``blue_orange``, ``red_up`` or ``western``.
        meeting_order: screens a meeting steps through; empty = all.
        geometry: place and size of the window, as Qt writes it, in Base64; None = as at the first start.
        mappings: header fingerprint → field → column, as the user matched them.
        number_format: how numbers are written, as in ``1.234,56``; "" = as the language writes them.
        motion: ``system``, or ``reduced``: nothing moves by itself.
        layout: columns, borders and the width of the explanation as the user has put them; None = as made.
    """

    language: str | None = None
    theme: str = "system"
    base_currency: str | None = None
    hide_amounts: bool = False
    text_scale: float = 1.0
    remember_files: bool = True
    recent_files: tuple[str, ...] = ()
    mappings: dict[str, dict[str, str]] | None = None
    meeting_log: bool = False
    rise_fall: str = "blue_orange"
    meeting_order: tuple[str, ...] = ()
    geometry: str | None = None
    number_format: str = ""
    motion: str = "system"
    layout: Layout | None = None

    def with_recent(self, file: str) -> "Settings":
        """Return the settings with a file on top of the recent ones (unchanged when they are off).

        A path with bytes that are no letters is not remembered: no menu could name it.
        """
        from levcheck.domain.texts import whole_text  # the window stands before it remembers a file

        if not self.remember_files or whole_text(file) != file:
            return self
        files = (file, *(f for f in self.recent_files if f != file))
        return replace(self, recent_files=files[:REMEMBERED_FILES])

    def with_mapping(self, fingerprint: str, mapping: dict[str, str]) -> "Settings":
        """Return the settings remembering how the columns of one kind of file were matched."""
        return replace(self, mappings={**(self.mappings or {}), fingerprint: mapping})

    def with_mappings(self, mappings: dict[str, dict[str, str]]) -> "Settings":
        """Return the settings remembering these matchings and no others."""
        return replace(self, mappings=dict(mappings))

    def without_recent(self) -> "Settings":
        """Return the settings with no file remembered, and none remembered from now on."""
        return replace(self, remember_files=False, recent_files=())


def load_settings(folder: Path) -> Settings:
    """Return the settings kept in a folder; the defaults when there are none or they cannot be read.

    A damaged settings file is not worth stopping for: it is left where it is until the next change.
    """
    try:
        return cast(
            "Settings", _read(Settings, json.loads((folder / "settings.json").read_bytes()))
        )
    except (OSError, ValueError, OverflowError, RecursionError):
        return Settings()


def save_settings(folder: Path, settings: Settings) -> None:
    """Write the settings.

    Raises:
        LevcheckError: the folder cannot be written.
    """
    from levcheck.storage.writer import write_file  # the window stands before it writes

    text = json.dumps(asdict(settings), ensure_ascii=False, sort_keys=True, indent=1)
    write_file(folder / "settings.json", (text + "\n").encode())


# --- inside ------------------------------------------------------------------------------------------------
# The library that checks our other files takes longer to load than the first painting of the window may.


def _read(kind: Any, value: Any) -> Any:
    """Return a value of JSON as a kind of value; names this version does not know are passed over.

    Raises:
        ValueError: it is of another kind.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:  # something, or nothing
        return None if value is None else _read(parts[0], value)
    if is_dataclass(kind) and isinstance(value, dict):
        kinds = {one.name: one.type for one in fields(kind)}
        known = {name: _read(kinds[name], one) for name, one in value.items() if name in kinds}
        return cast("Callable[..., Any]", kind)(**known)
    if origin is tuple and isinstance(value, list):
        return tuple(_read(parts[0], one) for one in value)
    if origin is dict and isinstance(value, dict):
        return {name: _read(parts[1], one) for name, one in value.items()}
    if type(value) is kind:
        return value
    if kind is float and type(value) is int:
        return float(value)
    raise ValueError
