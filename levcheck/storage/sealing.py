"""A password on a session file: what is written is sealed, and nothing of it can be read or changed without the password.

A sealed file is one JSON document as well: ``{"cipher": …, "format": "levcheck-sealed", "kdf": …, "schema": 1, "sealed": …}``.
The key is made from the password by scrypt (RFC 7914) with a random salt of the file's own; the session inside is the very
bytes an open file would hold, under ChaCha20-Poly1305 (RFC 8439) with a random nonce for each save. Everything outside the
data is authenticated with it, so that no part of the file can be changed unseen.
"""

import base64
import binascii
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import msgspec

from levcheck.domain.diagnostics import LevcheckError

SEALED = "levcheck-sealed"
SHORTEST_PASSWORD = 8
# 128 MiB of memory and about half a second for each guess; what a desktop can spend once for each opening.
_COST: dict[str, str | int] = {"name": "scrypt", "n": 2**17, "r": 8, "p": 1}
# A hostile file may name any cost: more than this is not tried.
_MOST_MEMORY = 256 * 1024 * 1024
_CIPHER = "chacha20-poly1305"
_NONCE_BYTES, _SALT_BYTES, _KEY_BYTES = 12, 16, 32
_LONGEST_HEAD = 600


@dataclass(frozen=True, slots=True)
class Seal:
    """What a password came to for one file; it lives in memory only and never shows itself.

    Attributes:
        kdf: how the key was made, the salt included, as it stands in the file.
        key: the key.
    """

    kdf: tuple[tuple[str, str | int], ...]
    key: bytes = field(repr=False)

    @classmethod
    def new(cls, password: str) -> "Seal":
        """Make a seal with a fresh salt.

        Raises:
            LevcheckError: ``storage.password_short``, or ``storage.no_cipher``: the library for it is not installed.
        """
        if len(password) < SHORTEST_PASSWORD:
            raise LevcheckError("storage.password_short", letters=SHORTEST_PASSWORD)
        _cipher(bytes(_KEY_BYTES))
        kdf: dict[str, str | int] = {**_COST, "salt": secrets.token_bytes(_SALT_BYTES).hex()}
        return cls(tuple(sorted(kdf.items())), _key(password, kdf))


def is_sealed(content: bytes) -> bool:
    """Return whether content is that of a file with a password."""
    return b'"format":"levcheck-sealed"' in content[:_LONGEST_HEAD]


def sealed(content: bytes, seal: Seal, *, schema: int) -> bytes:
    """Return content as it is written under a password; never the same twice.

    Raises:
        LevcheckError: ``storage.no_cipher``.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    head = {
        "cipher": {"name": _CIPHER, "nonce": nonce.hex()},
        "format": SEALED,
        "kdf": dict(seal.kdf),
        "schema": schema,
    }
    data = _cipher(seal.key).encrypt(nonce, content, _canonical(head))
    whole = {**head, "sealed": base64.b64encode(data).decode("ascii")}
    return _canonical(whole) + b"\n"


def unsealed(
    content: bytes, name: str, password: str | None = None, *, seal: Seal | None = None
) -> tuple[bytes, Seal]:
    """Return what is inside, and the seal to write it again with.

    Args:
        content: a sealed file.
        name: what to call the file in a message.
        password: what the user typed.
        seal: one made from the password before; tried first.

    Raises:
        LevcheckError: ``storage.needs_password`` (none was given, or `seal` is of another password),
            ``storage.wrong_password`` (or the file is damaged: the two cannot be told apart), ``storage.damaged`` or
            ``storage.no_cipher``.
    """
    head, nonce, data = _parts(content, name)
    kdf = tuple(sorted(head["kdf"].items()))
    if seal is None or seal.kdf != kdf:
        if password is None:
            raise LevcheckError("storage.needs_password", file=name)
        seal = Seal(kdf, _key(password, head["kdf"], name))
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(seal.key).decrypt(nonce, data, _canonical(head)), seal
    except InvalidTag as error:
        raise LevcheckError("storage.wrong_password", file=name) from error


def sealed_schema(content: bytes) -> int | None:
    """Return the schema a sealed file says it is of; None for anything else."""
    try:
        head, _, _ = _parts(content, "")
    except LevcheckError:
        return None
    schema: int = head["schema"]
    return schema


# --- inside ------------------------------------------------------------------------------------------------


def _parts(content: bytes, name: str) -> tuple[dict[str, Any], bytes, bytes]:
    try:
        document = msgspec.json.decode(content)
        data = base64.b64decode(document.pop("sealed"), validate=True)
        nonce = bytes.fromhex(document["cipher"]["nonce"])
        whole = (
            set(document) == {"cipher", "format", "kdf", "schema"}
            and document["format"] == SEALED
            and document["cipher"]["name"] == _CIPHER
            and len(nonce) == _NONCE_BYTES
            and type(document["schema"]) is int
            and _is_possible(document["kdf"])
        )
        # The same bytes only: a file that somebody wrote differently was not written by this program.
        rendered = {**document, "sealed": base64.b64encode(data).decode("ascii")}
        whole = whole and _canonical(rendered) == content.replace(b"\r\n", b"\n").rstrip(b"\n")
    except (
        msgspec.MsgspecError,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        binascii.Error,
    ) as error:
        raise LevcheckError("storage.damaged", file=name) from error
    if not whole:
        raise LevcheckError("storage.damaged", file=name)
    return document, nonce, data


def _is_possible(kdf: dict[str, Any]) -> bool:
    """Return whether a key can be made this way without taking the machine."""
    n, r, p = kdf["n"], kdf["r"], kdf["p"]
    numbers = all(type(value) is int for value in (n, r, p))
    return (
        set(kdf) == {"name", "n", "r", "p", "salt"}
        and kdf["name"] == "scrypt"
        and numbers
        and n >= 2
        and n & (n - 1) == 0
        and 1 <= r <= 32
        and 1 <= p <= 4
        and 128 * n * r <= _MOST_MEMORY
        and len(bytes.fromhex(kdf["salt"])) == _SALT_BYTES
    )


def _key(password: str, kdf: dict[str, Any], name: str = "") -> bytes:
    # One and the same password may be typed as different code points on different keyboards.
    secret = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    n, r, p = kdf["n"], kdf["r"], kdf["p"]
    memory = 128 * n * r + 128 * r * p + 1024 * 1024
    salt = bytes.fromhex(kdf["salt"])
    try:
        return hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, maxmem=memory, dklen=_KEY_BYTES)
    except (MemoryError, ValueError) as error:
        raise LevcheckError("storage.no_memory_for_key", file=name) from error


def _cipher(key: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    except ImportError as error:
        raise LevcheckError("storage.no_cipher") from error
    return ChaCha20Poly1305(key)


def _canonical(document: dict[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")
