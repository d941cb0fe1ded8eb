"""Writes the page of the Python interface from its docstrings: python packaging/maintain/api_page.py."""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

PAGE = ROOT / "resources" / "docs" / "developer" / "api.md"
_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Source):\s*$")
_ITEM = re.compile(r"^(\w+):\s+(.*)$")


def page() -> str:
    """Return the whole page."""
    import levcheck
    from levcheck.app import analysis

    lines = [
        "# The Python interface",
        "",
        "Typed and thin: three names do the whole job. This page is made from the docstrings of the program itself.",
        "",
        "```python",
        "import levcheck",
        "",
        'library = levcheck.Library.bundled().with_overlay("my_tables/")',
        'portfolio, faults = levcheck.read_portfolio("holdings.xlsx")',
        'analysis = levcheck.analyse(portfolio, library, scenarios=["ai-chips-minus-30"])',
        "print(analysis.themes[0].name, analysis.stress[0].pnl)",
        "analysis.to_json()  # the document of `levcheck check --json`",
        "```",
        "",
        "Fractions are fractions (0.13), money is in the portfolio's base currency, gains are positive, an unknown is `None`.",
    ]
    for name in sorted(levcheck.__all__):
        if name == "__version__":
            continue
        thing = getattr(levcheck, name)
        lines += _described(f"levcheck.{name}", thing, "##")
        if inspect.isclass(thing):
            for method, member in _members(thing):
                lines += _described(f"Library.{method}", member, "###")
    lines += [
        "",
        "## What an analysis holds",
        "",
        "Every value is frozen; field names are those of the public JSON.",
    ]
    for name, value in sorted(vars(analysis).items()):
        if (
            inspect.isclass(value)
            and value.__module__ == analysis.__name__
            and not name.startswith("_")
        ):
            lines += _described(name, value, "###")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _members(thing: type) -> Iterator[tuple[str, object]]:
    for name, member in vars(thing).items():
        if not name.startswith("_"):
            yield name, member.__func__ if isinstance(member, classmethod) else member


def _described(name: str, thing: object, level: str) -> list[str]:
    heading = ["", f"{level} {name}", ""]
    if inspect.isfunction(thing):
        heading += ["```python", f"{name.rpartition('.')[2]}{_signature(thing)}", "```", ""]
    return heading + _body(inspect.getdoc(thing) or "")


def _signature(thing: object) -> str:
    text = str(inspect.signature(thing)).replace("'", "")
    return (
        re.sub(r"levcheck\.[a-z_.]+\.", "", text)
        .replace("collections.abc.", "")
        .replace("datetime.", "")
    )


def _body(text: str) -> list[str]:
    lines: list[str] = []
    section = ""
    for raw in text.splitlines():
        line = raw.strip()
        title = _SECTION.match(line)
        if line.startswith(">>>"):
            break
        if title:
            section = title[1]
            lines += ["", f"**{section}**", ""]
            continue
        item = _ITEM.match(line) if section in {"Args", "Attributes", "Raises"} else None
        if item:
            lines.append(f"- `{item[1]}`: {item[2]}")
        elif section in {"Args", "Attributes", "Raises"} and line and lines[-1].startswith("- "):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return [re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", line).replace("``", "`") for line in lines]


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE).write_text(page(), encoding="utf-8")
