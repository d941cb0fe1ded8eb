"""Paint every screen in every look, and sweep the pictures: seven screens, two themes, four languages, three sizes.

    PYTHONPATH=. python packaging/maintain/shot_matrix.py FILE… --out DIR [--screens …] [--languages …] [--themes …] [--sizes …]

Pictures go to ``DIR/FILE/language-theme-size/SCREEN.png``, findings to ``DIR/findings.md``. Ends with 1 when there are
any. Beside the matrix, each file is painted with hidden amounts and with text at 150 and 200 %.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from shot_sweep import Finding, look_at

from levcheck.ui.actions import SCREENS
from levcheck.ui.shots import Studio, studio
from levcheck.ui.theme import theme_source

LANGUAGES = ("en", "de", "ko", "zh_TW")
THEMES = ("light", "dark")
SIZES = ("1024x640", "1366x768", "1920x1080")


@dataclass(frozen=True, slots=True)
class Look:
    """One way to show a window."""

    language: str = "en"
    theme: str = "light"
    size: str = "1366x768"
    text: float = 1.0
    hidden: bool = False

    @property
    def name(self) -> str:
        """Folder of its pictures."""
        extra = f"-text{self.text:g}" if self.text != 1 else ""
        return f"{self.language}-{self.theme}-{self.size}{extra}{'-hidden' if self.hidden else ''}"

    @property
    def pixels(self) -> QSize:
        """Size of the window."""
        width, _, height = self.size.partition("x")
        return QSize(int(width), int(height))


def looks(languages: list[str], themes: list[str], sizes: list[str]) -> Iterator[Look]:
    """Yield the looks asked for, languages outermost because a change of words costs most."""
    for language in languages:
        for theme in themes:
            for size in sizes:
                yield Look(language, theme, size)


def states() -> Iterator[Look]:
    """Yield the looks beside the matrix."""
    yield Look(hidden=True)
    yield Look(text=1.5, size="1366x768")
    yield Look(text=2.0, size="1024x640")
    yield Look(text=2.0, size="1920x1080")
    yield Look(theme="high_contrast")


def dress(made: Studio, look: Look) -> None:
    """Put a look in force."""
    theme_source().choose(look.theme, language=look.language, text_scale=look.text)
    made.window.resize(look.pixels)
    words = made.workspace.words
    if (words.language, words.hide_amounts) != (look.language, look.hidden):
        made.workspace.speak(language=look.language, hide_amounts=look.hidden)


def english_messages(language: str) -> frozenset[str]:
    """Return the messages whose translation differs from them, so that the English text is a fault."""
    if language == "en":
        return frozenset()
    from catalogues import read_catalogue

    return frozenset(
        entry.id.replace("&", "")
        for entry in read_catalogue(language)
        if isinstance(entry.id, str) and entry.id and entry.string not in ("", entry.id)
    )


def names_of(made: Studio) -> frozenset[str]:
    """Return the names of lines and of what they ride on: data, which is never translated."""
    analysis = made.workspace.analysis
    if analysis is None:
        return frozenset()
    return frozenset(
        {line.label for line in analysis.positions} | {root.name for root in analysis.exposures}
    )


def sweep(
    made: Studio, look: Look, screens: list[str]
) -> Iterator[tuple[str, QImage, list[Finding]]]:
    """Yield each screen in a look with its picture and what is wrong in it."""
    dress(made, look)
    english = english_messages(look.language) - names_of(made)
    for screen in screens:
        made.show(screen)
        image = made.image()
        yield screen, image, look_at(made.window, image, look.language, english)


def main() -> int:
    """Paint, sweep and write what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--screens", nargs="*", default=[spec.id for spec in SCREENS])
    parser.add_argument("--languages", nargs="*", default=list(LANGUAGES))
    parser.add_argument("--themes", nargs="*", default=list(THEMES))
    parser.add_argument("--sizes", nargs="*", default=list(SIZES))
    parser.add_argument("--no-states", action="store_true")
    asked = parser.parse_args()
    wanted = list(looks(asked.languages, asked.themes, asked.sizes))
    if not asked.no_states:
        wanted += list(states())
    found: dict[Finding, list[str]] = defaultdict(list)
    pictures = 0
    for file in asked.files:
        with studio() as made:
            made.open(file)
            for look in wanted:
                folder = asked.out / file.stem / look.name
                folder.mkdir(parents=True, exist_ok=True)
                for screen, image, findings in sweep(made, look, asked.screens):
                    image.save(str(folder / f"{screen}.png"))
                    pictures += 1
                    for one in findings:
                        found[one].append(f"{file.stem}/{look.name}/{screen}")
    write_findings(asked.out / "findings.md", found, pictures)
    print(f"{pictures} pictures, {len(found)} different findings")
    return 1 if found else 0


def write_findings(path: Path, found: dict[Finding, list[str]], pictures: int) -> None:
    """Write what was found, most frequent first within its kind."""
    lines = [f"# {pictures} pictures, {len(found)} different findings", ""]
    for one, places in sorted(found.items(), key=lambda item: (item[0].kind, -len(item[1]))):
        lines.append(
            f"- **{one.kind}** {one.where} “{one.text}” {one.detail} — {len(places)}x, first {places[0]}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
