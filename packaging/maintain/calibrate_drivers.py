"""Measures drivers, sensitivities and correlations from daily closes and writes the tables of resources/reference.

    python packaging/maintain/calibrate_drivers.py PRICES [--out FOLDER]

PRICES is a folder of CSV files: first column ``date``, then one adjusted close per ticker. What no series covers is
taken from the ASSUMED lists below and marked so. Run twice on the same files it writes the same bytes.
"""

import argparse
import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from seal import seal

ROOT = Path(__file__).resolve().parents[2]
MEASURED = "weekly returns of adjusted closes (Friday to Friday)"
ASSUMED = "assumed"
STRESS_SHARE, BLOCK = 0.5, 0.9
LEAST_WEEKS = 52
WEEKS = 52.0

# id: (name, series, own stand-in?, loading on us-equity where no common window exists, volatility where no series exists)
DRIVERS: dict[str, tuple[str, tuple[str, ...], bool, float, float]] = {
    "us-equity": ("US shares", ("SPY",), False, 1.00, 0.0),
    "nasdaq": ("Large technology", ("QQQ",), False, 0.93, 0.0),
    "ai-chips": ("AI chips", ("SOXX",), False, 0.80, 0.0),
    "memory-korea": ("Korean memory makers", ("005930.KS", "000660.KS"), False, 0.55, 0.0),
    "bitcoin": ("Bitcoin", ("IBIT",), False, 0.40, 0.0),
    "ether": ("Ether", (), True, 0.42, 0.72),
    "other-crypto": ("Other coins", (), True, 0.40, 0.85),
    "crypto-companies": ("Crypto companies", ("MSTR",), True, 0.50, 0.0),
    "gold": ("Gold", ("GLD",), False, 0.05, 0.0),
    "long-treasury": ("Long US Treasuries", ("TLT",), False, -0.20, 0.0),
    "treasury": ("Medium US Treasuries", ("IEF",), False, -0.20, 0.0),
    "credit": ("Credit and preferreds", (), True, 0.70, 0.09),
    "korea": ("Korean shares", ("EWY",), False, 0.65, 0.0),
    "taiwan": ("Taiwanese shares", (), True, 0.65, 0.24),
    "japan": ("Japanese shares", (), True, 0.60, 0.19),
    "europe": ("European shares", (), True, 0.80, 0.20),
    "emerging": ("Emerging markets and China", (), True, 0.65, 0.22),
    "space": ("Space", (), True, 0.50, 0.38),
    "electric-vehicles": ("Electric vehicles", ("TSLA",), True, 0.55, 0.0),
    "quantum": ("Quantum computing", (), True, 0.50, 0.85),
    "energy": ("Energy and industry", (), True, 0.70, 0.24),
    "health": ("Health", (), True, 0.70, 0.17),
    "financials": ("Financials", (), True, 0.85, 0.22),
    "real-estate": ("Real estate", (), True, 0.72, 0.21),
    "consumer": ("Consumer", (), True, 0.82, 0.18),
    "commodity": ("Commodities", (), True, 0.30, 0.22),
    "volatility": ("Volatility futures", ("VIXY",), False, -0.78, 0.0),
    "currency": ("Other currencies against the dollar", (), True, 0.25, 0.08),
    "cash": ("Cash", (), True, 0.00, 0.003),
}  # fmt: skip
# Pairs whose tie does not run through US shares alone; a measured pair wins.
ASSUMED_TIES = {
    ("bitcoin", "ether"): 0.80, ("bitcoin", "other-crypto"): 0.70, ("ether", "other-crypto"): 0.80,
    ("ether", "crypto-companies"): 0.60, ("other-crypto", "crypto-companies"): 0.55,
    ("ai-chips", "nasdaq"): 0.85, ("ai-chips", "taiwan"): 0.70, ("ai-chips", "quantum"): 0.50,
    ("ai-chips", "korea"): 0.55, ("memory-korea", "korea"): 0.85, ("memory-korea", "taiwan"): 0.60,
    ("korea", "taiwan"): 0.70, ("korea", "emerging"): 0.75, ("taiwan", "emerging"): 0.75,
    ("japan", "europe"): 0.60, ("europe", "emerging"): 0.65, ("energy", "commodity"): 0.60,
    ("long-treasury", "real-estate"): 0.25, ("credit", "treasury"): 0.20, ("credit", "long-treasury"): 0.20,
    ("gold", "treasury"): 0.30, ("gold", "commodity"): 0.30, ("gold", "currency"): 0.40,
    ("space", "quantum"): 0.50, ("space", "electric-vehicles"): 0.45, ("quantum", "bitcoin"): 0.40,
    ("financials", "energy"): 0.65, ("financials", "real-estate"): 0.65, ("currency", "emerging"): 0.45,
}  # fmt: skip
# Which way each driver goes in a bad week: with shares (1), against them (-1), or on its own (0).
IN_A_BAD_WEEK = {
    "gold": 0,
    "long-treasury": 0,
    "treasury": 0,
    "cash": 0,
    "volatility": -1,
    "currency": 0,
    "commodity": 0,
}

# member: (driver, series of the member); measured where a common window exists.
MEASURED_MEMBERS = {
    "NVDA.US": ("ai-chips", "NVDA"), "AMD.US": ("ai-chips", "AMD"), "AAPL.US": ("us-equity", "AAPL"),
    "AMZN.US": ("us-equity", "AMZN"), "MSTR.US": ("bitcoin", "MSTR"),
    "STRF.US": ("bitcoin", "STRF"), "STRC.US": ("bitcoin", "STRC"), "STRK.US": ("bitcoin", "STRK"), "STRD.US": ("bitcoin", "STRD"),
    "005930.KR": ("memory-korea", "005930.KS"), "000660.KR": ("memory-korea", "000660.KS"),
}  # fmt: skip
# The series itself is the driver.
SELF = {
    "BTC.CRYPTO": "bitcoin", "ETH.CRYPTO": "ether", "GOLD.COMMODITY": "gold", "TSLA.US": "electric-vehicles",
    "SPX.INDEX": "us-equity", "SPY.US": "us-equity", "VOO.US": "us-equity", "NDX.INDEX": "nasdaq", "QQQ.US": "nasdaq",
    "SOXX.US": "ai-chips", "NYSESEMI.INDEX": "ai-chips", "UST20Y.INDEX": "long-treasury", "TLT.US": "long-treasury",
    "UST7-10Y.INDEX": "treasury", "IEF.US": "treasury", "MSCI-KOREA-2550.INDEX": "korea", "EWY.US": "korea",
    "VIX-SHORT-FUTURES.INDEX": "volatility",
}  # fmt: skip
# group: (driver, beta, own volatility of a member that is not measured itself)
ASSUMED_MEMBERS = {
    "RUT.INDEX": ("us-equity", 1.15, 0.10), "DJIA.INDEX": ("us-equity", 0.92, 0.05), "MSFT.US": ("nasdaq", 0.95, 0.18),
    "GOOGL.US": ("nasdaq", 1.0, 0.22), "META.US": ("nasdaq", 1.2, 0.30), "COIN.US": ("bitcoin", 1.1, 0.55),
    "TSM.US": ("ai-chips", 0.75, 0.24), "AVGO.US": ("ai-chips", 1.05, 0.30), "MU.US": ("ai-chips", 1.10, 0.35),
    "BMNR.US": ("ether", 1.3, 0.80), "SILVER.COMMODITY": ("gold", 1.4, 0.22),
    "theme:ai-chips": ("ai-chips", 1.05, 0.32), "theme:memory": ("ai-chips", 1.05, 0.38),
    "theme:korea-chips": ("memory-korea", 0.95, 0.30), "theme:taiwan-chips": ("taiwan", 1.20, 0.28),
    "theme:ai-broad": ("nasdaq", 1.15, 0.32), "theme:ai-software": ("nasdaq", 1.10, 0.36),
    "theme:ai-power": ("ai-chips", 0.70, 0.45), "theme:hyperscalers": ("nasdaq", 1.05, 0.22),
    "theme:cybersecurity": ("nasdaq", 1.10, 0.34), "theme:technology": ("nasdaq", 1.00, 0.36),
    "theme:communication": ("nasdaq", 0.75, 0.34), "theme:robotics": ("nasdaq", 1.00, 0.34),
    "theme:space": ("space", 1.00, 0.45), "SPCX.US": ("space", 1.10, 0.50), "theme:quantum": ("quantum", 1.00, 0.50),
    "theme:electric-vehicles": ("electric-vehicles", 0.65, 0.45), "theme:bitcoin": ("bitcoin", 1.00, 0.10),
    "theme:ether": ("ether", 1.00, 0.10), "theme:other-crypto": ("other-crypto", 1.00, 0.40),
    "theme:crypto-companies": ("crypto-companies", 0.80, 0.55), "theme:nuclear": ("energy", 1.20, 0.48),
    "theme:defence": ("energy", 0.65, 0.24), "theme:biotech": ("health", 1.20, 0.45),
    "theme:gold": ("gold", 1.00, 0.02), "theme:gold-miners": ("gold", 1.60, 0.32),
    "theme:metals": ("gold", 1.20, 0.30), "theme:china-internet": ("emerging", 1.25, 0.30),
    "theme:korea": ("korea", 1.00, 0.35), "theme:long-treasuries": ("long-treasury", 1.00, 0.03),
    "theme:us-equity": ("us-equity", 1.00, 0.32), "theme:developed-ex-us": ("europe", 1.00, 0.28),
    "theme:emerging": ("emerging", 1.00, 0.35), "theme:global-equity": ("us-equity", 0.95, 0.08),
    "theme:health": ("health", 1.00, 0.35), "theme:financials": ("financials", 1.00, 0.30),
    "theme:energy-industry": ("energy", 1.00, 0.32), "theme:consumer": ("consumer", 1.00, 0.32),
    "theme:commodities": ("commodity", 1.00, 0.25), "theme:real-estate": ("real-estate", 1.00, 0.25),
    "theme:government-short": ("cash", 3.00, 0.01), "theme:government-medium": ("treasury", 0.80, 0.02),
    "theme:bonds-broad": ("treasury", 0.85, 0.02), "theme:credit-preferreds": ("credit", 0.80, 0.10),
    "theme:cash": ("cash", 1.00, 0.002), "theme:currencies": ("currency", 1.00, 0.04),
    "theme:volatility": ("volatility", 1.00, 0.10),
    "class:index_equity": ("us-equity", 1.00, 0.08), "class:sector_equity": ("us-equity", 1.05, 0.16),
    "class:equity": ("us-equity", 1.00, 0.38), "class:crypto": ("bitcoin", 1.15, 0.35), "class:gold": ("gold", 1.00, 0.02),
    "class:metal": ("gold", 1.20, 0.25), "class:commodity": ("commodity", 1.00, 0.25),
    "class:treasury": ("treasury", 1.00, 0.03), "class:bond": ("treasury", 0.85, 0.03),
    "class:credit": ("credit", 0.80, 0.08), "class:corporate_bond": ("credit", 0.80, 0.06),
    "class:real_estate": ("real-estate", 1.00, 0.15), "class:volatility": ("volatility", 1.00, 0.10),
    "class:currency": ("currency", 1.00, 0.05), "class:cash": ("cash", 1.00, 0.002),
    "country:KR": ("korea", 1.00, 0.35), "country:TW": ("taiwan", 1.00, 0.32), "country:JP": ("japan", 1.00, 0.28),
    "country:CN": ("emerging", 1.10, 0.38), "country:HK": ("emerging", 1.00, 0.34), "country:IN": ("emerging", 0.80, 0.32),
    "country:BR": ("emerging", 1.15, 0.34), "country:GB": ("europe", 0.90, 0.28), "country:DE": ("europe", 1.05, 0.28),
    "country:FR": ("europe", 1.00, 0.26), "country:NL": ("europe", 1.05, 0.30), "country:CH": ("europe", 0.80, 0.22),
    "country:IT": ("europe", 1.05, 0.30), "country:ES": ("europe", 1.00, 0.28), "country:SE": ("europe", 1.05, 0.30),
    "country:CA": ("us-equity", 0.85, 0.30), "country:AU": ("us-equity", 0.75, 0.28),
}  # fmt: skip


def daily_returns(folder: Path) -> dict[str, pd.Series]:
    """Return each ticker's daily returns over all files; the first file that has a day gives it."""
    found: dict[str, pd.Series] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith(("FAULT_", "RATE_", "REFERENCE_", "funds")):
            continue
        frame = pd.read_csv(path, index_col="date", parse_dates=True)
        for name in frame.columns:
            if not name.endswith("_volume"):
                returns = frame[name].dropna().pct_change().dropna()
                found[name] = found[name].combine_first(returns) if name in found else returns
    return found


def weekly(series: Mapping[str, pd.Series], tickers: Iterable[str]) -> pd.Series:
    """Return Friday-to-Friday returns of the mean of some tickers; weeks with fewer than three days are dropped."""
    daily = pd.concat([series[ticker] for ticker in tickers], axis=1, join="inner").mean(axis=1)
    grouped = (1.0 + daily).groupby(pd.Grouper(freq="W-FRI"))
    return (grouped.prod() - 1.0)[grouped.count() >= 3]


def window_of(returns: pd.Series) -> str:
    """Return the interval of some weeks as ISO dates."""
    return f"{returns.index[0].date()}/{returns.index[-1].date()}"


def driver_weeks(series: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Return the weekly returns of every driver that has a series."""
    return {
        driver: weekly(series, tickers) for driver, (_, tickers, *_) in DRIVERS.items() if tickers
    }


def drivers_table(weeks: Mapping[str, pd.Series], as_of: str) -> list[list[str]]:
    """Return the rows of risk_drivers.csv."""
    rows = []
    for driver, (name, tickers, stands_in, _, assumed) in DRIVERS.items():
        if driver in weeks:
            volatility = float(weeks[driver].std() * np.sqrt(WEEKS))
            source = f"{' and '.join(tickers)}, {MEASURED}, {len(weeks[driver])} weeks"
            window = window_of(weeks[driver])
        else:
            volatility, window = assumed, ASSUMED
            source = "assumed: no series at hand; order of size of the asset class"
        rows.append(
            [driver, name, f"{volatility:.4f}", str(stands_in).lower(), window, as_of, source]
        )
    return rows


def betas_table(
    series: Mapping[str, pd.Series], weeks: Mapping[str, pd.Series], as_of: str
) -> list[list[str]]:
    """Return the rows of betas.csv."""
    rows = []
    for member, (driver, ticker) in MEASURED_MEMBERS.items():
        both = pd.concat([weekly(series, [ticker]), weeks[driver]], axis=1, join="inner").dropna()
        own, of_driver = both.iloc[:, 0].to_numpy(), both.iloc[:, 1].to_numpy()
        beta = float(np.cov(own, of_driver)[0, 1] / np.var(of_driver, ddof=1))
        rest = float(np.std(own - beta * of_driver, ddof=1) * np.sqrt(WEEKS))
        source = f"{ticker} on {' and '.join(DRIVERS[driver][1])}, {MEASURED}, {len(both)} weeks"
        rows.append(
            [
                member,
                driver,
                f"{beta:.3f}",
                f"{rest:.3f}",
                window_of(both.iloc[:, 0]),
                as_of,
                source,
            ]
        )
    rows += [
        [
            member,
            driver,
            "1.000",
            "0.020",
            ASSUMED,
            as_of,
            "the driver itself, or a fund or index that holds it",
        ]
        for member, driver in SELF.items()
    ]
    rows += [
        [
            member,
            driver,
            f"{beta:.3f}",
            f"{own:.3f}",
            ASSUMED,
            as_of,
            "assumed: typical member of the group, not measured",
        ]
        for member, (driver, beta, own) in ASSUMED_MEMBERS.items()
    ]
    return rows


def calm_correlation(
    weeks: Mapping[str, pd.Series],
) -> tuple[np.ndarray, dict[tuple[str, str], str]]:
    """Return the calm matrix, positive semidefinite, and the window of each measured pair."""
    names = list(DRIVERS)
    matrix = np.eye(len(names))
    windows: dict[tuple[str, str], str] = {}
    loading = dict.fromkeys(names, 0.0) | {name: DRIVERS[name][3] for name in names}
    for i, a in enumerate(names):
        for j in range(i):
            b = names[j]
            value = ASSUMED_TIES.get((a, b), ASSUMED_TIES.get((b, a), loading[a] * loading[b]))
            if a in weeks and b in weeks:
                both = pd.concat([weeks[a], weeks[b]], axis=1, join="inner").dropna()
                if len(both) >= LEAST_WEEKS:
                    value = float(both.corr().iloc[0, 1])
                    windows[(b, a)] = (
                        f"{both.index[0].date()}/{both.index[-1].date()}, {len(both)} weeks"
                    )
            matrix[i, j] = matrix[j, i] = value
    return semidefinite(matrix), windows


def semidefinite(matrix: np.ndarray) -> np.ndarray:
    """Return the matrix with its eigenvalues lifted to 0.01 and the unit diagonal restored, to four decimals."""
    values, vectors = np.linalg.eigh(matrix)
    lifted = (vectors * np.maximum(values, 0.01)) @ vectors.T
    scale = np.sqrt(np.diag(lifted))
    return np.round(lifted / np.outer(scale, scale), 4)


def stressed_correlation(calm: np.ndarray) -> np.ndarray:
    """Return half calm, half a matrix in which everything risky moves as one block and the rest keeps to itself.

    Both are valid correlation matrices, so their mix is one.
    """
    sign = np.array([IN_A_BAD_WEEK.get(name, 1) for name in DRIVERS], dtype=float)
    block = BLOCK * np.outer(sign, sign)
    is_apart = sign == 0.0
    block[np.ix_(is_apart, is_apart)] = calm[np.ix_(is_apart, is_apart)]
    np.fill_diagonal(block, 1.0)
    return np.round((1.0 - STRESS_SHARE) * calm + STRESS_SHARE * block, 4)


def correlations_table(weeks: Mapping[str, pd.Series], as_of: str) -> list[list[str]]:
    """Return the rows of correlations.csv."""
    calm, windows = calm_correlation(weeks)
    stressed = stressed_correlation(calm)
    names, rows = list(DRIVERS), []
    for i, a in enumerate(names):
        for j in range(i + 1, len(names)):
            window = windows.get((a, names[j]))
            basis = MEASURED if window else "assumed: common tie to US shares, or a stated tie"
            source = f"calm: {basis}; stressed: half calm, half one block of 0.9"
            rows.append(
                [
                    a,
                    names[j],
                    f"{calm[i, j]:.4f}",
                    f"{stressed[i, j]:.4f}",
                    window or ASSUMED,
                    as_of,
                    source,
                ]
            )
    return rows


def write(path: Path, header: str, rows: list[list[str]]) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prices", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "reference")
    arguments = parser.parse_args()
    series = daily_returns(arguments.prices)
    weeks = driver_weeks(series)
    as_of = str(max(found.index[-1] for found in series.values()).date())
    out: Path = arguments.out
    write(
        out / "risk_drivers.csv",
        "id,name,volatility,stand_in,window,as_of,source",
        drivers_table(weeks, as_of),
    )
    write(
        out / "betas.csv",
        "member,driver,beta,own_volatility,window,as_of,source",
        betas_table(series, weeks, as_of),
    )
    write(
        out / "correlations.csv",
        "a,b,calm,stressed,window,as_of,source",
        correlations_table(weeks, as_of),
    )
    seal(out)


if __name__ == "__main__":
    main()
