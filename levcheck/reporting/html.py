"""The HTML twin of the report: one file, no script, nothing loaded from elsewhere, readable by a screen reader."""

from base64 import b64encode
from html import escape

from levcheck.presenting.figures import Tone
from levcheck.reporting.html_blocks import section_html
from levcheck.reporting.html_charts import bars_html, dumbbell_lines, waterfall_lines
from levcheck.reporting.html_parts import framed_table, headed
from levcheck.reporting.page import Page, PageTable
from levcheck.reporting.report import Report

# A browser is told as well that nothing may be loaded or run, should a text ever get past its escape.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #14181F; --soft: #4A5462; --line: #DFE3E8; --mark: #1F4FD1; --loss: #A8410B; --gain: #1D5FBF; --warn: #7A5200; --level: #7A8494; --ground: #FFFFFF; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #F1F4F8; --soft: #B4BECB; --line: #2C3542; --mark: #8AB0FF; --loss: #FFA36B; --gain: #7DB5FF; --warn: #F0C060; --level: #8793A3; --ground: #12161C; } }
* { box-sizing: border-box; } :lang(ko) { word-break: keep-all; }
body { font: 16px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 62rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; text-wrap: balance; margin: .75rem 0 1.25rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .25rem; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; } caption h2, caption h3 { margin: 0; display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2rem); }
section > h2 { font-size: 1.5rem; color: var(--mark); margin: 0 0 .75rem; } section { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1.5rem; }
p { max-width: 46rem; } header, footer, .soft { color: var(--soft); font-size: .875rem; } footer { margin-top: 3rem; overflow-wrap: anywhere; }
header img { max-height: 3rem; display: block; margin-bottom: .5rem; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 3rem; } dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
.wide { overflow-x: auto; margin-top: 1.5rem; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } caption { text-align: left; padding: 0 0 .25rem; }
th, td { text-align: right; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line); } td { white-space: nowrap; }
th:first-child, td:first-child, .text { text-align: left; } th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; } td.text { white-space: normal; }
thead th { color: var(--soft); font-weight: 400; font-size: .875rem; vertical-align: bottom; border-color: var(--soft); } thead td { border-color: var(--soft); } tbody th { font-weight: 400; }
tfoot { display: table-row-group; } tfoot th, tfoot td { font-weight: 600; border-top: 2px solid var(--soft); } tr.total th, tr.total td { font-weight: 600; }
td.soft { font-size: inherit; } .loss { color: var(--loss); } .gain { color: var(--gain); } .warn { color: var(--warn); } .set { border: 1px solid var(--soft); padding: .75rem; }
td.bar { width: 38%; vertical-align: middle; } .bar div { height: .8rem; min-width: 1px; } .key { display: inline-block; width: .8rem; height: .8rem; vertical-align: -.05rem; }
.bar .mark, .key.mark { background: var(--mark); } .bar .loss { background: var(--loss); } .bar .level { background: var(--level); }
.bar .before, .key.before { background: none; border: 1.5px solid var(--soft); } .bar .before { height: .45rem; margin-bottom: 1px; }
small { font-weight: 400; } a { color: var(--mark); } nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; } nav a { display: inline-block; padding: .2rem 0; }
@media screen and (max-width: 46rem) { body { margin-top: 1rem; padding: 0 1rem; } h1 { font-size: 1.5rem; } th, td { padding: .35rem .35rem; font-size: .875rem; } dl { gap: .75rem 2rem; } td.bar { width: 25%; } table:not(.many) td.text:last-child { overflow-wrap: anywhere; min-width: 5.5rem; }
.many { min-width: 44rem; } .many th:first-child { position: sticky; left: 0; background: var(--ground); min-width: 5.5rem; max-width: 9rem; overflow-wrap: break-word; } }
@media print, (min-width: 46.01rem) { td.short { white-space: nowrap; } }
@media print { body { font-size: 10pt; margin: 0; padding: 0; max-width: none; } * { print-color-adjust: exact; } nav { display: none; } nav + section { break-before: page; border: 0; margin: 0; padding: 0; }
.wide { overflow: visible; } caption h2, caption h3 { display: block; position: static; max-width: none; } h1, h2, h3, caption { break-after: avoid; } tr, dl, .set { break-inside: avoid; } p { max-width: none; orphans: 2; widows: 2; } td.bar { width: 30%; } }
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
            level=2,
        ),
        bars_html(page.loss_title, page.loss.summary, waterfall_lines(page.loss), level=2)
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
    return f"@media print, (prefers-color-scheme: light) {{ :root {{ --mark: {page.branding.accent}; }} }}"


def _contents(report: Report) -> str:
    links = "".join(
        f'<li><a href="#{section.id}">{escape(section.title)}</a></li>'
        for section in report.sections
    )
    name = escape(report.first.contents)
    return f'<nav aria-label="{name}"><ul>{links}</ul></nav>' if links else ""


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
        return headed(table.title, 2, f"<p>{escape(table.empty)}</p>")
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in table.headers)
    body = "".join(_table_row(row) for row in table.rows)
    inner = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return framed_table(table.title, inner, level=2, note=table.note)


def _table_row(row: tuple[str, ...]) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in row[1:])
    return f"<tr><th scope=row class=text>{escape(row[0])}</th>{cells}</tr>"
