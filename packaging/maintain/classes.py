"""What a fund is about, told from its category and its name: asset class and the broad theme of what stays closed."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
from levcheck.reference.classification import DEVELOPED  # noqa: E402  # the program beside this script

_RULES: list[tuple[str, str, str]] = [
    # pattern in the name, asset class, theme
    (r"T-?BILL|TREASURY BILL|0-3 MONTH|1-3 MONTH|0-1 YEAR TREAS|ULTRA.?SHORT TREAS|GENIUS MONEY|MONEY MARKET|SHORT TREASURY|SOFR|CD금리|KOFR|머니마켓|단기통안|FLOATING RATE TREAS", "cash", "cash"),
    (r"20\+|25\+|10-20 YEAR|LONG.?TERM (US )?TREASURY|LONG TREASURY|EXTENDED DURATION|30년국채|국고채30년|LONG.?TERM GOVERNMENT|초장기", "treasury", "long-treasuries"),
    (r"1-3 YEAR TREAS|SHORT.?TERM (US )?TREAS|2.?YEAR TREAS|SHORT.?TERM GOV|국고채3년", "treasury", "government-short"),
    (r"TREASUR|GOVERNMENT BOND|GOVT|GILT|BUND\b|국고채|국채|TIPS|INFLATION.?PROTECTED", "treasury", "government-medium"),
    (r"HIGH.?YIELD (CORP|BOND|MUNI)|HIGH YIELD$|JUNK|FALLEN ANGEL|CORPORATE BOND|CORP BOND|CREDIT|INVESTMENT GRADE|PREFERRED|CONVERTIBLE|CLO\b|SENIOR LOAN|BANK LOAN|FLOATING RATE|회사채|BULLETSHARES|IBONDS", "credit", "credit-preferreds"),
    (r"AGGREGATE|TOTAL BOND|TOTAL RETURN BOND|CORE.*BOND|BONDS?\b|MUNI|MORTGAGE-BACKED|MBS|FIXED INCOME|채권|TAX-EXEMPT|INCOME OPPORTUNITIES BOND|DEBT", "bond", "bonds-broad"),
    (r"GOLD.*MINER|SILVER.*MINER|JUNIOR GOLD|GOLD EXPLORER", "sector_equity", "gold-miners"),
    (r"\bGOLD\b(?!MAN)|금현물|골드선물", "gold", "gold"),
    (r"\bSILVER\b|PLATINUM|PALLADIUM|COPPER (FUND|INDEX|ETF)|BASE METALS|PRECIOUS METALS|은선물|구리", "metal", "metals"),
    (r"CRUDE|WTI|BRENT|NATURAL GAS (FUND|ETF)|UNITED STATES (OIL|12|GASOLINE|NATURAL)|COMMODIT|CORN|WHEAT|SOYBEAN|SUGAR FUND|AGRICULTURE FUND|원유|콩선물|농산물", "commodity", "commodities"),
    (r"BITCOIN|\bBTC\b", "crypto", "bitcoin"),
    (r"ETHEREUM|\bETHER\b", "crypto", "ether"),
    (r"\bVIX\b|VOLATILITY.*FUTURES|TAIL RISK", "volatility", "volatility"),
    (r"CURRENCYSHARES|U\.?S\.? DOLLAR (INDEX )?(BULL|BEAR)|\bYEN\b|\bEURO TRUST|달러선물", "currency", "currencies"),
    (r"REIT|REAL ESTATE|PROPERTY|리츠", "real_estate", "real-estate"),
    (r"SEMICOND|(?<!BLUE )\bCHIP|반도체", "sector_equity", "ai-chips"),
    (r"CYBER", "sector_equity", "cybersecurity"),
    (r"ROBOT|AUTOMATION|로봇", "sector_equity", "robotics"),
    (r"QUANTUM|양자", "sector_equity", "quantum"),
    (r"\bSPACE\b|우주", "sector_equity", "space"),
    (r"URANIUM|NUCLEAR|원자력", "sector_equity", "nuclear"),
    (r"AEROSPACE|DEFEN[SC]E|방산", "sector_equity", "defence"),
    (r"BIOTECH|GENOMIC|바이오", "sector_equity", "biotech"),
    (r"BLOCKCHAIN|CRYPTO|DIGITAL ASSET", "sector_equity", "crypto-companies"),
    (r"ARTIFICIAL INTELLIGENCE|\bAI\b|인공지능", "sector_equity", "ai-broad"),
    (r"SOFTWARE|CLOUD|소프트웨어", "sector_equity", "ai-software"),
    (r"BATTERY|LITHIUM|ELECTRIC VEH|AUTONOMOUS|2차전지|전기차", "sector_equity", "electric-vehicles"),
    (r"CHINA INTERNET|KWEB|항셍테크", "sector_equity", "china-internet"),
    (r"HEALTH|PHARMA|MEDICAL|헬스케어|제약", "sector_equity", "health"),
    (r"FINANCIAL|BANK|INSURANCE|BROKER|CAPITAL MARKETS|BUSINESS DEVELOPMENT|BDC|은행|금융|증권|보험", "sector_equity", "financials"),
    (r"ENERGY|OIL|GAS|UTILIT|INDUSTRIAL|MATERIALS|INFRASTRUCTURE|TRANSPORT|MLP|METALS|MINING|STEEL|TIMBER|WATER|SOLAR|CLEAN|AIRLINE|조선|에너지|화학|철강|건설|전력|GRID|SHIPPING|MIDSTREAM|NATURAL RESOURCES|AGRIBUSINESS", "sector_equity", "energy-industry"),
    (r"CONSUMER|RETAIL|HOMEBUILD|HOME CONSTRUCTION|LEISURE|TRAVEL|GAMING|RESTAURANT|AUTO\b|FOOD|소비|음식료|화장품|자동차", "sector_equity", "consumer"),
    (r"TELECOM|COMMUNICATION|MEDIA|미디어|엔터|게임|K-?POP", "sector_equity", "communication"),
    (r"TECHNOLOG|\bTECH\b|INTERNET|INNOVATION|FINTECH|DIGITAL|테크|IT\b", "sector_equity", "technology"),
    (r"\bKOREA\b|코리아|코스피|코스닥|KOSPI|KOSDAQ|밸류업|고배당|배당|KRX", "index_equity", "korea"),
    (r"EMERGING|CHINA|INDIA|BRAZIL|LATIN|TAIWAN|MEXICO|TURKEY|SOUTH AFRICA|INDONESIA|THAILAND|MALAYSIA|VIETNAM|POLAND|PHILIPP|CHILE|PERU|ARGENTIN|SAUDI|QATAR|UAE|FRONTIER|AFRICA|COLOMBIA|GREECE|CSI|HANG SENG|FTSE CHINA|차이나|인도|베트남|대만", "index_equity", "emerging"),
    (r"ACWI(?!.*EX)|ALL.?WORLD(?!.*EX)|TOTAL WORLD|GLOBAL(?! X\b)(?!.*EX)|MSCI WORLD(?!.*EX)|WORLDWIDE|글로벌", "index_equity", "global-equity"),
    (r"EX.?U\.?S|EAFE|EUROPE|EUROZONE|INTERNATIONAL|JAPAN|GERMANY|FRANCE|ITALY|SPAIN|UNITED KINGDOM|FTSE 100|SWITZERLAND|SWEDEN|CANADA|AUSTRALIA|HONG KONG|SINGAPORE|NETHERLANDS|DEVELOPED|PACIFIC|ASIA|NIKKEI|TOPIX|DAX|NORWAY|DENMARK|FINLAND|BELGIUM|AUSTRIA|IRELAND|ISRAEL|NEW ZEALAND|PORTUGAL|MSCI WORLD|일본|유로", "index_equity", "developed-ex-us"),
]  # fmt: skip
RULES = [(re.compile(pattern), asset, theme) for pattern, asset, theme in _RULES]

_CATEGORY = {
    "Government Bonds": ("treasury", "government-medium"),
    "Inflation-Protected Bonds": ("treasury", "government-medium"),
    "Total Bond Market": ("bond", "bonds-broad"),
    "National Munis": ("bond", "bonds-broad"),
    "California Munis": ("bond", "bonds-broad"),
    "Mortgage Backed Securities": ("bond", "bonds-broad"),
    "Emerging Markets Bonds": ("bond", "bonds-broad"),
    "Corporate Bonds": ("credit", "credit-preferreds"),
    "High Yield Bonds": ("credit", "credit-preferreds"),
    "Preferred Stock/Convertible Bonds": ("credit", "credit-preferreds"),
    "Real Estate": ("real_estate", "real-estate"),
    "Global Real Estate": ("real_estate", "real-estate"),
    "Commodities": ("commodity", "commodities"),
    "Oil & Gas": ("commodity", "commodities"),
    "Agricultural Commodities": ("commodity", "commodities"),
    "Health & Biotech Equities": ("sector_equity", "health"),
    "Financials Equities": ("sector_equity", "financials"),
    "Utilities Equities": ("sector_equity", "energy-industry"),
    "Energy Equities": ("sector_equity", "energy-industry"),
    "Industrials Equities": ("sector_equity", "energy-industry"),
    "Materials": ("sector_equity", "energy-industry"),
    "MLPs": ("sector_equity", "energy-industry"),
    "Consumer Staples Equities": ("sector_equity", "consumer"),
    "Emerging Markets Equities": ("index_equity", "emerging"),
    "China Equities": ("index_equity", "emerging"),
    "Latin America Equities": ("index_equity", "emerging"),
    "Asia Pacific Equities": ("index_equity", "developed-ex-us"),
    "Japan Equities": ("index_equity", "developed-ex-us"),
    "Europe Equities": ("index_equity", "developed-ex-us"),
    "Foreign Large Cap Equities": ("index_equity", "developed-ex-us"),
    "Foreign Small & Mid Cap Equities": ("index_equity", "developed-ex-us"),
    "Global Equities": ("index_equity", "global-equity"),
}
# These categories say more than a name can; the others ("Large Cap Growth Equities") say less.
_FIRST_BY_CATEGORY = {"Corporate Bonds", "High Yield Bonds", "Total Bond Market", "National Munis", "California Munis",
                      "Mortgage Backed Securities", "Emerging Markets Bonds", "Preferred Stock/Convertible Bonds",
                      "Foreign Large Cap Equities", "Foreign Small & Mid Cap Equities", "Emerging Markets Equities",
                      "Global Equities"}  # fmt: skip


def classify_fund(name: str, category: str = "", country: str = "US") -> tuple[str, str]:
    """Return (asset class, theme of what is not looked through).

    >>> classify_fund("Vanguard Total Stock Market ETF"), classify_fund("iShares 20+ Year Treasury Bond ETF")
    (('index_equity', 'us-equity'), ('treasury', 'long-treasuries'))
    """
    if category in _FIRST_BY_CATEGORY:
        return _CATEGORY[category]
    text = name.upper()
    for pattern, asset, theme in RULES:
        if pattern.search(text):
            return asset, theme
    if category in _CATEGORY:
        return _CATEGORY[category]
    if country == "KR":
        return "index_equity", "us-equity" if "미국" in name else "korea"
    return "index_equity", "us-equity"


SECTOR_THEME = {
    "Finance": "financials", "Financials": "financials", "Health Care": "health",
    "Consumer Discretionary": "consumer", "Consumer Staples": "consumer",
    "Industrials": "energy-industry", "Energy": "energy-industry", "Utilities": "energy-industry",
    "Materials": "energy-industry", "Basic Materials": "energy-industry",
    "Technology": "technology", "Information Technology": "technology", "Real Estate": "real-estate",
    "Telecommunications": "communication", "Communication Services": "communication",
}  # fmt: skip


def country_theme(country: str) -> str:
    """Return the broad theme of a company whose business is not known."""
    if country in {"US", "", "PR"}:
        return "us-equity"
    if country == "KR":
        return "korea"
    return "developed-ex-us" if country in DEVELOPED else "emerging"
