"""A firm's mark, colour and text are used when they can be printed, and refused with the reason when not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.sentences import error_text
from levcheck.i18n.words import Words
from levcheck.reporting.branding import (
    LEAST_CONTRAST,
    checked_accent,
    checked_branding,
    contrast_on_white,
    nearest_readable,
)
from levcheck.reporting.logos import LARGEST_BYTES, checked_logo
from tests.helpers.report_lab import SVG, png


@given(st.integers(0, 0xFFFFFF))
def test_that_a_pale_colour_is_refused_with_one_that_passes(number: int) -> None:
    colour = f"#{number:06X}"
    if contrast_on_white(colour) >= LEAST_CONTRAST:
        assert checked_accent(colour) == colour
        return
    with pytest.raises(LevcheckError) as refused:
        checked_accent(colour)
    nearest = str(refused.value.args_map["nearest"])
    assert checked_accent(nearest) == nearest
    # A little lighter would not do: it is the nearest of its hue, to within the steps of eight bits.
    parts = [int(nearest[at : at + 2], 16) for at in (1, 3, 5)]
    lighter = "#" + "".join(f"{min(part + 3, 255):02X}" for part in parts)
    assert contrast_on_white(lighter) < LEAST_CONTRAST + 0.05


def test_that_the_refusal_names_contrast_and_remedy() -> None:
    with pytest.raises(LevcheckError) as refused:
        checked_accent("#ffd700")
    message, remedy = error_text(Words("en"), refused.value)
    assert message.startswith("#FFD700 is too pale to read on paper: its contrast is 1.4")
    assert nearest_readable("#ffd700") in remedy


@pytest.mark.parametrize("colour", ["red", "#12", "#GGGGGG", "#1234567"])
def test_that_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(LevcheckError, match=r"report\.no_colour"):
        checked_accent(colour)


def test_that_texts_of_a_mark_are_left_out() -> None:
    bare = checked_logo(png(note=b"Jane Roe /home/jane")).content
    assert b"Jane" not in bare
    assert bare.endswith(b"IEND\xaeB`\x82")
    jpeg = (
        b"\xff\xd8\xff\xe0\x00\x06AB\x00\x00" + b"\xff\xe1\x00\x0cExif Jane " +
        b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x00\x00\x00" + b"\xff\xda\x00\x02pixels\xff\xd9"
    )  # fmt: skip
    logo = checked_logo(jpeg)
    assert logo.kind == "jpeg"
    assert b"Jane" not in logo.content
    assert b"pixels" in logo.content
    drawing = checked_logo(SVG.replace(b"<rect", b"<desc>Jane</desc><rect")).content
    assert b"Jane" not in drawing
    assert b"rect" in drawing
    assert checked_logo(drawing).content == drawing


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a" + b"\0" * 40, "report.logo_kind"),
        (b"", "report.logo_kind"),
        (png()[:30], "report.logo_broken"),
        (png(5000, 1), "report.logo_too_wide"),
        (png(1, 1) + b"\0" * LARGEST_BYTES, "report.logo_too_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>", "report.logo_runs"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "report.logo_runs"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://x/y.png'/></svg>", "report.logo_runs"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><use href='file:///etc/passwd'/></svg>", "report.logo_runs"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><rect fill='url(http://x/)'/></svg>", "report.logo_runs"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'x';</style></svg>", "report.logo_runs"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "report.logo_runs"),
        (b"<svg><rect></svg>", "report.logo_broken"),
        (b"<?xml version='1.0' encoding='UTF-9'?><svg/>", "report.logo_broken"),
        (b"<?xml version='1.0' encoding='gb18030'?><svg/>", "report.logo_broken"),
    ],
)  # fmt: skip
def test_that_a_mark_that_cannot_be_used_is_refused_with_the_reason(
    content: bytes, code: str
) -> None:
    with pytest.raises(LevcheckError) as refused:
        checked_logo(content)
    assert refused.value.code == code
    assert all(error_text(Words("de"), refused.value))


def drawn(body: str, head: str = "") -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {space} {head}>{body}</svg>".encode()


def uses(each: int, layers: int, use: str = '<use href="#a{0}"/>') -> str:
    inner = '<g id="a0"><rect width="1" height="1"/></g>'
    return inner + "".join(
        f'<g id="a{n}">{use.format(n - 1) * each}</g>' for n in range(1, layers + 1)
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (drawn("<g>" * 5_000 + "</g>" * 5_000), "report.logo_too_rich"),
        (drawn("<g>" * 41 + "</g>" * 41), "report.logo_too_rich"),
        (drawn('<rect width="1" height="1"/>' * 5_001), "report.logo_too_rich"),
        (drawn(uses(10, 5)), "report.logo_too_rich"),
        (drawn(uses(10, 5, '<rect mask="url(#a{0})"/>')), "report.logo_too_rich"),
        (drawn(uses(10, 5, """<rect style="mask:url('#a{0}')"/>""")), "report.logo_too_rich"),
        (drawn('<g id="a"><use xlink:href="#a"/></g>'), "report.logo_too_rich"),
        (drawn('<style>rect{mask:url(#m)}</style><mask id="m"><rect/></mask>'), "report.logo_too_rich"),
        (drawn("<style>a{}<g/>@import url(http://x/)</style>"), "report.logo_runs"),
        (drawn("<style>@\\69mport u\\72l(http://x)</style>"), "report.logo_runs"),
        (drawn("<rect style='fill:u\\72l(http://x)'/>"), "report.logo_runs"),
        (drawn('<use href="#a"/>', 'xml:base="http://x/"'), "report.logo_runs"),
    ],
)  # fmt: skip
def test_that_a_drawing_that_would_never_be_done_or_hides_an_address_is_refused(
    content: bytes, code: str
) -> None:
    with pytest.raises(LevcheckError) as refused:
        checked_logo(content)
    assert refused.value.code == code


def test_that_a_drawing_with_gradients_and_parts_used_twice_is_taken() -> None:
    body = (
        '<style>.k{fill:url(#g)}</style><linearGradient id="h"><stop/></linearGradient>'
        '<linearGradient id="g" xlink:href="#h"/><path class="k" id="p" d="M0 0h9v9z"/>'
        '<use href="#p"/><use xlink:href="#p"/>'
    )
    assert checked_logo(drawn("<g>" * 30 + body + "</g>" * 30)).kind == "svg"


def test_that_only_the_first_head_says_how_large_a_picture_is() -> None:
    good, small = png(9, 9), png(1, 1)
    head = small[8:33]
    for content in (good[:33] + head + good[33:], good[:8] + good[33:]):
        with pytest.raises(LevcheckError, match=r"report\.logo_broken"):
            checked_logo(content)


def test_that_nothing_behind_the_pixels_of_a_picture_is_kept() -> None:
    frame = b"\xff\xc2\x00\x0b\x08\x00\x10\x00\x20\x01\x00\x00\x00"
    scans = (
        b"\xff\xda\x00\x02one\xff\x00\xff\xd0" + b"\xff\xe2\x00\x06Jane" + b"\xff\xda\x00\x02two"
    )
    content = b"\xff\xd8" + frame + scans + b"\xff\xd9" + b"\xff\xd8Jane\xff\xd9"
    bare = checked_logo(content).content
    assert bare == b"\xff\xd8" + frame + scans.replace(b"\xff\xe2\x00\x06Jane", b"") + b"\xff\xd9"
    wide = frame.replace(b"\x00\x20", b"\x7f\xff")
    with pytest.raises(LevcheckError, match=r"report\.logo_too_wide"):
        checked_logo(b"\xff\xd8" + wide + frame + scans + b"\xff\xd9")


def test_that_texts_longer_than_their_place_are_refused() -> None:
    assert checked_branding(text="x" * 400).text == "x" * 400
    with pytest.raises(LevcheckError, match=r"report\.text_too_long"):
        checked_branding(text="x" * 401)
    with pytest.raises(LevcheckError, match=r"report\.name_too_long"):
        checked_branding(firm="x" * 81)
