"""Currencies by the names people give them in a list of holdings: "Swiss Franc", "US-Dollar", "미국 달러"."""

from levcheck.importing.currencies import CODES, plain_width

_NAMES: dict[str, str] = {
    "USD": "us dollar|u.s. dollar|united states dollar|american dollar|us-dollar|usd dollar|dollar us|dollar américain|dollar americain|dólar americano|dólar estadounidense|dólar|dollaro usa|dollaro americano|amerikaanse dollar|amerikanische dollar|미국 달러|미국달러|달러|美元|美金|米ドル|米国ドル|דולר|דולר ארהב",
    "EUR": "euro|euros|유로|유로화|欧元|歐元|ユーロ|אירו",
    "GBP": "british pound|british pounds|pound sterling|gb pound|uk pound|great british pound|sterling|britische pfund|britisches pfund|pfund sterling|livre sterling|libra esterlina|sterlina|lira sterlina|britse pond|파운드|영국 파운드|英镑|英鎊|英ポンド|ポンド",
    "CHF": "swiss franc|swiss francs|schweizer franken|franken|franc suisse|francs suisses|franco suizo|franco svizzero|franco suíço|zwitserse frank|스위스 프랑|瑞士法郎|スイスフラン",
    "JPY": "japanese yen|yen|japanischer yen|japanische yen|yen japonais|yen japonés|yen giapponese|엔화|일본 엔|日元|日圓|日円|日本円|円",
    "CAD": "canadian dollar|canadian dollars|kanadischer dollar|dollar canadien|dólar canadiense|캐나다 달러|加元|加拿大元|カナダドル",
    "AUD": "australian dollar|australian dollars|australischer dollar|dollar australien|호주 달러|澳元|澳币|豪ドル",
    "NZD": "new zealand dollar|new zealand dollars|neuseeland-dollar|뉴질랜드 달러|nzドル",
    "HKD": "hong kong dollar|hong kong dollars|hongkong-dollar|홍콩 달러|港元|港币|港幣|香港ドル",
    "SGD": "singapore dollar|singapore dollars|singapur-dollar|싱가포르 달러|新加坡元|新币",
    "CNY": "chinese yuan|yuan|renminbi|yuan renminbi|chinesischer yuan|위안화|중국 위안|人民币|人民幣|人民元",
    "KRW": "korean won|south korean won|won|koreanischer won|원화|대한민국 원|韩元|韓元|韓国ウォン",
    "TWD": "taiwan dollar|new taiwan dollar|대만 달러|新台币|新台幣|新臺幣|台幣",
    "INR": "indian rupee|indian rupees|indische rupie|인도 루피|印度卢比",
    "SEK": "swedish krona|swedish kronor|swedish krone|schwedische krone|schwedische kronen|svensk krona|svenska kronor",
    "NOK": "norwegian krone|norwegian kroner|norwegische krone|norwegische kronen|norsk krone|norske kroner",
    "DKK": "danish krone|danish kroner|dänische krone|dänische kronen|dansk krone|danske kroner",
    "PLN": "polish zloty|polish złoty|zloty|złoty|polnischer zloty",
    "CZK": "czech koruna|tschechische krone",
    "HUF": "hungarian forint|ungarischer forint",
    "ILS": "israeli shekel|new shekel|israeli new shekel|שקל|שקל חדש",
    "ZAR": "south african rand|rand",
    "TRY": "turkish lira|türkische lira|türk lirası",
    "MXN": "mexican peso|mexican pesos|peso mexicano",
    "BRL": "brazilian real|brazilian reais|real brasileiro|reais",
    "THB": "thai baht",
}  # fmt: skip
_CODES = {name: code for code, names in _NAMES.items() for name in names.split("|")}
# Codes of currencies that are symbols of shares as well.
TWIN_CODES = frozenset(
    {"NOK", "COP", "PEN", "MUR", "BAM", "CAD", "MAD", "TRY", "RON", "PHP", "SAR"}
)


def currency_named(text: str) -> str | None:
    """Return the code of the currency a text names and nothing else, None for anything more or other.

    >>> currency_named("Swiss Franc"), currency_named("USD"), currency_named("Franklin Gold"), currency_named("EUR Cash")
    ('CHF', 'USD', None, None)
    """
    plain = plain_width(text).strip().strip("()")
    if plain.upper() in CODES:
        return plain.upper()
    return _CODES.get(plain.casefold())
