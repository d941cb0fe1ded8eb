"""Scenario files: one TOML document each, bundled under resources/scenarios or the user's own."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeGuard

from levcheck.assets import asset
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.scenario import PathShape, Scenario, Shock

_LARGEST_FILE: Final = 1_000_000
_LONGEST_HORIZON: Final = 252
_LONGEST_TEXT: Final = 4_000
_MOST_SHOCKS: Final = 1_000
_LARGEST_MOVE: Final = 1e6
_TEXTS: Final = ("id", "name", "story")
# The order in which the bundled scenarios are offered: the story first, then the past, newest first.
_BUNDLED_ORDER: Final = (
    "ai-chips-minus-30",
    "ai-pullback-june-2026",
    "korean-chip-day",
    "strategy-june-2026",
    "strategy-dividend-suspension",
    "bitcoin-halving",
    "spacex-minus-40",
    "twenty-choppy-days",
    "melt-up",
    "january-2026-cross-asset-day",
    "april-2025",
    "deepseek-day",
    "august-2024",
    "year-2022",
    "march-2020",
    "volatility-day-2018",
)


def load_scenarios(folder: Path | None = None) -> tuple[Scenario, ...]:
    """Return the scenarios of a folder of TOML files, in their order of telling.

    Args:
        folder: the user's own files; None = the bundled ones.

    Raises:
        LevcheckError: ``scenario.unreadable`` for a file that is no TOML, ``scenario.bad_value`` naming file and key,
            ``scenario.duplicate`` when two files give one id.
    """
    origin = "bundled" if folder is None else "user"
    paths = sorted((folder if folder is not None else asset("scenarios")).glob("*.toml"))
    found: dict[str, Scenario] = {}
    for path in paths:
        scenario = read_scenario(path, origin=origin)
        if scenario.id in found:
            raise LevcheckError(
                "scenario.duplicate", where=Place(file=path.name), id=scenario.id, file=path.name
            )
        found[scenario.id] = scenario
    rank = {identifier: number for number, identifier in enumerate(_BUNDLED_ORDER)}
    return tuple(sorted(found.values(), key=lambda s: (rank.get(s.id, len(rank)), s.id)))


def read_scenario(path: Path, *, origin: str = "user") -> Scenario:
    """Return the scenario of one file.

    Raises:
        LevcheckError: ``scenario.unreadable`` or ``scenario.bad_value``.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            raise _unreadable(path, "it is larger than 1 MB")
        document = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path, _plain(error)) from error
    texts = {key: _text(path, document, key) for key in _TEXTS}
    shocks = document.get("shocks")
    if not isinstance(shocks, list) or not 0 < len(shocks) <= _MOST_SHOCKS:
        raise _bad(path, "shocks")
    return Scenario(
        id=texts["id"],
        name=texts["name"],
        story=texts["story"],
        shocks=tuple(_shock(path, number, shock) for number, shock in enumerate(shocks, 1)),
        horizon_days=_horizon(path, document),
        shape=_shape(path, document),
        dates=_optional_text(path, document, "dates"),
        source=_optional_text(path, document, "source") or "",
        propagate=_flag(path, document, "propagate"),
        origin=origin,
    )


def scenario_toml(scenario: Scenario) -> str:
    """Return a scenario as the text of its file; reading it back gives the same scenario."""
    lines = [f"{key} = {_quoted(str(getattr(scenario, key)))}" for key in _TEXTS]
    if scenario.dates:
        lines.append(f"dates = {_quoted(scenario.dates)}")
    lines += [
        f"horizon_days = {scenario.horizon_days}",
        f"shape = {_quoted(scenario.shape.value)}",
        f"propagate = {str(scenario.propagate).lower()}",
        f"source = {_quoted(scenario.source)}",
    ]
    for shock in scenario.shocks:
        lines += ["", "[[shocks]]", f"target = {_quoted(shock.target)}", f"move = {shock.move!r}"]
        if shock.swing:
            lines.append(f"swing = {shock.swing!r}")
        if shock.source:
            lines.append(f"source = {_quoted(shock.source)}")
    return "\n".join(lines) + "\n"


def _shock(path: Path, number: int, shock: Any) -> Shock:
    key = f"shocks[{number}]"
    if not isinstance(shock, dict):
        raise _bad(path, key)
    move, swing = shock.get("move"), shock.get("swing", 0.0)
    if not _is_number(move) or not -1.0 <= move <= _LARGEST_MOVE:
        raise _bad(path, f"{key}.move")
    if not _is_number(swing) or not 0.0 <= swing < 1.0:
        raise _bad(path, f"{key}.swing")
    target = _text(path, shock, "target", prefix=f"{key}.")
    return Shock(target, float(move), float(swing), _source(shock))


def _source(shock: Mapping[str, Any]) -> str | None:
    """Return where a figure comes from; a measured one names its series and its two closes."""
    if {"series", "from", "to"} <= shock.keys():
        return f"{shock['series']}, adjusted close {shock['from']} to {shock['to']}"
    source = shock.get("source")
    return source if isinstance(source, str) else None


def _horizon(path: Path, document: Mapping[str, Any]) -> int:
    value = document.get("horizon_days")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LONGEST_HORIZON:
        raise _bad(path, "horizon_days")
    return value


def _shape(path: Path, document: Mapping[str, Any]) -> PathShape:
    try:
        return PathShape(document.get("shape", PathShape.STRAIGHT))
    except ValueError as error:
        raise _bad(path, "shape") from error


def _flag(path: Path, document: Mapping[str, Any], key: str) -> bool:
    value = document.get(key, True)
    if not isinstance(value, bool):
        raise _bad(path, key)
    return value


def _text(path: Path, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
    value = table.get(key)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST_TEXT:
        raise _bad(path, prefix + key)
    return value.strip()


def _optional_text(path: Path, document: Mapping[str, Any], key: str) -> str | None:
    return _text(path, document, key) if key in document else None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in escaped) + '"'
    )


def _plain(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if isinstance(error, OSError):
        return error.strerror or "it cannot be opened"
    if isinstance(error, RecursionError):
        return "it nests too deeply"
    return str(error).rstrip(".")


def _unreadable(path: Path, detail: str) -> LevcheckError:
    return LevcheckError(
        "scenario.unreadable", where=Place(file=path.name), file=path.name, detail=detail
    )


def _bad(path: Path, key: str) -> LevcheckError:
    return LevcheckError("scenario.bad_value", where=Place(file=path.name), file=path.name, key=key)
