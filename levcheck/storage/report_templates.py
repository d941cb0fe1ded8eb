"""How reports look, kept between starts: pages, paper and branding under a name, in one private file."""

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.writer import write_file

FILE = "report-templates.json"


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """One way a report may look.

    Attributes:
        name: what it is called.
        pages: names of the further pages.
        paper: ``A4`` or ``Letter``.
        language: of the report; None = that of the interface.
        hide_amounts: whether amounts are left out; None = as on screen.
        firm: name of the firm or adviser.
        logo: its mark as a file's content; b"" = none.
        accent: its colour, ``#RRGGBB``; "" = levcheck's own.
        text: its closing text.
    """

    name: str
    pages: tuple[str, ...] = ()
    paper: str = "A4"
    language: str | None = None
    hide_amounts: bool | None = None
    firm: str = ""
    logo: bytes = b""
    accent: str = ""
    text: str = ""


DEFAULT_TEMPLATE = ReportTemplate("levcheck")
"""Page one alone, without a brand; what there is before anybody has kept a template."""


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates kept.

    Attributes:
        kept: in the order of their names.
        usual: name of the one offered first; None = the plain one.
    """

    kept: tuple[ReportTemplate, ...] = ()
    usual: str | None = None

    def named(self, name: str | None) -> ReportTemplate | None:
        """Return the template of a name; None when there is none."""
        return next((template for template in self.kept if template.name == name), None)

    @property
    def first(self) -> ReportTemplate:
        """The template offered first."""
        return self.named(self.usual) or DEFAULT_TEMPLATE

    def with_template(self, template: ReportTemplate) -> "Templates":
        """Return them with one more, in the place of an older one of its name; it is offered first from now on."""
        others = [kept for kept in self.kept if kept.name != template.name]
        ordered = sorted([*others, template], key=lambda one: one.name.casefold())
        return Templates(tuple(ordered), template.name)

    def without(self, name: str) -> "Templates":
        """Return them without the one of a name."""
        kept = tuple(template for template in self.kept if template.name != name)
        return replace(self, kept=kept, usual=None if self.usual == name else self.usual)


def load_templates(folder: Path) -> Templates:
    """Return the templates kept in a folder; none when there are none or they cannot be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Templates)
    except (OSError, msgspec.MsgspecError):
        return Templates()


def read_template(path: Path) -> ReportTemplate:
    """Return the template in a file of its own.

    Raises:
        LevcheckError: it cannot be read, or is no template.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=ReportTemplate)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_readable", file=path.name, reason=reason) from error
    except msgspec.MsgspecError as error:
        raise LevcheckError("report.bad_template", file=path.name) from error


def write_template(path: Path, template: ReportTemplate) -> None:
    """Write a template as a file of its own, for another machine or for ``levcheck check --template``.

    Raises:
        LevcheckError: it cannot be written.
    """
    write_file(path, msgspec.json.format(msgspec.json.encode(template), indent=1) + b"\n")


def save_templates(folder: Path, templates: Templates) -> None:
    """Write the templates, readable by their owner only.

    Raises:
        LevcheckError: the folder cannot be written.
    """
    write_file(folder / FILE, msgspec.json.format(msgspec.json.encode(templates), indent=1) + b"\n")
