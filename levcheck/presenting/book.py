"""A firm's book as a ranking: one row per client, by its largest bet or by one bet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone

BookRow = Mapping[str, str | float | int | None]
LARGEST = ""
# Money, or a debt, is no bet: it can be ranked by when it is asked for.
CASH = "cash"


@dataclass(frozen=True, slots=True)
class BookView:
    """What the window shows of a book.

    Attributes:
        headline: how many clients, and how many could not be read.
        choices: (id, name) of what it can be ranked by; the first is the largest bet of each client.
        ranking: one row per client; its id is the number of the row in the book.
    """

    headline: str
    choices: tuple[tuple[str, str], ...]
    ranking: TableView


def book_view(rows: Sequence[BookRow], words: Words, theme: str = LARGEST) -> BookView:
    """Return the ranking of a book.

    Args:
        rows: as the run gave them, largest share first, files that failed last.
        words: the reader's language.
        theme: id of the bet to rank by; :data:`LARGEST` ranks each client by his largest one.
    """
    done = [n for n, row in enumerate(rows) if row["status"] == "done"]
    failed = [n for n, row in enumerate(rows) if row["status"] != "done"]
    wanted = [n for n in done if (rows[n]["theme"] == theme if theme else rows[n]["theme"] != CASH)]
    shown = _first_of_each(rows, wanted)
    clients = len(_first_of_each(rows, done))
    ranking = TableView(
        name=words.text("Clients, the largest share first"),
        columns=(
            Column("client", words.text("Client")),
            Column("bet", words.text("Bet"), stretch=True),
            Column("share", words.text("Share"), numeric=True),
            Column("net", words.text("In effect"), numeric=True),
            Column("hidden", words.text("Hidden"), numeric=True, spare=1),
            Column("equity", words.text("Own money"), numeric=True),
            Column("daily", words.text("Daily-reset funds"), numeric=True, spare=2),
            Column("as_of", words.text("As of"), numeric=True, spare=3),
        ),
        rows=(
            *(_client(rows[n], n, words) for n in shown),
            *(_failed(rows[n], n, words) for n in failed),
        ),
        empty=words.text("No client holds anything of this."),
    )
    return BookView(_headline(words, clients, len(failed)), _choices(rows, words), ranking)


def _headline(words: Words, clients: int, failed: int) -> str:
    text = words.count("{n} client was read.", "{n} clients were read.", clients)
    if not failed:
        return text
    lost = words.count(
        "{n} file could not be used; it stands at the end, with the reason.",
        "{n} files could not be used; they stand at the end, with the reason.",
        failed,
    )
    return f"{text} {lost}"


def _first_of_each(rows: Sequence[BookRow], numbers: Sequence[int]) -> list[int]:
    seen: set[tuple[str, str]] = set()
    first = []
    for number in numbers:
        client = str(rows[number]["folder"]), str(rows[number]["file"])
        if client not in seen:
            seen.add(client)
            first.append(number)
    return first


def _choices(rows: Sequence[BookRow], words: Words) -> tuple[tuple[str, str], ...]:
    names = {str(row["theme"]): str(row["theme_name"]) for row in rows if row["theme"] is not None}
    bets = [(identifier, words.text(name)) for identifier, name in names.items()]
    bets.sort(key=lambda choice: choice[1].casefold())
    return ((LARGEST, words.text("The largest bet of each client")), *bets)


def _client(row: BookRow, number: int, words: Words) -> Row:
    currency = str(row["base_currency"])
    name = row["theme_name"]
    share, net, hidden, equity = (
        _number(row[name]) for name in ("share_of_equity", "net", "hidden_share", "equity")
    )
    return Row(
        str(number),
        (
            _who(row),
            Cell(words.text(name) if isinstance(name, str) else "–"),
            Cell(words.percent(share), sort=share),
            Cell(words.money(net, currency), sort=net),
            Cell(words.percent(hidden), sort=hidden),
            Cell(words.money(equity, currency), sort=equity),
            Cell(words.number(_number(row["daily_reset_funds"])), sort=row["daily_reset_funds"]),
            Cell(str(row["as_of"] or "–")),
        ),
    )


def _failed(row: BookRow, number: int, words: Words) -> Row:
    reason = Cell(words.text("could not be used"), tone=Tone.WARNING, hint=str(row["message"]))
    return Row(str(number), (_who(row), reason, *(Cell("–") for _ in range(6))))


def _who(row: BookRow) -> Cell:
    place = "/".join(part for part in (str(row["folder"]), str(row["file"])) if part)
    return Cell(str(row["portfolio"] or row["file"]), hint=place)


def _number(value: str | float | None) -> float | None:
    return float(value) if isinstance(value, float | int) else None
