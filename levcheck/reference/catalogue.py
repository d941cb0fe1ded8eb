"""The reference library: what is known about instruments, funds, themes and issuers, bundled and the user's own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from levcheck.domain.diagnostics import Diagnostic
from levcheck.domain.instrument import DAILY_RESET_KINDS, FundHoldings, Instrument
from levcheck.domain.note_terms import NoteTerms
from levcheck.domain.risk import Claim, FundAssets, FxRate, RiskTables
from levcheck.domain.theme import Family, Theme, ThemeMember
from levcheck.reference import classification, note_rows, tables
from levcheck.reference.database import Database, alias_key, bundled_database
from levcheck.reference.naming import name_key, symbol_key
from levcheck.reference.overlay import Overlay, list_of, read_overlay
from levcheck.reference.tables import Row
from levcheck.reference.user_datasets import user_overlay


@dataclass(frozen=True, slots=True)
class Listing:
    """A code that means an instrument only within its dates.

    Attributes:
        instrument: id; None when only the code is known to have meant something else.
        symbol: the code.
        valid_from: first ISO day; None = not known.
        valid_to: last ISO day; None = still valid.
    """

    instrument: str | None
    symbol: str
    valid_from: str | None
    valid_to: str | None

    def covers(self, day: str) -> bool:
        """Return whether the code had this meaning on an ISO day."""
        return (self.valid_from or "") <= day and (self.valid_to is None or day <= self.valid_to)


class Catalogue:
    """Read-only view of the bundled tables with any number of overlays on top; safe to read from several threads.

    Build one with :meth:`bundled` or :meth:`for_user`; an overlay makes a new catalogue and leaves this one as it is.
    """

    def __init__(self, database: Database, overlays: tuple[Overlay, ...] = ()) -> None:
        self._database = database
        self._overlays = overlays
        self._instruments: dict[str, Instrument | None] = {}
        self._by_symbol: dict[str, tuple[str, ...]] = {}
        self._holdings: dict[str, FundHoldings | None] = {}
        self._memberships: dict[str, tuple[ThemeMember, ...]] = {}

    @classmethod
    def bundled(cls) -> "Catalogue":
        """Open the library that came with the program.

        Raises:
            LevcheckError: a bundled table is damaged; its name is in the error.
        """
        return cls(bundled_database())

    @classmethod
    def for_user(cls) -> "Catalogue":
        """Open the bundled library with the user's own library on top, if he has one.

        Raises:
            LevcheckError: a table cannot be used.
        """
        base = cls.bundled()
        overlay = user_overlay()
        return base if overlay is None else base.under(overlay)

    def under(self, overlay: Overlay) -> "Catalogue":
        """Return this library with tables on top that are read already."""
        return Catalogue(self._database, (*self._overlays, overlay))

    def with_overlay(self, folder: Path) -> "Catalogue":
        """Return this library with a folder of tables on top.

        A row of the folder replaces the row of the same key below it and is marked; a fund's list replaces that
        fund's whole list.

        Args:
            folder: holds any of the contract's tables as CSV.

        Raises:
            LevcheckError: ``reference.no_tables`` or ``reference.bad_table``, with file, row and column.
        """
        overlay = read_overlay(Path(folder), self._kinds)
        return self.under(overlay)

    # --- what the library is -----------------------------------------------------------------------------

    @cached_property
    def snapshot(self) -> str:
        """Newest date of the bundled fund lists, ISO."""
        rows = self._database.rows("SELECT max(as_of) AS day FROM fund_lists WHERE stand_in = ''")
        return rows[0]["day"] or ""

    @property
    def overlays(self) -> tuple[str, ...]:
        """Names of the folders laid on top, newest last."""
        return tuple(overlay.name for overlay in self._overlays)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the user has to know about his own tables."""
        return tuple(item for overlay in self._overlays for item in overlay.diagnostics)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of bundled rows per table."""
        return {
            name: int(self._database.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"])  # noqa: S608
            for name in tables.SPECS
        }

    # --- instruments and lists ---------------------------------------------------------------------------

    def instrument(self, identifier: str) -> Instrument | None:
        """Return what is known about an id; None when no table describes it."""
        self._load_instruments([identifier])
        return self._instruments[identifier]

    def instruments(self, identifiers: Iterable[str]) -> dict[str, Instrument]:
        """Return what is known about several ids at once; unknown ids are left out."""
        wanted = list(identifiers)
        self._load_instruments(wanted)
        found = {identifier: self._instruments[identifier] for identifier in wanted}
        return {identifier: one for identifier, one in found.items() if one is not None}

    def holdings(self, fund: str) -> FundHoldings | None:
        """Return the dated list of a fund or index; None when nothing is known about what it holds."""
        self._load_holdings([fund])
        return self._holdings[fund]

    def closure(
        self, identifiers: Iterable[str]
    ) -> tuple[dict[str, Instrument], dict[str, FundHoldings]]:
        """Return everything reachable from some ids by underlying, list and issuer.

        An id that no table describes gets a plain row, so that it is a root of its own.
        """
        instruments: dict[str, Instrument] = {}
        lists: dict[str, FundHoldings] = {}
        layer = list(dict.fromkeys(identifiers))
        while layer:
            known = self.instruments(layer)
            self._load_holdings(layer)
            reached: dict[str, None] = {}
            for identifier in layer:
                row = known.get(identifier) or tables.plain_instrument(identifier)
                instruments[identifier] = row
                reached |= dict.fromkeys(link for link in (row.underlying, row.issuer) if link)
                held = self._holdings[identifier]
                if held is not None:
                    lists[identifier] = held
                    reached |= dict.fromkeys(part.instrument for part in held.constituents)
            layer = [identifier for identifier in reached if identifier not in instruments]
        return instruments, lists

    def _load_instruments(self, identifiers: Sequence[str]) -> None:
        missing = [one for one in identifiers if one not in self._instruments]
        if not missing:
            return
        found: dict[str, Instrument | None] = dict.fromkeys(missing)
        for row in self._database.rows_in("instruments", "id", missing):
            found[row["id"]] = tables.instrument_from(row)
        self._keep_instruments(found)

    def _keep_instruments(self, found: Mapping[str, Instrument | None]) -> None:
        """Remember what the tables say about ids, the user's own rows before it."""
        for identifier, row in found.items():
            own = (overlay.instruments.get(identifier) for overlay in reversed(self._overlays))
            self._instruments[identifier] = next((one for one in own if one is not None), row)

    def _load_holdings(self, funds: Sequence[str]) -> None:
        missing = [fund for fund in funds if fund not in self._holdings]
        if not missing:
            return
        found: dict[str, FundHoldings | None] = dict.fromkeys(missing)
        by_fund: dict[str, list[Row]] = {}
        for row in self._database.rows_in("holdings", "fund", missing):
            by_fund.setdefault(row["fund"], []).append(row)
        if by_fund:
            stated = {
                row["fund"]: row for row in self._database.rows_in("fund_lists", "fund", by_fund)
            }
            found |= {
                fund: list_of(
                    fund,
                    rows,
                    stated[fund]["coverage"] if fund in stated else None,
                    stand_in=fund in stated and stated[fund]["stand_in"] == "yes",
                )
                for fund, rows in by_fund.items()
            }
        for overlay in self._overlays:
            found |= {fund: overlay.holdings[fund] for fund in missing if fund in overlay.holdings}
        self._holdings |= found

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """Kinds of every product that may hold more than its assets."""
        rows = self._database.rows(
            "SELECT id, kind FROM instruments WHERE kind IN ('leveraged_fund', 'inverse_fund', 'stacked_fund')"
        )
        kinds = {row["id"]: row["kind"] for row in rows}
        for overlay in self._overlays:
            for one in overlay.instruments.values():
                multiplied = one.kind in DAILY_RESET_KINDS or one.daily_leverage_factor not in (
                    None,
                    1.0,
                )
                kinds[one.id] = "leveraged_fund" if multiplied else str(one.kind or "")
        return kinds

    # --- finding -----------------------------------------------------------------------------------------

    def by_isin(self, isin: str) -> tuple[str, ...]:
        """Return the ids that carry an ISIN."""
        found = [row["id"] for row in self._database.rows_in("instruments", "isin", [isin.upper()])]
        own = [
            one.id
            for overlay in self._overlays
            for one in overlay.instruments.values()
            if one.isin == isin.upper()
        ]
        return tuple(dict.fromkeys([*own, *found]))

    def by_symbol(self, symbol: str) -> tuple[str, ...]:
        """Return the ids whose symbol this is, whatever the market; the user's own first."""
        key = symbol_key(symbol)
        found = self._by_symbol.get(key)
        if found is None:
            rows = self._database.rows_in("instruments", "symbol_key", [key])
            # The rows are here already: asking for each of them again would cost more than finding them.
            self._keep_instruments({row["id"]: tables.instrument_from(row) for row in rows})
            ids = dict.fromkeys([*self._own_symbols.get(key, ()), *(row["id"] for row in rows)])
            found = self._by_symbol[key] = tuple(ids)
        return found

    def own_symbol(self, symbol: str) -> tuple[str, ...]:
        """Return the ids the user himself gave this symbol."""
        return self._own_symbols.get(symbol_key(symbol), ())

    def own_cusip(self, cusip: str) -> str | None:
        """Return the id the user himself gave this CUSIP."""
        for overlay in reversed(self._overlays):
            if cusip.upper() in overlay.cusips:
                return overlay.cusips[cusip.upper()]
        return None

    @cached_property
    def _own_symbols(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for overlay in self._overlays:
            for one in overlay.instruments.values():
                key = symbol_key(one.symbol)
                found[key] = tuple(dict.fromkeys([*found.get(key, ()), one.id]))
        return found

    def by_alias(self, text: str, scheme: str | None = None) -> tuple[str, ...]:
        """Return the ids that another spelling, a WKN or a name in another language stands for."""
        key = alias_key(text)
        rows = [
            *self._own_rows("aliases"),
            *self._database.rows_in("aliases", "alias_key", [key]),
        ]
        return tuple(
            dict.fromkeys(
                row["instrument"]
                for row in rows
                if alias_key(row["alias"]) == key and scheme in (None, row["scheme"])
            )
        )

    def by_name(self, name: str) -> tuple[str, ...]:
        """Return the ids whose name has exactly the same telling words."""
        key = name_key(name)
        found = [row["id"] for row in self._database.rows_in("instruments", "name_key", [key])]
        own = [
            one.id
            for overlay in self._overlays
            for one in overlay.instruments.values()
            if name_key(one.name) == key
        ]
        return tuple(dict.fromkeys([*own, *found]))

    def collisions(self, code: str) -> tuple[str, ...]:
        """Return the other things a bare code may mean: ids, or words where no id is known."""
        return self._collisions.get(code.upper(), ())

    @cached_property
    def _collisions(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for row in self._merged("ticker_collisions"):
            found.setdefault(row["code"], {})[row["other"]] = None
        return {code: tuple(others) for code, others in found.items()}

    def listings(self, symbol: str) -> tuple[Listing, ...]:
        """Return the dated meanings of a code."""
        return self._listings.get(symbol.upper(), ())

    @cached_property
    def _listings(self) -> dict[str, tuple[Listing, ...]]:
        found: dict[str, list[Listing]] = {}
        for row in self._merged("listings"):
            days = (row["valid_from"] or None, row["valid_to"] or None)
            one = Listing(row["instrument"] or None, row["symbol"], *days)
            found.setdefault(row["symbol"], []).append(one)
        return {symbol: tuple(listings) for symbol, listings in found.items()}

    def search(self, text: str, limit: int = 20) -> tuple[Instrument, ...]:
        """Return instruments whose symbol, ISIN or name matches, best first: exact symbol, symbol, name."""
        wanted = text.strip()
        if not wanted:
            return ()
        like = re.sub(r"([%_\\])", r"\\\1", wanted.upper())
        rows = self._database.rows(
            "SELECT id FROM instruments WHERE symbol_key LIKE ? ESCAPE '\\' OR isin = ? OR id = ? "
            "OR upper(name) LIKE ? ESCAPE '\\' LIMIT 400",
            [f"{symbol_key(like)}%", wanted.upper(), wanted.upper(), f"%{like}%"],
        )
        ids = [row["id"] for row in rows] + list(self.by_alias(wanted))
        ids += [
            one.id
            for overlay in self._overlays
            for one in overlay.instruments.values()
            if wanted.upper() in f"{one.id} {one.name}".upper()
        ]
        found = self.instruments(dict.fromkeys(ids))
        key = symbol_key(wanted)
        ranked = sorted(
            found.values(),
            key=lambda one: (
                symbol_key(one.symbol) != key,
                not symbol_key(one.symbol).startswith(key),
                len(one.name),
                one.id,
            ),
        )
        return tuple(ranked[:limit])

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every (id, telling words of its name), for suggestions."""
        rows = self._database.rows("SELECT id, name_key FROM instruments WHERE name_key <> ''")
        own = [
            (one.id, name_key(one.name))
            for overlay in self._overlays
            for one in overlay.instruments.values()
        ]
        return tuple(own + [(row["id"], row["name_key"]) for row in rows])

    # --- themes ------------------------------------------------------------------------------------------

    @cached_property
    def _theme_rows(self) -> dict[str, Row]:
        rows = {row["theme"]: row for row in self._database.rows("SELECT * FROM theme_names")}
        for overlay in self._overlays:
            rows |= {row["theme"]: row for row in overlay.rows.get("theme_names", ())}
            for row in overlay.rows.get("themes", ()):
                name = row["theme"].replace("-", " ").capitalize()
                family = Family.NEUTRAL.value
                rows.setdefault(
                    row["theme"], {"theme": row["theme"], "name": name, "family": family}
                )
        return rows

    @cached_property
    def _merges(self) -> dict[str, str]:
        """Theme → the one the user put it into."""
        merges = {row["theme"]: row["into"] for row in self._own_rows("theme_merges")}
        found: dict[str, str] = {}
        for theme in merges:
            last, seen = theme, {theme}
            while merges.get(last) in self._theme_rows and merges[last] not in seen:
                last = merges[last]
                seen.add(last)
            if last != theme:
                found[theme] = last
        return found

    def theme_name(self, theme: str) -> str:
        """Return what a theme is called, one that was put into another included; its id in words when none is known."""
        row = self._theme_rows.get(theme)
        return row["name"] if row is not None else theme.replace("-", " ").capitalize()

    def themes(self) -> tuple[Theme, ...]:
        """Return every theme with its explicit members, in the order of the table, the user's own last."""
        return self._themes

    @cached_property
    def _themes(self) -> tuple[Theme, ...]:
        by_theme: dict[str, dict[str, ThemeMember]] = {
            theme: {} for theme in self._theme_rows if theme not in self._merges
        }
        for member in self._members():
            into = self._merges.get(member.theme, member.theme)
            if into not in by_theme or (into, member.member) in self._taken_out:
                continue
            known = by_theme[into].get(member.member)
            if known is None or known.strength < member.strength:
                # Nearly all stay as they are, and there are thousands.
                is_moved = into != member.theme
                by_theme[into][member.member] = replace(member, theme=into) if is_moved else member
        return tuple(
            Theme(
                theme,
                self._theme_rows[theme]["name"],
                Family(self._theme_rows[theme]["family"]),
                tuple(sorted(members.values(), key=lambda one: (-one.strength, one.member))),
            )
            for theme, members in by_theme.items()
        )

    def _members(self) -> Iterable[ThemeMember]:
        """Yield every membership that counts, the user's word before the table's."""
        rows = {
            (row["theme"], row["member"]): row
            for row in [*self._database.rows("SELECT * FROM themes"), *self._own_rows("themes")]
        }
        return (one for one in map(_member, rows.values()) if one.strength > 0)

    @cached_property
    def _taken_out(self) -> frozenset[tuple[str, str]]:
        """What the user took out of a theme: the member, and every line of the same issuer."""
        latest = {(row["theme"], row["member"]): row for row in self._own_rows("themes")}
        gone = {key for key, row in latest.items() if float(row["strength"]) == 0}
        lines = self._database.rows_in("instruments", "issuer", [member for _, member in gone])
        of_issuer: dict[str, list[str]] = {}
        for row in lines:
            of_issuer.setdefault(row["issuer"], []).append(row["id"])
        more = {(theme, line) for theme, member in gone for line in of_issuer.get(member, ())}
        return frozenset(gone | {key for key in more if key not in latest})

    def memberships(self, instrument: Instrument) -> tuple[ThemeMember, ...]:
        """Return the themes an instrument's root counts in, strongest first; by rule when no table names it.

        Args:
            instrument: a root, or any line: a wrapper counts where its underlying does.
        """
        found = self._memberships.get(instrument.id)
        if found is None:
            found = self._memberships[instrument.id] = self._memberships_of(instrument)
        return found

    def _memberships_of(self, instrument: Instrument) -> tuple[ThemeMember, ...]:
        seen: set[str] = set()
        one: Instrument | None = instrument
        last = instrument
        while one is not None and one.id not in seen:
            seen.add(one.id)
            last = one
            explicit = self._explicit(one.id)
            if explicit:
                return explicit
            follow = one.underlying or (one.issuer if one.issuer != one.id else None)
            one = self.instrument(follow) if follow else None
        theme, reason = classification.theme_by_rule(last)
        theme = self._merges.get(theme, theme)
        if (theme, last.id) in self._taken_out:
            theme, reason = classification.UNCLASSIFIED, "taken out of its bet by you"
        return (ThemeMember(theme, last.id, 1.0, reason, "rule"),)

    def _explicit(self, identifier: str) -> tuple[ThemeMember, ...]:
        return self._by_member.get(identifier, ())

    @cached_property
    def _by_member(self) -> Mapping[str, tuple[ThemeMember, ...]]:
        """Member → its themes, strongest first, in the order of the table where they are alike."""
        # One pass over all themes, which every check needs anyway, instead of a question for each root.
        found: dict[str, list[ThemeMember]] = {}
        for theme in self._themes:
            for member in theme.members:
                found.setdefault(member.member, []).append(member)
        return {
            name: tuple(sorted(members, key=lambda one: -one.strength) if members[1:] else members)
            for name, members in found.items()
        }

    def primary_theme(self, instrument: Instrument) -> str:
        """Return the one theme an instrument is drawn in: its strongest, special themes before broad ones."""
        return self.memberships(instrument)[0].theme

    def family_of(self, instrument: Instrument) -> Family:
        """Return the one family an instrument belongs to."""
        found = self._families.get(instrument.id)
        if found is None:
            found = self._family_of_theme[self.primary_theme(instrument)]
            self._families[instrument.id] = found
        return found

    @cached_property
    def _families(self) -> dict[str, Family]:
        # As with memberships: what was found once is found, and every root of every portfolio asks.
        return {}

    @cached_property
    def _family_of_theme(self) -> dict[str, Family]:
        return {theme: Family(row["family"]) for theme, row in self._theme_rows.items()}

    # --- small tables ------------------------------------------------------------------------------------

    def risk_tables(self) -> RiskTables:
        """Return drivers, sensitivities and correlations, the user's rows instead of bundled ones of the same key."""
        return self._risk

    @cached_property
    def _risk(self) -> RiskTables:
        return RiskTables(
            tuple(tables.driver_from(row) for row in self._merged("risk_drivers")),
            tuple(tables.sensitivity_from(row) for row in self._merged("betas")),
            tuple(tables.correlation_from(row) for row in self._merged("correlations")),
        )

    def fund_assets(self, fund: str) -> FundAssets | None:
        """Return size and turnover of a fund; None when not known."""
        for row in reversed(self._own_rows("fund_assets")):
            if row["fund"] == fund:
                return tables.assets_from(row)
        rows = self._database.rows_in("fund_assets", "fund", [fund])
        return tables.assets_from(rows[0]) if rows else None

    def daily_reset_funds(self, underlying: str) -> tuple[Instrument, ...]:
        """Return every fund that promises a multiple of each day's move of something, by id."""
        if underlying not in self._multiples_of:
            self._multiples_of[underlying] = self._find_multiples_of(underlying)
        return self._multiples_of[underlying]

    @cached_property
    def _multiples_of(self) -> dict[str, tuple[Instrument, ...]]:
        # A library never changes, so what was found once is found.
        return {}

    @cached_property
    def _bundled_on(self) -> dict[str, list[str]]:
        """Underlying → ids of the bundled instruments that stand on it; one pass over the table instead of one for each."""
        found: dict[str, list[str]] = {}
        for row in self._database.rows(
            "SELECT id, underlying FROM instruments WHERE underlying <> ''"
        ):
            found.setdefault(row["underlying"], []).append(row["id"])
        return found

    def _find_multiples_of(self, underlying: str) -> tuple[Instrument, ...]:
        known = set(self._bundled_on.get(underlying, ()))
        known |= {
            one.id
            for overlay in self._overlays
            for one in overlay.instruments.values()
            if one.underlying == underlying
        }
        found = self.instruments(sorted(known)).values()
        return tuple(row for row in found if row.is_daily_reset and row.underlying == underlying)

    def note_terms(self, instrument: str) -> NoteTerms | None:
        """Return the terms of a paper as the user's own tables state them; none are bundled."""
        for row in reversed(self._own_rows("note_terms")):
            if row["instrument"] == instrument:
                return note_rows.terms_from(row)
        return None

    def trackers(self, index: str) -> tuple[Instrument, ...]:
        """Return funds that follow an index one to one, those of the index's own market first."""
        rows = self._database.rows_in("proxies", "stands_on", [index])
        ids = [row["fund"] for row in rows if row["relation"] == "tracks"]
        listed = self._database.rows_in("proxies", "fund", [index])
        ids += [row["stands_on"] for row in listed if not row["stands_on"].endswith(".INDEX")]
        base = self.instrument(index)
        home = base.country if base is not None else None
        found = [row for one in dict.fromkeys(ids) if (row := self.instrument(one)) is not None]
        return tuple(sorted(found, key=lambda row: (row.country != home, row.id)))

    def capital_stack(self, issuer: str) -> tuple[Claim, ...]:
        """Return an issuer's assets and claims, the assets first, then by rank; empty when not known."""
        rows = [row for row in self._merged("capital_stacks") if row["issuer"] == issuer]
        return tuple(sorted((tables.claim_from(row) for row in rows), key=lambda one: one.rank))

    def overnight_rates(self) -> dict[int, float]:
        """Return the mean overnight rate of each year, fraction a year."""
        return {int(row["year"]): float(row["rate"]) for row in self._merged("overnight_rates")}

    def fx_rates(self) -> tuple[FxRate, ...]:
        """Return dated exchange rates, units of a currency for one US dollar."""
        return tuple(tables.rate_from(row) for row in self._merged("fx_rates"))

    def _merged(self, table: str) -> tuple[Row, ...]:
        spec = tables.SPECS[table]
        rows = {
            tuple(row[name] for name in spec.key): row
            for row in self._database.rows(f"SELECT * FROM {table}")  # noqa: S608  # names come from SPECS
        }
        rows |= {tuple(row[name] for name in spec.key): row for row in self._own_rows(table)}
        return tuple(rows.values())

    def _own_rows(self, table: str) -> tuple[Row, ...]:
        return tuple(row for overlay in self._overlays for row in overlay.rows.get(table, ()))


def _member(row: Mapping[str, str]) -> ThemeMember:
    return ThemeMember(
        row["theme"], row["member"], float(row["strength"]), row["reason"], row["source"]
    )
