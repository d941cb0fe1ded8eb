"""``levcheck templates``: the looks of reports that the window keeps too."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.cli.report_options import page_list, paper

if TYPE_CHECKING:
    from levcheck.storage.report_templates import ReportTemplate, Templates


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--save", metavar="NAME", help="make one, or change one of this name")
    what.add_argument("--remove", metavar="NAME", help="forget one")
    what.add_argument(
        "--export", metavar=("NAME", "FILE"), nargs=2, help="write one to a file of its own"
    )
    what.add_argument(
        "--import", metavar="FILE", dest="taken", type=Path, help="keep one from a file"
    )
    look = parser.add_argument_group("what --save sets; the rest stays as it was")
    look.add_argument("--pages", metavar="NAMES", type=page_list, help="pages after the first")
    look.add_argument("--paper", type=paper, choices=("A4", "Letter"), help="sheet of the PDF")
    look.add_argument("--lang", choices=("en", "ko", "zh_TW", "de"), help="language of the report")
    look.add_argument("--amounts", choices=("show", "hide"), help="whether amounts are on it")
    look.add_argument("--firm", metavar="NAME", help="firm or adviser in the head")
    look.add_argument("--logo", metavar="FILE", type=Path, help="its mark: PNG, JPEG or SVG")
    look.add_argument("--accent", metavar="#RRGGBB", help="its colour")
    look.add_argument("--text", help="its closing text, at most 400 letters")


def run(args: argparse.Namespace) -> int:
    """Do what was asked, else list what is kept; return the exit status.

    Raises:
        LevcheckError: there is no such template, or it holds something that cannot be printed.
    """
    from levcheck.assets import data_folder
    from levcheck.storage.report_templates import load_templates, read_template, save_templates

    folder = data_folder()
    kept = load_templates(folder)
    if args.export is not None:
        _export(kept, *args.export)
    elif args.remove is not None:
        from levcheck.reporting.templates import template_named

        save_templates(folder, kept.without(template_named(kept, args.remove).name))
        print(f"Forgotten: {args.remove}")
    elif args.save is not None or args.taken is not None:
        wanted = read_template(args.taken) if args.taken else _saved(args, kept)
        checked = _checked(wanted)
        save_templates(folder, kept.with_template(checked))
        print(f"Kept: {checked.name}")
    else:
        _print(kept)
    return 0


def _export(kept: "Templates", name: str, file: str) -> None:
    from levcheck.reporting.templates import template_named
    from levcheck.storage.report_templates import write_template

    write_template(Path(file), template_named(kept, name))
    print(f"Written: {file}")


def _saved(args: argparse.Namespace, kept: "Templates") -> "ReportTemplate":
    """Return the template of a name with what was said about it."""
    from levcheck.storage.report_templates import ReportTemplate

    template = kept.named(args.save) or ReportTemplate(args.save)
    said = {
        "pages": args.pages,
        "paper": args.paper,
        "language": args.lang,
        "hide_amounts": None if args.amounts is None else args.amounts == "hide",
        "firm": args.firm,
        "logo": None if args.logo is None else _content(args.logo),
        "accent": args.accent,
        "text": args.text,
    }
    return replace(template, **{field: one for field, one in said.items() if one is not None})


def _content(path: Path) -> bytes:
    from levcheck.domain.diagnostics import LevcheckError

    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_readable", file=path.name, reason=reason) from error


def _checked(template: "ReportTemplate") -> "ReportTemplate":
    """Return a template of which everything can be printed.

    Raises:
        LevcheckError: something in it cannot.
    """
    from levcheck.reporting.templates import checked_pages, template_branding

    template_branding(template)
    return replace(template, pages=checked_pages(template.pages))


def _print(kept: "Templates") -> None:
    if not kept.kept:
        print("No template is kept. Make one in the report of the window, or with --save NAME.")
    for template in kept.kept:
        pages = ", ".join(("page one", *template.pages))
        amounts = {None: "amounts as asked", True: "no amounts", False: "with amounts"}
        usual = " (offered first)" if template.name == kept.usual else ""
        print(f"{template.name}{usual}")
        print(f"  {pages} · {template.paper} · {amounts[template.hide_amounts]}")
        if template.firm or template.logo:
            print(f"  {template.firm or 'no firm'}{', with its mark' if template.logo else ''}")
