"""The tables of the reference library: their columns, and one row of each as a value."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.provenance import Source
from levcheck.domain.risk import (
    Claim,
    DriverCorrelation,
    FundAssets,
    FxRate,
    RiskDriver,
    Sensitivity,
)

Row = Mapping[str, str]

# A user may leave these out; he is told, because a fact without them cannot be judged.
PROVENANCE = ("as_of", "source")


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What a table looks like.

    Attributes:
        name: file name without its ending.
        columns: every column, in the order written.
        key: columns that name a row; a user's row of the same key replaces the bundled one.
        required: columns that may not be empty.
        optional: columns a file may leave out altogether.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        return self.columns + self.optional


def _spec(
    name: str, columns: str, key: str, required: str = "", *, optional: tuple[str, ...] = ()
) -> TableSpec:
    return TableSpec(
        name,
        tuple(columns.split(",")),
        tuple(key.split(",")),
        tuple((required or key).split(",")),
        optional,
    )


SPECS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        _spec(
            "instruments",
            "id,symbol,exchange,isin,cusip,name,kind,currency,country,issuer,underlying,"
            "daily_leverage_factor,expense_ratio,asset_class,as_of,source",
            "id",
        ),
        _spec(
            "holdings",
            "fund,constituent,weight,as_of,source",
            "fund,constituent",
            "fund,constituent,weight",
        ),
        _spec("fund_lists", "fund,coverage,stand_in,as_of,source", "fund"),
        _spec(
            "themes",
            "theme,member,strength,reason,source",
            "theme,member",
            "theme,member,strength",
        ),
        _spec("theme_names", "theme,name,family,as_of,source", "theme", "theme,name,family"),
        _spec("theme_merges", "theme,into,as_of,source", "theme", "theme,into"),
        _spec(
            "capital_stacks",
            "issuer,rank,claim,kind,notional,coupon,cumulative,conversion,as_of,source",
            "issuer,claim",
            "issuer,rank,claim,kind",
        ),
        _spec("risk_drivers", "id,name,volatility,stand_in,window,source", "id", "id,volatility"),
        _spec(
            "betas",
            "member,driver,beta,own_volatility,window,source",
            "member,driver",
            "member,driver,beta",
        ),
        _spec(
            "correlations",
            "a,b,calm,stressed,window,source",
            "a,b",
            "a,b,calm,stressed",
        ),
        _spec(
            "note_terms",
            "instrument,form,underlyings,levels,strike,barrier,coupon,maturity,threshold,as_of,source",
            "instrument",
            "instrument,form,underlyings",
            optional=(
                "watched",
                "touched",
                "call_level",
                "coupon_level",
                "observations",
                "memory",
                "issuer",
                "issuer_spread",
                "face",
                "ratio",
                "put_date",
                "put_price",
            ),
        ),
        _spec("fund_assets", "fund,assets_usd,adv_usd,as_of,source", "fund"),
        _spec("overnight_rates", "year,rate", "year", "year,rate"),
        _spec("aliases", "alias,scheme,instrument,as_of,source", "alias,instrument"),
        _spec("ticker_collisions", "code,instrument,other,reason,as_of,source", "code,other"),
        _spec(
            "listings",
            "instrument,symbol,exchange,valid_from,valid_to,as_of,source",
            "instrument,symbol,valid_to",
            "symbol",
        ),
        _spec("proxies", "fund,stands_on,relation,as_of,source", "fund,stands_on"),
        _spec(
            "fx_rates",
            "currency,per_usd,as_of,source",
            "currency",
            "currency,per_usd",
        ),
        _spec(
            "multiple_exceptions",
            "instrument,daily_leverage_factor,as_of,source",
            "instrument",
            "instrument,daily_leverage_factor",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a CSV file with the line it stands on."""

    row: Row
    number: int


def column_letter(index: int) -> str:
    """Return the spreadsheet letters of a column, counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def bad_table(
    path: Path, why: str, *, row: int | None = None, column: str | None = None
) -> LevcheckError:
    """Return the refusal of a table that cannot be used, with the place."""
    place = Place(file=path.name, row=row, column=column)
    return LevcheckError(
        "reference.bad_table", where=place, file=path.name, why=why, place=str(place)
    )


def read_table(path: Path, spec: TableSpec) -> tuple[list[Line], tuple[str, ...]]:
    """Read one table.

    Args:
        path: a UTF-8 CSV file with a header row.
        spec: what it has to look like.

    Returns:
        The rows with their line numbers, and the names of columns that are not known.

    Raises:
        LevcheckError: ``reference.bad_table`` when a column is missing or named twice, a row is longer than the
            header, a required value is empty, or the file is not UTF-8 text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = [name.strip() for name in next(reader, [])]
            _check_header(path, spec, header)
            lines = list(_lines(path, spec, header, reader))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise bad_table(path, "it is not plain UTF-8 text with commas") from fault
    except OSError as fault:
        raise bad_table(path, "it cannot be opened") from fault
    return lines, tuple(name for name in header if name and name not in spec.all_columns)


def _check_header(path: Path, spec: TableSpec, header: list[str]) -> None:
    for index, name in enumerate(header):
        if name and name in header[:index]:
            raise bad_table(path, f"column {name} stands twice", row=1, column=column_letter(index))
    missing = [name for name in spec.columns if name not in header and name not in PROVENANCE]
    if missing:
        unknown = next((i for i, name in enumerate(header) if name not in spec.all_columns), None)
        spot = column_letter(unknown) if unknown is not None else None
        raise bad_table(path, f"column {missing[0]} is missing", row=1, column=spot)


def _lines(
    path: Path, spec: TableSpec, header: list[str], reader: Iterator[list[str]]
) -> Iterator[Line]:
    number = 1
    for cells in reader:
        number = max(number + 1, getattr(reader, "line_num", number + 1))
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise bad_table(
                path,
                "the row has more values than the header",
                row=number,
                column=column_letter(len(header)),
            )
        values = dict.fromkeys(spec.all_columns, "")
        values |= {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
        for name in spec.required:
            if not values[name]:
                raise bad_table(
                    path, f"{name} is empty", row=number, column=column_letter(header.index(name))
                )
        yield Line(values, number)


# --- one row as a value ---------------------------------------------------------------------------------


def number(text: str) -> float | None:
    """Return a plain decimal number; None for an empty cell.

    Raises:
        ValueError: the text is no finite number.
    """
    if not text:
        return None
    value = float(text)
    if not math.isfinite(value):
        message = f"{text} is not a number"
        raise ValueError(message)
    return value


def must_number(text: str) -> float:
    """Return a number that has to be there.

    Raises:
        ValueError: it is empty or no finite number.
    """
    value = number(text)
    if value is None:
        message = "a number is missing"
        raise ValueError(message)
    return value


def iso_day(text: str) -> str | None:
    """Return an ISO date, None for an empty cell.

    Raises:
        ValueError: the text is no date of the form 2026-06-30.
    """
    if not text:
        return None
    return date.fromisoformat(text).isoformat()


def instrument_from(row: Row, *, overridden: bool = False) -> Instrument:
    """Return the instrument of one row.

    Raises:
        ValueError: the kind is unknown or a number is none.
    """
    kind = row["kind"]
    return Instrument(
        id=row["id"],
        symbol=row["symbol"] or row["id"].rsplit(".", 1)[0],
        exchange=row["exchange"] or None,
        isin=row["isin"] or None,
        name=row["name"] or row["id"],
        kind=Kind(kind) if kind else None,
        currency=row["currency"] or None,
        country=row["country"] or None,
        issuer=row["issuer"] or None,
        underlying=row["underlying"] or None,
        daily_leverage_factor=number(row["daily_leverage_factor"]),
        expense_ratio=number(row["expense_ratio"]),
        asset_class=row["asset_class"] or None,
        source=Source(row["source"], row["as_of"] or None, "instruments"),
        overridden=overridden,
    )


_KIND_OF_MARKET = {
    "CRYPTO": (Kind.CRYPTO, "crypto"),
    "CASH": (Kind.CASH, "cash"),
    "BOND": (Kind.BOND, "bond"),
    "INDEX": (Kind.INDEX, "index_equity"),
    "COMMODITY": (Kind.CONTRACT, "commodity"),
    "CURRENCY": (Kind.CONTRACT, "currency"),
}


def plain_instrument(identifier: str) -> Instrument:
    """Return a stand-alone root for an id that no table describes.

    Its market says what it is: a coin, a bond, cash; on a stock market it is taken for a share.

    >>> plain_instrument("ABC.DE").currency, plain_instrument("ABC.DE").root
    ('EUR', 'ABC.DE')
    """
    symbol, _, market = identifier.rpartition(".")
    share = (Kind.COMMON, "equity") if market in CURRENCY_OF_MARKET else (None, None)
    kind, asset_class = _KIND_OF_MARKET.get(market, share)
    return Instrument(
        id=identifier,
        symbol=symbol or identifier,
        exchange=None,
        isin=None,
        name=symbol or identifier,
        kind=kind,
        currency=symbol if market == "CASH" else CURRENCY_OF_MARKET.get(market),
        country=market if market in CURRENCY_OF_MARKET else None,
        issuer=None,
        underlying=None,
        daily_leverage_factor=1.0,
        expense_ratio=None,
        asset_class=asset_class,
        source=Source("named only in another table", None, "instruments"),
    )


def claim_from(row: Row) -> Claim:
    """Return one rung of a capital stack.

    Raises:
        ValueError: a number is none.
    """
    cumulative = row["cumulative"].lower()
    return Claim(
        issuer=row["issuer"],
        rank=int(row["rank"]),
        claim=row["claim"],
        kind=row["kind"],
        notional=number(row["notional"]),
        coupon=number(row["coupon"]),
        cumulative=None if not cumulative else cumulative in {"true", "yes", "1"},
        conversion=number(row["conversion"]),
        as_of=row["as_of"],
        source=row["source"],
    )


def assets_from(row: Row) -> FundAssets:
    """Return the size of one fund.

    Raises:
        ValueError: a number is none.
    """
    return FundAssets(
        row["fund"], number(row["assets_usd"]), number(row["adv_usd"]), row["as_of"], row["source"]
    )


def rate_from(row: Row) -> FxRate:
    """Return one exchange rate.

    Raises:
        ValueError: the rate is no positive number.
    """
    rate = must_number(row["per_usd"])
    if rate <= 0:
        message = "the rate is not above zero"
        raise ValueError(message)
    return FxRate(row["currency"], rate, row["as_of"], row["source"])


def driver_from(row: Row) -> RiskDriver:
    """Return one risk driver.

    Raises:
        ValueError: the volatility is no number.
    """
    return RiskDriver(
        id=row["id"],
        name=row["name"],
        volatility=must_number(row["volatility"]),
        stand_in=row["stand_in"].lower() in {"true", "yes", "1"},
        window=row["window"],
        source=row["source"],
    )


def sensitivity_from(row: Row) -> Sensitivity:
    """Return one sensitivity.

    Raises:
        ValueError: a number is none.
    """
    return Sensitivity(
        member=row["member"],
        driver=row["driver"],
        beta=must_number(row["beta"]),
        own_volatility=number(row["own_volatility"]) or 0.0,
        window=row["window"],
        source=row["source"],
    )


def correlation_from(row: Row) -> DriverCorrelation:
    """Return one correlation.

    Raises:
        ValueError: a number is none.
    """
    return DriverCorrelation(
        row["a"],
        row["b"],
        must_number(row["calm"]),
        must_number(row["stressed"]),
        row["window"],
        row["source"],
    )


CURRENCY_OF_MARKET = {
    "US": "USD",
    "KR": "KRW",
    "JP": "JPY",
    "HK": "HKD",
    "CA": "CAD",
    "IN": "INR",
    "GB": "GBP",
    "AU": "AUD",
    "TW": "TWD",
    "FR": "EUR",
    "DE": "EUR",
    "NL": "EUR",
    "IT": "EUR",
    "ES": "EUR",
    "CH": "CHF",
    "CN": "CNY",
    "BR": "BRL",
    "SE": "SEK",
    "NO": "NOK",
    "DK": "DKK",
    "PL": "PLN",
    "SG": "SGD",
    "ZA": "ZAR",
    "MX": "MXN",
    "NZ": "NZD",
    "AT": "EUR",
    "FI": "EUR",
    "PT": "EUR",
    "BE": "EUR",
    "IE": "EUR",
    "IL": "ILS",
    "TH": "THB",
    "ID": "IDR",
    "MY": "MYR",
    "SA": "SAR",
    "TR": "TRY",
    "CL": "CLP",
    "PH": "PHP",
    "HU": "HUF",
    "CZ": "CZK",
    "GR": "EUR",
}
