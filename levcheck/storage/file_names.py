"""Names of files made from names of portfolios: whatever a name holds, it never becomes a path."""

import re
import unicodedata

LONGEST = 80
# Windows keeps these for devices, with any ending; a file of that name cannot be opened there again.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_NO_TEXT = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def file_name(name: str, ending: str, *, otherwise: str = "levcheck") -> str:
    """Return a name for a file that is about something called `name`.

    Args:
        name: as it stands in a workbook or was typed; anything at all.
        ending: with its dot, such as ``.pdf``; kept as it is.
        otherwise: what to call the file when nothing of the name can be used.

    >>> file_name("../../etc/passwd", ".pdf"), file_name("  ", ".pdf"), file_name("Müller & Söhne", ".pdf")
    ('etc passwd.pdf', 'levcheck.pdf', 'Müller & Söhne.pdf')
    """
    text = unicodedata.normalize("NFC", name)
    # Marks that turn the direction of writing can make one ending look like another.
    text = "".join(c if unicodedata.category(c) not in _NO_TEXT else " " for c in text)
    text = " ".join(_FORBIDDEN.sub(" ", text).split())
    # A leading dot hides a file, a leading dash is an option to a program, a dot at the end is lost on Windows.
    text = re.sub(r"^[.\s~-]+|[.\s]+$", "", text)
    text = _shortened(text)
    if not text or _DEVICES.match(text):
        text = f"{otherwise} {text}".strip()
    return text + ending


def _shortened(text: str) -> str:
    """Return at most :data:`LONGEST` letters and not more bytes than a file system takes for one name."""
    text = text[:LONGEST]
    while len(text.encode("utf-8")) > 3 * LONGEST:
        text = text[:-1]
    return text.rstrip(". ")
