"""The style sheet made of a theme's tokens; widgets pick their part by class and by the ``role`` property."""

from typing import TYPE_CHECKING

from levcheck.assets import asset

if TYPE_CHECKING:
    from levcheck.ui.theme import Theme

MOTION_MS = 150
_BESIDE_CELLS = 3  # pixels Qt puts beside the text of a cell, and not beside that of its heading
_SHEET = """
* {{ outline: none; widget-animation-duration: {motion}; }}
QWidget {{ color: {text}; }}
QMainWindow, QDialog, QStackedWidget {{ background: {bg}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 6px 8px; font-size: {body}px; }}

QLabel[role="text-2"] {{ color: {text_2}; }}
QLabel[role="caption"] {{ color: {text_2}; font-size: {caption}px; }}
QLabel[role="emphasis"] {{ font-size: {emphasis}px; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {section}px; font-weight: 600; }}
QLabel[role="headline"] {{ font-size: {headline}px; font-weight: 600; }}
QLabel[role="key-figure"] {{ font-size: {key_figure}px; font-weight: 600; }}
QLabel[role="loss"] {{ color: {loss}; }}
QLabel[role="gain"] {{ color: {gain}; }}
QLabel[role="warning"] {{ color: {warning}; }}
QLabel[role="error"] {{ color: {error}; }}
QLabel[role="success"] {{ color: {success}; }}

QPushButton, QToolButton[role="button"] {{
  background: {raised}; color: {text}; border: 1px solid {line}; border-radius: {radius}px;
  padding: 0 {m}px; min-height: {inner}px; }}
QPushButton:hover, QToolButton[role="button"]:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {selected}; }}
QPushButton:disabled {{ color: {disabled}; border-color: {hairline}; }}
QPushButton:focus, QToolButton[role="button"]:focus {{ border: 2px solid {accent}; padding: 0 {m_less}px; min-height: {inner_less}px; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: 600; padding: 0 {l}px; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {{ background: {accent_strong}; border-color: {accent_strong}; }}
QPushButton[role="primary"]:disabled {{ background: {hairline}; color: {text_2}; border-color: {hairline}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; padding: 0 {l_less}px; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; color: {accent}; }}
QPushButton[role="quiet"]:hover {{ background: {hover}; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {accent}; }}
QPushButton[role="link"] {{
  background: transparent; border: 2px solid transparent; color: {accent}; padding: 0 2px; min-height: {small}px; text-align: left; }}
QPushButton[role="link"]:hover {{ background: {hover}; }}
QPushButton[role="link"]:focus {{ border: 2px solid {accent}; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: {radius}px; min-width: {icon_inner}px; min-height: {icon_inner}px; }}
QToolButton[role="small"] {{ min-width: {small}px; min-height: {small}px; max-width: {small}px; max-height: {small}px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:focus {{ border: 2px solid {accent}; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QComboBox, QAbstractSpinBox, QDateEdit {{
  background: {bg}; color: {text}; border: 1px solid {line}; border-radius: {radius}px; padding: 0 {s}px;
  min-height: {inner}px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {accent}; padding: 0 {s_less}px; min-height: {inner_less}px; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {disabled}; border-color: {hairline}; }}
QLineEdit[role="error"], QComboBox[role="error"] {{ border: 2px solid {error}; }}
QComboBox::drop-down {{ border: none; width: {xl}px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: {icon}px; height: {icon}px; }}
QComboBox QAbstractItemView {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: {xs}px; selection-background-color: {selected}; selection-color: {text}; }}
QPlainTextEdit, QTextEdit {{ background: {bg}; color: {text}; border: 1px solid {line}; border-radius: {radius}px; padding: {s}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent}; }}
QAbstractSpinBox::up-button {{ subcontrol-origin: border; subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-origin: border; subcontrol-position: bottom right; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: {xl}px; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {hover}; }}
QAbstractSpinBox::up-arrow {{ image: url("{chevron_up}"); width: {arrow}px; height: {arrow}px; }}
QAbstractSpinBox::down-arrow {{ image: url("{chevron}"); width: {arrow}px; height: {arrow}px; }}
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListView::indicator {{
  width: {icon}px; height: {icon}px; border: 1px solid {line}; background: {bg}; }}
QCheckBox::indicator, QTableView::indicator, QListView::indicator {{ border-radius: {xs}px; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {{ image: url("{check}"); border-color: {accent}; }}
QRadioButton::indicator:checked {{ width: {dot}px; height: {dot}px; border: {rim}px solid {accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {disabled}; }}
QCheckBox, QRadioButton {{ spacing: {s}px; min-height: {target}px; border: 2px solid transparent; border-radius: {radius}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {accent}; }}

QMenuBar {{ background: {bg}; border-bottom: 1px solid {hairline}; padding: 2px {s}px; }}
QMenuBar::item {{ padding: {xs}px {s}px; border-radius: {xs}px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: {xs}px; }}
QMenu::item {{ padding: {xs}px {xl}px {xs}px {m}px; min-height: {target}px; border-radius: {xs}px; }}
QMenu::item:selected {{ background: {selected}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: {xs}px {s}px; }}
QToolBar {{ background: {bg}; border: none; spacing: {xs}px; padding: {xs}px {s}px; }}
QStatusBar {{ background: {surface}; color: {text_2}; border-top: 1px solid {hairline}; }}

QTableView, QTreeView, QListView {{
  background: {bg}; alternate-background-color: {surface}; color: {text}; border: 1px solid {hairline}; border-radius: {radius}px;
  gridline-color: {hairline}; selection-background-color: {selected}; selection-color: {text}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: 2px solid {accent}; }}
QTableView::item, QTreeView::item, QListView::item {{ padding: 0 {s}px; border: none; }}
QTableView::item:focus {{ border: 2px solid {accent}; }}
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {{ background: {selected}; color: {text}; }}
QListView::item, QTreeView::item {{ min-height: {inner}px; }}
QHeaderView {{ background: {bg}; border: none; }}
QHeaderView::section {{
  background: {bg}; color: {text_2}; border: none; border-bottom: 1px solid {line}; padding: 0 {cell}px;
  min-height: {inner}px; font-weight: 600; }}
QHeaderView::section:hover {{ background: {hover}; color: {text}; }}
QHeaderView::up-arrow {{ image: url("{arrow_up}"); width: {arrow}px; height: {arrow}px; subcontrol-position: center right; right: 4px; }}
QHeaderView::down-arrow {{ image: url("{arrow_down}"); width: {arrow}px; height: {arrow}px; subcontrol-position: center right; right: 4px; }}
QTableCornerButton::section {{ background: {bg}; border: none; }}

QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {xxl}px; }}
QScrollBar::handle:horizontal {{ min-width: {xxl}px; }}
QScrollBar::handle:hover {{ background: {text_2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QProgressBar {{ background: {hairline}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QSlider {{ min-height: {target}px; border: 2px solid transparent; border-radius: {radius}px; }}
QSlider:focus {{ border: 2px solid {accent}; }}
QSlider::groove:horizontal {{ height: 4px; background: {line}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ height: 4px; background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {accent}; width: {icon}px; height: {icon}px; margin: -{dot}px 0; border-radius: {knob}px; border: 2px solid {bg}; }}
QTabBar::tab {{ padding: 0 {m}px; min-height: {inner}px; color: {text_2}; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabWidget::pane {{ border: none; }}
#side {{ background: {bg}; border: 1px solid {hairline}; border-radius: {radius}px; }}
#key-card, #first {{ background: {surface}; border: 1px solid {hairline}; border-radius: {radius}px; }}
#rail {{ background: {surface}; border: none; border-right: 1px solid {hairline}; }}
#drawer {{ background: {surface}; border-left: 1px solid {hairline}; }}
#drop-area {{ background: {surface}; border: 1px dashed {line}; border-radius: {radius}px; }}
#drop-area[over="true"] {{ border-color: {accent}; }}
#state-bar {{ background: {bg}; border: none; border-bottom: 1px solid {hairline}; }}
#state-bar[marked="true"] {{ background: {warning_surface}; border-bottom: 1px solid {warning}; }}
#notice {{ background: {info_surface}; border: 1px solid {accent}; border-radius: {radius}px; }}
#notice[severity="success"] {{ background: {success_surface}; border-color: {success}; }}
#notice[severity="warning"], #unknown {{ background: {warning_surface}; border: 1px solid {warning}; border-radius: {radius}px; }}
#notice[severity="error"] {{ background: {error_surface}; border-color: {error}; }}
QPushButton[role="segment"] {{
  background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 0 {m}px; min-height: {segment}px;
  color: {text_2}; }}
QPushButton[role="segment"]:hover {{ background: {hover}; }}
QPushButton[role="segment"]:checked {{ background: {bg}; color: {accent}; font-weight: 600; border: 1px solid {line}; }}
QPushButton[role="segment"]:focus {{ border: 2px solid {accent}; }}
QPushButton[role="tab"] {{
  background: transparent; border: 2px solid transparent; border-radius: 0; padding: 0 {s}px; min-height: {segment}px; color: {text_2}; }}
QPushButton[role="tab"]:hover {{ background: {hover}; }}
QPushButton[role="tab"]:checked {{ color: {text}; border-bottom: 2px solid {accent}; }}
QPushButton[role="tab"]:focus {{ border: 2px solid {accent}; border-radius: 4px; }}
QGroupBox {{ border: none; font-weight: 600; padding-top: {xl}px; }}
"""


def style_sheet(theme: "Theme") -> str:
    """Return the style sheet of a theme; every length comes from the spacing and type scales."""
    colours = {role.value: theme.hex(role) for role in theme.colours}
    sizes = {size.value: round(theme.pixels(size)) for size in theme.sizes}
    control = theme.control_height
    return _SHEET.format(
        **colours,
        **sizes,
        **theme.spacing,
        motion=0 if theme.is_still else MOTION_MS,
        radius=theme.radius,
        inner=control - 2,
        inner_less=control - 4,
        icon_inner=control - 4,
        segment=control - 10,
        small=theme.scaled(20),
        target=theme.scaled(24),
        icon=theme.scaled(16),
        arrow=theme.scaled(12),
        round=theme.scaled(16) // 2 + 1,
        dot=theme.scaled(8),
        rim=theme.scaled(4) + 1,
        knob=theme.scaled(16) // 2 + 2,
        cell=theme.space("s") + _BESIDE_CELLS,
        s_less=theme.space("s") - 1,
        m_less=theme.space("m") - 1,
        l_less=theme.space("l") - 1,
        chevron=_icon("chevron-down-plain"),
        chevron_up=_icon("chevron-up-plain"),
        check=_icon(f"check-{theme.name}"),
        arrow_up=_icon("arrow-up-plain"),
        arrow_down=_icon("arrow-down-plain"),
    )


def _icon(name: str) -> str:
    """Return the file of an icon that has its colour in it, because a style sheet can tint nothing itself."""
    return asset("icons", f"{name}.svg").as_posix()
