"""Everything the money rides on, largest first, and the doors it goes through."""

import math

from levcheck.app.analysis import Analysis, RootExposure
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView, What, add_up, number_key
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import line_label, root_label

NAMED_DOORS = 4


def roots_table(analysis: Analysis, words: Words, most: int) -> TableView:
    """Return the largest roots with long and short sides; the others stand together in the last row."""
    measure = Measure(analysis, words)
    shown, others = analysis.exposures[:most], analysis.exposures[most:]
    rest = math.fsum(root.net for root in others)
    nets = add_up([*(root.net for root in shown), *([rest] if others else [])])
    rows = [_row(analysis, words, root, net) for root, net in zip(shown, nets, strict=False)]
    if others:
        rows.append(
            _plain_row(
                "others",
                words.count("{n} other root", "{n} other roots", len(others)),
                (
                    measure.money(math.fsum(root.long for root in others)),
                    measure.money(math.fsum(root.short for root in others)),
                    measure.money(nets[-1]),
                    measure.percent(rest),
                ),
            )
        )
    total = _plain_row(
        "all",
        words.text("Together"),
        (
            measure.money(math.fsum(root.long for root in analysis.exposures)),
            measure.money(math.fsum(root.short for root in analysis.exposures)),
            measure.money(math.fsum(nets)),
            measure.percent(math.fsum(root.net for root in analysis.exposures)),
        ),
    )
    return TableView(
        words.text("What the money rides on, in {currency}", currency=measure.currency),
        (
            Column("root", words.text("Rides on"), stretch=True),
            Column("through", words.text("Through")),
            Column("long", words.text("Long"), numeric=True),
            Column("short", words.text("Short"), numeric=True),
            Column("net", words.text("In effect"), numeric=True),
            Column("share", words.text("Share"), numeric=True),
        ),
        tuple(rows),
        total if rows else None,
        words.text("Nothing underneath yet."),
    )


def _plain_row(identifier: str, label: str, texts: tuple[str, ...]) -> Row:
    return Row(identifier, (Cell(label), Cell(""), *(Cell(text) for text in texts)))


def _row(analysis: Analysis, words: Words, root: RootExposure, net: float) -> Row:
    measure = Measure(analysis, words)
    key = number_key(What.EXPOSURE, root.root)
    doors = list(dict.fromkeys(line_label(analysis, door.position) for door in root.doors))
    through = ", ".join(doors[:NAMED_DOORS])
    if len(doors) > NAMED_DOORS:
        through = words.text(
            "{lines} and {n} more", lines=through, n=words.number(len(doors) - NAMED_DOORS)
        )
    return Row(
        key,
        (
            Cell(root_label(words, root, short=True)),
            Cell(through, float(len(doors))),
            Cell(measure.money(root.long), root.long),
            Cell(measure.money(root.short), root.short),
            Cell(measure.money(net), root.net, key),
            Cell(measure.percent(root.net), root.net, key),
        ),
    )
