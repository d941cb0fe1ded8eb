"""How the user has laid out the window: columns, borders and the width of the explanation."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from levcheck.storage.settings import Layout, TableLayout


class LayoutMemory:
    """Lays out what is made anew as it was before.

    Attributes:
        layout: what the user has made of the window, as far as it was taken up.
    """

    def __init__(self) -> None:
        self.layout = Layout()

    def wear(self, screen: QWidget) -> None:
        """Lay out a screen as it was before."""
        from levcheck.ui.screens.figure_table import FigureTable
        from levcheck.ui.screens.splits import Splits

        for table in screen.findChildren(FigureTable):
            if table.objectName():
                table.columns.wear(self.layout.tables.get(table.objectName(), TableLayout()))
        for splits in screen.findChildren(Splits):
            splits.wear(self.layout.splits)

    def take(self, screen: QWidget) -> None:
        """Take up how a screen is laid out now; what is as made is not remembered."""
        from levcheck.ui.screens.figure_table import FigureTable
        from levcheck.ui.screens.splits import Splits

        tables, splits = dict(self.layout.tables), dict(self.layout.splits)
        for table in screen.findChildren(FigureTable):
            name = table.objectName()
            tables.pop(name, None)
            if name and table.columns.layout != TableLayout():
                tables[name] = table.columns.layout
        for border in screen.findChildren(Splits):
            for name in border.names():
                splits.pop(name, None)
            splits |= border.placed
        self.layout = replace(self.layout, tables=tables, splits=splits)
