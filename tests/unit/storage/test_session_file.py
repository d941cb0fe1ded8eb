"""A session file gives back what was saved, or says why not."""

import json
import os
import stat
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.domain.draft import Bought, By, Change, ChangeKind, Draft
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import OptionTerms
from levcheck.domain.scenario import Scenario, Shock
from levcheck.storage import sealing, session_file
from levcheck.storage.sealing import Seal
from levcheck.storage.session_file import (
    LARGEST,
    LONGEST_HORIZON,
    SCHEMA,
    LoadedSession,
    SessionBody,
    load_session,
    parse_session,
    read_session_bytes,
    restored,
    save_session,
    schema_of,
    session_bytes,
)
from tests.helpers.sample_session import a_body, a_document, resealed


def refusal(content: bytes, **options: Any) -> str:
    with pytest.raises(LevcheckError) as caught:
        parse_session(content, "mine.levcheck", **options)
    return caught.value.code


def test_that_a_saved_session_is_the_same_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    save_session(path, a_body(), app="1.0")
    opened = load_session(path)
    assert session_bytes(opened, app="1.0") == path.read_bytes()
    assert opened.portfolio == a_body().portfolio
    assert restored(opened.readings[0]).positions[0].option == OptionTerms(
        "AAPL", "2026-06-21", 175.0, "C"
    )


def test_that_only_the_owner_can_read_what_is_saved(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        path = tmp_path / "mine.levcheck"
        save_session(path, a_body(), app="1.0")
    finally:
        os.umask(previous)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["mine.levcheck"]


@given(position=st.integers(0, 20_000), bit=st.integers(0, 7))
def test_that_a_flipped_bit_is_noticed(position: int, bit: int) -> None:
    content = bytearray(session_bytes(a_body(), app="1.0"))
    content[position % len(content)] ^= 1 << bit
    refusal(bytes(content))


@pytest.mark.parametrize("cut", [0, 1, 10, 500, -2, -1])
def test_that_a_truncated_file_is_refused(cut: int) -> None:
    refusal(session_bytes(a_body(), app="1.0")[:cut])


def test_that_line_ends_of_another_system_are_no_damage() -> None:
    content = session_bytes(a_body(), app="1.0").replace(b"\n", b"\r\n")
    assert parse_session(content, "x").body.portfolio == a_body().portfolio


@pytest.mark.parametrize("ahead", [1, 100])
def test_that_a_newer_file_is_named_as_newer_and_only_looked_at(ahead: int) -> None:
    document = a_document() | {"schema": SCHEMA + ahead}
    document["body"] |= {"a_new_thing": [1, 2]}
    newer = resealed(document)
    assert refusal(newer) == "storage.newer"
    seen = parse_session(newer, "x", allow_newer=True)
    assert seen.is_newer
    assert seen.body.portfolio == a_body().portfolio


def test_that_a_newer_file_this_version_cannot_understand_is_refused() -> None:
    document = a_document() | {"schema": SCHEMA + 1}
    document["body"]["portfolio"]["positions"] = {"elsewhere": True}
    assert refusal(resealed(document), allow_newer=True) == "storage.newer"


def test_that_a_newer_number_without_its_checksum_is_not_believed() -> None:
    content = session_bytes(a_body(), app="9").replace(b'"schema": 1', b'"schema": 3')
    assert refusal(content, allow_newer=True) == "storage.newer_or_damaged"


def test_that_fields_of_a_newer_version_survive_a_round_trip() -> None:
    document = a_document()
    document["body"]["goal"] = {"year": 2040}
    document["body"]["portfolio"]["positions"][0]["tag"] = "core"
    document["body"]["portfolio"]["positions"][0]["option"]["style"] = "european"
    written = resealed(document)
    opened = parse_session(written, "x")
    assert session_bytes(opened.body, app="1.0", unknown=opened.unknown) == written


def test_that_an_unknown_field_follows_its_line_and_goes_with_it() -> None:
    document = a_document()
    lines = document["body"]["portfolio"]["positions"]
    lines.append(json.loads(json.dumps(lines[0])))
    lines[1]["place"]["row"] = 17
    lines[1]["tag"] = "second"
    opened = parse_session(resealed(document), "x")
    portfolio = opened.body.portfolio
    swapped = tuple(replace(line, quantity=5.0) for line in reversed(portfolio.positions))
    body = replace(opened.body, portfolio=portfolio.with_positions(swapped))
    saved = json.loads(session_bytes(body, app="1", unknown=opened.unknown))
    assert [p.get("tag") for p in saved["body"]["portfolio"]["positions"]] == ["second", None]
    gone = replace(opened.body, portfolio=portfolio.with_positions(swapped[1:]))
    assert b'"tag"' not in session_bytes(gone, app="1", unknown=opened.unknown)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"PK\x03\x04", b"[" * 100_000, b"\xff\xfe", b"NaN", b'{"a":1e999}']
)  # fmt: skip
def test_that_other_files_are_no_sessions(content: bytes) -> None:
    assert refusal(content) == "storage.not_a_session"


def test_that_depth_and_size_have_an_end() -> None:
    deep: Any = "leaf"
    for _ in range(40):
        deep = {"a": deep}
    document = a_document()
    document["body"]["deep"] = deep
    assert refusal(resealed(document)) == "storage.damaged"
    assert refusal(b" " * (LARGEST + 1)) == "storage.too_large"


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("custom", "horizon_days"), 10**12),
        (("custom", "horizon_days"), -1),
        (("portfolio", "rates"), {"USD": -1.0}),
        (("portfolio", "rates"), {"USD": 0}),
        (("custom", "shocks"), [{"target": "x", "move": -1.5}]),
    ],
)
def test_that_figures_that_cannot_be_are_refused(where: tuple[str, str], value: object) -> None:
    document = a_document()
    document["body"][where[0]][where[1]] = value
    assert refusal(resealed(document)) == "storage.bad_figure"


@pytest.mark.parametrize("digits", [400, 5000])
def test_that_an_endless_number_is_refused(digits: int) -> None:
    content = session_bytes(a_body(), app="1").replace(b"-320.5", b"1" + b"0" * digits)
    assert refusal(content) == "storage.damaged"


def test_that_a_figure_that_is_no_number_is_never_saved(tmp_path: Path) -> None:
    line = replace(a_body().portfolio.positions[0], market_value=float("nan"))
    body = replace(a_body(), portfolio=a_body().portfolio.with_positions((line,)))
    with pytest.raises(LevcheckError) as caught:
        save_session(tmp_path / "x.levcheck", body, app="1")
    assert caught.value.code == "storage.bad_figure"
    assert not list(tmp_path.iterdir())


def test_that_whole_numbers_and_broken_file_names_can_be_saved(tmp_path: Path) -> None:
    line = replace(a_body().portfolio.positions[0], quantity=5, name="bad \udce9 name")
    body = replace(a_body(), portfolio=Portfolio("Mine", (line,)))
    save_session(tmp_path / "x.levcheck", body, app="1")
    kept = load_session(tmp_path / "x.levcheck").portfolio.positions[0]
    assert (kept.quantity, kept.name) == (5.0, "bad ? name")


def test_that_figures_of_numpy_can_be_saved() -> None:
    import numpy as np

    told = Diagnostic("x.y", Severity.INFO, None, MappingProxyType({"n": np.int64(3)}))  # type: ignore[dict-item]
    body = SessionBody(Portfolio("x", ()), diagnostics=(told,))
    assert parse_session(session_bytes(body, app="1"), "x").body.diagnostics[0].args["n"] == 3


def test_that_a_disk_that_gives_back_something_else_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_file, "write_file", lambda path, content: path.write_bytes(content[:-9]))  # fmt: skip
    with pytest.raises(LevcheckError) as caught:
        save_session(tmp_path / "x.levcheck", a_body(), app="1")
    assert caught.value.code == "storage.not_confirmed"


_TEXT = st.text(max_size=20)
_FIGURE = st.floats(allow_nan=False, allow_infinity=False)


@given(
    names=st.lists(_TEXT, max_size=5), values=st.lists(_FIGURE, max_size=5), move=st.floats(-1, 5)
)
def test_that_saving_what_was_opened_gives_the_same_bytes(
    names: list[str], values: list[float], move: float
) -> None:
    first = a_body().portfolio.positions[0]
    lines = tuple(
        replace(first, name=name, market_value=value, raw=MappingProxyType({name: name}))
        for name, value in zip(names, values, strict=False)
    )
    custom = Scenario("custom", "x", "y", (Shock("NVDA.US", move),), 5)
    body = SessionBody(Portfolio("x", lines), custom=custom)
    content = session_bytes(body, app="1")
    assert session_bytes(parse_session(content, "x").body, app="1") == content


def test_that_opening_is_strict_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.levcheck"
    path.write_bytes(resealed(a_document() | {"schema": SCHEMA + 1}))
    with pytest.raises(LevcheckError) as caught:
        load_session(path)
    assert caught.value.code == "storage.newer"
    assert load_session(path, allow_newer=True).portfolio == a_body().portfolio


def test_that_a_file_larger_than_a_session_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.levcheck"
    with path.open("wb") as stream:
        stream.truncate(LARGEST * 50)
    with pytest.raises(LevcheckError) as caught:
        read_session_bytes(path)
    assert caught.value.code == "storage.too_large"


def test_that_the_order_of_keys_does_not_part_a_field_from_its_line() -> None:
    document = a_document()
    line = document["body"]["portfolio"]["positions"][0]
    line["tag"] = "core"
    line["place"] = dict(reversed(line["place"].items()))
    opened = parse_session(resealed(document), "x")
    assert b'"tag": "core"' in session_bytes(opened.body, app="1", unknown=opened.unknown)


def test_that_a_file_without_drafts_opens_and_one_with_more_than_four_does_not() -> None:
    document = a_document()
    del document["body"]["drafts"], document["body"]["model"]
    assert parse_session(resealed(document), "x").body.drafts == ()
    draft = {"id": "A", "changes": [], "name": ""}
    document["body"]["drafts"] = [draft, draft]
    assert refusal(resealed(document)) == "storage.bad_figure"
    document["body"]["drafts"] = [draft | {"id": "E"}]
    assert refusal(resealed(document)) == "storage.bad_figure"


def test_that_what_a_newer_version_knows_of_a_draft_survives() -> None:
    document = a_document()
    change = {"kind": "pay_down", "by": "money", "amount": 5.0, "why": "because"}
    document["body"]["drafts"] = [{"id": "B", "changes": [change], "name": "", "colour": "red"}]
    document["body"]["model"] = document["body"]["portfolio"] | {"rule": "quarterly"}
    loaded = parse_session(resealed(document), "x")
    again = json.loads(session_bytes(loaded.body, app="1.0", unknown=loaded.unknown))
    (draft,) = again["body"]["drafts"]
    assert draft["colour"] == "red"
    assert draft["changes"][0]["why"] == "because"
    assert again["body"]["model"]["rule"] == "quarterly"


def test_that_a_change_without_a_number_is_refused() -> None:
    change = Change(ChangeKind.PAY_DOWN, by=By.MONEY, amount=float("nan"))
    body = replace(a_body(), drafts=(Draft("A", (change,)),))
    with pytest.raises(LevcheckError, match="bad_figure"):
        session_bytes(body, app="1.0")


def test_that_what_a_draft_buys_may_have_no_price_but_no_endless_one() -> None:
    def with_price(price: float | None) -> SessionBody:
        buys = Bought("NVDA", price=price)
        change = Change(ChangeKind.ADD, by=By.MONEY, amount=5.0, buys=buys)
        return replace(a_body(), drafts=(Draft("A", (change,)),))

    for price in (None, 12.5):
        body = with_price(price)
        assert parse_session(session_bytes(body, app="1"), "x").body.drafts == body.drafts
    with pytest.raises(LevcheckError, match="bad_figure"):
        session_bytes(with_price(float("inf")), app="1")


def test_that_nothing_is_written_that_does_not_read_back_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.levcheck"
    save_session(path, a_body("before"), app="1")
    before, parse = path.read_bytes(), session_file.parse_session

    def forgetful(content: bytes, name: str) -> LoadedSession:
        read = parse(content, name)
        return replace(read, body=replace(read.body, scenario=None))

    monkeypatch.setattr(session_file, "parse_session", forgetful)
    with pytest.raises(LevcheckError) as caught:
        save_session(path, a_body("after"), app="1")
    assert caught.value.code == "storage.bad_figure"
    assert path.read_bytes() == before


def test_that_a_seal_that_does_not_open_again_or_grows_too_large_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("cryptography", reason="the extra 'password' is not installed")
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 2})
    path, seal = tmp_path / "mine.levcheck", Seal.new("long enough")

    def refused() -> str:
        with pytest.raises(LevcheckError) as caught:
            save_session(path, a_body(), app="1", seal=seal)
        assert not path.exists()
        return caught.value.code

    with monkeypatch.context() as patch:
        patch.setattr(session_file, "unsealed", lambda *_, **__: (b"something else", seal))
        assert refused() == "storage.not_confirmed"
    # What is sealed is a third longer than what is inside.
    monkeypatch.setattr(session_file, "LARGEST", len(session_bytes(a_body(), app="1")) + 10)
    assert refused() == "storage.too_large"


def test_that_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LevcheckError) as caught:
        load_session(tmp_path / "none.levcheck")
    assert caught.value.code == "storage.not_readable"
    assert dict(caught.value.args_map) == {
        "file": "none.levcheck",
        "reason": "No such file or directory",
    }


def test_that_values_of_a_wrong_or_unknown_kind_are_never_written_by_guess() -> None:
    body = a_body()
    wrong: Any = 7
    with pytest.raises(LevcheckError) as caught:
        session_bytes(replace(body, portfolio=replace(body.portfolio, as_of=wrong)), app="1")
    assert caught.value.code == "storage.bad_figure"
    unknown: Any = object()
    with pytest.raises(NotImplementedError):
        session_bytes(replace(body, portfolio=replace(body.portfolio, as_of=unknown)), app="1")


def test_that_schemas_are_told_of_whole_files_only() -> None:
    assert schema_of(session_bytes(a_body(), app="1")) == SCHEMA
    assert schema_of(resealed(a_document() | {"schema": 9})) == 9
    assert schema_of(session_bytes(a_body(), app="1")[:-5]) is None
    assert schema_of(b'{"format":"levcheck-sealed"}') is None


@pytest.mark.parametrize("schema", [0, -1, 1.0, "1", True, None])
def test_that_a_schema_is_a_number_from_one(schema: object) -> None:
    assert refusal(resealed(a_document() | {"schema": schema})) == "storage.damaged"


@pytest.mark.parametrize("rate", ["0.0", "-1.0", "1e999"])
def test_that_rates_are_more_than_nothing(rate: str) -> None:
    document = a_document()
    document["body"]["portfolio"]["rates"] = {"USD": 12345.5}
    text = resealed(document).replace(b"12345.5", rate.encode())
    sealed_again = resealed(json.loads(text)) if rate != "1e999" else text
    assert refusal(sealed_again) in {"storage.bad_figure", "storage.damaged"}
    if rate != "1e999":
        assert refusal(sealed_again) == "storage.bad_figure"


@pytest.mark.parametrize("strength", [-0.01, 1.01])
def test_that_a_share_of_a_bet_is_between_none_and_all(strength: float) -> None:
    document = a_document()
    document["body"]["portfolio"]["themes"]["members"][0]["strength"] = strength
    assert refusal(resealed(document)) == "storage.bad_figure"


@pytest.mark.parametrize(
    ("where", "value", "is_good"),
    [
        ("horizon_days", -1, False),
        ("horizon_days", LONGEST_HORIZON + 1, False),
        ("horizon_days", LONGEST_HORIZON, True),
        ("move", -1.01, False),
        ("move", -1.0, True),
    ],
)
def test_that_a_shock_of_ones_own_has_bounds(where: str, value: float, *, is_good: bool) -> None:
    document = a_document()
    custom = document["body"]["custom"]
    (custom if where in custom else custom["shocks"][0])[where] = value
    if is_good:
        assert parse_session(resealed(document), "x").body.custom is not None
    else:
        assert refusal(resealed(document)) == "storage.bad_figure"


@pytest.mark.parametrize(
    ("letters", "is_good"), [(("A", "B"), True), (("A", "A"), False), (("Z",), False)]
)
def test_that_drafts_have_letters_of_their_own(letters: tuple[str, ...], *, is_good: bool) -> None:
    document = a_document()
    model = json.loads(session_bytes(replace(a_body(), drafts=(Draft("A"),)), app="1"))["body"][
        "drafts"
    ][0]
    document["body"]["drafts"] = [model | {"id": letter} for letter in letters]
    if is_good:
        assert len(parse_session(resealed(document), "x").body.drafts) == 2
    else:
        assert refusal(resealed(document)) == "storage.bad_figure"


def test_that_the_model_is_checked_and_frozen_like_the_portfolio() -> None:
    body = replace(a_body(), model=a_body("Model").portfolio)
    read = parse_session(session_bytes(body, app="1"), "x").body
    assert read.model == body.model
    assert read.model is not None
    assert isinstance(read.model.rates, MappingProxyType)
    assert isinstance(read.model.positions[0].raw, MappingProxyType)
    document = json.loads(session_bytes(body, app="1"))
    document["body"]["model"]["rates"] = {"USD": 0.0}
    assert refusal(resealed(document)) == "storage.bad_figure"


def test_that_everything_that_was_read_is_read_only() -> None:
    read = parse_session(session_bytes(a_body(), app="1"), "x").body.portfolio
    for kept in (read.rates, read.resolutions, read.owners, read.positions[0].cells,
                 read.positions[0].raw, read.cash[0].cells):  # fmt: skip
        assert isinstance(kept, MappingProxyType)


@pytest.mark.parametrize("fault", [RecursionError, ValueError])
def test_that_a_document_that_cannot_be_written_again_is_damage_and_no_crash(
    fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader of today gives no such document; another one may."""
    content = session_bytes(a_body(), app="1")

    def refuse(_document: object) -> bytes:
        raise fault

    monkeypatch.setattr(session_file, "_rendered", refuse)
    assert refusal(content) == "storage.damaged"
