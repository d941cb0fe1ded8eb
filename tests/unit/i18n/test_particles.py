"""Korean particles fit the word before them."""

import pytest

from levcheck.i18n.particles import with_particles
from levcheck.i18n.words import Words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("삼성을(를)", "삼성을"),
        ("엔비디아을(를)", "엔비디아를"),
        ("NVDL은(는)", "NVDL은"),
        ("SOXS은(는)", "SOXS는"),
        ("'story.xlsx'이(가)", "'story.xlsx'가"),
        ("13%이(가)", "13%가"),
        ("3을(를)", "3을"),
        ("$48,200은(는)", "$48,200는"),
        ("₩1.20억을(를)", "₩1.20억을"),
        ("$1.20억을(를)", "$1.20억를"),
        ("$10 (8%)을(를)", "$10 (8%)를"),
        ("서울(으)로", "서울로"),
        ("USD(으)로", "USD로"),
        ("금(으)로", "금으로"),
        ("펀드(2x)과(와) 주식", "펀드(2x)와 주식"),
        ("괄호 (없음)", "괄호 (없음)"),
        ("", ""),
    ],
)
def test_that_the_particle_follows_the_sound(written: str, read: str) -> None:
    assert with_particles(written) == read


def test_that_only_korean_is_touched() -> None:
    assert Words("en").text("을(를)") == "을(를)"
    assert "(" not in Words("ko").text("{file} is not a levcheck session.", file="a.csv")
