"""Finding the table inside a holdings file, whatever stands above it, and what its columns mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from levcheck.reference.holdings_files.grids import Grid

# Meaning → patterns of the header, tried in this order; the first column that fits is taken.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("weight", (r"^(portfolio |index |fund |market |exposure |current |net |target )?weight(ing)?s?\b(?!.*date)|^holdings? ?percent|^percent of (fund|assets|nav|net)|^% (of )?(the )?(net|fund|nav|assets|market|total|portfolio|weight)|"
        r"^%$|percent_of_nav|mktvalpercent|^비중|구성비|compst_rto|^(portfolio|fund|net assets?|nav) ?%|weight ?[(]?%|^percentage|^allocation|^gewicht|^anteil|^poids|^peso|"
               r"权重|權重|比重|持股比|構成比|組入比|^% ?tna|net ?assets ?%|^nav ?%|% ?weight")),
    ("notional", r"notional"),
    ("market_value", r"market ?val(ue)?|^mkt ?val|^marketval$|base market value|평가금액|valu_amt|^value\b|市值|評価額|時価|^marktwert|^kurswert|^valeur (de march|boursi)|^valor de mercado|^controvalore|^exposure value|^total value"),
    ("isin", r"^isin|compst_isu_cd"),
    ("cusip", r"^cusip|security ?identifier|^securitynum|^identifier$"),
    ("sedol", r"^sedol"),
    ("figi", r"figi"),
    ("fund", r"^fund( ticker| symbol)?$|^fundticker|^account(ticker)?$|^etf( ticker| symbol)?$|^portfolio ticker|^fund name$"),
    ("code", (r"^(stock|holding|holdings|security|local|constituent|component)? ?ticker( symbol)?s?$|^(trading )?symbol$|^stockticker|^holdings?ticker|^bticker|종목코드|^bbg$|^ric$|"
        r"股票代[號码]|證券代[號码]|银柄コード|コード|^(security|stock|asset) ?(code|id)$|^code$|^bloomberg( ticker| code)?$|^security symbol")),
    ("name", (r"^(security|holding|holdings|issuer|company|instrument|long|stock|constituent|component|asset|reporting|proper|full) ?_?(name|description|title)?$|^name( of .*)?$|^securityname|"
        r"^securitydescription|^description|종목명|compst_isu_nm|^holdings?$|名稱|名称|銘柄|^bezeichnung|^wertpapier|^titel$|^libell|^nom( de|$)|^denominaci|^denominazione|^title$|^security$")),
    ("kind", r"^asset ?(class|type|group|category)|^(security|holding|investment|instrument) ?type|^type$|^asset_type|^issuetypename|^class of shares|^classification|^is_cash|^moneymarketflag"),
    ("shares", r"^shares?\b|^quantity|^number of shares|^no\. of shares|^shares ?held|^units?\b|수량|cu1_shrs|^par value|株数|股數|股数|^position$|^contracts"),
    ("price", r"price|가격|單價"),
    ("currency", r"^(local |market |trading |base )?currency( code)?$|^ccy$|통화|幣別|^währung|^devise|^valuta"),
    ("place", r"^location|^country|^trade country|^market$|^region$|country ?code|countryofrisk|국가|^land$|^pays$"),
    ("date", r"^(as[ -]?of[ -]?)?date$|^as[ -]?of|^trade ?date|^effective ?date|^holdings?_?date|^(report|position|portfolio|nav) ?date|기준일|^日期|基準日"),
    ("exchange", r"^exchange( code)?$|^mic$|^거래소"),
    ("maturity", r"^maturity"),
    ("sector", r"sector|industry"),
    ("net_assets", r"^net ?assets$|^total net assets|^fund net assets"),
)  # fmt: skip
_COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in _PATTERNS)
_NAMING = frozenset({"code", "name", "isin", "cusip"})
_SIZING = frozenset({"weight", "market_value", "notional"})
_SEARCHED = 60


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a grid.

    Attributes:
        header_row: 0-based row of the header.
        columns: meaning → 0-based column.
        header: header texts as printed.
    """

    header_row: int
    columns: dict[str, int]
    header: tuple[str, ...]

    def cell(self, row: Sequence[str], meaning: str) -> str:
        """Return the text of one meaning in a row, empty where there is none."""
        place = self.columns.get(meaning)
        return row[place].strip() if place is not None and place < len(row) else ""


def plain_header(text: str) -> str:
    """Return a header in lower case, blanks single, footnote signs gone."""
    return " ".join(
        re.sub(r"[*†‡™®]", "", text.lower()).replace("\ufeff", "").replace("_x000d_", " ").split()
    )


def find_table(grid: Grid) -> Table | None:
    """Return the holdings table of a sheet; None when no row looks like its header.

    The header is the row with most known meanings among the first rows; it has to name its lines and to size them.
    """
    best: Table | None = None
    for place, row in enumerate(grid[:_SEARCHED]):
        columns = _meanings(row)
        if not (_NAMING & columns.keys() and _SIZING & columns.keys()):
            continue
        if best is None or len(columns) > len(best.columns):
            best = Table(place, columns, tuple(row))
    return best


_PREFIX = re.compile(
    r"^(constituents?|holdings?|security|securities|position|component|underlying|instrument)[ _]"
)


def _meanings(row: Sequence[str]) -> dict[str, int]:
    """Return meaning → column; headers are tried as printed, then without the word for "line" in front."""
    columns: dict[str, int] = {}
    texts = [plain_header(cell) for cell in row]
    for form in (lambda text: text, lambda text: _PREFIX.sub("", text)):
        for place, text in enumerate(texts):
            if not text or len(text) > 60 or place in columns.values():
                continue
            meaning = _meaning(form(text), columns)
            if meaning is not None:
                columns[meaning] = place
    return columns


def _meaning(text: str, taken: dict[str, int]) -> str | None:
    for meaning, pattern in _COMPILED:
        if meaning not in taken and pattern.search(text):
            return meaning
    return None
