"""What one line of a holdings file is: a security, a contract, a hedge or cash."""

import re

from levcheck.reference.holdings_files.lines import LineKind

_CASH_CODES = frozenset({"USD", "EUR", "GBP", "JPY", "AUD", "CAD", "HKD", "KRW", "CHF", "CNY", "XTSLA", "FGXXX", "CASH&OTHER",
                         "CASH", "KRD010010001", "USDOLLAR", "CASHOTHER", "-CASH-"})  # fmt: skip
_CASH_KIND = re.compile(
    r"\bcash|money ?market|collateral|현금|예금|\bfx\b|liquidity|现金|現金|short.?term investment fund|barmittel|barguthaben|geldmarkt|liquidit|"
    r"efectivo|tesoreria|tesorería|\bcaixa\b|disponibilit|trésorerie",
    re.IGNORECASE,
)
_CASH_NAME = re.compile(
    r"\bcash\b|^treps\b|liquid reserves|現金|现金|コール|barmittel|bankguthaben|kasse\b|liquidit[äéà]|^efectivo|^tesorer|^caixa\b|us dollar|u\.?s\.? dollar|money market|govt? (cash|obl)|government obligations|treasury (obligations|portfolio)|trsy oblig|cash man|"
    r"net other assets|government mm\b|mktliq|other assets|net current assets|payable|receivable|현금|예금|증거금|\bmargin\b|liquidity fund|cash reserve|"
    r"cash management|(time|tbd|call|overnight|bank) deposit|설정현금|^deposits?\b|united states dollar|australia dollar|^[a-z]{3} - .* (dollar|pound|euro|yen|franc|krona)|cash & other|"
    r"first american (gov|tre)|liquid assets|institutional (government|treasury)|cmt mkt liqdty|mkt liqdty|market liquidity",
    re.IGNORECASE,
)  # fmt: skip
_FUTURE_KIND = re.compile(r"future|선물|期貨|期货", re.IGNORECASE)
_FUTURE_NAME = re.compile(
    r"\bfut(ure)?s?\b(?=.*\d)|\bfutures?\b$|\be-?mini\b|\bmini\b.*\b(jun|sep|dec|mar|jan|feb|apr|may|jul|aug|oct|nov)\w*\s?'?\d{2}|선물|\bfut\d|\bF \d{6}\b|"
    r"\b(stoxx|topix|ftse|msci|nikkei|dax|spi)\b.*\b(jun|sep|dec|mar)\s?'?\d{2}\b",
    re.IGNORECASE,
)
_SWAP = re.compile(r"\bswaps?\b|\btrs\b.*\d|스왑|total return swap", re.IGNORECASE)
_HEDGE = re.compile(
    r"(fx|currency|exchange|[A-Z]{3}) forwards?\b|\bforward (contract|currency|foreign|exchange|fx)|\bforwards?$|\bfwd\b|currency contract|통화선도|선물환|"
    r"\b[A-Z]{3}/[A-Z]{3}\b.*\d|purchased [A-Z]{3} / sold",
    re.IGNORECASE,
)
_OPTION_NAME = re.compile(
    r"\b(call|put)s?\b.*\d|\boptions?\b|[A-Z]{1,6}\s*\d{6}[CP]\d{6,8}|\d{2}/\d{2}/\d{2,4}\s+[CP]\d|\b[CP]\d{2,5}\b.*\bindex\b",
    re.IGNORECASE,
)
_BILL = re.compile(
    r"\bt-?bills?\b|treasury bills?\b|\bbills? \d|cash management bill|discount notes?\b|commercial paper|repurchase agree|\brepo\b|통안채|통화안정|재정증권|국고단기",
    re.IGNORECASE,
)
_CONTRACT_CODE = re.compile(r"^[A-Z]{1,4}[FGHJKMNQUVXZ]\d{1,2}(\s|$)")


def kind_of(*, code: str, name: str, stated: str, sector: str) -> LineKind:
    """Return what a line is.

    Args:
        code: ticker as printed.
        name: name as printed.
        stated: the file's own word for the kind (asset class, type, money-market flag).
        sector: sector as printed; some issuers say "Cash and/or Derivatives" only there.

    >>> kind_of(code="ESU6", name="S&P500 EMINI SEP 26", stated="Futures", sector="").value
    'future'
    >>> kind_of(code="USD", name="USD CASH", stated="Cash", sector="Cash and/or Derivatives").value
    'cash'
    >>> kind_of(code="USD", name="ProShares Ultra Semiconductors", stated="Equity", sector="").value
    'security'
    """
    for fits, kind in (
        (_FUTURE_KIND.search(stated), LineKind.FUTURE),
        (_says_cash(stated), LineKind.CASH),
        (_is_share(stated) and not _SWAP.search(stated), LineKind.SECURITY),
        (_HEDGE.search(stated) or _HEDGE.search(name), LineKind.HEDGE),
        (_is_swap(code, name, stated), LineKind.SWAP),
        (_is_future(code, name), LineKind.FUTURE),
        ("option" in stated.lower() or _OPTION_NAME.search(f"{code} {name}"), LineKind.OPTION),
    ):
        if fits:
            return kind
    return _cash_or_security(code, name, sector)


def is_bill(name: str | None) -> bool:
    """Return whether a line is a bill, a discount note or a repurchase: money at interest for less than a year.

    >>> is_bill("UNITED STATES TREASURY BILL 08/13/2026"), is_bill("Bill.com Holdings")
    (True, False)
    """
    return bool(name and _BILL.search(name))


def _says_cash(stated: str) -> bool:
    return stated.strip().lower() in {"y", "true", "1"} or bool(_CASH_KIND.search(stated))


def _is_swap(code: str, name: str, stated: str) -> bool:
    return bool(_SWAP.search(name) or _SWAP.search(stated) or re.search(r"\d\w* TRS\b", code))


def _is_future(code: str, name: str) -> bool:
    return bool(_FUTURE_NAME.search(name)) or (
        bool(_CONTRACT_CODE.match(code.upper()))
        and bool(re.search(r"\b(index|e-?mini|mini)\b", name, re.IGNORECASE))
    )


def _is_share(stated: str) -> bool:
    return bool(
        re.search(r"equit|stock|share|주식|ordinary|depositary|depository", stated, re.IGNORECASE)
    )


def _cash_or_security(code: str, name: str, sector: str) -> LineKind:
    bare = code.strip().upper()
    if re.search(r"^cash", sector, re.IGNORECASE):
        return LineKind.CASH
    if _CASH_NAME.search(name) and not re.search(
        r"\b(etf|bank|corp|inc|ltd|plc)\b", name, re.IGNORECASE
    ):
        return LineKind.CASH
    if bare in _CASH_CODES and (
        not name or re.search(r"dollar|cash|euro|pound|yen|won|currency", name, re.IGNORECASE)
    ):
        return LineKind.CASH
    return LineKind.SECURITY
