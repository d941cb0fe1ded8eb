"""Recognising a portfolio line: which instrument it is, how sure that is, and why.

The order is fixed (identifiers before symbols, symbols before names), the first clear answer wins, and a code with
several meanings needs a second signal. Names alone only ever suggest.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from levcheck.domain.instrument import FUND_KINDS, Instrument, Kind
from levcheck.domain.position import Position
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.naming import name_key, names_agree, plain_text
from levcheck.reference.symbols import (
    MARKETS_OF_CURRENCY,
    ParsedSymbol,
    is_isin,
    isin_of_cusip,
    parse_symbol,
    sounds_leveraged,
)

_SHARES = frozenset({Kind.COMMON, Kind.ADR, Kind.PREFERRED, Kind.CONVERTIBLE})
_COINS = frozenset({Kind.CRYPTO, Kind.TOKEN})
_FUND_WORDS = re.compile(
    r"\b(ETF|ETC|ETN|ETP|FUND|FONDS|INDEX|UCITS|TRUST|CERTIFICATE|ZERTIFIKAT)\b|펀드|基金|連結|联接"
)
_SHARE_FORMS = {"TW": r"[1-9]\d{3}", "CN": r"(60|68|30)\d{4}", "BR": r"[A-Z]{4}[3-6]"}
_LEGAL_FORMS = re.compile(
    r"\b(INC|INCORPORATED|CORP|CORPORATION|CO|COMPANY|LTD|LIMITED|PLC|SA|AG|SE|NV|SPA|HOLDINGS?|HLDGS?|GROUP)\b"
)
_SUGGEST_FROM = 78.0
_NAMES_ANOTHER_FROM = 0.68
"""Confidence of a suggestion by name from which a name is taken for that other instrument's own."""
_MOST_CANDIDATES = 5


class Suggestion(NamedTuple):
    """What a line might be.

    Attributes:
        instrument: id.
        name: its name.
        confidence: 0 to 1.
    """

    instrument: str
    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a line was taken for.

    Attributes:
        instrument: id; None when it is not known or not clear enough.
        confidence: 0 to 1; 0 without an instrument.
        reason: how it was recognised (``isin``, ``symbol_and_name`` …) or the code of why it was not.
        candidates: what it might be, best first.
        is_leveraged_unknown: the name speaks of a multiple that nothing confirms.
    """

    instrument: str | None
    confidence: float
    reason: str
    candidates: tuple[Suggestion, ...] = ()
    is_leveraged_unknown: bool = False


def match(
    position: Position,
    catalogue: Catalogue,
    *,
    base_currency: str = "USD",
    as_of: str | None = None,
) -> Match:
    """Recognise one line.

    Args:
        position: the line as read.
        catalogue: the reference library.
        base_currency: currency of the file where the row names none.
        as_of: ISO day of the holdings: a reused code means what it meant then; None = today's meaning.

    Returns:
        The match. An option resolves to what it is written on.
    """
    return Recogniser(catalogue, base_currency, as_of).match(position)


def match_all(
    positions: Iterable[Position],
    catalogue: Catalogue,
    *,
    base_currency: str,
    as_of: str | None = None,
) -> tuple[Match, ...]:
    """Recognise many lines; the n-th match belongs to the n-th position."""
    matcher = Recogniser(catalogue, base_currency, as_of)
    return tuple(matcher.match(position) for position in positions)


class Recogniser:
    """Recognises lines against one library; keep one for many lines."""

    def __init__(
        self, catalogue: Catalogue, base_currency: str = "USD", as_of: str | None = None
    ) -> None:
        self.catalogue = catalogue
        self.base_currency = base_currency
        self.as_of = as_of

    def match(self, position: Position, *, suggest: bool = True) -> Match:
        """Recognise one line; without `suggest` an unknown line is not compared with every name."""
        if position.option is not None:
            return self._option(position)
        for step in (self._own, self._identifier, self._symbol, self._alias, self._own_root):
            found = step(position)
            if found is not None:
                return self._finished(position, found, suggest=suggest)
        unknown = Match(None, 0.0, "reference.unknown_instrument")
        return self._finished(position, unknown, suggest=suggest)

    def _finished(self, position: Position, found: Match, *, suggest: bool) -> Match:
        """Add suggestions to an unknown line and say when its name speaks of a multiple."""
        if found.instrument is not None:
            return self._leverage_told(position, found)
        candidates = found.candidates or (self._suggestions(position) if suggest else ())
        if sounds_leveraged(position.name) or self._multiplies_by_code(position):
            return replace(
                found,
                reason="reference.leveraged_unknown_multiple",
                candidates=candidates,
                is_leveraged_unknown=True,
            )
        return replace(found, candidates=candidates)

    def _multiplies_by_code(self, position: Position) -> bool:
        """Return whether the code's own form promises a multiple: Taiwan's end in L (doubled) or R (inverse)."""
        parsed = self._parsed(position)
        return (
            parsed is not None
            and parsed.market == "TW"
            and re.fullmatch(r"00\d{3}[LR]", parsed.symbol) is not None
        )

    def _leverage_told(self, position: Position, found: Match) -> Match:
        """Refuse a plain share for a line whose name promises a multiple: its size would be wrong by that multiple."""
        one = self.catalogue.instrument(found.instrument or "")
        if one is None or one.kind not in _SHARES or found.reason in {"isin", "own_symbol", "id"}:
            return found
        if not sounds_leveraged(position.name) or sounds_leveraged(one.name):
            return found
        return Match(
            None,
            0.0,
            "reference.leveraged_unknown_multiple",
            (Suggestion(one.id, one.name, 0.3),),
            is_leveraged_unknown=True,
        )

    # --- steps -------------------------------------------------------------------------------------------

    def _option(self, position: Position) -> Match:
        terms = position.option
        if terms is None:
            return Match(None, 0.0, "reference.unknown_underlying")
        written_on = Position(
            place=position.place,
            symbol=terms.underlying,
            currency=position.currency or self.base_currency,
        )
        found = self.match(written_on)
        if found.instrument is None:
            return replace(found, reason="reference.unknown_underlying")
        return replace(found, reason="option_underlying")

    def _own(self, position: Position) -> Match | None:
        """A row the user wrote himself needs no second signal."""
        if position.symbol:
            own = self.catalogue.own_symbol(position.symbol)
            if len(own) == 1:
                return Match(own[0], 1.0, "own_symbol")
            if not own:
                one = self.catalogue.instrument(position.symbol.upper())
                if (
                    one is not None
                    and _name_verdict(position.name, one, self.catalogue) is not False
                ):
                    return Match(one.id, 1.0, "id")
        if position.cusip:
            own_id = self.catalogue.own_cusip(position.cusip)
            if own_id is not None:
                return Match(own_id, 1.0, "cusip")
        return None

    def _identifier(self, position: Position) -> Match | None:
        """ISIN, CUSIP, WKN: an identifier means one thing."""
        for text in (position.isin, position.symbol, position.name):
            code = (text or "").strip().upper()
            if is_isin(code):
                found = self._pick_listing(self.catalogue.by_isin(code), position)
                if found is not None:
                    return Match(found, 1.0, "isin")
        if position.cusip:
            derived = isin_of_cusip(position.cusip)
            found = (
                self._pick_listing(self.catalogue.by_isin(derived), position) if derived else None
            )
            if found is not None:
                return Match(found, 0.99, "cusip")
        return self._wkn(position)

    def _wkn(self, position: Position) -> Match | None:
        currency = position.currency or self.base_currency
        texts = [position.wkn]
        if currency == "EUR":
            texts.append(position.symbol)
        for text in texts:
            if text and re.fullmatch(r"[0-9A-Z]{6}", text.strip().upper()):
                ids = self.catalogue.by_alias(text, "WKN")
                if len(ids) == 1:
                    return Match(ids[0], 0.99, "wkn")
        return None

    def _pick_listing(self, ids: tuple[str, ...], position: Position) -> str | None:
        """Return the line of one ISIN that is quoted in the row's currency, else the first."""
        if not ids:
            return None
        if len(ids) == 1:
            return ids[0]
        known = self.catalogue.instruments(ids)
        currency = position.currency or self.base_currency
        parsed = self._parsed(position)
        for one in ids:
            if parsed is not None and one == f"{parsed.symbol}.{parsed.market}":
                return one
        same = [one for one in ids if known[one].currency == currency]
        return (same or list(ids))[0]

    def _parsed(self, position: Position) -> ParsedSymbol | None:
        if not position.symbol:
            return None
        currency = position.currency or self.base_currency
        return parse_symbol(position.symbol, exchange=position.exchange, currency=currency)

    def _symbol(self, position: Position) -> Match | None:
        parsed = self._parsed(position)
        if parsed is None:
            return None
        if parsed.instrument is not None:
            return Match(parsed.instrument, 0.95, "symbol_form")
        if parsed.is_coin or (position.kind or "").lower() == "crypto":
            return self._coin(parsed)
        if parsed.market is not None:
            found = self._in_market(position, parsed)
            if found is not None:
                return found
        return self._bare(position, parsed)

    def _coin(self, parsed: ParsedSymbol) -> Match:
        identifier = f"{parsed.symbol}.CRYPTO"
        if self.catalogue.instrument(identifier) is not None:
            return Match(identifier, 0.97, "coin")
        return Match(identifier, 0.7, "own_root")

    def _in_market(self, position: Position, parsed: ParsedSymbol) -> Match | None:
        """The file itself says on which market the code is meant."""
        for candidate in self.catalogue.by_symbol(parsed.symbol):
            if candidate.rsplit(".", 1)[-1] == parsed.market:
                one = self.catalogue.instrument(candidate)
                if one is None or _name_verdict(position.name, one, self.catalogue) is False:
                    continue
                return self._dated(parsed.symbol, Match(candidate, 0.97, "symbol_and_exchange"))
        return None

    def _bare(self, position: Position, parsed: ParsedSymbol) -> Match | None:
        """A code alone: every meaning is weighed against what else the row says."""
        others = [
            one
            for one in self.catalogue.collisions(parsed.symbol)
            if self.catalogue.instrument(one) is not None
        ]
        found = [one for one in self.catalogue.by_symbol(parsed.symbol) if _is_meant_bare(one)]
        ids = list(dict.fromkeys([*found, *others])) or self._padded(parsed)
        if parsed.market is not None:
            ids = [
                one for one in ids if one.rsplit(".", 1)[-1] in {parsed.market, "CRYPTO", "CASH"}
            ]
        renamed = self._renamed(parsed.symbol)
        if renamed is not None and not ids:
            ids = [renamed]
        known = self.catalogue.instruments(ids)
        weighed = sorted(
            (self._weigh(position, known[one]) for one in ids if one in known),
            key=lambda found: -found.points,
        )
        if not weighed:
            return None
        return self._verdict(position, parsed.symbol, weighed, is_collision=bool(others))

    def _padded(self, parsed: ParsedSymbol) -> list[str]:
        """Return the Asian codes that a short number may stand for once its zeros are back."""
        if not re.fullmatch(r"\d{1,5}", parsed.symbol):
            return []
        number = parsed.symbol.lstrip("0")
        ids = [f"{number.zfill(4)}.HK", f"{number.zfill(6)}.KR", f"{number}.TW", f"{number}.JP"]
        return [one for one in ids if self.catalogue.instrument(one) is not None]

    def _verdict(
        self, position: Position, symbol: str, weighed: list["_Weighed"], *, is_collision: bool
    ) -> Match:
        best = weighed[0]
        rivals = [one for one in weighed[1:] if not _is_same(one.instrument, best.instrument)]
        candidates = tuple(
            Suggestion(
                one.instrument.id, one.instrument.name, max(0.05, min(0.9, 0.4 + one.points / 10))
            )
            for one in weighed[:_MOST_CANDIDATES]
        )
        if best.name_agrees is False:
            is_alone = all(best.points >= one.points + 1 for one in rivals)
            if is_collision or not is_alone or not self._is_loose_name(position, best):
                return Match(None, 0.0, "reference.name_disagrees", candidates)
            return self._dated(symbol, Match(best.instrument.id, 0.75, "symbol_and_currency"))
        is_clear = best.signals > 0 and all(best.points >= one.points + 1 for one in rivals)
        if not is_clear:
            return Match(None, 0.0, "reference.ambiguous_symbol", candidates)
        if is_collision and not rivals and best.name_agrees is None and not best.currency_agrees:
            return Match(None, 0.0, "reference.ambiguous_symbol", candidates)
        reason = "symbol_and_name" if best.name_agrees else "symbol_and_currency"
        confidence = 0.97 if best.name_agrees else 0.9 if not rivals else 0.85
        return self._dated(symbol, Match(best.instrument.id, confidence, reason, candidates[1:]))

    def _is_loose_name(self, position: Position, best: "_Weighed") -> bool:
        """Return whether a name that does not fit is only somebody's own words for the code ("Semis ETF", "2x NVDA").

        It is not when the kind or currency speaks against the code, when it carries a company's legal form, when it
        promises a multiple that the code has not, or when it is the name of something else that the tables know.
        """
        if best.contradicts or not best.currency_agrees:
            return False
        if _LEGAL_FORMS.search(plain_text(position.name or "")):
            return False
        if sounds_leveraged(position.name) and not best.instrument.is_daily_reset:
            return False
        # A retired code keeps its former name in the tables; it is no rival.
        named = [
            one for one in self._suggestions(position) if not one.instrument.endswith(".OTHER")
        ]
        if not named or named[0].confidence < _NAMES_ANOTHER_FROM:
            return True
        other = self.catalogue.instrument(named[0].instrument)
        return (
            other is None
            or _is_same(other, best.instrument)
            or _rides_alike(other, best.instrument)
        )

    def _weigh(self, position: Position, one: Instrument) -> "_Weighed":
        """Count for and against one meaning of a code."""
        verdict = _name_verdict(position.name, one, self.catalogue)
        points = {True: 4.0, False: -4.0, None: 0.0}[verdict]
        market = one.id.rsplit(".", 1)[-1]
        currency = position.currency or self.base_currency
        in_market = market in MARKETS_OF_CURRENCY.get(currency, ()) and market not in {
            "CASH",
            "CRYPTO",
        }
        same_currency = in_market or (one.currency == currency and one.is_fund)
        # A fund quoted in this currency on a foreign exchange is possible, but less likely than one at home.
        points += 1.5 if in_market else 0.5 if same_currency else -0.5
        points += 1.0 if position.name and name_key(position.name) == name_key(one.name) else 0.0
        kind = _kind_verdict(position.kind, one)
        points += {True: 2.0, False: -3.0, None: 0.0}[kind]
        signals = (
            int(verdict is True) + int(same_currency) + int(kind is True and one.kind in _COINS)
        )
        if market in {"CASH", "CRYPTO", "COMMODITY"} and verdict is not True and kind is not True:
            # A coin or currency never follows from a code alone, but it makes the code doubtful.
            points = max(points, 1.0)
        return _Weighed(one, points, signals, verdict, same_currency, kind is False)

    def _dated(self, symbol: str, found: Match) -> Match:
        """Refuse a code on a day on which it meant something else."""
        if self.as_of is None or found.instrument is None:
            return found
        dated = [
            one for one in self.catalogue.listings(symbol) if one.instrument == found.instrument
        ]
        if not dated or any(one.covers(self.as_of) for one in dated):
            return found
        one = self.catalogue.instrument(found.instrument)
        name = one.name if one else found.instrument
        return Match(
            None, 0.0, "reference.reused_symbol", (Suggestion(found.instrument, name, 0.3),)
        )

    def _renamed(self, symbol: str) -> str | None:
        """Return what a code meant before its issuer changed it."""
        for one in self.catalogue.listings(symbol):
            if one.instrument is not None and (self.as_of is None or one.covers(self.as_of)):
                return one.instrument
        return None

    def _alias(self, position: Position) -> Match | None:
        """Another spelling of the code, or the name in another language, that the tables know."""
        for text in (position.symbol, position.name):
            ids = self.catalogue.by_alias(text) if text else ()
            roots = {one.root for one in self.catalogue.instruments(ids).values()}
            if (
                ids
                and len(roots) == 1
                and not (text == position.symbol and text and text.isdigit())
            ):
                return Match(self._pick_listing(ids, position), 0.95, "alias")
        return self._named_coin(position)

    def _named_coin(self, position: Position) -> Match | None:
        """A line without any code whose whole name is a coin's or metal's name, with or without a currency."""
        if position.symbol or position.isin or not position.name:
            return None
        words = [
            word
            for word in plain_text(position.name).split()
            if word not in MARKETS_OF_CURRENCY and word != "USDT"
        ]
        for identifier in self.catalogue.by_name(" ".join(words)) if words else ():
            if identifier.endswith((".CRYPTO", ".COMMODITY")):
                return Match(identifier, 0.9, "coin")
        return None

    def _own_root(self, position: Position) -> Match | None:
        """A share, bond or coin the tables do not know is still itself: its identifier makes it a root of its own."""
        kind = (position.kind or "").lower()
        if sounds_leveraged(position.name) or _FUND_WORDS.search(plain_text(position.name or "")):
            return None
        isin = (position.isin or "").upper()
        if kind == "bond":
            code = isin or (position.cusip or position.wkn or position.symbol or "").upper()
            return Match(f"{code}.BOND", 0.7, "own_root") if code else None
        if kind != "equity" and not (kind == "" and self._is_share_by_code(position, isin)):
            return None
        if is_isin(isin):
            return Match(f"{isin}.{isin[:2]}", 0.7, "own_root")
        parsed = self._parsed(position)
        if parsed is not None and parsed.market is not None and not self._known_in(parsed):
            return Match(f"{parsed.symbol}.{parsed.market}", 0.6, "own_root")
        return None

    def _is_share_by_code(self, position: Position, isin: str) -> bool:
        """Return whether the code's own form says share, on the markets that keep such an order.

        Taiwan's funds begin with 00, China's with 1 and 5, Brazil's end in 11, and India's ISINs tell shares (INE)
        from funds (INF).
        """
        if is_isin(isin) and isin.startswith("INE"):
            return True
        parsed = self._parsed(position)
        if parsed is None or parsed.market is None:
            return False
        form = _SHARE_FORMS.get(parsed.market)
        return form is not None and re.fullmatch(form, parsed.symbol) is not None

    def _known_in(self, parsed: ParsedSymbol) -> bool:
        """Return whether the tables know the code on its market: then something else spoke against it."""
        return any(
            one.rsplit(".", 1)[-1] == parsed.market
            for one in self.catalogue.by_symbol(parsed.symbol)
        )

    def _suggestions(self, position: Position) -> tuple[Suggestion, ...]:
        """Return instruments of a similar name, to be confirmed by a person."""
        if not position.name:
            return ()
        from rapidfuzz import fuzz, process

        key = name_key(position.name)
        names = self.catalogue.names
        hits = process.extract(
            key,
            [name for _, name in names],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=_SUGGEST_FROM,
            limit=_MOST_CANDIDATES,
        )
        ids = [names[place][0] for _, _, place in hits]
        known = self.catalogue.instruments(ids)
        return tuple(
            Suggestion(names[place][0], known[names[place][0]].name, round(score / 100 * 0.8, 2))
            for _, score, place in hits
            if names[place][0] in known
        )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One meaning of a code with what speaks for it."""

    instrument: Instrument
    points: float
    signals: int
    name_agrees: bool | None
    currency_agrees: bool
    contradicts: bool


def _is_meant_bare(identifier: str) -> bool:
    """Return whether a bare code may mean this: not a commodity or exchange rate, and cash only in a usual currency."""
    symbol, _, market = identifier.rpartition(".")
    if market == "CASH":
        return symbol in MARKETS_OF_CURRENCY
    return market not in {"OTHER", "COMMODITY", "CURRENCY"}


def _is_same(one: Instrument, other: Instrument) -> bool:
    """Return whether two lines are one thing: one issuer, or one security quoted on two exchanges."""
    return one.root == other.root or (one.isin is not None and one.isin == other.isin)


def _rides_alike(one: Instrument, other: Instrument) -> bool:
    """Return whether one rides on the other, or both ride on the same."""
    rides = {one.underlying, one.id, one.root}
    return not rides.isdisjoint({other.underlying, other.id, other.root} - {None})


def _kind_verdict(hint: str | None, one: Instrument) -> bool | None:
    """Return whether the file's own word for the kind fits an instrument; None when it says nothing."""
    kinds = {
        "crypto": _COINS,
        "equity": _SHARES,
        "stock": _SHARES,
        "fund": FUND_KINDS,
        "etf": FUND_KINDS,
        "bond": frozenset({Kind.BOND}),
        "cash": frozenset({Kind.CASH}),
    }
    wanted = kinds.get((hint or "").lower())
    if wanted is None or one.kind is None:
        return None
    if one.kind in wanted:
        return True
    # Brokers call every exchange-traded thing a stock; only a coin against a share is a contradiction.
    return False if one.kind in _COINS or wanted is _COINS else None


def _name_verdict(name: str | None, one: Instrument, catalogue: Catalogue) -> bool | None:
    """Return whether the row's name fits; None where the two cannot be compared (no name, another script)."""
    if not name or not name_key(name):
        return None
    own = plain_text(name)
    if own == plain_text(one.symbol) or own == one.id:
        return None
    if _script(own) != _script(plain_text(one.name)):
        return True if one.id in catalogue.by_alias(name) else None
    if names_agree(name, one.name) or one.id in catalogue.by_alias(name):
        return True
    from rapidfuzz import fuzz

    ratio = fuzz.token_sort_ratio(name_key(name), name_key(one.name))
    partial = fuzz.partial_ratio(name_key(name), name_key(one.name))
    return ratio >= 72 or (partial >= 85 and min(len(own), len(one.name)) >= 5)


def _script(text: str) -> str:
    """Return which script most letters of a text are written in."""
    latin = sum("A" <= letter <= "Z" for letter in text)
    other = sum(ord(letter) > 0x2E80 for letter in text)
    return "other" if other > latin / 3 and other else "latin"
