"""Everything of the window that is loaded after its first painting (:mod:`levcheck.ui.front`)."""

from levcheck.ui.accounts_desk import AccountsDesk
from levcheck.ui.book_desk import BookDesk
from levcheck.ui.drawer_desk import DrawerDesk
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.help_desk import HelpDesk
from levcheck.ui.keep_desk import KeepDesk
from levcheck.ui.library_desk import LibraryDesk
from levcheck.ui.line_desk import LineDesk
from levcheck.ui.mapping_desk import MappingDesk
from levcheck.ui.meeting_desk import MeetingDesk
from levcheck.ui.menu_desk import MenuDesk
from levcheck.ui.notice_desk import NoticeDesk
from levcheck.ui.password_desk import PasswordDesk
from levcheck.ui.report_desk import ReportDesk
from levcheck.ui.screen_deck import ScreenDeck, Ties
from levcheck.ui.settings_desk import SettingsDesk
from levcheck.ui.widgets.notices import ProgressRow
from levcheck.ui.widgets.rail import Rail
from levcheck.ui.widgets.state_bar import StateBar

__all__ = [
    "AccountsDesk",
    "BookDesk",
    "DrawerDesk",
    "FileDesk",
    "HelpDesk",
    "KeepDesk",
    "LibraryDesk",
    "LineDesk",
    "MappingDesk",
    "MeetingDesk",
    "MenuDesk",
    "NoticeDesk",
    "PasswordDesk",
    "ProgressRow",
    "Rail",
    "ReportDesk",
    "ScreenDeck",
    "SettingsDesk",
    "StateBar",
    "Ties",
]
