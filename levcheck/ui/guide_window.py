"""The guide inside the program: bundled pages in a window of their own, no network, Esc returns."""

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QFontDatabase,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.guide import (
    FIRST,
    KEYS,
    ORDER,
    GuidePage,
    anchor_of,
    bundled_page,
    guide_folder,
    page_of_link,
)
from levcheck.ui.screens.dialogs import key_rows
from levcheck.ui.theme import Role, Size, current_theme

START_SIZE = (1040, 720)
_CONTENTS_WIDTH = 232
_WIDEST_PICTURE = 1000.0
_NARROWEST_PICTURE = 200.0


class GuideWindow(QDialog):
    """Shows the pages of the guide; ``left`` is emitted when it is closed, so that the focus can go back."""

    left = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(*START_SIZE)
        self._words = words
        self._page = ""
        self._back: list[str] = []
        self.contents = QListWidget()
        self.contents.setFixedWidth(_CONTENTS_WIDTH)
        self.contents.setAccessibleName(words.text("Contents of the guide"))
        self.text = _PageBrowser()
        self.text.setAccessibleName(words.text("Page of the guide"))
        self._return = QPushButton(words.text("Back"))
        self._return.setEnabled(False)
        self._lay_out()
        self.setWindowTitle(words.text("Guide"))
        for identifier in ORDER:
            self.contents.addItem(self._page_of(identifier).title)
        self.contents.currentRowChanged.connect(self._on_chosen)
        self.text.anchorClicked.connect(self._on_link)
        self._return.clicked.connect(self.go_back)
        back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        back.activated.connect(self.go_back)

    @property
    def page(self) -> str:
        """Id of the page shown."""
        return self._page

    def show_page(self, identifier: str = FIRST, anchor: str = "") -> None:
        """Show a page, at a heading if one is named."""
        if self._page and identifier != self._page:
            self._back.append(self._page)
        self._draw(identifier, anchor)

    @Slot()
    def go_back(self) -> None:
        """Show the page before this one."""
        if self._back:
            self._draw(self._back.pop(), "")

    def done(self, status: int) -> None:
        """Close on Esc, and say so."""
        super().done(status)
        self.left.emit()

    def _draw(self, identifier: str, anchor: str) -> None:
        self._page = identifier
        self.contents.blockSignals(True)  # choosing by link is no choice of the reader in the list
        self.contents.setCurrentRow(ORDER.index(identifier))
        self.contents.blockSignals(False)
        self._return.setEnabled(bool(self._back))
        self.text.show_page(self._page_of(identifier), anchor)

    def _page_of(self, identifier: str) -> GuidePage:
        return keys_page(self._words) if identifier == KEYS else bundled_page(identifier)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.show_page(ORDER[row])

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        target = page_of_link(link.toString())
        if target is not None:
            page, anchor = target
            self.show_page(page or self._page, anchor)
        elif link.scheme() in {"http", "https"}:
            # The program has no network code: a source is opened by the reader's own browser.
            QDesktopServices.openUrl(link)

    def _lay_out(self) -> None:
        space = current_theme().space
        close = QPushButton(self._words.text("Close"))
        close.clicked.connect(self.reject)
        for button in (self._return, close):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addWidget(self.contents)
        row.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._return)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(space("l"),) * 4)
        column.setSpacing(space("m"))
        column.addLayout(row, 1)
        column.addLayout(buttons)


class _PageBrowser(QTextBrowser):
    """Draws one page of Markdown in the type and colours of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSearchPaths([str(guide_folder())])

    def show_page(self, page: GuidePage, anchor: str) -> None:
        """Show a page from its top, or from a heading."""
        document = QTextDocument(self)
        document.setBaseUrl(QUrl.fromLocalFile(f"{guide_folder()}/"))
        document.setDefaultFont(self.font())
        document.setMarkdown(page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        _dress(document)
        _fit_pictures(document, self._text_width())
        self.setDocument(document)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if anchor:
            self._go_to(anchor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pictures as wide as the text."""
        super().resizeEvent(event)
        _fit_pictures(self.document(), self._text_width())

    def _text_width(self) -> float:
        margins = 2.0 * current_theme().space("xl")
        return max(min(self.viewport().width() - margins, _WIDEST_PICTURE), _NARROWEST_PICTURE)

    def _go_to(self, anchor: str) -> None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor:
                cursor = QTextCursor(block)
                self.moveCursor(
                    QTextCursor.MoveOperation.End
                )  # so that the heading stands at the top
                self.setTextCursor(cursor)
                self.ensureCursorVisible()
                return
            block = block.next()


def _dress(document: QTextDocument) -> None:
    """Give what Markdown made our sizes, colours and spaces."""
    theme = current_theme()
    root = document.rootFrame()
    frame = root.frameFormat()
    frame.setMargin(theme.space("l"))
    root.setFrameFormat(frame)
    block = document.begin()
    while block.isValid():
        _dress_block(block)
        block = block.next()
    for child in root.childFrames():
        if isinstance(child, QTextTable):
            _dress_table(child)


def _dress_block(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    _space_out(cursor, block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    theme = current_theme()
    level = block.blockFormat().headingLevel()
    if level:
        heading = cursor.charFormat()
        size = {1: Size.HEADLINE, 2: Size.SECTION}.get(level, Size.EMPHASIS)
        heading.setProperty(heading.Property.FontPixelSize, round(theme.pixels(size)))
        heading.clearProperty(heading.Property.FontSizeAdjustment)
        heading.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(heading)
    for piece in _pieces(block):
        form = piece.charFormat()
        if form.fontFixedPitch():
            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
            form.setFontFamilies([fixed])
            form.setForeground(theme.color(Role.TEXT))
            piece.setCharFormat(form)
        elif form.isAnchor():
            form.setForeground(theme.color(Role.ACCENT))
            piece.setCharFormat(form)


def _space_out(cursor: QTextCursor, block: QTextBlock) -> None:
    theme = current_theme()
    form = block.blockFormat()
    level = form.headingLevel()
    form.setLineHeight(140, 1)  # 1 = in percent of the line
    if cursor.currentTable() is not None:
        form.setTopMargin(0)
        form.setBottomMargin(0)
    elif level:
        form.setTopMargin(theme.space("xl" if level > 1 else "xs"))
        form.setBottomMargin(theme.space("s"))
    elif _is_code(block):
        form.setNonBreakableLines(False)
        form.setBackground(theme.color(Role.SURFACE))
        form.setBottomMargin(0 if _is_code(block.next()) else theme.space("m"))
    else:
        form.setBottomMargin(theme.space("s"))
    cursor.setBlockFormat(form)


def _is_code(block: QTextBlock) -> bool:
    form = block.blockFormat()
    return block.isValid() and form.hasProperty(form.Property.BlockCodeFence)


def _pieces(block: QTextBlock) -> list[QTextCursor]:
    found = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        if fragment.isValid():
            cursor = QTextCursor(block)
            cursor.setPosition(fragment.position())
            cursor.setPosition(
                fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
            )
            found.append(cursor)
        walk += 1
    return found


def _dress_table(table: QTextTable) -> None:
    theme = current_theme()
    form = table.format()
    form.setCellPadding(theme.space("s"))
    form.setCellSpacing(0)
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(theme.color(Role.HAIRLINE))
    form.setTopMargin(theme.space("s"))
    form.setBottomMargin(theme.space("l"))
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(form)


def _fit_pictures(document: QTextDocument, width: float) -> None:
    """Let no picture be wider than the text."""
    block = document.begin()
    while block.isValid():
        for piece in _pieces(block):
            form = piece.charFormat()
            if form.isImageFormat():
                picture = form.toImageFormat()
                picture.setWidth(width)
                piece.setCharFormat(picture)
        block = block.next()


def keys_page(words: Words) -> GuidePage:
    """Return the page of keys, written from what the window can do."""
    title = words.text("Keys")
    lines = [f"# {title}", "", f"| {words.text('What it does')} | {title} |", "|---|---|"]
    lines += [f"| {what} | `{keys}` |" for what, keys in key_rows(words)]
    return GuidePage(KEYS, title, "\n".join(lines) + "\n")
