"""What is written under a password: made anew each time, opened by its password only, refused where one sign differs."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage import sealing
from levcheck.storage.sealing import Seal, is_sealed, sealed, sealed_schema, unsealed

pytest.importorskip("cryptography", reason="the extra 'password' is not installed")

PASSWORD = "correct horse"  # noqa: S105  # it protects nothing
INSIDE = b'{"body": "secret"}'


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 2})


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(LevcheckError) as caught:
        act()
    return caught.value.code


def rewritten(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(content)
    change(document)
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def test_that_what_was_sealed_comes_out_and_its_seal_writes_again() -> None:
    seal = Seal.new(PASSWORD)
    closed = sealed(INSIDE, seal, schema=3)
    assert is_sealed(closed)
    assert not is_sealed(INSIDE)
    assert sealed_schema(closed) == 3
    assert sealed_schema(INSIDE) is None
    assert closed.endswith(b"\n")
    plain, again = unsealed(closed, "x", PASSWORD)
    assert (plain, again) == (INSIDE, seal)
    assert unsealed(closed, "x", seal=seal) == (INSIDE, seal)
    assert sealed(INSIDE, seal, schema=3) != closed
    assert seal.key.hex() not in repr(seal)
    assert len(seal.key) == 32


def test_that_line_ends_of_another_system_are_no_damage() -> None:
    closed = sealed(INSIDE, Seal.new(PASSWORD), schema=1)
    assert unsealed(closed.replace(b"\n", b"\r\n"), "x", PASSWORD)[0] == INSIDE


def test_that_a_password_has_a_least_length() -> None:
    assert code_of(lambda: Seal.new("1234567")) == "storage.password_short"
    assert Seal.new("12345678").kdf


def test_that_another_seal_asks_for_the_password_and_a_wrong_one_is_told() -> None:
    closed = sealed(INSIDE, Seal.new(PASSWORD), schema=1)
    other = Seal.new(PASSWORD)  # the same password, another salt
    assert code_of(lambda: unsealed(closed, "x", seal=other)) == "storage.needs_password"
    assert unsealed(closed, "x", PASSWORD, seal=other)[0] == INSIDE
    assert code_of(lambda: unsealed(closed, "x")) == "storage.needs_password"
    assert code_of(lambda: unsealed(closed, "x", "Correct horse")) == "storage.wrong_password"


def test_that_one_password_in_two_forms_of_unicode_is_one() -> None:
    closed = sealed(INSIDE, Seal.new("cafe\u0301 1234"), schema=1)
    assert unsealed(closed, "x", "caf\u00e9 1234")[0] == INSIDE
    assert Seal.new("lone \ud800 half").key


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("sealed"),
        lambda d: d.update(sealed="not base64!"),
        lambda d: d.update(sealed=7),
        lambda d: d.update(more=1),
        lambda d: d.update(format="levcheck-seale"),
        lambda d: d["cipher"].update(name="rot13"),
        lambda d: d["cipher"].update(nonce="00" * 11),
        lambda d: d["cipher"].update(nonce="zz"),
        lambda d: d.update(cipher=7),
        lambda d: d.update(schema="1"),
        lambda d: d.update(schema=True),
        lambda d: d.update(kdf=[]),
        lambda d: d["kdf"].update(name="md5"),
        lambda d: d["kdf"].update(n=3),
        lambda d: d["kdf"].update(n=1),
        lambda d: d["kdf"].update(n=0),
        lambda d: d["kdf"].update(n=2**19),
        lambda d: d["kdf"].update(n="2"),
        lambda d: d["kdf"].update(r=0),
        lambda d: d["kdf"].update(r=33),
        lambda d: d["kdf"].update(p=0),
        lambda d: d["kdf"].update(p=5),
        lambda d: d["kdf"].update(salt="00" * 15),
        lambda d: d["kdf"].update(more=1),
        lambda d: d["kdf"].pop("p"),
    ],
)
def test_that_another_shape_or_cost_is_damage_before_a_key_is_made(
    change: Callable[[dict[str, Any]], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = sealed(INSIDE, Seal.new(PASSWORD), schema=1)
    monkeypatch.setattr(sealing, "_key", lambda *_: pytest.fail("a key was made"))
    hostile = rewritten(closed, change)
    assert code_of(lambda: unsealed(hostile, "x", PASSWORD)) == "storage.damaged"
    assert sealed_schema(hostile) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(schema=2),
        lambda d: d["cipher"].update(nonce="00" * 12),
        lambda d: d["kdf"].update(p=2),
        lambda d: d["kdf"].update(n=4),
        lambda d: d["kdf"].update(r=32),
        lambda d: d["kdf"].update(salt="00" * 16),
    ],
)
def test_that_a_head_that_was_changed_does_not_open(
    change: Callable[[dict[str, Any]], object],
) -> None:
    hostile = rewritten(sealed(INSIDE, Seal.new(PASSWORD), schema=1), change)
    assert code_of(lambda: unsealed(hostile, "x", PASSWORD)) == "storage.wrong_password"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"sealed":""}'])
def test_that_anything_else_is_damage(content: bytes) -> None:
    assert code_of(lambda: unsealed(content, "x", PASSWORD)) == "storage.damaged"


def test_that_the_same_document_written_another_way_is_damage() -> None:
    closed = sealed(INSIDE, Seal.new(PASSWORD), schema=1)
    spaced = json.dumps(json.loads(closed), sort_keys=True).encode()
    assert code_of(lambda: unsealed(spaced, "x", PASSWORD)) == "storage.damaged"
    parts = json.loads(closed)
    order = ("kdf", "cipher", "schema", "format", "sealed")
    turned = json.dumps({name: parts[name] for name in order}, separators=(",", ":")).encode()
    assert len(turned) == len(closed) - 1
    assert code_of(lambda: unsealed(turned, "x", PASSWORD)) == "storage.damaged"


def test_that_a_machine_without_memory_or_cipher_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = sealed(INSIDE, Seal.new(PASSWORD), schema=1)

    def none_left(*_: object, **__: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("levcheck.storage.sealing.hashlib.scrypt", none_left)
        assert code_of(lambda: unsealed(closed, "x", PASSWORD)) == "storage.no_memory_for_key"
    monkeypatch.setitem(
        __import__("sys").modules, "cryptography.hazmat.primitives.ciphers.aead", None
    )
    monkeypatch.setattr(sealing, "_key", lambda *_: pytest.fail("a key was made for nothing"))
    assert code_of(lambda: Seal.new(PASSWORD)) == "storage.no_cipher"
