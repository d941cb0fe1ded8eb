"""The HTML twin of page one: one file, no script, nothing loaded from elsewhere, readable by a screen reader."""

from html import escape

from levcheck.presenting.chart_views import DumbbellView, StepKind, WaterfallView
from levcheck.presenting.figures import Tone
from levcheck.reporting.page import Page, PageTable

_STYLE = """
:root { color-scheme: light dark; --ink: #14181F; --soft: #4A5462; --line: #DFE3E8; --mark: #1F4FD1; --loss: #A8410B; --ground: #FFFFFF; }
@media (prefers-color-scheme: dark) { :root { --ink: #F1F4F8; --soft: #B4BECB; --line: #2C3542; --mark: #8AB0FF; --loss: #FFA36B; --ground: #12161C; } }
body { font: 16px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2rem; }
header, footer, .soft { color: var(--soft); font-size: .875rem; }
dl { display: flex; flex-wrap: wrap; gap: 2rem; } dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
.loss { color: var(--loss); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } caption { text-align: left; font-size: 1.25rem; font-weight: 600; padding: 1.5rem 0 .25rem; }
th, td { text-align: right; padding: .35rem .5rem; border-bottom: 1px solid var(--line); } th:first-child, td:first-child { text-align: left; }
td.bar { width: 30%; } td.bar div { height: .75rem; background: var(--mark); }
td.bar div.loss { background: var(--loss); }
"""


def html_document(page: Page) -> str:
    """Return page one as a complete HTML document; every text is escaped."""
    parts = [
        f'<!doctype html>\n<html lang="{escape(page.language.replace("_", "-"))}">',
        f'<head><meta charset="utf-8"><title>{escape(page.name)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style></head><body>",
        f"<header>{escape(' · '.join(filter(None, (page.name, page.client, page.dates))))}</header>",
        f"<main><h1>{escape(page.headline)}</h1>",
        _figures(page),
        *(f"<p>{escape(line)}</p>" for line in page.limits),
        _dumbbell(page.exposure_title, page.exposure),
        _waterfall(page.loss_title, page.loss),
        f"<p>{escape(page.loss_range)}</p>" if page.loss_range else "",
        _table(page.doors),
        _table(page.resets),
        f"<p>{escape(page.missing)}</p><ul class=soft>",
        *(f"<li>{escape(line)}</li>" for line in page.assumptions),
        "</ul>",
        *(f"<p class=soft>{escape(line)}</p>" for line in page.disclosure),
        f"</main><footer>{escape(page.footer)}</footer></body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _figures(page: Page) -> str:
    items = []
    for figure in page.figures:
        note = f" ({escape(figure.note)})" if figure.note else ""
        tone = " class=loss" if figure.tone is Tone.LOSS else ""
        items.append(
            f"<div><dt>{escape(figure.label)}</dt><dd{tone}>{escape(figure.text)}{note}</dd></div>"
        )
    return "<dl>" + "".join(items) + "</dl>"


def _dumbbell(title: str, view: DumbbellView) -> str:
    whole = max((abs(row.effective or 0.0) for row in view.rows), default=0.0) or 1.0
    rows = [
        (row.label, row.labelled_text, row.effective_text, (row.effective or 0.0) / whole)
        for row in view.rows
    ]
    heads = (escape(view.labelled_legend), escape(view.effective_legend))
    return _with_bars(title, view.summary, heads, rows)


def _waterfall(title: str, view: WaterfallView | None) -> str:
    if view is None:
        return ""
    whole = max((abs(step.value) for step in view.steps), default=0.0) or 1.0
    rows = [
        (
            step.label,
            step.range_text,
            step.text,
            step.value / whole if step.kind is StepKind.CHANGE else abs(step.value) / whole,
        )
        for step in view.steps
    ]
    return _with_bars(title, view.summary, ("", ""), rows)


def _with_bars(
    title: str, summary: str, heads: tuple[str, str], rows: list[tuple[str, str, str, float]]
) -> str:
    body = "".join(
        f"<tr><td>{escape(label)}</td><td>{escape(first)}</td><td>{escape(second)}</td>"
        f"<td class=bar><div{' class=loss' if length < 0 else ''} style='width:{abs(length):.1%}'></div></td></tr>"
        for label, first, second, length in rows
    )
    return (
        f"<table><caption>{escape(title)}</caption><thead><tr><th></th><th>{heads[0]}</th><th>{heads[1]}</th>"
        f"<th></th></tr></thead><tbody>{body}</tbody></table><p class=soft>{escape(summary)}</p>"
    )


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
