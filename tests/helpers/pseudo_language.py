"""A made-up language: every message with accents and longer, so that what was never translated stands out."""

import gettext
import io
import re
from collections.abc import Iterable
from typing import Any

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒǵħíĵķļḿñóþɋŕšţúṽŵẋýžÁßÇĐÉƑǴĦÍĴĶĻḾÑÓÞɊŔŠŢÚṼŴẊÝŽ",
)
_PLACEHOLDER = re.compile(r"(\{[^}]*\})")


def pseudo(text: str) -> str:
    """Return a message in the made-up language: the same placeholders, 200 % longer when short, else 40 %."""
    accented = "".join(
        part if part.startswith("{") else part.translate(_ACCENTED)
        for part in _PLACEHOLDER.split(text)
    )
    longer = len(text) * 2 if len(text) <= 10 else round(len(text) * 0.4)
    end = "…" if text.endswith("…") else ""
    return accented.removesuffix("…") + " " + ("ñéŵ " * longer)[: max(longer - 1, 1)].strip() + end


def pseudo_catalogue(messages: Iterable[Any]) -> gettext.GNUTranslations:
    """Return the compiled catalogue of the made-up language for these messages."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="de")
    for message in messages:
        if message.plural:
            forms = (pseudo(message.singular), pseudo(message.plural))
            catalogue.add((message.singular, message.plural), forms)
        else:
            catalogue.add(message.singular, pseudo(message.singular))
    out = io.BytesIO()
    write_mo(out, catalogue)
    out.seek(0)
    return gettext.GNUTranslations(out)
