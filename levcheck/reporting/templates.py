"""From a kept template to what is printed: everything in it is checked again, for a file can be edited by hand."""

from levcheck.domain.diagnostics import LevcheckError
from levcheck.reporting.branding import Branding, checked_branding
from levcheck.reporting.report import PAGE_NAMES
from levcheck.storage.report_templates import DEFAULT_TEMPLATE, ReportTemplate, Templates


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
