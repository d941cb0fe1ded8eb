"""From a kept template to what is printed: everything in it is checked again, for a file can be edited by hand."""

from dataclasses import dataclass
from datetime import date

from levcheck.app.analysis import Analysis
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import Words
from levcheck.reporting.branding import Branding, checked_branding
from levcheck.reporting.page import PageOptions
from levcheck.reporting.report import ALONE, PAGE_NAMES, Beside, Report, report
from levcheck.storage.report_templates import DEFAULT_TEMPLATE, ReportTemplate, Templates


@dataclass(frozen=True, slots=True)
class Wish:
    """One report somebody wants.

    Attributes:
        template: how it looks.
        client: name in the head; "" = none.
        shown_on: day it is shown to the client; None = not told.
        printed: day of printing; None = today.
        scenario: id of the scenario on page one; None = the one that costs most.
        beside: drafts and an earlier list.
    """

    template: ReportTemplate = DEFAULT_TEMPLATE
    client: str = ""
    shown_on: date | None = None
    printed: date | None = None
    scenario: str | None = None
    beside: Beside = ALONE


def words_of(wish: Wish, words: Words) -> Words:
    """Return how the report speaks: as the template says, else as the reader is spoken to."""
    template = wish.template
    hidden = words.hide_amounts if template.hide_amounts is None else template.hide_amounts
    language = template.language or words.language
    numbers = words.numbers if language == words.language else ""
    return Words(language, hide_amounts=hidden, numbers=numbers)


def wished_report(analysis: Analysis, words: Words, wish: Wish) -> Report:
    """Return the report wished for.

    Raises:
        LevcheckError: the template holds something that cannot be printed, or names a page there is not.
    """
    template = wish.template
    options = PageOptions(
        template.paper,
        scenario=wish.scenario,
        client=" ".join(wish.client.split()),
        printed=wish.printed,
        shown_on=wish.shown_on,
        branding=template_branding(template),
    )
    pages = checked_pages(template.pages)
    return report(analysis, words_of(wish, words), options, pages, wish.beside)


def template_named(templates: Templates, name: str | None) -> ReportTemplate:
    """Return the template of a name, or the one offered first without a name.

    Raises:
        LevcheckError: ``report.no_template``.
    """
    if name is None:
        return templates.first
    found = templates.named(name)
    if found is not None:
        return found
    if name == DEFAULT_TEMPLATE.name:
        return DEFAULT_TEMPLATE
    known = ", ".join([DEFAULT_TEMPLATE.name, *(kept.name for kept in templates.kept)])
    raise LevcheckError("report.no_template", name=name, known=known)


def template_branding(template: ReportTemplate) -> Branding:
    """Return the branding of a template.

    Raises:
        LevcheckError: something in it cannot be printed.
    """
    return checked_branding(
        firm=template.firm,
        logo=template.logo or None,
        accent=template.accent,
        text=template.text,
    )


def checked_pages(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of pages there are; ``all`` stands for every one.

    Raises:
        LevcheckError: ``report.no_page``.
    """
    if "all" in names:
        return tuple(PAGE_NAMES)
    for name in names:
        if name not in PAGE_NAMES:
            raise LevcheckError("report.no_page", name=name, known=", ".join(PAGE_NAMES))
    return names
