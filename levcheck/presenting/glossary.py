"""The words this program uses for what others give harder names, explained in a sentence or two each."""

from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView

TERMS = (
    (
        "Bet",
        "A group of things that rise and fall together, such as AI chips. A name can be in two bets.",
    ),
    ("Family", "One of eight groups. Every name is in one of them only, so families add up."),
    (
        "Root",
        "What money ends up in when all funds are opened: a company, a coin, a bond or cash.",
    ),
    ("Door", "A holding through which you own a root: a share, a fund, an option or a note."),
    ("By its label", "What the name on your statement shows, with nothing opened."),
    (
        "In effect",
        "What a holding acts like: its value, through every fund, times any daily multiple.",
    ),
    ("Daily multiple", "How many times a fund takes each day’s move, 2x or −1x for example."),
    (
        "Daily reset",
        "The fund sets its multiple anew each evening. Over many days the result is not the multiple.",
    ),
    ("Other costs", "What such funds lose in a year beyond their fee and what they borrow."),
    (
        "Forced trade",
        "What a fund with a multiple has to buy or sell by the close to keep its multiple.",
    ),
    ("Scenario", "A set of price moves, dated or made up. It says nothing about how likely it is."),
    (
        "Low and high",
        "The result with a worse and a better set of assumptions. It is no forecast range.",
    ),
    ("Seen through", "The share of the money we could follow down to what it is in."),
    ("Stand-in", "A list of something alike, used where a fund has no list of its own."),
    ("Left out", "A line we could not name or value. It is in no number at all."),
    (
        "Cushion",
        "What your account holds above the demand of the broker. Below zero the broker can call.",
    ),
    ("Input", "A fingerprint of the files read. The same files give the same one."),
    (
        "Result",
        "A fingerprint of the numbers. Two reports with the same one show the same figures.",
    ),
)


def glossary_table(words: Words) -> TableView:
    """Return every term with what it means."""
    return TableView(
        words.text("Words used here"),
        (
            Column("term", words.text("Word")),
            Column("meaning", words.text("What it means"), stretch=True),
        ),
        tuple(
            Row(str(number), (Cell(words.text(term)), Cell(words.text(meaning))))
            for number, (term, meaning) in enumerate(TERMS)
        ),
    )
