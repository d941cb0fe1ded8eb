"""What can be done in the window, as data: text, key, menu and when it is possible."""

from dataclasses import dataclass
from enum import StrEnum


class Needs(StrEnum):
    """What must be there for an action to be possible."""

    NOTHING = "nothing"
    LINES = "lines"
    UNDO = "undo"
    REDO = "redo"
    SCENARIO = "scenario"
    FILE = "file"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: name of the method that does it, without the leading ``do_``.
        text: menu entry; English, translated when shown.
        menu: which menu it stands in.
        keys: shortcuts in portable text; empty = none.
        icon: name of its icon; "" = none.
        needs: when it is possible.
        checkable: whether it is a switch.
        separated: whether a line stands above it.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Needs = Needs.NOTHING
    checkable: bool = False
    separated: bool = False


IN_MEETINGS = frozenset(
    {"open", "hide_amounts", "dark", "explain", "show_draft", "meeting", "next_client", "quit"}
)
"""Actions that are possible while a guest watches."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "&Open…", "&File", ("Ctrl+O",), "open"),
    ActionSpec(
        "add_file", "&Add a file to this list…", "&File", ("Ctrl+Shift+O",), "plus", Needs.LINES
    ),
    ActionSpec("open_book", "Open a &book…", "&File"),
    ActionSpec("open_sample", "Open the sa&mple portfolio", "&File"),
    ActionSpec("save_template", "Save a &template to fill in…", "&File", icon="download"),
    ActionSpec("save", "&Save", "&File", ("Ctrl+S",), "save", Needs.LINES, separated=True),
    ActionSpec("save_as", "Save &as…", "&File", ("Ctrl+Shift+S",), "", Needs.LINES),
    ActionSpec(
        "earlier_copies", "&Go back to an earlier copy…", "&File", (), "history", Needs.FILE
    ),
    ActionSpec("password", "Pass&word…", "&File", (), "lock", Needs.LINES),
    ActionSpec("report", "&Report…", "&File", ("Ctrl+P",), "pdf", Needs.LINES),
    ActionSpec(
        "close_list", "&Close this list", "&File", ("Ctrl+W",), "", Needs.LINES, separated=True
    ),
    ActionSpec("quit", "&Quit", "&File", ("Ctrl+Q",)),
    ActionSpec("undo", "&Undo", "&Edit", ("Ctrl+Z",), "undo", Needs.UNDO),
    ActionSpec("redo", "&Redo", "&Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", Needs.REDO),
    ActionSpec(
        "find", "&Find a holding", "&Edit", ("Ctrl+F",), "search", Needs.LINES, separated=True
    ),
    ActionSpec("filter", "Fi&lter the holdings", "&Edit", ("Ctrl+Shift+F",), "filter", Needs.LINES),
    ActionSpec(
        "edit_line", "&Edit this line", "&Edit", ("F2",), "edit", Needs.LINES, separated=True
    ),
    ActionSpec("add_line", "&Add a line…", "&Edit", ("Ctrl+N",), "plus", Needs.LINES),
    ActionSpec("remove_lines", "Re&move the lines marked", "&Edit", (), "minus", Needs.LINES),
    ActionSpec("currencies", "C&urrencies and rates", "&Edit", ("Ctrl+E",), "", Needs.LINES),
    ActionSpec("accounts", "Acc&ounts and owners…", "&Edit", ("Ctrl+Shift+A",), "", Needs.LINES),
    ActionSpec("rows_read", "R&ows read", "&Edit", ("Ctrl+T",), "", Needs.LINES),
    ActionSpec("copy_table", "&Copy the table", "&Edit", ("Ctrl+Shift+C",), "copy", Needs.LINES),
    ActionSpec("settings", "Se&ttings…", "&Edit", ("Ctrl+,",), "settings", separated=True),
    ActionSpec("hide_amounts", "&Hide amounts", "&View", ("F9",), "eye-off", checkable=True),
    ActionSpec("meeting", "&Meeting with a guest", "&View", ("F11",), "meeting", separated=True),
    ActionSpec("next_client", "&Next client: forget this one", "&View", ("Ctrl+Shift+N",)),
    ActionSpec("dark", "&Dark colours", "&View", ("Ctrl+D",), "moon", checkable=True),
    ActionSpec("reset_layout", "Put the &layout back", "&View"),
    ActionSpec(
        "reset_scenario",
        "&Reset the scenario",
        "&View",
        ("Ctrl+R",),
        "reset",
        Needs.SCENARIO,
        separated=True,
    ),
    ActionSpec("show_draft", "Today or the dra&ft", "&View", ("Ctrl+B",), "what-if", Needs.DRAFT),
    ActionSpec("explain", "&Explain this number", "&Help", ("F1",), "explain"),
    ActionSpec("guide", "&Guide", "&Help", separated=True),
    ActionSpec("changes", "What is &new", "&Help"),
    ActionSpec("problem", "Report a &problem…", "&Help"),
    ActionSpec("keys", "&Keys", "&Help", ("Ctrl+?",)),
    ActionSpec("about", "&About levcheck", "&Help"),
)


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen of the rail.

    Attributes:
        id: its name, also of its picture.
        word: short word beside the icon.
        title: full name.
        question: the one question it answers.
        icon: name of its icon.
    """

    id: str
    word: str
    title: str
    question: str
    icon: str


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        "portfolio", "Portfolio", "Portfolio", "Did levcheck read my list correctly?", "portfolio"
    ),
    ScreenSpec("overview", "Overview", "Overview", "What do I really own?", "overview"),
    ScreenSpec(
        "overlap", "Overlap", "Overlap", "Where do I hold the same bet more than once?", "overlap"
    ),
    ScreenSpec("stress", "Stress", "Stress", "How much could I lose if this happens?", "stress"),
    ScreenSpec(
        "leverage",
        "Leverage",
        "Leverage over time",
        "What do daily-reset funds do to my money?",
        "leverage",
    ),
    ScreenSpec("what-if", "What-if", "What-if", "What changes if I trim or swap?", "what-if"),
    ScreenSpec("data", "Data", "Data & method", "Can I trust these numbers?", "data"),
)
