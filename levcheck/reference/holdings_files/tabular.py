"""The general reader of holdings tables: finds the table, reads every line, checks what it adds up to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.reference.holdings_files.columns import Table, find_table, plain_header
from levcheck.reference.holdings_files.grids import Grid, refuse
from levcheck.reference.holdings_files.kinds import kind_of
from levcheck.reference.holdings_files.lines import DERIVATIVES, FundFile, HoldingLine, LineKind
from levcheck.reference.holdings_files.values import date_in_file_name, date_of, number_of
from levcheck.reference.symbols import is_isin

_TOTAL = re.compile(
    r"^(grand |fund |portfolio |sub)?totals?\b|^sum\b|^합계|^總計|^合计|^合計|^gesamt",
    re.IGNORECASE,
)
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
    raws = list(_raw_lines(grid, table))
    if not raws:
        raise refuse(path, "its table has a header but no line")
    funds = [name for name in dict.fromkeys(raw.fund for raw in raws) if name]
    preamble = grid[: table.header_row]
    if len(funds) <= 1:
        names = (*funds, *names_above(preamble))
        return [_fund_file(path, suffix, table, preamble, raws, names)]
    return [
        _fund_file(
            path, suffix, table, preamble, [raw for raw in raws if raw.fund == fund], (fund,)
        )
        for fund in funds
    ]


def _raw_lines(grid: Grid, table: Table) -> Iterator[_Raw]:
    names: tuple[str, ...] = ("weight", "market_value", "notional")
    has_size = [name for name in names if name in table.columns]
    has_commas = _has_decimal_commas(grid, table)
    for place in range(table.header_row + 1, len(grid)):
        row = grid[place]
        filled = [cell for cell in row if cell.strip()]
        if not filled or (
            plain_header(row[0]) == plain_header(table.header[0]) and len(filled) > 2
        ):
            continue
        sizes = {
            name: number_of(
                _plain(table.cell(row, name), has_commas=has_commas or name == "weight")
            )
            for name in has_size
        }
        if all(value is None for value in sizes.values()):
            continue
        raw = _raw_line(place, row, table, sizes)
        if raw is not None:
            yield raw


def _has_decimal_commas(grid: Grid, table: Table) -> bool:
    """Return whether the file writes decimals with a comma: its weights do, and a weight has no thousands."""
    cells = [table.cell(row, "weight") for row in grid[table.header_row + 1 :]]
    return any("," in cell for cell in cells) and not any("." in cell for cell in cells)


def _plain(text: str, *, has_commas: bool) -> str:
    if has_commas and "," in text and text.rfind(",") > text.rfind("."):
        return text.replace(".", "").replace(",", ".")
    return text


def _raw_line(
    place: int, row: Sequence[str], table: Table, sizes: dict[str, float | None]
) -> _Raw | None:
    code, name = _said(table.cell(row, "code")), _said(table.cell(row, "name"))
    isin, cusip = _said(table.cell(row, "isin")), _said(table.cell(row, "cusip"))
    if isin and not is_isin(isin.upper()):
        code, isin = code or isin, None
    if code and is_isin(code.upper()):
        isin, code = code.upper(), None
    if not (code or name or isin or cusip) or _TOTAL.search(name or code or ""):
        return None
    kind = kind_of(
        code=code or "",
        name=name or "",
        stated=table.cell(row, "kind"),
        sector=table.cell(row, "sector"),
    )
    line = HoldingLine(
        row=place + 1,
        code=code,
        name=name,
        isin=isin.upper() if isin else None,
        cusip=cusip,
        kind=kind,
        market_value=sizes.get("market_value"),
        notional=sizes.get("notional"),
        currency=_said(table.cell(row, "currency")),
        place=_said(table.cell(row, "place")),
        exchange=_said(table.cell(row, "exchange")),
        is_bond=bool(_BOND.search(table.cell(row, "kind")) or _said(table.cell(row, "maturity"))),
    )
    return _Raw(
        line,
        sizes.get("weight"),
        "%" in table.cell(row, "weight"),
        table.cell(row, "fund"),
        date_of(table.cell(row, "date")),
        number_of(table.cell(row, "net_assets")),
    )


def _said(text: str) -> str | None:
    return None if text.strip().lower() in _EMPTY else " ".join(text.split())


def _fund_file(
    path: Path,
    suffix: str,
    table: Table,
    preamble: Grid,
    raws: Sequence[_Raw],
    names: tuple[str, ...],
) -> FundFile:
    lines = settle_weights(
        [raw.line for raw in raws],
        [raw.weight for raw in raws],
        percent=is_percent(raws, table),
    )
    stated = next((raw.net_assets for raw in raws if raw.net_assets), None)
    net_assets = stated or implied_net_assets(lines)
    found = FundFile(
        file=path.name,
        reader=f"{_house(table)}-{suffix}" if _house(table) else "generic",
        fund_names=tuple(dict.fromkeys(name.strip() for name in names if name.strip())),
        as_of=_as_of(path, preamble, raws),
        lines=tuple(lines),
        net_assets=net_assets,
    )
    return replace(found, diagnostics=tuple(check(found)))


def _house(table: Table) -> str | None:
    headers = {plain_header(cell) for cell in table.header}
    for house, wanted in _HOUSES:
        if all(word in headers for word in wanted):
            return house
    return None


def is_percent(raws: Sequence[_Raw], table: Table) -> bool:
    """Return whether the weights are percent: the header or the cells say so, or they add up to far more than one."""
    place = table.columns.get("weight")
    header = plain_header(table.header[place]) if place is not None else ""
    if any(raw.has_percent for raw in raws):
        return True
    total = sum(abs(raw.weight) for raw in raws if raw.weight is not None)
    largest = max((abs(raw.weight) for raw in raws if raw.weight is not None), default=0.0)
    if largest <= 1.0 and 0.9 <= total <= 1.1:
        return False
    return "%" in header or "percent" in header or total > 3.5 or largest > 1.5


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


def _as_of(path: Path, preamble: Grid, raws: Sequence[_Raw]) -> str | None:
    dates = Counter(raw.date for raw in raws if raw.date)
    if dates and dates.most_common(1)[0][1] >= 0.9 * len(raws):
        return dates.most_common(1)[0][0]
    return date_above(preamble, day_first=_is_day_first(preamble)) or date_in_file_name(path.stem)


def _is_day_first(preamble: Grid) -> bool:
    """Return whether the lines above speak of a place that writes the day before the month."""
    text = " ".join(cell for row in preamble for cell in row)
    return bool(re.search(r"UCITS|\bAUD\b|A\$|\bEUR\b|\bGBP\b|€|£|\bASX\b", text))


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


def check(found: FundFile) -> Iterator[Diagnostic]:
    """Tell what a person has to know about a list: weights that do not add up, lines without weight, hedges."""
    total = found.weight_sum
    place = Place(file=found.file)
    facts: dict[str, Argument] = {"file": found.file, "share": round(total * 100, 2)}
    if total > 1.05 and any(line.kind is LineKind.HEDGE for line in found.lines):
        yield Diagnostic("reference.hedged_list", Severity.INFO, place, facts)
    elif total > 1.02:
        yield Diagnostic("reference.sum_above", Severity.WARNING, place, facts)
    elif total < 0.95:
        yield Diagnostic("reference.sum_below", Severity.INFO, place, facts)
    contracts = [line for line in found.lines if line.kind in DERIVATIVES]
    silent = [line for line in contracts if not found.exposure(line)]
    if silent:
        unknown: dict[str, Argument] = {
            "file": found.file,
            "rows": len(silent),
            "row": silent[0].row,
        }
        yield Diagnostic("reference.contract_without_notional", Severity.WARNING, place, unknown)
