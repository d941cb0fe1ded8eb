"""The general reader of holdings tables: finds the table, reads every line, checks what it adds up to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from levcheck.reference.holdings_files.checking import StatedTotal, check
from levcheck.reference.holdings_files.columns import Table, find_table, plain_header
from levcheck.reference.holdings_files.grids import Grid, refuse
from levcheck.reference.holdings_files.kinds import is_bill, kind_of
from levcheck.reference.holdings_files.lines import DERIVATIVES, FundFile, HoldingLine, LineKind
from levcheck.reference.holdings_files.preamble import (
    date_above,
    home_of,
    names_above,
    writes_day_first,
)
from levcheck.reference.holdings_files.values import date_in_file_name, date_of, number_of
from levcheck.reference.symbols import MARKETS_OF_CURRENCY, is_isin

_TOTAL = re.compile(
    r"^((grand|fund|portfolio|sub|net)[ -]?)?totals?\b|^sum\b|^합계|^소계|^總計|^小計|^小计|^合计|^合計|^gesamt\b|^summe\b|^zwischensumme|"
    r"^totale?\b|^quantidade|^somme\b|^suma\b|^soma\b|^totaal\b",
    re.IGNORECASE,
)
# Codes that say nothing about their market: numbers, and Brazil's four letters with a number.
_LOCAL_CODE = re.compile(r"\d+[A-Z]?|[A-Z]{4}\d{1,2}")
_SUBTOTAL = re.compile(r"^sub|^zwischen|^小|^소계", re.IGNORECASE)
_BOND = re.compile(r"fixed income|\bbond|debt|corporate note|채권", re.IGNORECASE)
_EMPTY = frozenset({"", "-", "--", "n/a", "na", "nan", "none", "null", "#n/a"})
# Headers that only one house prints, so that the name of the reader can be told.
_HOUSES = (
    ("ishares", ("notional value", "weight (%)")),
    ("ssga", ("local currency", "sedol")),
    ("ssga", ("percent of fund", "sedol")),
    ("invesco", ("fund ticker", "security identifier")),
    ("invesco", ("fundticker", "securitynum")),
    ("ark", ("company", "fund", "cusip")),
    ("vanguard", ("% of market value",)),
    ("schwab", ("percent of assets", "bbg figi")),
    ("direxion", ("accountticker", "holdingspercent")),
    ("us-bank", ("stockticker", "weightings")),
    ("global-x", ("% of net assets", "market price ($)")),
    ("krx", ("종목코드",)),
    ("vaneck", ("% of net assets", "security name")),
    ("morningstar", ("weighting", "first bought")),
)


@dataclass(frozen=True, slots=True)
class _Raw:
    """One row of the table before weights are settled."""

    line: HoldingLine
    weight: float | None
    has_percent: bool
    fund: str
    date: str | None
    net_assets: float | None
    is_total: bool = False


def read_tables(path: Path, grids: Sequence[Grid], suffix: str) -> list[FundFile]:
    """Read every holdings table of a file; a file of many funds gives one list each.

    Args:
        path: the file, named in the result.
        grids: its sheets.
        suffix: what kind of file it is (``csv``, ``xlsx``), for the reader's name.

    Raises:
        LevcheckError: ``reference.bad_holdings_file`` when no sheet holds a table of holdings.
    """
    found: list[tuple[Grid, Table]] = []
    for grid in grids:
        table = find_table(grid)
        if table is not None:
            found.append((grid, table))
    if not found:
        raise refuse(path, "no table in it names holdings and their weights")
    grid, table = max(found, key=lambda pair: len(pair[0]))
    home = home_of(grid[: table.header_row], table.header)
    read = list(_raw_lines(grid, table, home))
    raws = [raw for raw in read if not raw.is_total]
    totals = [raw for raw in read if raw.is_total]
    if not raws:
        raise refuse(path, "its table has a header but no line")
    funds = [name for name in dict.fromkeys(raw.fund for raw in raws) if name]
    preamble = grid[: table.header_row]
    if len(funds) <= 1:
        names = (*funds, *names_above(preamble))
        return [_fund_file(path, suffix, table, preamble, raws, names, totals)]
    return [
        _fund_file(
            path, suffix, table, preamble, [raw for raw in raws if raw.fund == fund], (fund,), ()
        )
        for fund in funds
    ]


def _raw_lines(grid: Grid, table: Table, home: str | None) -> Iterator[_Raw]:
    names: tuple[str, ...] = ("weight", "market_value", "notional")
    has_size = [name for name in names if name in table.columns]
    has_commas = _has_decimal_commas(grid, table)
    for place in range(table.header_row + 1, len(grid)):
        row = grid[place]
        filled = [cell for cell in row if cell.strip()]
        if not filled or _repeats_header(row, table):
            continue
        sizes = {
            name: number_of(
                _plain(table.cell(row, name), has_commas=has_commas, is_weight=name == "weight")
            )
            for name in has_size
        }
        if all(value is None for value in sizes.values()):
            continue
        raw = _raw_line(place, row, table, sizes, home)
        if raw is not None:
            yield raw


def _repeats_header(row: Sequence[str], table: Table) -> bool:
    """Return whether a row is the header once more: every section of some lists has its own."""
    same = sum(
        bool(cell.strip()) and plain_header(cell) == plain_header(head)
        for cell, head in zip(row, table.header, strict=False)
    )
    return same >= 2


def _has_decimal_commas(grid: Grid, table: Table) -> bool:
    """Return whether the file writes decimals with a comma: its weights do, and a weight has no thousands."""
    cells = [table.cell(row, "weight") for row in grid[table.header_row + 1 :]]
    return any("," in cell for cell in cells) and not any("." in cell for cell in cells)


def _plain(text: str, *, has_commas: bool, is_weight: bool) -> str:
    """Return a printed number with a decimal point and no thousands, as far as the file's habit tells.

    >>> _plain("US$600.000", has_commas=True, is_weight=False), _plain("60,5 %", has_commas=False, is_weight=True)
    ('US$600000', '60.5 %')
    """
    if has_commas:
        return re.sub(r"\.(?=\d{3}(\D|$))", "", text).replace(",", ".")
    if is_weight and "," in text and text.rfind(",") > text.rfind("."):
        return text.replace(".", "").replace(",", ".")
    return text


def _raw_line(
    place: int, row: Sequence[str], table: Table, sizes: dict[str, float | None], home: str | None
) -> _Raw | None:
    code, name, isin, cusip = _identifiers(row, table)
    if not (code or name or isin or cusip):
        return None
    kind = kind_of(
        code=code or "",
        name=name or "",
        stated=table.cell(row, "kind"),
        sector=table.cell(row, "sector"),
    )
    exchange, country = _said(table.cell(row, "exchange")), _said(table.cell(row, "place"))
    currency = _said(table.cell(row, "currency"))
    if not (exchange or country or currency) and home and _LOCAL_CODE.fullmatch(code or ""):
        # A number without a market is meant at the place the file itself is from.
        exchange = home
    line = HoldingLine(
        row=place + 1,
        code=code,
        name=name,
        isin=isin,
        cusip=cusip,
        kind=kind,
        market_value=sizes.get("market_value"),
        notional=sizes.get("notional"),
        currency=currency,
        place=country,
        exchange=exchange,
        is_bond=bool(_BOND.search(table.cell(row, "kind")) or _said(table.cell(row, "maturity"))),
        is_bill=is_bill(name) or is_bill(table.cell(row, "kind")),
    )
    return _Raw(
        line,
        sizes.get("weight"),
        "%" in table.cell(row, "weight"),
        table.cell(row, "fund"),
        date_of(table.cell(row, "date"), day_first=writes_day_first(home)),
        number_of(table.cell(row, "net_assets")),
        is_total=_is_total(code, name, has_identifier=bool(isin or cusip)),
    )


def _identifiers(
    row: Sequence[str], table: Table
) -> tuple[str | None, str | None, str | None, str | None]:
    """Return code, name, ISIN and CUSIP; each identifier by its own form, whatever the column is called."""
    code, name = _said(table.cell(row, "code")), _said(table.cell(row, "name"))
    isin, cusip = _said(table.cell(row, "isin")), _said(table.cell(row, "cusip"))
    other = _said(table.cell(row, "identifier"))
    if other and re.fullmatch(r"[0-9A-Z]{8}\d", other.upper()) and cusip is None:
        cusip = other
    elif other:
        code = code or other
    if isin and not is_isin(isin.upper()):
        code, isin = code or isin, None
    if code and is_isin(code.upper()):
        isin, code = code.upper(), None
    if cusip and is_isin(cusip.upper()):
        isin, cusip = isin or cusip, None
    return code, name, isin.upper() if isin else None, cusip


def _is_total(code: str | None, name: str | None, *, has_identifier: bool) -> bool:
    """Return whether a line adds up others; a company called Total has a code of its own."""
    label = name or code or ""
    return not has_identifier and not (name and code) and bool(_TOTAL.search(label))


def _said(text: str) -> str | None:
    return None if text.strip().lower() in _EMPTY else " ".join(text.split())


def _fund_file(
    path: Path,
    suffix: str,
    table: Table,
    preamble: Grid,
    raws: Sequence[_Raw],
    names: tuple[str, ...],
    totals: Sequence[_Raw],
) -> FundFile:
    percent = is_percent(raws, table)
    home = home_of(preamble, table.header)
    lines = settle_weights(
        [raw.line for raw in raws],
        [raw.weight for raw in raws],
        percent=percent,
    )
    stated = next((raw.net_assets for raw in raws if raw.net_assets), None)
    net_assets = stated or implied_net_assets(lines)
    found = FundFile(
        file=path.name,
        reader=f"{_house(table)}-{suffix}" if _house(table) else "generic",
        fund_names=tuple(dict.fromkeys(name.strip() for name in names if name.strip())),
        as_of=_as_of(path, preamble, raws, home),
        lines=tuple(lines),
        net_assets=net_assets,
        home=home,
        cash_home=_home_of_cash(lines),
    )
    said = [_stated_total(raw, percent=percent) for raw in totals if not _is_subtotal(raw.line)]
    return replace(found, diagnostics=tuple(check(found, said)))


def _home_of_cash(lines: Sequence[HoldingLine]) -> str | None:
    """Return the market of the one foreign currency a fund keeps its cash in; None when it keeps dollars or several."""
    currencies = {
        (line.currency or line.code or "").upper() for line in lines if line.kind is LineKind.CASH
    }
    markets = MARKETS_OF_CURRENCY.get(currencies.pop(), ()) if len(currencies) == 1 else ()
    return markets[0] if len(markets) == 1 and markets[0] != "US" else None


def _is_subtotal(line: HoldingLine) -> bool:
    return bool(_SUBTOTAL.search(line.name or line.code or ""))


def _stated_total(raw: _Raw, *, percent: bool) -> StatedTotal:
    weight = None if raw.weight is None else raw.weight * (0.01 if percent else 1.0)
    return StatedTotal(raw.line.row, weight, raw.line.market_value)


def _house(table: Table) -> str | None:
    headers = {plain_header(cell) for cell in table.header}
    for house, wanted in _HOUSES:
        if all(word in headers for word in wanted):
            return house
    return None


def is_percent(raws: Sequence[_Raw], table: Table) -> bool:
    """Return whether the weights are percent: their cells say so, the values beside them show it, or their sum does."""
    if any(raw.has_percent for raw in raws):
        return True
    sizes = [abs(raw.weight) for raw in raws if raw.weight is not None]
    total, largest = sum(sizes), max(sizes, default=0.0)
    shown = _scale_by_values(raws)
    if shown is not None:
        return shown > 10
    if largest <= 1.0 and 0.9 <= total <= 1.1:
        return False
    place = table.columns.get("weight")
    header = plain_header(table.header[place]) if place is not None else ""
    return "%" in header or "percent" in header or total > 3.5 or largest > 1.5


def _scale_by_values(raws: Sequence[_Raw]) -> float | None:
    """Return what the weights of lines are of their shares by market value: about 1 or 100; None without values."""
    pairs = [
        (abs(raw.weight), abs(raw.line.market_value))
        for raw in raws
        if raw.weight and raw.line.market_value and raw.line.kind not in DERIVATIVES
    ]
    total = sum(value for _, value in pairs)
    if len(pairs) < 2 or not total:
        return None
    ratios = sorted(weight / (value / total) for weight, value in pairs)
    middle = ratios[len(ratios) // 2]
    return middle if 0.3 < middle < 4 or 30 < middle < 400 else None


def settle_weights(
    lines: Sequence[HoldingLine], weights: Sequence[float | None], *, percent: bool
) -> list[HoldingLine]:
    """Return the lines with weights as fractions; without any weight they follow from the market values."""
    if any(weight is not None for weight in weights):
        scale = 0.01 if percent else 1.0
        return [
            replace(line, weight=None if weight is None else weight * scale)
            for line, weight in zip(lines, weights, strict=True)
        ]
    total = sum(line.market_value or 0.0 for line in lines)
    if total <= 0:
        return list(lines)
    return [
        replace(line, weight=None if line.market_value is None else line.market_value / total)
        for line in lines
    ]


def implied_net_assets(lines: Sequence[HoldingLine]) -> float | None:
    """Return net assets from lines that state both weight and value: the largest ones decide."""
    ratios = sorted(
        (
            (line.market_value / line.weight, line.market_value)
            for line in lines
            if line.weight
            and line.market_value
            and line.kind not in DERIVATIVES
            and line.market_value / line.weight > 0
        ),
        key=lambda pair: -pair[1],
    )[:15]
    if not ratios:
        return None
    values = sorted(ratio for ratio, _ in ratios)
    return values[len(values) // 2]


def _as_of(path: Path, preamble: Grid, raws: Sequence[_Raw], home: str | None) -> str | None:
    dates = Counter(raw.date for raw in raws if raw.date)
    if dates and dates.most_common(1)[0][1] >= 0.9 * len(raws):
        return dates.most_common(1)[0][0]
    above = date_above(preamble, day_first=writes_day_first(home))
    return above or date_in_file_name(path.stem)
