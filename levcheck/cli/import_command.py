"""``levcheck import``: reads positions from a file and says what was read, ignored and not understood."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levcheck.domain.portfolio import Reading
    from levcheck.i18n.words import Words

_DECIMAL = "decimal"
_MOST_SHOWN = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="workbook or text file with positions"
    )
    parser.add_argument("--sheet", metavar="NAME", help="read this sheet only")
    parser.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        type=field_and_column,
        help="which column is which, by heading or letters: --map quantity=C --map price='Last Price'",
    )
    parser.add_argument(
        "--total-value",
        metavar="AMOUNT",
        type=amount,
        help="value of the whole portfolio, for files of weights",
    )
    parser.add_argument("--save", metavar="OUT.levcheck", type=Path, help="save what was read")
    parser.add_argument("--json", action="store_true", help="print JSON only")


def field_and_column(text: str) -> tuple[str, str]:
    """Return (field, column) of a text like ``quantity=C``.

    Raises:
        argparse.ArgumentTypeError: it has no such form, or names no field that can be mapped.
    """
    from levcheck.importing.synonyms import MAPPABLE

    field, equals, column = text.partition("=")
    field = field.strip().casefold()
    if not equals or not column.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form FIELD=COLUMN")
    if "." in field:
        return field, _about(field, column.strip())
    if field not in (*MAPPABLE, _DECIMAL):
        raise argparse.ArgumentTypeError(
            f"{field!r} is no field; the fields are {', '.join(MAPPABLE)}"
        )
    if field == _DECIMAL and column.strip() not in {".", ","}:
        raise argparse.ArgumentTypeError("decimal takes '.' or ','")
    return field, column.strip()


def _about(key: str, said: str) -> str:
    """Return what is said about one column: ``decimal.price=,`` or ``unit.price=hundredths``.

    Raises:
        argparse.ArgumentTypeError: there is no such field, mark or unit.
    """
    from levcheck.importing.answers import MARKS, UNITS
    from levcheck.importing.synonyms import MAPPABLE

    what, _, field = key.partition(".")
    known: dict[str, tuple[str, ...]] = {
        "unit": tuple(UNITS.get(field, ())),
        _DECIMAL: MARKS if field in MAPPABLE else (),
    }
    if said in known.get(what, ()):
        return said
    if known.get(what):
        raise argparse.ArgumentTypeError(f"{key} takes {', '.join(known[what])}")
    raise argparse.ArgumentTypeError(f"{key!r} is no field of which this can be said")


def amount(text: str) -> float:
    """Return a positive amount; group commas are allowed.

    Raises:
        argparse.ArgumentTypeError: it is no positive number.
    """
    import math

    try:
        value = float(text.replace(",", ""))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount") from None
    if not math.isfinite(value) or value <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive amount")
    return value


def run(args: argparse.Namespace) -> int:
    """Read the file, print what it holds, and return 0 when positions were read, else 1."""
    from levcheck.domain.portfolio import Outcome
    from levcheck.i18n.words import Words
    from levcheck.importing import read_positions, reading_document

    show = _progress()
    reading = read_positions(
        args.file,
        sheet=args.sheet,
        mapping=dict(args.map),
        total_value=args.total_value,
        progress=show,
    )
    words = Words("en")
    good = reading.outcome is Outcome.POSITIONS
    if args.save is not None and good:
        _save(reading, args.save)
    if args.json:
        json.dump(reading_document(reading, words), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(reading_text(reading, words)))
    if not good:
        _explain(reading, words)
    return 0 if good else 1


def _save(reading: "Reading", target: Path) -> None:
    from levcheck.app.session import new_session
    from levcheck.app.session_files import write_session

    write_session(target, new_session([reading]))


def _progress() -> Callable[[float, str], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(fraction: float, step: str) -> None:
        end = "\r" + " " * 40 + "\r" if fraction >= 1 else ""
        print(f"\r{fraction:4.0%} {step:<24}", end=end, file=sys.stderr, flush=True)

    return show


def _explain(reading: "Reading", words: "Words") -> None:
    """Say on stderr, in at most three lines, why nothing (or not all) was read."""
    from levcheck.domain.diagnostics import Severity
    from levcheck.i18n.sentences import diagnostic_text

    errors = [d for d in reading.diagnostics if d.severity is Severity.ERROR]
    # What has to be answered comes last in the list of a file that asks.
    for diagnostic in errors[-1:]:
        message, remedy = diagnostic_text(words, diagnostic)
        place = str(diagnostic.where) if diagnostic.where and diagnostic.where.row else ""
        print(f"levcheck: {message}" + (f" ({place})" if place else ""), file=sys.stderr)
        if remedy:
            print(f"levcheck: {remedy}", file=sys.stderr)


# --- text for people ---------------------------------------------------------------------------------------


def reading_text(reading: "Reading", words: "Words") -> list[str]:
    """Return what was read as aligned plain text, line by line."""
    lines = [_headline(reading, words)]
    lines += _positions(reading, words)
    lines += _cash(reading, words)
    lines += _totals(reading, words)
    lines += _ignored(reading, words)
    lines += _notices(reading, words)
    return lines


def _headline(reading: "Reading", words: "Words") -> str:
    counted = words.count("{n} position", "{n} positions", len(reading.positions))
    cash = words.count("{n} cash line", "{n} cash lines", len(reading.cash))
    when = words.text(" as of {date}", date=reading.as_of) if reading.as_of else ""
    outcome = {
        "positions": words.text("read"),
        "needs_mapping": words.text("needs your answer"),
        "refused": words.text("not read"),
    }[reading.outcome.value]
    return f"{reading.file}: {outcome}, {counted}, {cash}{when}"


def _positions(reading: "Reading", words: "Words") -> list[str]:
    if not reading.positions:
        return []
    header = [
        words.text(t) for t in ("Row", "Holding", "Name", "Quantity", "Price", "Value", "Currency")
    ]
    rows = [
        [
            str(p.place.row or ""),
            p.symbol or p.isin or p.wkn or p.cusip or "",
            (p.name or "")[:32],
            words.number(p.quantity, 6),
            words.number(p.price, 4),
            words.number(p.market_value, 2) + ("*" if p.value_basis == "computed" else ""),
            p.currency or "",
        ]
        for p in reading.positions
    ]
    table = aligned([header, *rows], right=(0, 3, 4, 5))
    computed = any(p.value_basis == "computed" for p in reading.positions)
    note = [words.text("* computed as quantity times price")] if computed else []
    return ["", *table, *note]


def _cash(reading: "Reading", words: "Words") -> list[str]:
    if not reading.cash:
        return []
    rows = [
        [str(c.place.row or ""), c.label[:40], words.number(c.amount, 2), c.currency or ""]
        for c in reading.cash
    ]
    header = [words.text(t) for t in ("Row", "Cash", "Amount", "Currency")]
    return ["", *aligned([header, *rows], right=(0, 2))]


def _totals(reading: "Reading", words: "Words") -> list[str]:
    from levcheck.importing.reconciling import totals_read

    sums = totals_read(reading)
    rows = [
        [words.text("Read, cash included"), words.number(v, 2), code] for code, v in sums.items()
    ]
    rows += [
        [
            words.text("File, row {row}: {what}", row=t.row, what=t.what),
            words.number(t.value, 2),
            t.currency or "",
        ]
        for t in reading.totals
    ]
    return ["", *aligned(rows, right=(1,))] if rows else []


def _ignored(reading: "Reading", words: "Words") -> list[str]:
    if not reading.ignored:
        return []
    groups: dict[tuple[str | None, str], list[str]] = {}
    for run_ in reading.ignored:
        groups.setdefault((run_.sheet, run_.reason), []).append(run_.rows)
    lines = ["", words.text("Left out")]
    for (sheet, reason), rows in groups.items():
        shown = ", ".join(rows[:_MOST_SHOWN]) + (" …" if len(rows) > _MOST_SHOWN else "")
        where = f"'{sheet}' " if sheet else ""
        lines.append(
            f"  {reason.replace('_', ' ')}: {where}{words.text('rows {rows}', rows=shown)}"
        )
    return lines


def _notices(reading: "Reading", words: "Words") -> list[str]:
    from levcheck.i18n.sentences import diagnostic_text

    if not reading.diagnostics:
        return []
    lines = ["", words.text("To know")]
    for diagnostic in reading.diagnostics:
        message, remedy = diagnostic_text(words, diagnostic)
        where = diagnostic.where
        place = f" ({where})" if where is not None and where.row else ""
        lines.append(f"  {diagnostic.severity.value}: {message}{place} {remedy}".rstrip())
    return lines


def aligned(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Return rows of texts in columns of equal width on screen; wide letters count two."""
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    made: list[str] = []
    for row in rows:
        cells = [
            " " * (widths[i] - width_of(text)) + text
            if i in right
            else text + " " * (widths[i] - width_of(text))
            for i, text in enumerate(row)
        ]
        made.append("  ".join(cells).rstrip())
    return made


def width_of(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
