"""``levcheck self-test``: opens the sample, stresses it, paints the window and writes the page, so that an installation is known to work."""

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.cli.services import Services, ShotRequest

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis

SCENARIO = "ai-chips-minus-30"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="keep the page and the pictures in this folder"
    )


def run(args: argparse.Namespace) -> int:
    """Go through the whole journey; the status is 1 when a step does not give what it must."""
    services: Services = args.services
    if args.out is not None:
        args.out.mkdir(parents=True, exist_ok=True)
        return _journey(services, args.out)
    with tempfile.TemporaryDirectory(prefix="levcheck-") as folder:
        return _journey(services, Path(folder))


def _journey(services: Services, folder: Path) -> int:
    from levcheck.assets import asset

    began = time.perf_counter()
    sample = asset("examples", "story.xlsx")
    analysis = _analysed(sample)
    loss = analysis.stress[0].pnl
    print(f"read      {len(analysis.portfolio.positions)} lines, {analysis.equity:.2f} in total")
    print(f"stressed  {SCENARIO}: {loss:.2f}")
    page = _page(services, analysis, folder / "page.pdf")
    print(f"page      {page.stat().st_size} bytes of PDF")
    pictures = services.paint_shots(
        ShotRequest(
            file=sample,
            folder=folder,
            screens=("overview", "stress"),
            theme="light",
            language="en",
            size=(1366, 768),
            scale=1.0,
            hide_amounts=False,
            meeting=False,
        )
    )
    print(f"window    {len(pictures)} screens painted")
    print(f"time      {time.perf_counter() - began:.1f} s")
    works = (
        loss < 0.0
        and page.read_bytes().startswith(b"%PDF-")
        and len(pictures) == 2
        and all(picture.stat().st_size > 0 for picture in pictures)
    )
    print("levcheck works here." if works else "levcheck does not work here: see above.")
    return 0 if works else 1


def _analysed(sample: Path) -> "Analysis":
    from levcheck.app.intake import take_in
    from levcheck.app.pipeline import analyse
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.scenario_files import load_scenarios

    scenarios = [scenario for scenario in load_scenarios() if scenario.id == SCENARIO]
    return analyse(take_in([sample]).portfolio, Catalogue.bundled(), scenarios)


def _page(services: Services, analysis: "Analysis", path: Path) -> Path:
    from levcheck.i18n.words import Words
    from levcheck.reporting.page import PageOptions
    from levcheck.reporting.report import report

    services.write_pdf(report(analysis, Words("en"), PageOptions()), path)
    return path
