"""How the site is made of the pages in resources/docs: used by packaging/docs.sh only."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
project = "levcheck"
release = re.search(
    r'__version__ = "([^"]+)"', (ROOT / "levcheck" / "__init__.py").read_text(encoding="utf-8")
)[1]
version = release
copyright = "levcheck maintainers, MIT licence"  # noqa: A001  # the name is given by Sphinx
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
html_theme = "furo"
html_title = f"levcheck {release}"
html_favicon = str(ROOT / "resources" / "icons" / "app.svg")
html_logo = html_favicon
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
# One look without anything fetched from elsewhere: the site is read from a folder, too.
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1F4FD1", "color-brand-content": "#1F4FD1"},
    "dark_css_variables": {"color-brand-primary": "#8AB0FF", "color-brand-content": "#8AB0FF"},
}
nitpicky = True
