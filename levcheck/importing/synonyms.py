"""What column headings mean, in the languages brokers and people write them.

The words were collected from real exports and workbooks; a heading is compared after :func:`normalised` took away case,
punctuation, camel case and currencies.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from levcheck.importing.currencies import CODES, currency_in_header, minor_unit
from levcheck.importing.scales import heading_scale

# The fields a user may map by hand, in the order they are asked for.
MAPPABLE = (
    "symbol",
    "isin",
    "wkn",
    "cusip",
    "name",
    "quantity",
    "price",
    "market_value",
    "currency",
    "cost_basis",
    "account",
    "kind",
    "weight",
)

# field → headings, best first within a line; the order of lines of one field is the order of preference.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "isin": (
        "isin; isin code; code isin; isin nr; isin number; isin no; codigo isin; código isin; codice isin; isin 코드; isin代码; isin code s; isin kod",
    ),
    "wkn": ("wkn; wkn nr; wertpapierkennnummer; wertpapierkennummer; wkn kürzel",),
    "cusip": ("cusip; cusip number; cusip no; cusip id",),
    "code": (
        (
            "symbol isin; ticker isin; symbole isin; symbool isin; symbol cusip; symbol or cusip; isin wkn; wkn isin; isin symbol; isin ticker;"
            " identifier; security id; security identifier; instrument id; id code; security code; kennnummer; kennung; sedol; valoren;"
            " valorennummer; valor nr; valor number; valorennr; 銘柄 コード; 銘柄コード; コード; 銘柄コード ティッカー; 종목코드; 종목번호; 코드; 단축코드; 상품코드; 证券代码; 代码;"
            " 代碼; 股票代码; 股票代號; 股票代碼; 代號; 證券代號; 基金代码; 产品代码; מספר נייר; מספר ניע; מס נייר; מספר ני ע; מספר נייר ערך; 证券编号; stock code; scrip code; bse code; nse code; code"
        ),
    ),
    "symbol": (
        (
            "symbol; sym; ticker; kortnamn; ticker symbol; symbole; symbool; símbolo; simbolo; stock symbol; symbol ticker; trading symbol; tradingsymbol;"
            " security symbol; stock ticker; kürzel; tickersymbol; ticker code; ativo; ativos; papel; código; codigo; codice; mnemo;"
            " mnemonic; mnémo; mnémonique; instrument symbol; holding symbol; epic; tidm; 티커; 심볼; ティッカー; ティッカーコード; ティッカーシンボル; 股名; סימבול; סימול; asset symbol; code mnemonique; nse symbol; scrip; instrument code; börsenkürzel; coin"
        ),
    ),
    "name": (
        (
            "name; namn; navn; värdepapper; verdipapir; description; security name; investment name; security description; company; company name; asset name; stock name; fund name;"
            " holding name; instrument name; product name; bezeichnung; wertpapiername; wertpapierbezeichnung; wertpapier; titel; gattungsbezeichnung;"
            " libellé; libelle; nom; nom de la valeur; valeur mobiliere; désignation; designation; naam; fonds; omschrijving; beschreibung; support; nombre; nombre del valor; descripción;"
            " descripcion; denominación; denominacion; denominazione; descrizione; titolo; nome; nome do ativo; descrição; descricao; 종목명; 종목;"
            " 상품명; 펀드명; 이름; 名称; 名稱; 证券名称; 證券名稱; 股票名称; 股票名稱; 标的; 標的; 标的名称; 基金名称; 产品名称; 商品名稱; 股票; 銘柄; 銘柄名; 銘柄名称; ファンド名; ファンド名称; 銘柄 名称; נייר; שם נייר; שם; שם הנייר; שם נייר ערך; שם ני ע"
        ),
        "stock; acción; accion; posten; vermögenswert; finanzinstrument; activo; actif; attività; strumento finanziario; 자산; 자산명; 资产; 資產; 資産; נכס; artikel; emisora; emittent; item; instrument; product; produit; produto; prodotto; security; investment; holding; holdings; asset description; title; asset; position; fund; funds; wertpapiere; anlage; unternehmen; firma; aktie; etf name; issuer; stock company; scheme name; scheme; valeur; valor; valores; strumento; issuer name; bond name; details",
    ),
    "quantity": (
        (
            "quantity; qty; volym; antal; antall; beholdning; määrä; ilość; liczba; shares; share; units; units held; shares held; number of shares; no of shares; no shares; share count; current quantity; quantity held;"
            " current shares; total shares; total quantity; total qty; quantity available; available quantity; qty available; net qty; net quantity; holding quantity; position qty; contracts;"
            " open quantity; position size; current qty; unit; unit balance; share balance; closing units; balance units; total units; anzahl; stück; stücke; stück nom; stück nominal; stück nominale; stk nominale; stk; stückzahl; stücke nominale;"
            " face value; face amount; face; par value; par amount; par; nominal value; nominal amount; original face; current face; valeur nominale; valor nominal; valore nominale; owned quantity; quantity held by you; anteile; anzahl anteile; bestand; menge; nominal; nominale; nennwert; nominalwert; nennbetrag; anzahl stück; anzahl nominal; depotbestand; gesamtbestand; quantité; quantite; qté; qte; nombre; nombre de titres; nombre de parts; nb titres; aantal;"
            " aantal stuks; stuks; quantidade; qtd; qtde; quantidade total; cantidad; títulos; titulos; número de títulos; numero de titulos; acciones; participaciones; participaties; participations; deelbewijzen; parts; nº títulos; quantità; quantita; qtà; pezzi; quote; numero quote; qta;"
            " 보유수량; 수량; 잔고수량; 보유량; 보유주수; 주수; 보유좌수; 결제잔고; 잔고; 持仓数量; 持有数量; 持仓数; 持仓; 持股数; 股数; 持仓股数; 证券数量; 份额; 持有份额; 基金份额; 数量; 當前持倉; 股份余额; 证券余额; 股票余额; 余额; 实际数量; 当前拥股; 拥股数量; 参考持股; 总持仓; 持股数量; 当前持仓; 库存数量; 持倉數量; 數量; 股數; 庫存股數; 庫存數量; 集保股數; 目前庫存; 张数; 張數; 持有股數; 持股; 單位數;"
            " 保有数量; 保有株数; 保有口数; 数量 株 口; 残高数量; 保有数; 株数; 口数; 残高; כמות; כמות בתיק; יתרה; כמות נוכחית; כמות ני ע; ע נ; holding; net position; qty held; long qty"
        ),
        "amount; position; balance; holdings; volume held; number; nombre parts; exposure qty; bestandsmenge",
    ),
    "price": (
        (
            "price; valeur de la part; valeur part; px; last px; mkt px; mkt price; last price; current price; market price; last; ltp; last traded; last traded price; share price; unit price; latest price; mark price; mark; close price; closing price;"
            " closing; close; price per share; nav; nav per unit; current nav; latest nav; nav price; quote; price now; current share price; cmp; current rate; close rate; senaste kurs; senast; siste; siste kurs; markedskurs; market price per share; kurs; akt kurs; aktueller kurs; aktueller preis; bewertungskurs; schlusskurs;"
            " letzter kurs; kurswert pro stück; marktpreis; preis; devisenkurs kurs; cours; dernier cours; dernier; clôture; cloture; cours actuel; valeur liquidative; prix actuel; prix; koers; slotkoers; laatste koers; actuele koers; preço; preço atual; preco atual; preço de fechamento; cotação; cotacao; cotação atual;"
            " cotización; cotizacion; precio; precio actual; último precio; ultimo precio; precio de mercado; último; valor liquidativo; vl; prezzo; prezzo attuale; prezzo di mercato; ultimo prezzo; quotazione; prezzo mercato; 현재가; 현재단가; 종가; 현재가격; 기준가; 기준가격; 평가가격; 시장가;"
            " 现价; 最新价; 当前价; 市价; 最新净值; 单位净值; 净值; 收盘价; 参考市价; 現價; 市價; 收盤價; 最新價; 股價; 淨值; 参考淨值; 现价 元; 現在値; 現在値 円; 基準価額; 現在値段; 時価単価; 終値; 株価; 評価単価; 現在価格; שער; שער אחרון; שער נוכחי; שער בסיס; מחיר; מחיר אחרון; שער נייר"
        ),
        "previous closing price; previous close; prev close; prev price; previous price; manual price; price pence; day price; vortageskurs; valuation price; evaluation price; reference price; bid; market",
    ),
    "market_value": (
        (
            "market value; val; mkt val; marknadsvärde; markedsverdi; markedsværdi; värde; verdi; wartość; mkt val; mkt value; current value; market val; mv; mktval; marketvalue; current market value; position value; present value; current val; cur val; total market value;"
            " value; valuation; holding value; value now; ending value; closing value; total value; net value; equity; market cap value; asset value; position market value; net liquidation value; value in base; current capital; worth; net liq; net liquidity; current worth; current amount; total current value; ending market value; estimated value; end value; "
            "wert; kurswert; marktwert; aktueller wert; gesamtwert; depotwert; gegenwert; positionswert; bewertung; wert in; marktwert in; kurswert in; wert aktuell; marktwert inkl stückzinsen; montant; valorisation; valeur; valeur de marché; valeur actuelle; évaluation; evaluation; valeur totale; montant en; waarde; waarde in; huidige waarde; marktwaarde;"
            " valor; valor atual; valor de mercado; valor total; valor bruto; posição; saldo; saldo bruto; valor em; valor actual; valor efectivo; valoración; valoracion; importe; efectivo; valor de mercado en; controvalore; valore; valore di mercato; valore attuale; valore corrente; controvalore in; controvalore mercato; 평가금액; 평가액; 평가금; 평가금액 원; 현재가치; 시가평가; 평가금액 외화; 원화평가금액; 外币市值; "
            "市值; 持仓市值; 证券市值; 最新市值; 参考市值; 总市值; 持有市值; 金额; 参考金额; 持有金额; 资产市值; 市場價值; 現值; 股票現值; 參考現值; 總市值; 庫存市值; 總現值; 市值 元; 評価額; 時価評価額; 評価金額; 時価; 評価額 円; 時価評価額 円; 時価評価額 外貨; 評価額 外貨; 外貨評価額; שווי; שווי אחזקה; שווי נוכחי; שווי שוק; שווי בשח; שווי אחזקה בשח; שווי אחזקה במטבע; שווי במטבע; שווי ניירות; שווי החזקה"
        ),
        "amount; total; current; closing balance value; balance; capital; total amount; market; summe; betrag; total eur; portfolio value; local value; valeur en devise",
    ),
    "cost_total": (
        (
            "cost basis; cost basis total; total cost; total cost basis; cost total; invested; invested value; invested amount; amount invested; investment amount; buy value; book value; book cost; total invested; purchase value; purchase cost; purchase amount; acquisition cost; acquisition value; net cost; "
            "total book cost; cost value; nfs cost; principal; buy amount; investment cost; capital invested; adjusted cost; original cost; kaufwert; einstandswert; einstandspreis; kostenbasis; einstandswert in; anschaffungswert; kaufbetrag; investiert; investierter betrag; einstand; gesamtkosten; anschaffungskosten; "
            "montant investi; valeur d achat; prix de revient total; coût total; coût d acquisition; aankoopwaarde; kostprijs totaal; investering; valor investido; valor aplicado; custo total; custo; total investido; coste total; coste; importe invertido; coste de adquisición; costo total; costo; valor de compra; invertido; valore di carico; controvalore di carico; costo totale; controvalore carico; 매입금액; 매수금액; 투자원금; 매입원가; 원금; 매입총액; 매입금; "
            "持仓成本总额; 成本金额; 总成本; 投入金额; 持仓总成本; 成本總額; 投資成本; 總成本; 付出成本; 買進成本; 持有成本; 庫存成本; 取得金額; 取得価額合計; 買付金額; 投資金額; 取得総額; 投資額; עלות כוללת; שווי עלות; עלות רכישה; סך עלות"
        ),
        "cost; investment value; book value market; spent; paid",
    ),
    "cost_each": (
        (
            "average cost; open price; open cost; gav; inköpskurs; anskaffningskurs; snittkurs; avg cost; average price; avg price; average cost basis; avg price paid; price paid; cost price; purchase price; average buy price; avg buy price; buy price; buying price; unit cost; cost per share; avg cost share; average cost per share; avg cost per share; average purchase price; "
            "average unit cost; average share price; cost basis price; cost share; cost basis per share; entry price; open price avg; average open; avg open; average open price; avg purchase price; trade price; buy avg; buy average; purchase price per share; price at purchase; average entry price; avg entry; book price; acquisition price; price bought; bought at; cost per unit; cost unit; open rate; buy avg price; "
            "kaufkurs; einstandskurs; einstands kurs; kaufpreis; durchschnittskurs; durchschnittspreis; einstiegskurs; kaufkurs in; ø kaufkurs; ø kurs; durchschn kaufkurs; durchschnittlicher kaufkurs; ek kurs; ø einstandskurs; pru; prix de revient; prix de revient unitaire; prix d achat; prix moyen; prix moyen d achat; px revient; cours moyen; cours d achat; aankoopprijs; gem aankoopprijs; gak; gemiddelde aankoopprijs; "
            "preço médio; preco medio; pm; preço médio de compra; preço de compra; custo médio; precio medio; precio de compra; precio medio de compra; coste medio; precio adquisición; costo medio; precio de adquisición; precio promedio; costo promedio; prezzo medio; prezzo di carico; prezzo medio di carico; prezzo medio carico; prezzo carico; pmc; prezzo acquisto; prezzo di acquisto; "
            "매입평균가; 평균금액; 1주 평균금액; 주당 평균금액; 매입단가; 평균단가; 평균매수가; 매수평균가; 평균매입가; 매입가; 매수가; 평단가; 평균 매입가; 매입평균가격; 평균가; 成本价; 成本; 持仓成本; 摊薄成本价; 持仓成本价; 成本单价; 买入均价; 均价; 平均成本; 买入价; 成本净值; 持仓均价; 持倉成本; 買價; 成本價; 均價; 平均成本價; 成交均價; 買進均價; 平均價; 付出成本均價; 持倉均價; 取得単価; 平均取得価額; 平均取得単価; 取得価額; 参考単価; 買付単価; 取得平均単価; 平均取得価格; 簿価単価; שער עלות; שער קניה; עלות; שער עלות ממוצע; מחיר עלות; מחיר קניה; שער רכישה"
        ),
    ),
    "currency": (
        "currency; ccy; curr; trading currency; price currency; instrument currency; market price currency; security currency; quote currency; local currency; currency code; währung; whg; handelswährung; devise; valuta; munt; moeda; moneda; divisa; devise de cotation; valuta koers; 통화; 통화코드; 통화구분; 币种; 货币; 幣別; 交易幣別; 币别; 貨幣; 交易币种; 通貨; 取引通貨; 決済通貨; מטבע; סוג מטבע; cur",
    ),
    "value_currency": (
        "market value currency; value currency; currency market value; valuation currency; mv currency; wertwährung; position currency",
    ),
    "cost_currency": (
        "book value currency; cost currency; cost basis currency; book cost currency; book value currency market; currency average price",
    ),
    "account": (
        "account; account number; account no; account nr; account id; acct; acct no; account name; account type; account nickname; depot; depotnummer; depot nr; depotnr; konto; kontonummer; bankleistungsnummer; compte; numéro de compte; n compte; rekening; rekeningnummer; conta; cuenta; número de cuenta; conto; rapporto; deposito; 계좌; 계좌번호; 계좌명; 账户; 账号; 帳戶; 帳號; 資金账号; 资金账号; 股东账号; 股東帳號; 股东帐户; 口座; 口座区分; 預り区分; 預り; 保管区分; חשבון; מספר חשבון; plan; plan name",
        "portfolio; portfolio name; client id; client; client name; client code; holder; owner; broker; brokerage; custodian; location held; corretora; instituição; bank; 持有人",
    ),
    "kind": (
        "type; security type; asset type; asset class; asset category; sectype; sec type; instrument type; investment type; category; product type; class; kind; assetclass; financial instrument; holding type; issue type; typ; art; kategorie; wertpapierart; gattung; anlageklasse; assetklasse; instrumentart; vermögenswertkategorie; struktur; produktart; wertpapiertyp; anlageart; type d actif; type de produit; classe d actif; catégorie; soort; type instrument; beleggingscategorie; tipo; classe; tipo de ativo; categoria; tipo de activo; clase; tipo strumento; tipo titolo; classe di attivo; 유형; 상품유형; 자산구분; 구분; 상품구분; 자산유형; 종류; 类型; 类别; 资产类别; 产品类型; 品种; 證券類別; 類別; 資產類別; 類型; 商品類別; 交易類別; 種別; 種類; 商品; 商品区分; סוג; סוג נייר; סוג נכס; discriminator; datadiscriminator; asset subclass; sub type; security class; market segment",
    ),
    "weight": (
        "weight; weights; weighting; percent of account; allocation; current allocation; pct of portfolio; percent of portfolio; portfolio weight; of portfolio; of account; of holdings; of total; of nav; percent of total; actual weight; current weight; percentage; asset allocation; pct; share of portfolio; percent; position weight; holding percent; anteil; gewicht; gewichtung; anteil am depot; depotanteil; portfolioanteil; poids; pondération; répartition; weging; gewicht in; peso; peso in portafoglio; peso portafoglio; participação; part; alocação; ponderación; ponderacion; 비중; 보유비중; 비율; 구성비; 편입비중; 占比; 仓位; 持仓占比; 权重; 仓位占比; 投資比重; 比重; 比例; 權重; 構成比; 比率; 保有割合; 割合; אחוז מהתיק; משקל; אחוז; שיעור מהתיק; net assets",
    ),
    "target_weight": (
        "target weight; target; target allocation; target percentage; target percent; zielgewicht; ziel; soll; 목표비중; 목표; 目标权重; 目標比重; 目標; peso objetivo; poids cible; desired weight; model weight",
    ),
    "exchange": (
        "exchange; mic; market exchange; listing; listing exchange; primary exchange; börse; handelsplatz; börsenplatz; place; place de cotation; beurs; mercado; bolsa; mercato; borsa; 시장; 거래소; 市场; 交易所; 市場; 交易市場; country; land; domicile; region; stock exchange; marktplatz; 国; 国家; 국가; בורסה",
    ),
    "multiplier": (
        "multiplier; contract multiplier; contract size; multipl; mult; multiplikator; bezugsverhältnis; multiplicateur; 승수; 乘数; lot size; shares per contract",
    ),
    "expiry": (
        "expiry; expiration; expiration date; expiry date; exp date; exp; maturity; maturity date; fälligkeit; verfall; verfallsdatum; laufzeit; échéance; vencimiento; vencimento; scadenza; 만기; 만기일; 到期日; 満期日; 償還日; days to expiration; strike date",
    ),
    "strike": (
        "strike; strike price; exercise price; basispreis; prix d exercice; precio de ejercicio; 행사가; 행사가격; 行权价; 履約價; 権利行使価格; strike px",
    ),
    "right": (
        "put call; call put; right; c p; p c; cp; option type; put or call; optionsart; 콜풋; 期权类型; 買賣權; putcall",
    ),
    "underlying": (
        "underlying; underlying symbol; basiswert; sous jacent; subyacente; underlying ticker; root; root symbol; underlier; 기초자산; 标的证券; 標的物; underlying asset; underlying security",
    ),
    "side": (
        "side; position direction; direction; long short; position side; l s; richtung; 방향; 多空; 방향구분; position type; sens",
    ),
    "snapshot_date": (
        "date; as of; as of date; valuation date; snapshot date; report date; statement date; position date; holdings date; stichtag; datum; stand; date de valorisation; fecha; data; peildatum; 기준일자; 기준일; 일자; 날짜; 日期; 截止日期; 基準日; 日付; 報告日; תאריך; asofdate; price date; kursdatum; quote date; last update; last updated; updated; current asof; price as of date; price as of; update date; nav date; pricing date; 現在値 更新日; 更新日",
    ),
    "purchase_date": (
        "purchase date; trade date; date acquired; acquired; date added; acquisition date; open date; opened; date opened; buy date; bought; kaufdatum; datum letzte bewegung; kaufzeitpunkt; date d achat; aankoopdatum; fecha de compra; data de compra; data acquisto; 매수일; 매입일; 买入日期; 購買日期; 買進日期; 買付日; 約定日; 取得日; תאריך קניה; last movement date; purchased; created date; modified date; created; opening date; valeur date; open time; lot date",
    ),
    "value_base": (
        "value base; base value; market value base; value in base currency; value in portfolio currency; base market value; kurswert depotwährung; base currency value; valeur en euros; total base; 円換算評価額; 円評価額; 円換算額; 評価額 円換算; 円貨評価額; 원화환산; 원화평가금액; 원화 평가금액; 원화환산금액; 折合人民币; 人民币市值; 台幣市值; 折合台幣; 市值 台幣; value in home currency; home value; value in account currency; værdi dkk; value in eur",
    ),
    "fx_rate": (
        "fx rate; exchange rate; fx; fx rate to base; wechselkurs; devisenkurs; umrechnungskurs; taux de change; wisselkoers; tipo de cambio; cambio; tasso di cambio; 환율; 汇率; 參考匯率; 匯率; 参考為替; 為替; 為替レート; 参考汇率; currency conversion rate; שער חליפין; fxrate",
    ),
    "status": (
        "status; state; open closed; position status; estado; 상태; 状态; 狀態; statut; stato",
    ),
    # Columns that only a list of trades has.
    "action": (
        "action; transaction type; transaction; trade type; buy sell; b s; activity; activity type; order type; transaktion; transaktionstyp; buchungsart; auftragsart; umsatzart; vorgang; opération; operation; type d opération; sens de l opération; soort transactie; operação; movimentação; entrada saída; operación; tipo de operación; tipo operazione; operazione; 거래구분; 거래종류; 매매구분; 매매; 거래유형; 交易类型; 操作; 买卖; 买卖方向; 买卖标志; 業務名稱; 买卖方向; 交易類型; 買賣; 買賣別; 取引; 売買; 取引区分; 売買区分; פעולה; סוג פעולה; transaction description; tran type; txn type; event",
    ),
    "settle_date": (
        "settlement date; settle date; settled; process date; run date; valutadatum; wertstellung; buchungstag; buchungsdatum; date de règlement; valutadag; fecha valor; fecha liquidación; data valuta; data liquidação; 결제일; 结算日期; 交割日; 交割日期; 受渡日; transaction date; order date; execution date; fill time; exec time; 거래일; 거래일자; 成交日期; 交易日期; 成交日; 委托日期; date operation; date opération; date d opération; data operazione; fecha operación; fecha de operación; data do negócio; transaktionsdatum; handelstag; order time; date time; filled time",
    ),
    "fees": (
        "commission; commissions; fee; fees; commission fees; fees comm; gebühren; provision; kosten; frais; courtage; kosten transacties; taxas; corretagem; comisión; comisiones; commissioni; 수수료; 手续费; 佣金; 手續費; 手数料; עמלה; brokerage fee; tax; taxes; commissions open",
    ),
    "sold": (
        "sell date; sell price; exit date; exit price; close date; closed date; date sold; sold; sale price; proceeds; sell value; verkaufsdatum; verkaufskurs; realized; realized gain; realised; 매도가; 卖出价; 賣出價; settlement amount; net amount",
    ),
    "open_high_low": (
        "open; high; low; adj close; volume; adjusted close; eröffnung; hoch; tief; volumen; 시가; 고가; 저가; 거래량; 开盘; 最高; 最低; 成交量; 開盤; 開盤價; 最高價; 最低價; 始値; 高値; 安値; 出来高; ouverture; plus haut; plus bas; apertura; máximo; mínimo",
    ),
    "fundamental": (
        "p e; pe; pe ratio; p e ratio; eps; market cap; mkt cap; beta; dividend yield; div yield; pb; p b; roe; sector; industry; peg; book value per share; revenue; ebitda; marktkapitalisierung; kgv; sektor; branche; secteur; setor; settore; 업종; 섹터; 行业; 板块; 產業; 業種; 시가총액; 52 week high; 52 week low; 52 wk high; 52 wk low; analyst rating; price target; target price; rating",
    ),
    "unit": ("【単位】; 単位; unit of measure; einheit; 단위; 单位; 單位",),
    "noise": (
        (
            "gain; loss; gain loss; change; day change; total gain; gain loss dollar; gain loss percent; unrealized; unrealized p l; unrealised p l; p l; pnl; profit; profit loss; return; total return; yield; performance; notes; note; comment; comments; memo; remark; remarks; tags; reinvest; reinvest dividends; capital gains; dividend; dividends; net dividend; income; est annual income; annual income; ex dividend date; pay date; last dividend; accrued interest; stückzinsen; rank; no; nr; id; asset id; row; index; sl; tp; suggested sl; suggested tp; loan plan id; in the money; intrinsic value; hinweis; hinweise; notizen; entwicklung; vortag; diff; diff abs; gewinn; verlust; gewinn verlust; zeit; time; uhrzeit; compensation; intraday variation; amount variation; variation; risk; risikoklasse; plus value; moins value; plus moins value; variation jour; rendement; winst; verlies; lucro; rentabilidade; resultado; ganancia; pérdida; plusvalía; plusvalia; rentabilidad; utile; perdita; utile perdita; rendimento; 평가손익; 손익; 수익률; 손익률; 등락률; 전일대비; 비고; 메모; 盈亏; 盈亏比例; 盈亏金额; 收益; 收益率; 涨跌; 涨跌幅; 浮动盈亏; 备注; 今日盈亏; 損益; 損益率; 報酬率; 未實現損益; 漲跌; 備註; 投資損益; 評価損益; 前日比; 騰落率; 損益率; 備考; רווח; רווח הפסד; תשואה; שינוי; שינוי יומי; הערות; quantity discrepant; quantity long term; quantity pledged; quantity pledged margin; quantity pledged loan; pledged; day gain; todays gain; today s gain loss; unrealized gain; volatility; fund expense; expense ratio; ter; score; description notes; code;"
            " position code; loan; margin requirement; marginable; term; holding period; wirtschaftsraum; lagerstelle; sperre lagerst; % nav; hinweis einstandskurs; deviseneinstandskurs"
        ),
    ),
}
# A heading that holds one of these words is about a change, a ratio or a date, whatever else it holds.
_NOISE_TOKENS = frozenset(
    [
        "change",
        "chg",
        "gain",
        "loss",
        "gains",
        "losses",
        "unrealized",
        "unrealised",
        "unrealize",
        "realized",
        "realised",
        "pnl",
        "profit",
        "return",
        "returns",
        "yield",
        "dividend",
        "dividends",
        "ytd",
        "mtd",
        "performance",
        "perf",
        "diff",
        "differenz",
        "gewinn",
        "verlust",
        "rendite",
        "entwicklung",
        "vortag",
        "veränderung",
        "variation",
        "rendement",
        "winst",
        "verlies",
        "resultado",
        "rentabilidad",
        "rendimento",
        "lucro",
        "day",
        "daily",
        "today",
        "todays",
        "high",
        "low",
        "growth",
        "forecast",
        "estimated",
        "target",
        "discrepant",
        "pledged",
        "blocked",
        "ratio",
        "rank",
        "52",
        "week",
        "fee",
        "tax",
        "income",
        "earned",
        "time",
        "zeit",
        "notes",
        "comment",
        "hinweis",
        "limit",
        "stop",
        "alert",
        "plus",
        "moins",
        "utile",
        "perdita",
        "plusvalía",
        "plusvalia",
        "previous",
        "prev",
        "unsettled",
        "pending",
        "original",
        "gesamtperformance",
        "abs",
    ]
)
_NOISE_CJK = re.compile(
    "손익|수익|증감|대비|등락|盈亏|盈虧|涨跌|漲跌|收益|損益|前日比|騰落|报酬|報酬|涨幅|可用|冻结|可卖|可賣|가능|미체결|תשואה|רווח|שינוי|הפסד"
)
# Words beside "price" or "value" that make it what was paid.
_COST_TOKENS = frozenset(
    [
        "buy",
        "bought",
        "buying",
        "purchase",
        "purchased",
        "entry",
        "open",
        "avg",
        "average",
        "mean",
        "cost",
        "book",
        "paid",
        "acquisition",
        "compra",
        "compras",
        "medio",
        "médio",
        "media",
        "média",
        "promedio",
        "adquisición",
        "adquisicion",
        "aquisição",
        "aquisicao",
        "achat",
        "revient",
        "moyen",
        "moyenne",
        "acquisition",
        "aankoop",
        "aankoopkoers",
        "gem",
        "gemiddeld",
        "gemiddelde",
        "kauf",
        "einstand",
        "einstands",
        "durchschnitt",
        "durchschnittlicher",
        "ø",
        "acquisto",
        "carico",
        "köp",
        "inköp",
        "anskaffning",
        "kjøp",
        "køb",
        "snitt",
    ]
)
_COST_CJK = re.compile(
    "매입|매수|평균|취득|取得|平均|買付|成本|買入|买入|均价|均價|קניה|עלות|רכישה"
)
_PAID = {"price": "cost_each", "market_value": "cost_total"}
_SPLIT_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OUTSIDE = re.compile(r"[^\w%]+")
_UNSPACED_SCRIPT = re.compile("[가-힣ぁ-んァ-ヶ一-鿿]")
_BRACKETS = re.compile(r"[(\[（【〔『]([^)\]）】〕』]*)[)\]）】〕』]")
_CURRENCY_TOKENS = frozenset(code.casefold() for code in CODES) | {
    "gbx",
    "euro",
    "euros",
    "pence",
    "円",
    "元",
    "원",
    "外貨",
    "שח",
    "בשח",
}
_FILLERS = frozenset(
    [
        "in",
        "en",
        "of",
        "the",
        "my",
        "le",
        "la",
        "de",
        "per",
        "pro",
        "at",
        "am",
        "as",
        "local",
        "base",
        "your",
        "current",
        "total",
        "est",
        "net",
    ]
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading probably means.

    Attributes:
        field: a key of :data:`SYNONYMS`.
        score: 0 to 100; 100 is the heading word for word.
        currency: ISO code the heading names.
        factor: 0.01 where it says pence or agorot, 1000 where it says thousands, else 1.
        percent: it carries a percent sign.
    """

    field: str
    score: int
    currency: str | None = None
    factor: float = 1.0
    percent: bool = False


def normalised(text: str) -> str:
    """Return a heading without case, punctuation, camel case and line breaks.

    >>> normalised("Stück/Nom."), normalised("avgPrice"), normalised("Cost_Basis")
    ('stück nom', 'avg price', 'cost basis')
    """
    wide = unicodedata.normalize("NFKC", text)
    if wide.isascii() and " " not in wide.strip():
        wide = _SPLIT_CAMEL.sub(" ", wide)
    return " ".join(_OUTSIDE.sub(" ", wide.casefold().replace("_", " ")).split())


def _build() -> dict[str, tuple[tuple[str, int], ...]]:
    table: dict[str, dict[str, int]] = {}
    for field, lines in SYNONYMS.items():
        for level, line in enumerate(lines):
            for word in line.split(";"):
                if key := normalised(word):
                    known = table.setdefault(key, {})
                    known[field] = max(known.get(field, 0), 100 - 25 * level)
    return {key: tuple(known.items()) for key, known in table.items()}


_TABLE = _build()
# Scripts without blanks are searched inside a heading, longest word first.
_UNSPACED = sorted(
    (key for key in _TABLE if len(key) > 1 and re.search("[가-힣ぁ-んァ-ヶ一-鿿]", key)),
    key=len,
    reverse=True,
)


def is_known_header(text: str) -> bool:
    """Whether a cell is, word for word, a heading that some export uses."""
    if not text or len(text) > 48 or text[0].isdigit():
        return False
    return any(variant in _TABLE for variant, _ in _variants(text))


def is_plain_header(text: str) -> bool:
    """Whether a cell is a known heading as it stands, but for its case; the quick question for long lists."""
    return text.strip().casefold() in _TABLE


@lru_cache(maxsize=8192)
def meanings(header: str) -> tuple[Meaning, ...]:
    """Return what a heading may mean, best first; empty when nothing is known about it."""
    text = header.strip()
    if not text or len(text) > 90:
        return ()
    currency = currency_in_header(text)
    unit = minor_unit(text)
    percent = "%" in text or "％" in text or bool(re.search(r"(?i)\b(percent|pct|prozent)\b", text))
    scale = unit[1] if unit else heading_scale(text)
    scores = _scores(text)
    if percent:
        weight = scores.get("weight", 0)
        scores = {"weight": weight} if weight and "noise" not in scores else {"noise": 60}
    return tuple(
        Meaning(field, score, unit[0] if unit else currency, scale, percent)
        for field, score in sorted(scores.items(), key=lambda item: -item[1])
        if score >= 40
    )


def _scores(text: str) -> dict[str, int]:
    scores: dict[str, int] = {}
    for variant, loss in _variants(text):
        for field, score in _TABLE.get(variant, ()):
            scores[field] = max(scores.get(field, 0), score - loss)
    if scores:
        return scores
    spaced = _without_currency_tokens(normalised(text)).split()
    if _NOISE_TOKENS.intersection(spaced) or _NOISE_CJK.search(text):
        return {"noise": 90}
    found = _phrase_scores(spaced) or _substring_scores("".join(spaced))
    return _as_cost(found) if _COST_TOKENS.intersection(spaced) or _COST_CJK.search(text) else found


def _as_cost(scores: dict[str, int]) -> dict[str, int]:
    """Turn what a price or a value would be into what was paid, where a further word says so ("precio de compra")."""
    return {_PAID.get(field, field): score for field, score in scores.items()}


def _variants(text: str) -> list[tuple[str, int]]:
    """Return the forms of a heading that are looked up word for word, each with what it costs."""
    full = normalised(text)
    made = [(full, 0), (_without_currency_tokens(full), 1)]
    if (outside := _BRACKETS.sub(" ", text)) != text:
        outside_normalised = normalised(outside)
        made += [(outside_normalised, 3), (_without_currency_tokens(outside_normalised), 4)]
        made += [(normalised(inside), 8) for inside in _BRACKETS.findall(text)]
    if not full.isascii() and " " in full and _UNSPACED_SCRIPT.search(full):
        # Korean is written with blanks or without; the others are broken over lines.
        made.append((full.replace(" ", ""), 1))
    bare = full.replace("%", " ").strip()
    if bare != full:
        made.append((" ".join(bare.split()), 2))
    return [(variant, loss) for variant, loss in made if variant]


def _without_currency_tokens(key: str) -> str:
    return " ".join(token for token in key.split() if token not in _CURRENCY_TOKENS)


def _phrase_scores(tokens: list[str]) -> dict[str, int]:
    """Score a heading by the longest known phrase in it, less for every further word that means something."""
    for length in range(min(4, len(tokens)), 0, -1):
        best: dict[str, int] = {}
        for start in range(len(tokens) - length + 1):
            rest = tokens[:start] + tokens[start + length :]
            extra = sum(1 for token in rest if token not in _FILLERS)
            for field, score in _TABLE.get(" ".join(tokens[start : start + length]), ()):
                best[field] = max(best.get(field, 0), score - 5 - 14 * extra)
        if best:
            return best
    return {}


def _substring_scores(text: str) -> dict[str, int]:
    for key in _UNSPACED:
        if key in text:
            extra = len(text) - len(key)
            return {field: score - 6 - 3 * extra for field, score in _TABLE[key]}
    return {}
