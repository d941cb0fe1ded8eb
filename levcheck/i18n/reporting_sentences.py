"""Words for a firm's mark, colour and text that cannot be printed."""

SENTENCES: dict[str, tuple[str, str]] = {
    "report.logo_too_large": (
        "This logo is larger than {most} KB.",
        "Save it smaller, or as an SVG drawing.",
    ),
    "report.logo_too_rich": (
        "This drawing has too many parts, or parts that use one another.",
        "Save it as PNG, or draw it more simply.",
    ),
    "report.logo_too_wide": (
        "This logo is wider or taller than {most} pixels.",
        "Save it smaller, or as an SVG drawing.",
    ),
    "report.logo_kind": (
        "This file is no PNG, JPEG or SVG picture.",
        "Pick a logo of one of these kinds.",
    ),
    "report.logo_broken": (
        "This logo cannot be read: the file is broken.",
        "Save it again from the program it was drawn in.",
    ),
    "report.logo_runs": (
        "This drawing runs a script, or loads something from elsewhere.",
        "Save it as a plain SVG, or as a PNG picture.",
    ),
    "report.no_colour": (
        "This is no colour: {colour}.",
        "Write it like #1F4FD1.",
    ),
    "report.pale_colour": (
        "{colour} is too pale to read on paper: its contrast is {ratio}, and {needed} is needed.",
        "The nearest colour that can be read is {nearest}.",
    ),
    "report.text_too_long": (
        "This text has {length} characters; {longest} fit on the page.",
        "Make it shorter.",
    ),
    "report.name_too_long": (
        "This name has {length} characters; {longest} fit on the page.",
        "Make it shorter.",
    ),
    "report.bad_template": (
        "{file} is no report template.",
        "Write one with 'levcheck templates --export NAME FILE'.",
    ),
    "report.no_template": (
        "There is no report template called {name}.",
        "These are kept: {known}.",
    ),
    "report.other_currency": (
        "The older list adds up in {old}, the newer one in {new}.",
        "Give both the same currency, and compare again.",
    ),
    "report.no_page": (
        "There is no report page called {name}.",
        "These can be printed: {known}.",
    ),
}
