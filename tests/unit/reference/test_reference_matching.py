"""Recognising lines: identifiers first, codes with a second signal, names only as suggestions."""

from pathlib import Path

import pytest

from levcheck.domain.diagnostics import Place
from levcheck.domain.position import OptionTerms, Position
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.matching import Match, match, match_all


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def line(**facts: str) -> Position:
    return Position(place=Place(row=2), **facts)  # type: ignore[arg-type]


def found(catalogue: Catalogue, base: str = "USD", as_of: str | None = None, **facts: str) -> Match:
    return match(line(**facts), catalogue, base_currency=base, as_of=as_of)


@pytest.mark.parametrize(
    ("facts", "instrument", "reason"),
    [
        ({"isin": "US67066G1040", "currency": "EUR"}, "NVDA.US", "isin"),
        ({"cusip": "67066G104"}, "NVDA.US", "cusip"),
        ({"cusip": "37833100"}, "AAPL.US", "cusip"),
        ({"wkn": "716460", "currency": "EUR"}, "SAP.DE", "wkn"),
        ({"symbol": "840400", "currency": "EUR"}, "ALV.DE", "wkn"),
        ({"isin": "IE00B3XXRP09", "currency": "GBP"}, "VUSA.GB", "isin"),
        ({"isin": "IE00B3XXRP09", "currency": "EUR"}, "VUSA.DE", "isin"),
        ({"symbol": "NVDA", "currency": "USD"}, "NVDA.US", "symbol_and_currency"),
        ({"symbol": "nvda us equity"}, "NVDA.US", "symbol_and_exchange"),
        ({"symbol": "brk/b", "currency": "USD"}, "BRK.B.US", "symbol_and_currency"),
        ({"symbol": "BRK-B", "currency": "USD", "name": "BERKSHIRE HATHAWAY INC CL B"}, "BRK.B.US", "symbol_and_name"),
        ({"symbol": "BRKB", "currency": "USD"}, "BRK.B.US", "alias"),
        ({"symbol": "005930", "currency": "KRW"}, "005930.KR", "symbol_and_exchange"),
        ({"symbol": "5930", "currency": "KRW"}, "005930.KR", "symbol_and_exchange"),
        ({"symbol": "A005930"}, "005930.KR", "symbol_and_exchange"),
        ({"symbol": "000660.KS"}, "000660.KR", "symbol_and_exchange"),
        ({"symbol": "0193T0", "currency": "KRW"}, "0193T0.KR", "symbol_and_exchange"),
        ({"name": "삼성전자", "currency": "KRW"}, "005930.KR", "alias"),
        ({"symbol": "2330.TW"}, "2330.TW", "id"),
        ({"symbol": "700", "currency": "HKD"}, "0700.HK", "symbol_and_exchange"),
        ({"symbol": "00700", "exchange": "SEHK"}, "0700.HK", "symbol_and_exchange"),
        ({"symbol": "7203", "currency": "JPY"}, "7203.JP", "symbol_and_exchange"),
        ({"symbol": "7203.T"}, "7203.JP", "symbol_and_exchange"),
        ({"symbol": "BTC-USD"}, "BTC.CRYPTO", "coin"),
        ({"symbol": "BTC", "kind": "crypto", "name": "Bitcoin"}, "BTC.CRYPTO", "coin"),
        ({"name": "Bitcoin EUR"}, "BTC.CRYPTO", "coin"),
        ({"symbol": "BTC", "name": "Grayscale Bitcoin Mini Trust ETF", "currency": "USD"}, "BTC.US", "symbol_and_name"),
        ({"symbol": "USD", "name": "ProShares Ultra Semiconductors", "currency": "USD"}, "USD.US", "symbol_and_name"),
        ({"symbol": "AI", "currency": "USD"}, "AI.US", "symbol_and_currency"),
        ({"symbol": "AI", "currency": "EUR"}, "AI.FR", "symbol_and_currency"),
        ({"symbol": "AI", "name": "Air Liquide SA", "currency": "USD"}, "AI.FR", "symbol_and_name"),
        ({"symbol": "AI.PA"}, "AI.FR", "symbol_and_exchange"),
        ({"symbol": "GC=F", "kind": "commodity"}, "GOLD.COMMODITY", "symbol_form"),
        ({"symbol": "SGBFEB32IV-GB", "currency": "INR"}, "GOLD.COMMODITY", "symbol_form"),
        ({"symbol": "TOI", "name": "Topicus", "currency": "CAD"}, "TOI.CA", "symbol_and_name"),
        ({"symbol": "SMH", "name": "VANECK SEMICONDUCTOR ETF", "currency": "USD"}, "SMH.US", "symbol_and_name"),
        ({"symbol": "SMH", "currency": "USD"}, "SMH.US", "symbol_and_currency"),
        ({"symbol": "SMH", "currency": "USD", "exchange": "LSE"}, "SMH.GB", "symbol_and_exchange"),
        ({"symbol": "COP", "currency": "USD"}, "COP.US", "symbol_and_currency"),
        ({"symbol": "CORN", "currency": "USD"}, "CORN.US", "symbol_and_currency"),
        ({"symbol": "VUSA", "currency": "EUR"}, "VUSA.DE", "symbol_and_currency"),
        ({"symbol": "BAC^L", "currency": "USD"}, "BAC.PR.L.US", "symbol_and_exchange"),
        ({"symbol": "BAC-PL", "currency": "USD"}, "BAC.PR.L.US", "symbol_and_exchange"),
        ({"symbol": "BAC PRL", "currency": "USD"}, "BAC.PR.L.US", "symbol_and_exchange"),
        ({"symbol": "AI.PA", "currency": "USD"}, "AI.FR", "symbol_and_exchange"),
        ({"symbol": "SPCX", "currency": "USD"}, "SPCX.US", "symbol_and_currency"),
        ({"symbol": "SQ", "name": "Block Inc", "currency": "USD"}, "XYZ.US", "symbol_and_name"),
        ({"isin": "INE0VDM01015", "symbol": "MEESHO", "currency": "INR"}, "INE0VDM01015.IN", "own_root"),
        ({"isin": "DE0005790406", "name": "FUCHS PETROLUB SE O.N.", "kind": "equity", "currency": "EUR"}, "DE0005790406.DE", "own_root"),
        ({"isin": "US912810TM09", "name": "US TREASURY 4% 2042", "kind": "bond"}, "US912810TM09.BOND", "own_root"),
    ],
)  # fmt: skip
def test_that_a_line_is_recognised(
    catalogue: Catalogue, facts: dict[str, str], instrument: str, reason: str
) -> None:
    one = found(catalogue, **facts)
    assert (one.instrument, one.reason) == (instrument, reason)
    assert one.confidence > 0.5


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"symbol": "USD", "currency": "USD"}, "reference.ambiguous_symbol"),
        ({"symbol": "BTC", "currency": "USD"}, "reference.ambiguous_symbol"),
        ({"symbol": "SOL", "currency": "USD"}, "reference.ambiguous_symbol"),
        ({"symbol": "LINK", "currency": "USD"}, "reference.ambiguous_symbol"),
        ({"symbol": "AI", "currency": "JPY"}, "reference.ambiguous_symbol"),
        ({"symbol": "NVDA", "name": "Some Other Company", "currency": "USD"}, "reference.name_disagrees"),
        ({"symbol": "NOSUCH", "currency": "USD"}, "reference.unknown_instrument"),
        ({"name": "Coal India Ltd", "currency": "INR"}, "reference.unknown_instrument"),
        ({"isin": "FR0000000001", "name": "FONDS EUROPE", "kind": "fund"}, "reference.unknown_instrument"),
        ({"wkn": "A00TST", "name": "2x Strategy (Platzhalter)"}, "reference.leveraged_unknown_multiple"),
        ({"symbol": "999999", "name": "KODEX 어떤레버리지", "currency": "KRW"}, "reference.leveraged_unknown_multiple"),
        ({"name": "元大台灣正2 新基金"}, "reference.leveraged_unknown_multiple"),
        ({"symbol": "00999L.TW", "currency": "TWD"}, "reference.leveraged_unknown_multiple"),
        ({"symbol": "00999R", "currency": "TWD"}, "reference.leveraged_unknown_multiple"),
        ({"symbol": "00999", "currency": "TWD"}, "reference.unknown_instrument"),
        ({"symbol": "XRP", "currency": "USD"}, "reference.ambiguous_symbol"),
        ({"name": "ProShares Ultra Something New"}, "reference.leveraged_unknown_multiple"),
    ],
)  # fmt: skip
def test_that_a_doubtful_line_is_asked_about(
    catalogue: Catalogue, facts: dict[str, str], reason: str
) -> None:
    one = found(catalogue, **facts)
    assert one.instrument is None
    assert one.reason == reason
    assert one.confidence == 0.0


@pytest.mark.parametrize(
    ("symbol", "name", "instrument"),
    [
        ("NVDA", "chip stock", "NVDA.US"),
        ("NVDL", "2x NVDA", "NVDL.US"),
        ("SOXL", "3x semis", "SOXL.US"),
        ("SMH", "Semis ETF", "SMH.US"),
        ("QQQ", "Nasdaq fund", "QQQ.US"),
        ("META", "Facebook", "META.US"),
        ("GOOGL", "Google", "GOOGL.US"),
    ],
)
def test_that_somebodys_own_words_do_not_overrule_a_clear_code(
    catalogue: Catalogue, symbol: str, name: str, instrument: str
) -> None:
    one = found(catalogue, symbol=symbol, name=name, currency="USD")
    assert one.instrument == instrument
    assert one.confidence < 0.9


def test_that_a_share_called_a_multiple_is_asked_about(catalogue: Catalogue) -> None:
    one = found(catalogue, symbol="TSLA", name="Tesla 2x Bull", currency="USD")
    assert one.instrument is None
    assert one.is_leveraged_unknown
    assert [part.instrument for part in one.candidates] == ["TSLA.US"]


def test_that_another_companys_name_beside_a_code_is_asked_about(catalogue: Catalogue) -> None:
    one = found(catalogue, symbol="F", name="Apple", currency="USD")
    assert (one.instrument, one.reason) == (None, "reference.name_disagrees")


def test_that_an_ambiguous_code_offers_its_meanings(catalogue: Catalogue) -> None:
    one = found(catalogue, symbol="BTC", currency="USD")
    assert {part.instrument for part in one.candidates} == {"BTC.US", "BTC.CRYPTO"}


def test_that_a_name_alone_only_ever_suggests(catalogue: Catalogue) -> None:
    one = found(catalogue, name="Coal India Ltd")
    assert one.candidates[0].name.startswith("Coal India")
    assert one.candidates[0].confidence <= 0.8


def test_that_a_reused_code_means_what_it_meant_that_day(catalogue: Catalogue) -> None:
    before = found(catalogue, symbol="SPCX", currency="USD", as_of="2024-03-29")
    after = found(catalogue, symbol="SPCX", currency="USD", as_of="2026-06-30")
    assert (before.instrument, before.reason) == (None, "reference.reused_symbol")
    assert after.instrument == "SPCX.US"


def test_that_an_option_resolves_to_what_it_is_written_on(catalogue: Catalogue) -> None:
    terms = OptionTerms("AAPL", "2026-06-19", 175.0, "C")
    option = Position(place=Place(), symbol="AAPL 260619C00175000", option=terms, currency="USD")
    assert match(option, catalogue, base_currency="USD").instrument == "AAPL.US"
    nothing = Position(place=Place(), option=OptionTerms("NOSUCH", "2026-06-19", 1.0, "P"))
    assert match(nothing, catalogue, base_currency="USD").reason == "reference.unknown_underlying"


def test_that_a_row_the_user_wrote_needs_no_second_signal(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    header = "id,symbol,exchange,isin,cusip,name,kind,currency,country,issuer,underlying,daily_leverage_factor,expense_ratio,asset_class,as_of,source\n"
    (tmp_path / "instruments.csv").write_text(
        header + "BTC.MINE,BTC,,,123456789,My certificate,note,EUR,DE,,NVDA.US,1,,,2026-06-30,me\n",
        encoding="utf-8",
    )
    laid = catalogue.with_overlay(tmp_path)
    assert found(laid, symbol="BTC", currency="USD").instrument == "BTC.MINE"
    assert found(laid, cusip="123456789").instrument == "BTC.MINE"


def test_that_many_lines_keep_their_order(catalogue: Catalogue) -> None:
    lines = [line(symbol=symbol, currency="USD") for symbol in ("NVDA", "NOSUCH", "TQQQ")]
    matches = match_all(lines, catalogue, base_currency="USD")
    assert [one.instrument for one in matches] == ["NVDA.US", None, "TQQQ.US"]
