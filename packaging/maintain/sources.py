"""Sources as a person reads them: who collected a fact and where it was published, without file names of ours."""

import re

# Words that stand for a collection where its repository's name alone says too little.
_COLLECTIONS = (
    (r"rreichel3/US-Stock-Symbols@\w+", "list of US shares (repository rreichel3/US-Stock-Symbols)"),
    (
        r"don-jo/ETF-Holdings@\w+ stocks_\d+\.json; names/FIGI JerBouma/FinanceDatabase@\w+ \(MIT\)",
        "list of Korean shares (repository don-jo/ETF-Holdings), names from FinanceDatabase",
    ),
    (
        r"don-jo/ETF-Holdings@\w+ data/detail_\d+\.json \(KRX PDF; listed KR stocks only, futures and cash not shown\)",
        "Korea Exchange constituent list (repository don-jo/ETF-Holdings); Korean shares only, no futures, no cash",
    ),
    (
        r"don-jo/ETF-Holdings@\w+ data/detail_\d+\.json \(KRX PDF data\)",
        "Korea Exchange fund data (repository don-jo/ETF-Holdings)",
    ),
    (
        r"JerBouma/FinanceDatabase@\w+( database)?[ /]etfs(/\w+\.csv)?( \(MIT\))?",
        "FinanceDatabase list of ETFs (repository JerBouma/FinanceDatabase)",
    ),
    (r"nikulpatel3141/ETF-Scraper@\w+ listings\.csv", "fund houses' lists of their funds (repository nikulpatel3141/ETF-Scraper)"),
    (r"suminb/etf-overlap@\w+ data/etfs", "ETFdb fund lists (repository suminb/etf-overlap)"),
    (
        r"helioskozak-cloud/regime-desk@\w+ data/etf_holdings\.json \(Yahoo top holdings\)",
        "Yahoo top holdings (repository helioskozak-cloud/regime-desk)",
    ),
    (
        r"Steam-ed-Fish/marketboard@\w+ data/holdings \(Yahoo top holdings; date = repository commit\)",
        "Yahoo top holdings, dated by the day they were kept (repository Steam-ed-Fish/marketboard)",
    ),
    (
        r"pokedo0/Leveraged-ETF-Data-Scraper@\w+ leveraged_etf_data\.csv",
        "leveragedposition.com fund list (repository pokedo0/Leveraged-ETF-Data-Scraper)",
    ),
    (
        r"pokedo0/Leveraged-ETF-Data-Scraper@\w+ leveraged_etf_filled\.csv",
        "older leveragedposition.com fund list (repository pokedo0/Leveraged-ETF-Data-Scraper)",
    ),
    (
        r"Eddie7-great/asset_dashboard_caludedesign@\w+ data/etf_holdings\.json",
        "fund lists kept in repository Eddie7-great/asset_dashboard_caludedesign",
    ),
    (r"(SSGA Europe|SSGA|iShares|ARK) file via ([\w-]+/[\w.-]+?)@\w*", r"\1 holdings file (repository \2)"),
    (r"funds\.csv \(ETFdb scrape\)", "ETFdb list of funds"),
    (r"(seen in |see )?fund_holdings\.csv", "named in published fund lists"),
    (r"leveraged_funds\.csv row (\w+)", r"list of leveraged funds, row \1"),
    (r"(securities|funds)\.csv names", "names of published lists"),
    (r"securities\.csv", "list of securities"),
    (r"funds\.csv", "list of funds"),
    (r"status absent_from_([\d-]+)_snapshot", r"not in the list of \1 any more"),
    (r"status unverified \(undated database\)", "undated, not checked"),
    (r"\(suminb/etf-overlap@\w+\)", "(repository suminb/etf-overlap)"),
    (r"fund_series_sec\.csv against leveraged", "the SEC list of fund series against leveraged"),
    (r"dgunning/edgartools@\w+ ct\.pq", "SEC tickers (repository dgunning/edgartools)"),
    (r"(in )?leveraged_funds\.csv", r"\1the list of leveraged funds"),
    (r"named in stored pages \(([^;)]*)", r"public pages (\1"),
    (r"; stored page\)", ")"),
    (r"/files/research/mstr-preferreds/outline\.md", ""),
    (r"\(stored index id \d+(; repository not named by the index)?\)", ""),
    (r" \(stored (copy; )?page[^)]*\)|, stored pages?", ""),
    (r"stored pages: ", ""),
    (r"\bISIN keys; ", ""),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), words) for pattern, words in _COLLECTIONS)


def plain_source(text: str) -> str:
    """Return a source in words.

    >>> plain_source("seen in fund_holdings.csv")
    'named in published fund lists'
    """
    for pattern, words in _COMPILED:
        text = pattern.sub(words, text)
    return " ".join(text.split()).strip("; ")
