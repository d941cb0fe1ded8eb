"""The words by which a row says what it is: a total, cash, something pending, an account, a kind of security."""

import re
from collections.abc import Iterable
from functools import lru_cache

from levcheck.importing.currencies import CODES, plain_width

_TOTAL_STRONG = re.compile(
    r"(?ix)^[\s*=_-]*(?:"
    r"(?:grand|account|sub|portfolio|positions?|net|overall|holdings?|combined|household)?[\s_-]*totals?"
    r"|(?:grand[\s-]*)?total(?:s|e|aal)?(?:[\s_]+(?:account|portfolio|positions?|holdings?|value|market\s+value|assets?|general|general[e]?|eur|usd|gbp|of|for|all|cartera|portefeuille|portafoglio|geral|depot|depotwert|net\s+worth)\b.*)?"
    r"|sub[\s-]?total\b.*|account\s+totals?\b.*|(?:zwischen|gesamt|end)?summen?\b.*|gesamt(?:summe|wert|depotwert|betrag|vermögen|depot)?\b.*|insgesamt|sous[\s-]?total\b.*|montant\s+total|valeur\s+totale|totaal\b.*|totale\b.*|somma|suma\b.*|soma|valor\s+total"
    r"|(?:net\s+)?account\s+value|portfolio\s+value|sum|total:.*|(?:total|subtotal)\s+(?:in\s+)?[a-z]{3}"
    r")[\s:*]*$"
)
_TOTAL_CJK = re.compile(
    r"(합\s*계|총\s*계|소\s*계|총\s*합|合\s*计|总\s*计|小\s*计|总资产|合\s*計|總\s*計|小\s*計|総合計|総計|סה[\"״'”]{0,2}כ|סיכום)"
)
_TOTAL_WEAK = re.compile(r"(?i)^(total|subtotal|gesamt|summe)\b")
# In small letters; without one of them no text is a total.
TOTAL_WORDS = (
    "tot", "sum", "som", "gesam", "montant", "valo", "value",
    "합", "총", "소", "合", "总", "總", "小", "総", "סה", "סיכ", "ｔ", "ｓ",
)  # fmt: skip
_MAYBE_TOTAL = re.compile("|".join(TOTAL_WORDS))
_MONEY_FUND = re.compile(
    r"^[A-Z]{3}XX\**$|^\$?(CASH\$?|\$CASH_TX|FCASH|CORE|USD\.CASH|MMDA\d*|QACDS|SPAXX|FDRXX|FZFXX|SWEEP|TCASH|BDPS)\**$|^[A-Z]{4,5}\*{2}$"
)
_CASH = re.compile(
    r"(?ix)^\$?cash$|^\$?cash\b.*(?:balance|account|sweep|investments?|money|fund|equivalents?|position|held|available|margin|&|\(|usd|eur|gbp|cad|chf)|\b(?:usd|eur|gbp|cad|aud|chf|jpy|hkd|krw|twd|us|settled|ending|closing|free|uninvested|core|net|margin|total|available|account|sweep|brokerage|forex)\s+cash\b"
    r"|^cash\s*[-:(/]|money\s+market|sweep|settlement\s+fund|bank\s+deposit|fdic|free\s+cash|available\s+funds|margin\s+(?:loan|balance|debt|debit)|debit\s+balance|credit\s+balance"
    r"|liquidit|liquidez|liquide\s+mittel|barmittel|kontostand|konto\b|\w+konto$|tagesgeld|guthaben|barbestand|bargeld|espèces|especes|compte\s+courant|contant|efectivo|tesorería|disponible\b|saldo\s+(?:em\s+conta|disponible|cuenta)|caixa$|dinheiro|contanti"
    r"|예수금|현금|원화|외화예수|现金|現金|可用资金|资金余额|人民币余额|銀行存款|活存|交割款|預り金|お預り金|MRF|MMF|מזומן|עו[\"״']?ש|פיקדון"
)
_CASH_CLASS = re.compile(
    r"(?i)^(cash|liquidity|liquidität|liquide mittel|konten|barmittel|espèces|liquidités|efectivo|liquidez|liquidità|contanten|caixa|현금|现金|現金|預金|מזומן)$"
)
PENDING_WORDS = (
    "pending", "unsettled", "in transit", "en attente", "schwebend", "in abwicklung",
    "未交割", "未交收", "미결제", "מעבר",
)  # fmt: skip
_PENDING = re.compile("(?i)" + "|".join(PENDING_WORDS))
_FOOTER = re.compile(
    r"(?ix)^\W*(?:as\s+of|as\s+at|as\s+on|stand\b|date\s+downloaded|downloaded|generated|report(?:ed)?\s|printed|source|quelle|disclaimer|note[s:]|notes?\b|the\s+data|data\s+|this\s+|all\s+(?:prices|values|data)|prices?\s+(?:are|as)|brokerage\s+(?:services|accounts)|past\s+performance|securities\s+offered|hinweis|erstellt|angaben|alle\s+angaben|kurse|situation|édité|généré|\*|©|copyright|exported|export\s|last\s+updated?|updated|end\s+of|datum|fecha|data\s+de|기준|조회|※|注|備考|备注|截至|数据|資料|作成|הופק|נכון\s+ל|stocks?\s+and\s+|values?\s+|for\s+your|please|bitte|www|http)"
)
_ACCOUNT = re.compile(
    r"(?i)\baccounts?\b|\bacct\b|depot\b|depotnr|konto\b|\bira\b|401\s?\(?k|403\s?b|\broth\b|brokerage|individual|\bjoint\b|taxable|\bisa\b|\bsipp\b|\btfsa\b|\brrsp\b|\bresp\b|\bhsa\b|rollover|\bpea\b|pea-pme|assurance.vie|compte|cuenta|conta\b|conto\b|rekening|계좌|ISA|연금|퇴직|口座|NISA|特定|一般口座|iDeCo|账户|帳戶|חשבון|pension|\btrust\b|custodial|\bugma\b|\butma\b|margin\s+account|savings|x{3,}[-\s]?\d{2,}|\.{2,}\d{3,}|\*{2,}\d{3,}|[-#]\s?\d{4,}\b|^\W*[A-Z]?\d{6,}\W*$"
)
_KINDS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    (
        "option",
        re.compile(
            r"(?i)\boptions?\b|\bopt\b|\bcalls?\b|\bputs?\b|^fop$|옵션|期权|選擇權|オプション|אופצי"
        ),
    ),
    (
        "certificate",
        re.compile(
            r"(?i)warrant|optionsschein|zertifikat|certificat|structured|\bwar\b|hebelprodukt|knock.?out|turbo|권증|ELW|ELS|权证|權證|\biopt\b|derivat"
        ),
    ),
    (
        "crypto",
        re.compile(
            r"(?i)crypto|krypto|coin\b|digital asset|가상|코인|虚拟|虛擬|加密|暗号|仮想|קריפטו"
        ),
    ),
    (
        "fund",
        re.compile(
            r"(?i)\betf|\betc\b|\betn\b|etp|fund|fonds|fondo|fundo|sicav|opcvm|tracker|beleggingsfonds|invit|mutual|unit trust|closed end|펀드|수익증권|基金|ETF|投資信託|投信|קרן|קרנות|uit\b|exchange.traded"
        ),
    ),
    (
        "bond",
        re.compile(
            r"(?i)\bbonds?\b|anleihe|fixed income|obligation|obligaci|obbligazion|renta fija|rentenpapier|\brenten\b|treasur|t-bill|debenture|gilt|note\b|채권|债券|債券|債|אג[\"״']?ח|\btbill|\bcds?\b|certificate of deposit|obligatie|titoli di stato|renda fixa|tesouro"
        ),
    ),
    (
        "cash",
        re.compile(
            r"(?i)^cash\b|cash and|money market|liquidit|liquidez|sweep|forex|^fx$|^currency$|devisen|현금|예수금|现金|現金|預金|^mmf|מזומן|konto|espèces|efectivo|caixa"
        ),
    ),
    (
        "equity",
        re.compile(
            r"(?i)stocks?\b|equit|shares?\b|aktie|action|acción|acciones|azion|aandeel|aandelen|ações|ação|\bstk\b|common|preferred|ordinary|\badr\b|\breit\b|주식|보통주|우선주|股票|股$|美股|台股|港股|A股|株|מניות|מניה|^cs$|^eq$|fii\b"
        ),
    ),
)
_COMMODITY = re.compile(r"(?i)commodit|rohstoff|gold|silver|金属|貴金屬|稀有金屬|원자재|商品期货")
_GENERIC_SECTION = re.compile(
    r"(?i)^(holdings?|positions?|portfolio|mein depot|depot|overview|summary|übersicht|bestand|wertpapiere|my portfolio|investments?|assets?|performance)$"
)


def may_be_total(labels: Iterable[str]) -> bool:
    """Whether a closer look for words of totals is worth while."""
    return _MAYBE_TOTAL.search(" ".join(labels).lower()) is not None


@lru_cache(maxsize=4096)
def total_strength(text: str) -> int:
    """Return 2 when a label is a total and nothing else, 1 when it begins like one, 0 otherwise."""
    if not _MAYBE_TOTAL.search(text.lower()):
        return 0
    wide = plain_width(text).strip()
    if not wide or len(wide) > 80:
        return 0
    if _TOTAL_STRONG.match(wide) or (_TOTAL_CJK.search(wide) and len(wide) <= 24):
        return 2
    return 1 if _TOTAL_WEAK.match(wide) else 0


def is_money_fund(symbol: str) -> bool:
    """Whether a symbol is a sweep or money-market fund by the way it is written (``SPAXX**``, ``VMFXX``)."""
    return bool(_MONEY_FUND.match(symbol.strip().upper()))


def says_cash(text: str) -> bool:
    """Whether a label speaks of cash."""
    wide = plain_width(text).strip()
    return bool(wide) and (bool(_CASH.search(wide)) or wide.upper() in CODES)


def is_cash_class(text: str) -> bool:
    """Whether a label is the name of a class of holdings, cash, rather than of one account."""
    return bool(_CASH_CLASS.match(plain_width(text).strip()))


def says_pending(text: str) -> bool:
    """Whether a label speaks of something not settled yet."""
    return bool(_PENDING.search(text))


def says_footer(text: str) -> bool:
    """Whether a line reads as a remark below or above a list."""
    return bool(_FOOTER.match(text)) or len(text) > 90


def says_account(text: str) -> bool:
    """Whether a heading line names an account."""
    return (
        bool(_ACCOUNT.search(text)) and len(text) <= 90 and not _GENERIC_SECTION.match(text.strip())
    )


@lru_cache(maxsize=4096)
def kind_of_words(text: str) -> str | None:
    """Return the kind a word of a type column or section names: equity, fund, option, bond, crypto, certificate, cash, commodity."""
    wide = plain_width(text).strip()
    if not wide:
        return None
    for kind, pattern in _KINDS:
        if pattern.search(wide):
            return kind
    return "commodity" if _COMMODITY.search(wide) else None
