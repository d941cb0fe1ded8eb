"""Portfolios of any size for reports, and marks a firm may bring."""

import struct
import zlib
from collections.abc import Sequence
from datetime import date
from functools import cache

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.bench.made_up import portfolio_of_symbols
from levcheck.domain.diagnostics import Place
from levcheck.domain.instrument import Kind
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.scenario_files import load_scenarios

DAY = date(2026, 11, 22)
_KNOWN = ("NVDA", "VOO", "NVDL", "STRC", "SOXL", "MSTU", "IBIT", "SMH", "BND", "SQQQ", "MSTR", "EWY", "GLD")  # fmt: skip
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#114488"/></svg>'


@cache
def bundled() -> Catalogue:
    """Return the bundled library, opened once for all tests."""
    return Catalogue.bundled()


@cache
def symbols(count: int) -> tuple[str, ...]:
    """Return so many American tickers of the library, the interesting ones first."""
    library = bundled()
    rows = library.instruments(one for one, _ in library.names).values()
    shares = sorted(
        row.symbol
        for row in rows
        if row.id.endswith(".US") and row.symbol.isalpha() and row.kind is Kind.COMMON
    )
    return tuple(dict.fromkeys((*_KNOWN, *shares)))[:count]


@cache
def analysis_of(count: int, *, debt: float = 0.0) -> Analysis:
    """Return a portfolio of so many lines under every scenario of the library."""
    held = portfolio_of_symbols(symbols(count), seed=7, name="made up")
    if debt:
        held = _with_cash(held.positions, -debt)
    return analyse(held, bundled(), list(load_scenarios()), today=DAY)


def _with_cash(positions: Sequence[Position], amount: float) -> Portfolio:

    line = CashLine(Place("made.xlsx", "Holdings", 900), "Margin loan", amount, "USD")
    return Portfolio("made up", tuple(positions), (line,), "USD", "2026-06-30", "ab" * 32)


def png(width: int = 60, height: int = 20, *, note: bytes = b"") -> bytes:
    """Return a plain PNG picture, with a text hidden in it when asked."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body))
            + name
            + body
            + struct.pack(">I", zlib.crc32(name + body) & 0xFFFFFFFF)
        )

    rows = b"".join(b"\0" + b"\x11\x44\x88" * width for _ in range(height))
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    parts += [chunk(b"tEXt", b"Author\0" + note)] if note else []
    parts += [chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
