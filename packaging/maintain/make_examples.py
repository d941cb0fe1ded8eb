"""Write resources/examples/: the sample portfolio and the template to fill in. Run it again after changing it."""

import sys
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

AS_OF = "Jun-30-2026"
HEADERS = (
    "Account Number",
    "Account Name",
    "Symbol",
    "Description",
    "Quantity",
    "Last Price",
    "Current Value",
    "Cost Basis Total",
    "Type",
)
# Invented holdings of an invented person; prices are round placeholders, not market data.
LINES = (
    ("VOO", "VANGUARD S&P 500 ETF", 80, 650.00, 44_800.00),
    ("SMH", "VANECK SEMICONDUCTOR ETF", 60, 400.00, 15_900.00),
    ("NVDA", "NVIDIA CORPORATION COM", 130, 200.00, 9_750.00),
    ("NVDL", "GRANITESHARES 2X LONG NVDA DAILY ETF", 160, 87.50, 15_200.00),
    ("SOXL", "DIREXION DAILY SEMICONDUCTOR BULL 3X SHARES", 200, 60.00, 9_000.00),
    ("EWY", "ISHARES MSCI SOUTH KOREA ETF", 125, 120.00, 9_875.00),
    ("MSTR", "STRATEGY INC CL A", 55, 200.00, 17_600.00),
    (
        "STRC",
        "STRATEGY INC VARIABLE RATE SERIES A PERPETUAL STRETCH PREFERRED",
        200,
        80.00,
        19_900.00,
    ),
    ("MSTU", "T-REX 2X LONG MSTR DAILY TARGET ETF", 1_000, 5.00, 21_000.00),
    ("IBIT", "ISHARES BITCOIN TRUST ETF", 450, 40.00, 24_300.00),
    ("SPCF", "PROSHARES ULTRA SPACEX", 400, 17.50, 10_400.00),
    ("BND", "VANGUARD TOTAL BOND MARKET ETF", 400, 75.00, 30_800.00),
    ("", "HARBOR LANE PRIVATE CREDIT NOTE 2029", 50, 96.00, 5_000.00),
)
CASH = ("SPAXX**", "HELD IN MONEY MARKET", 9_200.00)
MONEY = "#,##0.00"
CREATED = datetime(2026, 6, 30)  # noqa: DTZ001  # a fixed date keeps the file the same on every run


def write_story(path: Path) -> None:
    """Write the sample portfolio in the manner of a broker's positions export."""
    book, sheet = _book("Positions")
    sheet.append(["Positions, all accounts (sample portfolio: invented person, invented amounts)"])
    sheet.append([f"As of {AS_OF}"])
    sheet.append([])
    sheet.append(list(HEADERS))
    for symbol, name, quantity, price, cost in LINES:
        sheet.append(
            [
                "X12345678",
                "Individual",
                symbol or None,
                name,
                quantity,
                price,
                quantity * price,
                cost,
                "Margin",
            ]
        )
    sheet.append(["X12345678", "Individual", CASH[0], CASH[1], None, None, CASH[2], None, "Cash"])
    total = sum(line[2] * line[3] for line in LINES) + CASH[2]
    sheet.append(["Account Total", None, None, None, None, None, total, None, None])
    sheet.append([])
    sheet.append([f"Date downloaded {AS_OF} 4:00 PM ET"])
    _format(sheet, header=4)
    book.save(path)


def write_template(path: Path) -> None:
    """Write an empty list with the columns levcheck reads, and two lines that show how they are filled in."""
    book, sheet = _book("Holdings")
    sheet.append(["My holdings"])
    sheet.append(["As of", date(2026, 6, 30)])
    sheet.append([])
    sheet.append(
        ["Account", "Symbol", "ISIN", "Name", "Quantity", "Price", "Market value", "Currency"]
    )
    sheet.append(
        ["Main", "NVDA", None, "NVIDIA (example, replace it)", 10, 200.00, 2_000.00, "USD"]
    )
    sheet.append(
        ["Main", None, "US78462F1030", "SPDR S&P 500 ETF (example)", 5, 700.00, 3_500.00, "USD"]
    )
    sheet.append(
        ["Main", "CASH", None, "Cash; a loan has a minus sign", None, None, 1_000.00, "USD"]
    )
    _format(sheet, header=4)
    sheet.cell(2, 2).number_format = "yyyy-mm-dd"
    book.save(path)


def _book(title: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    book.properties.creator = "levcheck"
    book.properties.created = book.properties.modified = CREATED
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet


def _format(sheet: Worksheet, header: int) -> None:
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for cell in sheet[header]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8ECF3")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row in sheet.iter_rows(min_row=header + 1):
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = MONEY
    for column, width in zip("ABCDEFGHI", (16, 14, 12, 46, 12, 14, 16, 16, 10), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = f"A{header + 1}"


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "resources/examples")
    write_story(folder / "story.xlsx")
    write_template(folder / "template.xlsx")
