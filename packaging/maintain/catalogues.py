"""Bring the catalogues of resources/locale/ up to date: extract every message, keep translations, compile.

Run it after changing any text. It names what still has no translation and ends with 1, and it writes nothing wrong: a
translation whose placeholders are not those of the English text stops it.
"""

import argparse
import io
import string
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from messages import ROOT, Message, every_message

LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("de", "ko", "zh_TW")
DOMAIN = "levcheck"
# A date that moves with the clock would make the same words a different file.
_DATED = datetime(2026, 11, 22, tzinfo=UTC)
_HEADER = "# The words of levcheck. Written by packaging/maintain/catalogues.py; translate here, then run it."


def folder(language: str, locale: Path = LOCALE) -> Path:
    """Return where the catalogue of a language lies."""
    return locale / language / "LC_MESSAGES"


def read_catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    """Return the catalogue of a language as it is on disk; an empty one when there is none yet."""
    path = folder(language, locale) / f"{DOMAIN}.po"
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def updated(old: Catalog, language: str, messages: Iterable[Message]) -> Catalog:
    """Return a catalogue of exactly `messages`, with what `old` knows of them; the rest of `old` is kept as obsolete."""
    new = _empty(language)
    known = {_singular(e): e.string for e in (*old.obsolete.values(), *old) if e.id}
    wanted = set()
    for message in messages:
        wanted.add(message.singular)
        said = known.get(message.singular)
        forms = [said] if isinstance(said, str) else list(said or ())
        if message.plural:
            forms = (forms + [""] * new.num_plurals)[: new.num_plurals]
            new.add((message.singular, message.plural), tuple(forms))
        else:
            new.add(message.singular, forms[-1] if forms else "")
    for entry in (*old.obsolete.values(), *old):
        if entry.id and _singular(entry) not in wanted and any(_forms(entry)):
            new.obsolete[entry.id] = Entry(entry.id, entry.string)
    return new


def missing(catalogue: Catalog) -> list[str]:
    """Return the messages that have no translation, or not in every plural form."""
    return [
        _singular(entry)
        for entry in catalogue
        if entry.id and not all(form.strip() for form in _forms(entry))
    ]


def faults(catalogue: Catalog) -> list[str]:
    """Return what is wrong with the translations that are there: placeholders, mnemonics, line ends."""
    found = []
    for entry in catalogue:
        if not entry.id:
            continue
        for form in filter(None, _forms(entry)):
            found += [
                f"{catalogue.locale}: {what}: {_singular(entry)!r} → {form!r}"
                for what in _differences(entry, form)
            ]
    return found


def _differences(entry: Entry, form: str) -> list[str]:
    one = _singular(entry)
    many = entry.id[1] if isinstance(entry.id, tuple | list) else one
    try:
        same = placeholders(form) == placeholders(one) or placeholders(form) == placeholders(many)
    except ValueError as fault:
        return [f"not a format string ({fault})"]
    found = [] if same else ["placeholders differ"]
    if ("&" in one.replace(" & ", "")) != ("&" in form.replace(" & ", "")):
        found.append("access key differs")
    if one.endswith("…") != form.endswith("…") or _edges(one) != _edges(form):
        found.append("its end differs")
    return found


def _edges(text: str) -> tuple[bool, bool]:
    """Return whether a text begins and ends with a space."""
    return text[:1].isspace(), text[-1:].isspace()


def placeholders(text: str) -> frozenset[str]:
    """Return the names a format string asks for.

    Raises:
        ValueError: it is not a format string.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def po_bytes(catalogue: Catalog) -> bytes:
    """Return the catalogue as a .po file, the same words always as the same bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, no_location=True)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return the catalogue compiled for gettext, the same words always as the same bytes."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


class _Plain(Catalog):
    """A catalogue whose header does not name the version of the tool, so that another version writes the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [pair for pair in self._get_mime_headers() if pair[0] != "Generated-By"]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        self._set_mime_headers(headers)


def _empty(language: str) -> Catalog:
    return _Plain(
        locale=language,
        domain=DOMAIN,
        header_comment=_HEADER,
        project=DOMAIN,
        version="1",
        creation_date=_DATED,
        revision_date=_DATED,
        last_translator="levcheck maintainers",
        language_team=language,
        msgid_bugs_address="levcheck maintainers",
        charset="utf-8",
        fuzzy=False,
    )


def _singular(entry: Entry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _forms(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def main(arguments: list[str] | None = None) -> int:
    """Update and compile every catalogue; 1 when something is missing or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only tell")
    parser.add_argument("--prune", action="store_true", help="forget what is not said any more")
    chosen = parser.parse_args(arguments)
    messages = every_message()
    wrong = 0
    for language in LANGUAGES:
        catalogue = updated(read_catalogue(language), language, messages)
        if chosen.prune:
            catalogue.obsolete.clear()
        told = faults(catalogue)
        lacking = missing(catalogue)
        wrong += len(told) + len(lacking)
        print(f"{language}: {len(messages)} messages, {len(lacking)} without a translation")
        print("".join(f"  missing: {text}\n" for text in lacking), end="")
        print("".join(f"  {text}\n" for text in told), end="")
        if told or chosen.check:
            continue
        place = folder(language)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{DOMAIN}.po").write_bytes(po_bytes(catalogue))
        (place / f"{DOMAIN}.mo").write_bytes(mo_bytes(catalogue))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
