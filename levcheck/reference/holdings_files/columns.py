"""Finding the table inside a holdings file, whatever stands above it, and what its columns mean."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from levcheck.reference.holdings_files.grids import Grid

# Meaning → patterns of the header, tried in this order; the first column that fits is taken.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("weight", (r"^(portfolio |fund |market |exposure |current |net |actual )?(weight(ing)?s?|wgt|wt)\b(?!.*(date|diff|change))|^holdings? ?percent|^percent of (fund|assets|nav|net)|"
        r"^% (of |to )?(the )?(net|fund|nav|aum|assets|market|total|portfolio|weight)|"
        r"^%$|percent_of_nav|mktvalpercent|비중|구성비|compst_rto|^(portfolio|fund|net assets?|nav) ?%|weight ?[(]?%|^percentage|^allocation|^gewicht|^anteil\b|^poids|^peso|"
        r"权重|權重|比重|持股比|構成比|組入比|純資産比|^占.*(比|例)|^% ?tna|net ?assets ?%|^nav ?%|% ?weight|"
        r"^prozent des|^% (der|des|am|de|del|du|do|da|sur|van|av)\b|^fondsanteil|^ponderation|^ponderazione|^ponderacion|^part\.? ?\(%\)|^participacao|^weging|^wegings|^vikt\b|^andel\b|^vaegt")),
    ("index_weight", r"^(index|benchmark|target|parent) ?(weight(ing)?s?|wgt)\b"),
    ("notional", r"notional|^nominalwert|^valeur notionnelle|^valore nozionale|^valor nocional|^nominale waarde"),
    ("market_value", (r"market ?val(ue)?|^market ?/ ?fair value|^mkt ?val|^marketval$|base market value|basismarktwert|평가금액|valu_amt|^value\b|市值|評価額|時価|^marktwert|^kurswert|^marktwaarde|"
        r"^valeur (de marche|boursi)|^valor de mercado|^valore di mercato|^controvalore|^exposure value|^total value|^marknadsvarde")),
    ("isin", r"^isin|compst_isu_cd"),
    ("cusip", r"^cusip|security ?identifier|^securitynum"),
    ("sedol", r"^sedol"),
    ("figi", r"figi"),
    ("fund", r"^fund( ticker| symbol)?$|^fundticker|^account(ticker)?$|^etf( ticker| symbol)?$|^portfolio ticker|^fund name$"),
    ("code", (r"^(stock|holding|holdings|security|local|constituent|component|issuer)? ?ticker( symbol)?s?$|^(trading )?symbol$|^stockticker|^holdings?ticker|^bticker|종목코드|^bbg$|^ric$|"
        r"^(emittenten-?ticker|wertpapierticker)|^ticker (de l.emetteur|dell.emittente|del emisor|do emissor|van de uitgever)|^(股票|證券|证券|基金|商品|成分股?)?代[號碼码]|コード|"
        r"^(security|stock|asset) ?(code|id)$|^code$|^codigo$|^codice$|^bloomberg( ticker| code)?$|^security symbol|^kurzel$")),
    ("identifier", r"^identifier$|^security ?id(entifier)?$"),
    ("name", (r"^(security|holding|holdings|issuer|company|instrument|long|stock|constituent|component|asset|reporting|proper|full) ?_?(name|description|title)?$|^name( of .*)?$|^securityname|"
        r"^securitydescription|^description|종목명|compst_isu_nm|^holdings?$|名稱|名称|銘柄|简称|簡稱|^bezeichnung|^wertpapier(e|name|bezeichnung)?$|^titel$|^libell|^nom( de|$)|^nome\b|^nombre\b|^denominaci|"
        r"^denominazione|^title$|^security$|^titre|^titolo|^emittent$|^emetteur$|^valeur$|^acao$|^acoes$|^ativo$|^papel$|^activo$|^naam$|^vardepapper|^namn$|^navn$|^instrumento")),
    ("kind", (r"^asset ?(class|type|group|category)|^(security|holding|investment|instrument) ?type|^type\b|^type$|^asset_type|^issuetypename|^class of shares|^classification|^is_cash|^moneymarketflag|"
        r"^anlageklasse|^assetklasse|^wertpapierart|^art$|^classe d.actifs?|^clase de activo|^classe di attivita|^classe de ativo|^tipo\b|^activaklasse|자산구분|資產類別|资产类别")),
    ("shares", (r"^shares?\b|^quantity|^number of shares|^no\. of shares|^shares ?held|^units?\b|수량|주식수|cu1_shrs|^par value|株数|股數|股数|^持股数量|^position$|^contracts|"
        r"^anzahl|^anteile$|^stuck|^nominale?$|^quantite|^quantita|^cantidad|^quantidade|^qtde|^aantal|^antal")),
    ("price", r"price|가격|單價|^kurs\b|^cours\b|^prezzo|^precio|^preco|^koers"),
    ("currency", r"^(local |market |trading |base )?currency( code)?$|^ccy$|통화|幣別|币种|货币|通貨|^wahrung|^marktwahrung|^devise|^valuta|^divisa|^moeda|^moneda"),
    ("place", (r"^location|^country|^trade country|^market$|^region$|country ?code|countryofrisk|국가|国家|國家|^land\b|^pays$|^standort|^zone geographique|^area geografica|^paese|^ubicacion|^pais$|"
        r"^localisation|^locatie")),
    ("date", r"^(as[ -]?of[ -]?)?date$|^as[ -]?(of|at)\b|^trade ?date|^holdings?_?date|^(report|position|portfolio|nav) ?date|기준일|^日期|^资料日期|^資料日期|基準日|截止日|^stichtag|^datum$|^data$|^fecha"),
    ("exchange", r"^exchange( code)?$|^mic$|^거래소|^borse$|^bourse$|^borsa$|^bolsa$|^cambio$|^beurs$"),
    ("maturity", r"^maturity|^falligkeit|^echeance|^scadenza|^vencimiento"),
    ("sector", r"sector|industry|^sektor|^secteur|^settore|^branche"),
    ("net_assets", r"^net ?assets$|^total net assets|^fund net assets"),
)  # fmt: skip
_COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in _PATTERNS)
_NAMING = frozenset({"code", "name", "isin", "cusip", "identifier"})
_SIZING = frozenset({"weight", "market_value", "notional"})
_SEARCHED = 60
# Accents of Latin letters only: the marks of Japanese kana are letters of their own.
_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a grid.

    Attributes:
        header_row: 0-based row of the header.
        columns: meaning → 0-based column.
        header: header texts as printed.
    """

    header_row: int
    columns: dict[str, int]
    header: tuple[str, ...]

    def cell(self, row: Sequence[str], meaning: str) -> str:
        """Return the text of one meaning in a row, empty where there is none."""
        place = self.columns.get(meaning)
        return row[place].strip() if place is not None and place < len(row) else ""


def plain_header(text: str) -> str:
    """Return a header in lower case, blanks single, footnote signs and Latin accents gone.

    >>> plain_header("Pondération (%)*"), plain_header("銘柄コード")
    ('ponderation (%)', '銘柄コード')
    """
    bare = re.sub(r"[*†‡™®]", "", text.lower()).replace("\ufeff", "").replace("_x000d_", " ")
    folded = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", bare)))
    return " ".join(folded.replace("’", "'").split())


def find_table(grid: Grid) -> Table | None:
    """Return the holdings table of a sheet; None when no row looks like its header.

    The header is the row with most known meanings among the first rows; it has to name its lines and to size them.
    """
    best: Table | None = None
    for place, row in enumerate(grid[:_SEARCHED]):
        columns = _meanings(row)
        if not (_NAMING & columns.keys() and _SIZING & columns.keys()):
            continue
        if best is None or len(columns) > len(best.columns):
            best = Table(place, columns, tuple(row))
    return best


_PREFIX = re.compile(
    r"^(constituents?|holdings?|security|securities|position|component|underlying|instrument)[ _]"
)
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|_")


def _forms(cell: str) -> tuple[str, ...]:
    """Return the forms a header is understood in: as printed, without its word for "line", with joined words parted.

    >>> _forms("holdingWeight")
    ('holdingweight', 'holdingweight', 'holding weight', 'weight')
    """
    text, parted = plain_header(cell), plain_header(_JOINT.sub(" ", cell))
    return text, _PREFIX.sub("", text), parted, _PREFIX.sub("", parted)


def _meanings(row: Sequence[str]) -> dict[str, int]:
    """Return meaning → column; every header is tried as printed before any is tried in another form."""
    columns: dict[str, int] = {}
    forms = [_forms(cell) for cell in row]
    for step in range(4):
        for place, texts in enumerate(forms):
            text = texts[step]
            if not text or len(text) > 60 or place in columns.values():
                continue
            meaning = _meaning(text, columns)
            if meaning is not None:
                columns[meaning] = place
    of_index = columns.pop("index_weight", None)
    if of_index is not None:
        # The index's own weights stand in only where the fund's are not stated.
        columns.setdefault("weight", of_index)
    return columns


def _meaning(text: str, taken: dict[str, int]) -> str | None:
    for meaning, pattern in _COMPILED:
        if meaning not in taken and pattern.search(text):
            return meaning
    return None
