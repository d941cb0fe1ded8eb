"""Builds theme names and memberships: core members count fully, the rest half, weak ones not at all."""

from build_instruments import Instruments
from classes import SECTOR_THEME, country_theme
from facts import CURATED_AS_OF, Row, curated, short_source

FULL_FROM, HALF_FROM = 0.6, 0.25
WRAPPED = {"leveraged_fund", "inverse_fund", "income_fund", "buffer_fund", "stacked_fund"}
ROOT_THEMES = {
    "BTC.CRYPTO": "bitcoin", "ETH.CRYPTO": "ether", "GOLD.COMMODITY": "gold", "SILVER.COMMODITY": "metals",
}  # fmt: skip


def build(table: Instruments, collected: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows of theme_names.csv and themes.csv."""
    names = [
        {
            "theme": row["theme"],
            "name": row["name"],
            "family": row["family"],
            "as_of": CURATED_AS_OF,
            "source": "levcheck's own list",
        }
        for row in curated("themes")
    ]
    members = _specific(table, collected)
    strongest: dict[str, float] = {}
    for (_, member), row in members.items():
        strongest[member] = max(strongest.get(member, 0.0), float(row["strength"]))
    _add_broad(table, members, strongest)
    return names, [members[key] for key in sorted(members)]


def root_of(table: Instruments, identifier: str) -> str | None:
    """Return the root a collected member is counted under; None for a wrapper whose size comes from look-through."""
    row = table.rows.get(identifier)
    if row is None or row["kind"] in WRAPPED:
        return None
    return row.get("underlying") or row.get("issuer") or identifier


def _specific(table: Instruments, collected: list[Row]) -> dict[tuple[str, str], Row]:
    theme_of = {
        row["source_theme"]: row["theme"] for row in curated("themes") if row["source_theme"]
    }
    changes = {
        (row["theme"], table.id_of_code(row["member"])): row for row in curated("theme_changes")
    }
    best: dict[tuple[str, str], tuple[float, str, str]] = {}
    for row in collected:
        if row["basis"] == "leveraged_underlying":
            continue
        theme, identifier = theme_of[row["theme"]], table.id_of_code(row["security"])
        root = root_of(table, identifier)
        if root is None or (theme, identifier) in changes or (theme, root) in changes:
            continue
        strength = float(row["strength"])
        if strength > best.get((theme, root), (0.0, "", ""))[0]:
            best[theme, root] = (strength, row["why"], short_source(row["source"]))
    members: dict[tuple[str, str], Row] = {}
    for (theme, root), (strength, why, source) in best.items():
        if (
            strength >= HALF_FROM
            and root in table.rows
            and table.rows[root]["kind"] not in {"etf", "mutual_fund"} | WRAPPED
        ):
            counted = 1.0 if strength >= FULL_FROM else 0.5
            degree = (
                "core member, counts fully"
                if counted == 1.0
                else "partly in the theme, counts half"
            )
            members[theme, root] = _row(theme, root, counted, f"{degree}: {why}"[:200], source)
    for (theme, identifier), row in changes.items():
        root = root_of(table, identifier)
        if row["strength"] != "0" and root is not None:
            members[theme, root] = _row(
                theme,
                root,
                float(row["strength"]),
                f"counts fully: {row['reason']}",
                "levcheck's own list",
            )
    for root, theme in ROOT_THEMES.items():
        members[theme, root] = _row(
            theme, root, 1.0, "counts fully: it is what the theme is", "levcheck's own list"
        )
    return members


def _row(theme: str, member: str, strength: float, reason: str, source: str) -> Row:
    return {
        "theme": theme,
        "member": member,
        "strength": f"{strength:g}",
        "reason": reason,
        "source": source or "collected",
    }


def _add_broad(
    table: Instruments, members: dict[tuple[str, str], Row], strongest: dict[str, float]
) -> None:
    """Give every root that no specific theme holds fully one broad theme, by sector, kind or country."""
    for identifier, row in table.rows.items():
        # A wrapper of nothing that is known counts by its own name, where a person gave it a theme.
        is_open = row["kind"] in WRAPPED and identifier not in table.closed_theme
        if is_open or row.get("underlying") or (row.get("issuer") or identifier) != identifier:
            continue
        if strongest.get(identifier, 0.0) >= 1.0:
            continue
        theme, reason = _broad(table, identifier, row)
        if (theme, identifier) not in members:
            members[theme, identifier] = _row(theme, identifier, 1.0, reason, row["source"])


def _broad(table: Instruments, identifier: str, row: Row) -> tuple[str, str]:
    by_class = {"cash": "cash", "currency": "currencies", "volatility": "volatility", "commodity": "commodities",
                "metal": "metals", "gold": "gold"}  # fmt: skip
    if identifier in table.closed_theme:
        return table.closed_theme[
            identifier
        ], "what cannot be looked through counts where the fund's own name says"
    if row["asset_class"] in by_class:
        return by_class[row["asset_class"]], f"kind: {row['asset_class']}"
    if row["kind"] in {"crypto", "token"}:
        return "other-crypto", "a coin of its own"
    if row["kind"] in {"preferred", "bond"}:
        return "credit-preferreds", f"kind: {row['kind']}"
    sector = table.sector.get(identifier, "")
    if sector in SECTOR_THEME:
        return SECTOR_THEME[sector], f"sector {sector}"
    return country_theme(row.get("country", "")), f"country {row.get('country') or 'US'}"
