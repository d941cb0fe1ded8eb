"""``levcheck doctor``: what this machine has, what is amiss, and the remedy for it."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levcheck.cli.services import Services

SCHEMA = "levcheck/doctor/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="write JSON to standard output")
    parser.add_argument(
        "--report",
        metavar="OUT",
        type=Path,
        help="write a report for a helper and show it; it holds nothing of a portfolio",
    )


def run(args: argparse.Namespace) -> int:
    """Print every finding; the status is 1 when one of them keeps levcheck from working."""
    from levcheck.reporting.machine import look_around, report_text

    services: Services = args.services
    findings = look_around(services.font_families)
    if args.report is not None:
        from levcheck.storage.writer import write_file

        text = report_text(findings)
        write_file(args.report, text.encode("utf-8"))
        if not args.json:
            print(text, end="")
    if args.json:
        print(json.dumps({"schema": SCHEMA, "findings": [asdict(f) for f in findings]}, indent=1))
    elif args.report is None:
        for finding in findings:
            print(f"{finding.state:8} {finding.what:22} {finding.found}")
            if finding.remedy:
                print(f"{'':8} {'':22} → {finding.remedy}")
    return 1 if any(finding.state == "error" for finding in findings) else 0
