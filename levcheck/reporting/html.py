"""The HTML twin of the report: one file, no script, nothing loaded from elsewhere, readable by a screen reader."""

from base64 import b64encode
from html import escape

from levcheck.presenting.figures import Tone
from levcheck.reporting.html_blocks import (
    bars_html,
    dumbbell_lines,
    section_html,
    waterfall_lines,
)
from levcheck.reporting.page import Page, PageTable
from levcheck.reporting.report import Report

# A browser is told as well that nothing may be loaded or run, should a text ever get past its escape.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #14181F; --soft: #4A5462; --line: #DFE3E8; --mark: #1F4FD1; --loss: #A8410B; --gain: #1D5FBF; --warn: #7A5200; --ground: #FFFFFF; }
@media (prefers-color-scheme: dark) { :root { --ink: #F1F4F8; --soft: #B4BECB; --line: #2C3542; --mark: #8AB0FF; --loss: #FFA36B; --gain: #7DB5FF; --warn: #F0C060; --ground: #12161C; } }
body { font: 16px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2rem; }
header, footer, .soft { color: var(--soft); font-size: .875rem; }
dl { display: flex; flex-wrap: wrap; gap: 2rem; } dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
.loss { color: var(--loss); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } caption { text-align: left; font-size: 1.25rem; font-weight: 600; padding: 1.5rem 0 .25rem; }
th, td { text-align: right; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line); } th:first-child, td:first-child, .text { text-align: left; }
tbody th { font-weight: 400; } tfoot th, tfoot td { font-weight: 600; border-top: 2px solid var(--soft); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; } section { border-top: 3px solid var(--mark); margin-top: 3rem; }
td.bar { width: 30%; } td.bar div { height: .75rem; background: var(--mark); } a { color: var(--mark); } header img { max-height: 3rem; display: block; margin-bottom: .5rem; }
.gain { color: var(--gain); } .warn { color: var(--warn); } .set { border: 1px solid var(--soft); padding: .75rem; } nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
td.bar div.loss { background: var(--loss); }
@media print { section { break-before: page; } body { margin: 0; max-width: none; } }
"""


def html_document(report: Report | Page) -> str:
    """Return a report, or page one alone, as a complete HTML document; every text is escaped."""
    whole = Report(report) if isinstance(report, Page) else report
    page = whole.first
    parts = [
        f'<!doctype html>\n<html lang="{escape(page.language.replace("_", "-"))}">',
        f'<head><meta charset="utf-8"><title>{escape(page.name)}</title>',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}{_accent(page)}</style></head><body>",
        f"<header>{_mark(page)}{escape(_names(page))}</header>",
        f"<main><h1>{escape(page.headline)}</h1>",
        _figures(page),
        *(f"<p>{escape(line)}</p>" for line in page.limits),
        bars_html(
            page.exposure_title,
            page.exposure.summary,
            dumbbell_lines(page.exposure),
            (page.exposure.labelled_legend, page.exposure.effective_legend),
        ),
        bars_html(page.loss_title, page.loss.summary, waterfall_lines(page.loss))
        if page.loss is not None
        else "",
        f"<p>{escape(page.loss_range)}</p>" if page.loss_range else "",
        _table(page.doors),
        _table(page.resets),
        f"<p>{escape(page.missing)}</p><ul class=soft>",
        *(f"<li>{escape(line)}</li>" for line in page.assumptions),
        "</ul>",
        *(f"<p class=soft>{escape(line)}</p>" for line in page.disclosure),
        _contents(whole),
        *(section_html(section) for section in whole.sections),
        f"</main><footer>{escape(page.footer)}</footer></body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _names(page: Page) -> str:
    named = (page.mark, page.branding.firm, page.name, page.client, page.dates)
    return " · ".join(filter(None, named))


def _mark(page: Page) -> str:
    """Return the firm's mark inside the file itself; as an image, where nothing in it can run."""
    logo = page.branding.logo
    if logo is None:
        return ""
    content = b64encode(logo.content).decode("ascii")
    return f'<img alt="{escape(page.branding.firm)}" src="data:{logo.mime};base64,{content}">'


def _accent(page: Page) -> str:
    """Return the firm's colour for a light ground, for which alone its contrast was checked."""
    if not page.branding.accent:
        return ""
    return f"@media (prefers-color-scheme: light) {{ :root {{ --mark: {page.branding.accent}; }} }}"


def _contents(report: Report) -> str:
    links = "".join(
        f'<li><a href="#{section.id}">{escape(section.title)}</a></li>'
        for section in report.sections
    )
    return f"<nav><ul>{links}</ul></nav>" if links else ""


def _figures(page: Page) -> str:
    items = []
    for figure in page.figures:
        note = f" ({escape(figure.note)})" if figure.note else ""
        tone = " class=loss" if figure.tone is Tone.LOSS else ""
        items.append(
            f"<div><dt>{escape(figure.label)}</dt><dd{tone}>{escape(figure.text)}{note}</dd></div>"
        )
    return "<dl>" + "".join(items) + "</dl>"


def _table(table: PageTable) -> str:
    if not table.rows:
        return f"<h2>{escape(table.title)}</h2><p>{escape(table.empty)}</p>"
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in table.headers)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in table.rows
    )
    note = f"<p class=soft>{escape(table.note)}</p>" if table.note else ""
    return (
        f"<table><caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{note}"
    )
