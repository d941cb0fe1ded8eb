"""``levcheck shots``: paints each screen of the real window off screen to PNG."""

import argparse
from pathlib import Path

from levcheck.cli import passwords
from levcheck.cli.services import Services, ShotRequest

SCREENS = ("portfolio", "overview", "overlap", "stress", "leverage", "what-if", "data")
SMALLEST = (640, 480)
LARGEST = (7680, 4320)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="workbook or saved session")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="folder for NAME.png"
    )
    passwords.add_arguments(parser)
    parser.add_argument("--screen", metavar="NAME", action="append", default=[], choices=SCREENS)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--lang", choices=("en", "ko", "zh_TW", "de"), default="en")
    parser.add_argument("--size", type=window_size, default=(1366, 768), metavar="WxH")
    parser.add_argument("--scale", type=scale_factor, default=1.0)
    parser.add_argument("--hide-amounts", action="store_true", help="show money as dots")
    parser.add_argument("--meeting", action="store_true", help="paint meeting mode")


def window_size(text: str) -> tuple[int, int]:
    """Return (width, height) of a text like ``1366x768``.

    Raises:
        argparse.ArgumentTypeError: it is no such text, or no sensible window.
    """
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1366x768")
    size = (int(width), int(height))
    if not all(
        low <= side <= high for low, side, high in zip(SMALLEST, size, LARGEST, strict=True)
    ):
        raise argparse.ArgumentTypeError(f"{text!r} is outside 640x480 to 7680x4320")
    return size


def scale_factor(text: str) -> float:
    """Return a device pixel ratio from 0.5 to 4.

    Raises:
        argparse.ArgumentTypeError: it is no number or outside that range.
    """
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0.5 <= value <= 4:
        raise argparse.ArgumentTypeError(f"{text!r} is outside 0.5 to 4")
    return value


def run(args: argparse.Namespace) -> int:
    """Paint the pictures and print their paths."""
    services: Services = args.services
    request = ShotRequest(
        file=args.file,
        folder=args.out,
        screens=tuple(args.screen),
        theme=args.theme,
        language=args.lang,
        size=args.size,
        scale=args.scale,
        hide_amounts=args.hide_amounts,
        meeting=args.meeting,
        ask=passwords.asker(args),
    )
    for path in services.paint_shots(request):
        print(path)
    return 0
