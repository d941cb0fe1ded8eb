"""What a file says outside its lists: the date of the holdings, the account, the currency, stated totals."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from levcheck.importing.currencies import CODES, currency_in_header
from levcheck.importing.dates import read_date
from levcheck.importing.grid import Row, is_blank, text_of
from levcheck.importing.numbers import read_number
from levcheck.importing.row_words import kind_of_words, says_account
from levcheck.importing.synonyms import normalised

_AS_OF = re.compile(
    r"(?i)\bas of\b|\bas on\b|\bas at\b|\bas-of\b|\bstand\b|stichtag|\bper\b|period|positions?\b|holdings?|portfolio|situation au|\bau \d|\bal \d|fecha de valor|peildatum|data base|posição em|기준|조회일|截至|基準|現在|时点|日期|作成|נכון|תאריך|fecha|\bdata\b|日付|תיק|庫存|持倉|持仓|보유|잔고|포트폴리오|현황|資產|资产|残高|cartera|portafoglio|posizion|posicion|posiç|relevé|carteira|overzicht|\bdate\b|datum|bestand|depot"
)
_MADE = re.compile(
    r"(?i)download|generated|erstellt|generado|généré|export|printed|created|出力|generatedat|whengenerated|gerado"
)
_RANGE = re.compile(r"\s+(?:-|–|to|bis|through|~|至)\s+")
_VALUE_LABEL = re.compile(
    r"(?i)^(net account value|account value|net asset value|total (?:account |portfolio |market |current )?value|present value|current value|market value|total assets?|portfolio value|net liquidation(?: value)?|total|grand total|gesamtwert|depotwert|gesamtdepotwert|gesamtsumme|kurswert gesamt|valeur totale|totale waarde|valor total|valore totale|patrimonio|controvalore totale|총\s?평가금액|총자산|평가금액합계|평가금액|总资产|总市值|資産合計|時価評価額合計|總市值|總資產|שווי תיק|סה.?כ)\s*(?:\(.*\)|[$€£¥]|in [A-Z]{3})?\s*:?$"
)
_COST_LABEL = re.compile(
    r"(?i)^(invested(?: value| amount)?|total invested|total cost|cost basis|einstandswert|kaufwert gesamt|총\s?매입금액|总成本)\s*:?$"
)
_CASH_LABEL = re.compile(
    r"(?i)^(total cash|cash(?: balance| & cash investments| available)?|available cash|liquidität|kontostand|barbestand|guthaben|espèces|solde espèces|efectivo|liquidez|liquidità|예수금|현금|现金|現金|预り金|預り金|可用资金|מזומן)\s*(?:\(.*\)|[$€£¥])?\s*:?$"
)
_CURRENCY_LABEL = re.compile(
    r"(?i)currency|währung|devise|valuta|moneda|moeda|통화|币种|幣別|通貨|מטבע"
)
_BASE_LABEL = re.compile(r"(?i)base|basis|report|account|konto|depot|기준")


@dataclass(slots=True)
class Facts:
    """What stands around the lists.

    Attributes:
        as_of: ISO date, None when not told.
        account: account named above a list.
        section: kind of security named above a list.
        currency: ISO code the surroundings name as currency of the amounts.
        base: ISO code of the account's own currency.
        totals: (row number, label, amount, currency) the file states.
        costs: the same for what was paid.
        cash: the same for cash.
    """

    as_of: str | None = None
    account: str | None = None
    section: str | None = None
    currency: str | None = None
    base: str | None = None
    totals: list[tuple[int, str, float, str | None]] = field(default_factory=list)
    costs: list[tuple[int, str, float, str | None]] = field(default_factory=list)
    cash: list[tuple[int, str, float, str | None]] = field(default_factory=list)


def read_facts(rows: Sequence[Row], currencies: Mapping[int, str] | None = None) -> Facts:
    """Return what rows around a list tell.

    Args:
        rows: the rows.
        currencies: column → ISO code its heading names, where the rows stand in a summary with headings.
    """
    facts = Facts(as_of=find_as_of(rows))
    for row in rows:
        texts = [(c, text_of(row.cells[c])) for c in row.filled]
        _read_heading(facts, row, [text for _, text in texts])
        _read_labelled(facts, row, texts, currencies or {})
    return facts


def find_as_of(rows: Iterable[Row]) -> str | None:
    """Return the date the holdings are of; a date the file was merely made on counts only when there is no other."""
    best: tuple[int, str] | None = None
    for row in rows:
        line = " ".join(text_of(cell) for cell in row.cells if not is_blank(cell))
        if len(line) > 300 or not any(ch.isdigit() for ch in line):
            continue
        when = read_date(_RANGE.split(line)[-1]) or read_date(line)
        if when is None:
            continue
        rank = 1 if _MADE.search(line) else 3 if _AS_OF.search(line) else 0
        if rank and (best is None or rank > best[0]):
            best = (rank, when)
    return best[1] if best else None


_FOR_ACCOUNT = re.compile(r"(?i)\b(?:for|für|pour)\s+(?:account\s+)?(.+?)\s+as of\b")


def _read_heading(facts: Facts, row: Row, texts: list[str]) -> None:
    titled = _FOR_ACCOUNT.search(texts[0]) if texts else None
    if (
        titled
        and says_account("account " + titled.group(1))
        and not re.match(r"(?i)all\b", titled.group(1))
    ):
        facts.account = titled.group(1).removeprefix("account ").strip()
    if len(texts) == 1 and isinstance(row.cells[row.filled[0]], str):
        text = texts[0]
        if read_date(text) is None and says_account(text):
            facts.account, facts.section = text, None
        elif len(text) <= 40 and (kind := kind_of_words(text)):
            facts.section = kind
    if facts.currency is None:
        for text in texts:
            code = re.search(
                r"(?i)(?:all (?:values|amounts)|werte|beträge|amounts|values|currency|währung|単位|단위|单位|單位|in thousands?(?: of)?|in millions?(?: of)?)[^A-Za-z가-힣]{0,4}(?:are )?(?:in )?\b([A-Z]{3})\b",
                text,
            )
            if code and code.group(1).upper() in CODES:
                facts.currency = code.group(1).upper()


def _read_labelled(
    facts: Facts, row: Row, texts: list[tuple[int, str]], currencies: Mapping[int, str]
) -> None:
    """Read ``label: amount`` pairs and ``label: code`` pairs that stand beside each other."""
    if not 2 <= len(texts) <= 6:
        return
    for (_, label), (column, text) in itertools.pairwise(texts):
        if text in CODES and _CURRENCY_LABEL.search(label):
            if _BASE_LABEL.search(label):
                facts.base = text
            else:
                facts.currency = text
        if (
            normalised(label)
            in (
                "account",
                "account number",
                "account name",
                "depot",
                "depotnummer",
                "konto",
                "계좌번호",
                "account no",
            )
            and facts.account is None
        ):
            facts.account = text
        number = read_number(row.cells[column], ".")
        if number.value is None or number.percent:
            continue
        currency = number.currency or currency_in_header(label) or currencies.get(column)
        stated = (row.number, label.strip(": "), number.value, currency)
        if _VALUE_LABEL.match(label.strip()):
            facts.totals.append(stated)
        elif _COST_LABEL.match(label.strip()):
            facts.costs.append(stated)
        elif _CASH_LABEL.match(label.strip()):
            facts.cash.append(stated)
