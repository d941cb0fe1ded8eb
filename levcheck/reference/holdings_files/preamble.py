"""What stands above a holdings table: which fund, which day, and whose country's habits the file follows."""

import re

from levcheck.reference.holdings_files.grids import Grid
from levcheck.reference.holdings_files.values import date_of

EUROPE = "EU"
"""Home of a file that speaks of a European fund without saying on which exchange."""
# What only files of one place say: its currency sign, its exchange, its script. The first that fits counts.
_HOMES = (
    (r"[가-힣]", "KR"),
    (r"[ぁ-ヿ]|銘柄|日本円", "JP"),
    (r"证券|净值|基金代码|股票代码|成分券", "CN"),
    (r"證券|股票代[號碼]|權重|台幣|商品代碼", "TW"),
    (r"HK\$|\bHKD?\)|\bHKD\b|香港|\bHKEX\b", "HK"),
    (r"\bA\$|\bAUD\b|\bASX\b|\bAU\$", "AU"),
    (r"\bC\$|\bCAD\b|\bTSX\b|\bCDN\b", "CA"),
    (r"\bRs\.|₹|\bNSE\b|\bINR\b", "IN"),
    (r"\bBRL\b|R\$|código|\bB3\b", "BR"),
    (r"UCITS|\bEUR\b|€|\bGBP\b|£|\b(IE|LU|DE|FR|GB)[0-9A-Z]{9}\d\b", EUROPE),
)
_LONG_WORDS = re.compile(
    r"gewicht|anteil|wertpapier|ponderation|pondération|ponderazione|ponderación|emisor|emittent|emetteur|émetteur|weging|"
    r"participa|valor de mercado|valore di mercato|valeur de march|marktwert|stichtag",
    re.IGNORECASE,
)


def home_of(preamble: Grid, header: tuple[str, ...]) -> str | None:
    """Return the market whose habits a file follows; ``EU`` for Europe at large; None when nothing tells.

    >>> home_of([["KODEX 200"]], ("종목코드", "비중(%)")), home_of([["iShares Core S&P 500 ETF"]], ("Ticker", "Weight"))
    ('KR', None)
    """
    text = " ".join([*(cell for row in preamble for cell in row), *header])
    if _LONG_WORDS.search(text) and not re.search(r"código", text, re.IGNORECASE):
        return EUROPE
    return next((market for pattern, market in _HOMES if re.search(pattern, text)), None)


def writes_day_first(home: str | None) -> bool:
    """Return whether 06/07/2026 means the sixth of July at this home."""
    return home in {EUROPE, "AU", "BR", "HK", "IN"}


def date_above(preamble: Grid, *, day_first: bool = False) -> str | None:
    """Return the date of the list that the lines above the table state, labelled ones first."""
    unlabelled: str | None = None
    for row in preamble:
        text = " ".join(cell for cell in row if cell)
        if re.search(r"inception|launch|first traded|established|listing", text, re.IGNORECASE):
            continue
        found = date_of(text, day_first=day_first)
        if found and re.search(
            r"as[ -]?of|as at|holdings|date|기준|日期|per\b|stand", text, re.IGNORECASE
        ):
            return found
        unlabelled = unlabelled or found
    return unlabelled


_LABELS = re.compile(
    r"^(fund ?name|fund|ticker ?symbol|ticker|isin|symbol|product|etf|portfolio|(etf|fund|stock|security) ?code|"
    r"(股票|證券|基金|商品)代[號碼码]|銘柄コード|종목코드|펀드명)\s*[:：]?$",
    re.IGNORECASE,
)


def names_above(preamble: Grid) -> tuple[str, ...]:
    """Return what the lines above the table call the fund, surest first: ISIN, ticker, name."""
    labelled: dict[str, str] = {}
    plain: list[str] = []
    for row in preamble:
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) == 1 and _LABELS.match(cells[0].partition(":")[0]) and ":" in cells[0]:
            cells = [part.strip() for part in cells[0].split(":", maxsplit=1) if part.strip()]
        if len(cells) >= 2 and _LABELS.match(cells[0]):
            labelled[cells[0].lower().strip(": ")] = cells[1]
        elif (
            len(cells) == 1
            and len(cells[0]) < 120
            and not date_of(cells[0])
            and ":" not in cells[0]
        ):
            plain.append(cells[0])
    order = [key for key in labelled if "isin" in key] + [
        key for key in labelled if "isin" not in key and "name" not in key
    ]
    order += [key for key in labelled if "name" in key]
    # A bare code on a line of its own (Direxion) says more than the name above it.
    plain.sort(key=lambda text: not re.fullmatch(r"[A-Z0-9]{2,6}", text))
    return tuple([labelled[key] for key in order] + plain[:2])
