"""What ``levcheck check`` is asked about paper: pages, template, client, dates; and the files it writes."""

import argparse
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from levcheck.app.analysis import Analysis
    from levcheck.app.passwords import Ask
    from levcheck.cli.services import Services
    from levcheck.domain.draft import Draft
    from levcheck.domain.portfolio import Portfolio
    from levcheck.i18n.words import Words
    from levcheck.reporting.report import Beside
    from levcheck.reporting.templates import Wish


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the report."""
    parser.add_argument("--pdf", metavar="OUT", type=Path, help="write the report as PDF")
    parser.add_argument("--html", metavar="OUT", type=Path, help="write the report as HTML")
    parser.add_argument("--xlsx", metavar="OUT", type=Path, help="write every number as a workbook")
    parser.add_argument(
        "--paper", type=paper, choices=("A4", "Letter"), default=None, help="sheet of the PDF"
    )
    parser.add_argument(
        "--pages",
        metavar="NAMES",
        type=page_list,
        help="further pages after page one, for example holdings,stress; all = every page",
    )
    parser.add_argument(
        "--template",
        metavar="NAME",
        help="print as in this template: one that is kept, or a template file (NAME.json)",
    )
    parser.add_argument("--client", metavar="NAME", default="", help="name in the head of the page")
    parser.add_argument(
        "--shown-on", metavar="DATE", type=day, help="day it is shown to the client, YYYY-MM-DD"
    )
    parser.add_argument(
        "--since",
        metavar="OLD",
        type=Path,
        help="an earlier list of the same client, for the page of changes",
    )
    parser.add_argument(
        "--printed-on",
        metavar="DATE",
        type=day,
        help="day of printing; a fixed day gives the same bytes again",
    )


def paper(text: str) -> str:
    """Return the name of a paper, however it is written."""
    return {"a4": "A4", "letter": "Letter"}.get(text.casefold(), text)


def page_list(text: str) -> tuple[str, ...]:
    """Return the names between commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def day(text: str) -> date:
    """Return a day.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a day like 2026-11-22"
        raise argparse.ArgumentTypeError(message) from None


def _record(analysis: "Analysis", words: "Words", wish: "Wish", kinds: list[str]) -> None:
    """Put what was written into the meeting log, where that is switched on."""
    from levcheck.assets import data_folder
    from levcheck.storage.settings import load_settings

    folder = data_folder()
    if load_settings(folder).meeting_log:
        from levcheck.reporting.record import record

        for kind in kinds:
            record(folder, analysis, words, wish, kind)


@dataclass(frozen=True, slots=True)
class Alike:
    """What else can be analysed as the list was: with the same library, under the same scenarios.

    Attributes:
        analyse: gives the analysis of another portfolio.
        drafts: changes kept with the list.
        ask: asked for the passwords of an earlier list.
    """

    analyse: "Callable[[Portfolio], Analysis]"
    drafts: "tuple[Draft, ...]" = ()
    ask: "Ask | None" = None


def write_files(
    args: argparse.Namespace, analysis: "Analysis", words: "Words", alike: Alike
) -> tuple[Path, ...]:
    """Write the files asked for and return their paths.

    Raises:
        LevcheckError: a page or template is not there, or a file cannot be written.

    Args:
        args: what was asked.
        analysis: of the list.
        words: how the text on screen speaks.
        alike: what else can be analysed in the same way.
    """
    if args.pdf is None and args.html is None and args.xlsx is None:
        return ()
    from levcheck.reporting.templates import wished_report, words_of
    from levcheck.storage.writer import write_file

    wish = replace(_wish(args, words), beside=_beside(args, analysis, alike))
    made = wished_report(analysis, words, wish)
    if args.html is not None:
        from levcheck.reporting.html import html_document

        write_file(args.html, html_document(made).encode("utf-8", "replace"))
    if args.xlsx is not None:
        from levcheck.reporting.workbook import workbook_bytes

        write_file(args.xlsx, workbook_bytes(analysis, words_of(wish, words), wish.printed))
    if args.pdf is not None:
        services: Services = args.services
        services.write_pdf(made, args.pdf)
    written = {"pdf": args.pdf, "html": args.html, "xlsx": args.xlsx}
    kinds = [kind for kind, path in written.items() if path is not None]
    _record(analysis, words, wish, kinds)
    return tuple(written[kind] for kind in kinds)


def _beside(args: argparse.Namespace, analysis: "Analysis", alike: Alike) -> "Beside":
    from levcheck.app.draft_results import draft_results
    from levcheck.reporting.report import Beside

    earlier = None
    if args.since is not None:
        from levcheck.app.intake import take_in

        base = analysis.portfolio.base_currency
        earlier = alike.analyse(take_in([args.since], base_currency=base, ask=alike.ask).portfolio)
    return Beside(draft_results(analysis, alike.drafts, alike.analyse), earlier)


def _wish(args: argparse.Namespace, words: "Words") -> "Wish":
    from levcheck.reporting.templates import Wish, template_named
    from levcheck.storage.report_templates import DEFAULT_TEMPLATE

    template = DEFAULT_TEMPLATE
    if args.template is not None:
        from levcheck.assets import data_folder
        from levcheck.storage.report_templates import load_templates, read_template

        file = Path(args.template)
        template = (
            read_template(file)
            if file.suffix.lower() == ".json"
            else template_named(load_templates(data_folder()), args.template)
        )
    template = replace(
        template,
        language=args.lang or template.language or words.language,
        hide_amounts=words.hide_amounts or bool(template.hide_amounts),
        paper=args.paper or template.paper,
        pages=template.pages if args.pages is None else args.pages,
    )
    return Wish(template, args.client, args.shown_on, args.printed_on)
