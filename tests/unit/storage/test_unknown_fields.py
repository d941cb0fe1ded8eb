"""What a newer version wrote beyond what is known follows its object, and goes with it."""

from typing import Any

from levcheck.storage.unknown_fields import Unknown, unknown_fields, with_unknown_fields

ONE: dict[str, Any] = {"place": {"row": 1}, "name": "a"}
TWO: dict[str, Any] = {"place": {"row": 2}, "name": "b"}


def test_that_nothing_beyond_is_nothing() -> None:
    same: Any
    for same in ({"a": 1, "b": [ONE]}, [], (), 7, None, "text", {}):
        assert unknown_fields(same, same) is None
        assert with_unknown_fields(same, None) == same
    # Another value of a known field is no unknown field; neither is one that this version adds.
    assert unknown_fields({"a": 1}, {"a": 2, "b": 3}) is None
    assert unknown_fields([1], {"a": 1}) is None
    assert unknown_fields({"a": 1}, [1]) is None


def test_that_fields_are_found_at_every_depth_and_put_back() -> None:
    known = {"a": {"b": 1}, "lines": [ONE, TWO]}
    raw = {"a": {"b": 1, "c": 2}, "lines": [ONE, TWO | {"more": {"x": 1}}], "new": [1]}
    beyond = unknown_fields(raw, known)
    assert beyond is not None
    assert beyond.fields == {"new": [1]}
    assert beyond.inside["a"] == Unknown(fields={"c": 2})
    assert len(beyond.inside["lines"].items) == 1
    assert with_unknown_fields(known, beyond) == raw


def test_that_a_field_follows_its_line_and_goes_with_it() -> None:
    beyond = unknown_fields([ONE, TWO | {"more": 1}], [ONE, TWO])
    edited = TWO | {"name": "edited"}
    assert with_unknown_fields([edited, ONE], beyond) == [edited | {"more": 1}, ONE]
    assert with_unknown_fields([ONE], beyond) == [ONE]
    assert with_unknown_fields((edited,), beyond) == [edited | {"more": 1}]


def test_that_what_has_no_place_is_told_by_what_it_says() -> None:
    raw = [{"id": "x", "more": 1}, {"id": "y", "place": None, "more": 2}]
    known = [{"id": "x"}, {"id": "y", "place": None}]
    beyond = unknown_fields(raw, known)
    assert with_unknown_fields(known, beyond) == raw
    assert with_unknown_fields([{"id": "z"}], beyond) == [{"id": "z"}]


def test_that_a_field_whose_object_is_gone_or_became_something_else_is_let_go() -> None:
    beyond = unknown_fields({"a": {"b": 1, "c": 2}, "d": 1}, {"a": {"b": 1}, "d": 1})
    assert with_unknown_fields({"d": 1}, beyond) == {"d": 1}
    assert with_unknown_fields({"a": 7}, beyond) == {"a": 7}


def test_that_a_field_this_version_came_to_know_is_not_overwritten() -> None:
    beyond = Unknown(fields={"a": "old", "b": "kept"})
    assert with_unknown_fields({"a": "new"}, beyond) == {"a": "new", "b": "kept"}


def test_that_values_of_different_kinds_and_lengths_have_nothing_in_common() -> None:
    kinds: list[Any] = [{"a": 1}, [1], 7, "text", None]
    for raw in kinds:
        for known in kinds:
            if isinstance(raw, dict) and isinstance(known, dict):
                continue
            assert unknown_fields(raw, known) is None
    more = TWO | {"more": 1}
    assert unknown_fields([ONE, more], [ONE]) is None
    assert unknown_fields([more], [TWO, ONE]) == Unknown(
        items={'{"row": 2}': Unknown(fields={"more": 1})}
    )


def test_that_the_order_of_what_tells_a_line_apart_does_not_matter() -> None:
    one, turned = {"place": {"row": 1, "file": "a"}}, {"place": {"file": "a", "row": 1}}
    beyond = unknown_fields([one | {"more": 1}], [one])
    assert with_unknown_fields([turned], beyond) == [turned | {"more": 1}]
