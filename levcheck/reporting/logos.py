"""A firm's mark: PNG, JPEG or SVG, small, drawing nothing from elsewhere, with nothing hidden in it."""

import re
import struct
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from levcheck.domain.diagnostics import LevcheckError

LARGEST_BYTES = 512 * 1024
LARGEST_SIDE = 4000
# What a mark may ask of the painter: parts as written, how deep they lie, how often one may stand for another, and what
# is painted in the end. Ten parts that each use ten others make ten thousand million out of two kilobytes.
MOST_PARTS = 5_000
DEEPEST = 40
MOST_HOPS = 5
MOST_PAINTED = 20_000
_SVG = re.compile(rb"<([A-Za-z]+:)?svg[\s>/]")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Pixels, palette, transparency and colour only: texts, dates and camera data stay out of the report.
_KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
)
_AFTER_PIXELS = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3})
_DRAWS = frozenset(
    {
        "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "title", "desc", "lineargradient", "radialgradient", "stop", "clippath", "mask", "use", "symbol", "style",
        "metadata", "namedview",
    }
)  # fmt: skip
_DROPPED = frozenset({"metadata", "namedview", "title", "desc"})
_ELSEWHERE = re.compile(
    r"url\(\s*['\"]?(?!#)|@import|javascript:|data:|expression\(", re.IGNORECASE
)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]*)", re.IGNORECASE)
_PAINTS = frozenset({"lineargradient", "radialgradient"})
# A drawing written again keeps the plain names it was written with.
register_namespace("", "http://www.w3.org/2000/svg")
register_namespace("xlink", "http://www.w3.org/1999/xlink")
MIME = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Logo:
    """A mark that may be printed.

    Attributes:
        kind: ``png``, ``jpeg`` or ``svg``.
        content: its bytes, without texts, dates and camera data.
    """

    kind: str
    content: bytes

    @property
    def mime(self) -> str:
        """Media type of the content."""
        return MIME[self.kind]


def checked_logo(content: bytes) -> Logo:
    """Return the mark in a file.

    Raises:
        LevcheckError: it is too large, of another kind, broken, or an SVG that runs or loads something.
    """
    if len(content) > LARGEST_BYTES:
        raise LevcheckError("report.logo_too_large", most=LARGEST_BYTES // 1024)
    try:
        if content.startswith(_PNG):
            return Logo("png", _bare_png(content))
        if content.startswith(_JPEG):
            return Logo("jpeg", _bare_jpeg(content))
        if _SVG.search(content[:4096]):
            return Logo("svg", _bare_svg(content))
    except (struct.error, LookupError, ParseError, ValueError) as error:
        raise LevcheckError("report.logo_broken") from error
    raise LevcheckError("report.logo_kind")


def _bare_png(content: bytes) -> bytes:
    kept, at, shape = [_PNG], len(_PNG), (0, 0)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        name = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise LevcheckError("report.logo_broken")
        if (name == b"IHDR") != (len(kept) == 1):
            raise LevcheckError(
                "report.logo_broken"
            )  # a head of its own, once and first, or its size says nothing
        if name == b"IHDR":
            shape = struct.unpack_from(">II", content, at + 8)
        if name in _KEPT_CHUNKS:
            kept.append(content[at:end])
        at = end
        if name == b"IEND":
            break
    _check_shape(*shape)
    return b"".join(kept)


def _bare_jpeg(content: bytes) -> bytes:
    kept, at, shape = [content[:2]], 2, (0, 0)
    while at < len(content):
        if content[at] != 0xFF:
            raise LevcheckError("report.logo_broken")
        marker = content[at + 1]
        if marker == 0xD9:  # whatever stands behind the end of the picture stays out
            kept.append(content[at : at + 2])
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            shape = (max(width, shape[0]), max(height, shape[1]))
        if marker == 0xDA:  # pixels follow, up to the next mark that is none of theirs
            found = _AFTER_PIXELS.search(content, at + 2 + length)
            length = (found.start() if found else len(content)) - at - 2
        # APP0 says what kind of JPEG, APP14 how its colours are stored; other APPn and comments are texts.
        if marker in {0xE0, 0xEE} or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(content[at : at + 2 + length])
        at += 2 + length
    _check_shape(*shape)
    return b"".join(kept)


def _check_shape(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise LevcheckError("report.logo_broken")
    if max(width, height) > LARGEST_SIDE:
        raise LevcheckError("report.logo_too_wide", most=LARGEST_SIDE)


def _bare_svg(content: bytes) -> bytes:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        drawing = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise LevcheckError("report.logo_runs") from error
    _check_extent(drawing)
    _check_drawing(drawing)
    bare: bytes = tostring(drawing, encoding="utf-8", xml_declaration=True)
    return bare


def _check_drawing(element: Element) -> None:
    """Refuse what runs or loads, and take out what only tells.

    Raises:
        LevcheckError: ``report.logo_runs``.
    """
    for part in element.iter():
        name = _local(part.tag)
        texts = [part.text or "", part.tail or "", *part.attrib.values()]
        if name not in _DRAWS or any(_ELSEWHERE.search(text) for text in texts):
            raise LevcheckError("report.logo_runs")
        for attribute, value in part.attrib.items():
            own = _local(attribute)
            if own.startswith("on") or own == "base" or (own == "href" and value[:1] != "#"):
                raise LevcheckError("report.logo_runs")
            if own == "style" and "\\" in value:  # letters written as numbers
                raise LevcheckError("report.logo_runs")
        if name == "style" and "\\" in "".join(part.itertext()):
            raise LevcheckError("report.logo_runs")
    for part in list(element.iter()):
        for child in [c for c in part if _local(c.tag) in _DROPPED]:
            part.remove(child)


def _check_extent(drawing: Element) -> None:
    """Refuse what would keep a painter busy for ever.

    Raises:
        LevcheckError: ``report.logo_too_rich``.
    """
    named: dict[str, Element] = {}
    waiting, parts = [(drawing, 1)], 0
    while waiting:
        part, depth = waiting.pop()
        parts += 1
        if depth > DEEPEST or parts > MOST_PARTS:
            raise LevcheckError("report.logo_too_rich")
        named.setdefault(part.get("id", ""), part)
        waiting += [(child, depth + 1) for child in part]
    for sheet in drawing.iter():
        # A rule of a style sheet reaches any part, so it may only name what costs nothing to paint with.
        if _local(sheet.tag) == "style" and any(
            _local(named[one].tag) not in _PAINTS
            for one in _REFERENCE.findall("".join(sheet.itertext()))
            if one in named
        ):
            raise LevcheckError("report.logo_too_rich")
    _painted(drawing, named, {}, 0)


def _painted(part: Element, named: dict[str, Element], known: dict[Element, int], hops: int) -> int:
    """Return how many parts are painted for one, with all that it names in turn."""
    if part in known:
        return known[part]
    if hops > MOST_HOPS:  # or a ring that has no end
        raise LevcheckError("report.logo_too_rich")
    total = 1 + sum(_painted(child, named, known, hops) for child in part)
    for attribute, value in part.attrib.items():
        asked = [value[1:]] if _local(attribute) == "href" else _REFERENCE.findall(value)
        total += sum(_painted(named[one], named, known, hops + 1) for one in asked if one in named)
    if total > MOST_PAINTED:
        raise LevcheckError("report.logo_too_rich")
    known[part] = total
    return total


def _local(name: object) -> str:
    return str(name).rsplit("}", 1)[-1].lower()
