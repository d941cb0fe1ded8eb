"""Which language headings are written in."""

import re
from collections.abc import Iterable

from levcheck.importing.currencies import plain_width
from levcheck.importing.synonyms import normalised


def language_of(texts: Iterable[str]) -> str | None:
    """Return the language headings are written in, as an ISO 639 code, None when they are in none that is known."""
    joined = " ".join(texts)
    wide = plain_width(joined)
    for code, pattern in _SCRIPTS:
        if pattern.search(wide):
            return code
    words = set(normalised(joined).split())
    best = max(_LANGUAGE_WORDS, key=lambda code: len(words & _LANGUAGE_WORDS[code]))
    return best if words & _LANGUAGE_WORDS[best] else None


_SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("ja", re.compile("[ぁ-んァ-ヶ]|銘柄|評価額|株数|現在値")),
    ("he", re.compile("[א-ת]")),
    ("zh_TW", re.compile("[數價號類幣別買賣損產權總現證]")),
    ("zh_CN", re.compile("[一-鿿]")),
)


# English stands last: its words are in the headings of every country.
_LANGUAGE_WORDS = {
    "de": {"bezeichnung", "stück", "kurs", "wert", "wertpapier", "stk", "nominale", "währung", "bestand", "anteile", "kaufkurs", "einstandskurs", "marktwert", "kurswert", "wkn", "anzahl", "depot", "menge", "schlusskurs", "gesamtwert", "anteil", "datum", "kategorie", "gewichtung", "gewicht", "fonds", "konto", "einstand"},
    "fr": {"libellé", "quantité", "cours", "valeur", "produit", "clôture", "montant", "devise", "valorisation", "nom", "pru", "titres", "quantite", "libelle"},
    "nl": {"aantal", "koers", "waarde", "product", "slotkoers", "munt", "naam", "symbool", "stuks", "rekening"},
    "es": {"nombre", "cantidad", "precio", "títulos", "titulos", "valor", "divisa", "importe", "cotización", "acciones", "mercado", "moneda", "cuenta"},
    "it": {"titolo", "quantità", "prezzo", "controvalore", "valore", "divisa", "descrizione", "carico", "valuta", "quantita"},
    "pt": {"ativo", "quantidade", "preço", "médio", "valor", "saldo", "nome", "papel", "cotação", "moeda", "produto", "preco", "medio"},
    "en": {"symbol", "quantity", "price", "value", "market", "description", "shares", "name", "ticker", "cost", "account", "currency", "total", "current", "qty", "type", "units", "holding", "security", "last", "average", "date", "weight", "basis", "amount", "gain"},
}  # fmt: skip
