"""The sentence over each explained number, and its value and formula as text."""

from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.i18n.words import UNKNOWN, Words

SENTENCES: dict[str, str] = {
    "explain.equity": "Money invested: every line at its value, less what is owed.",
    "explain.gross": "All lines at their value, without regard to sign.",
    "explain.in_effect": "What the money does in effect: every root, after looking through funds and multiples.",
    "explain.cash_amount": "Cash line {line}, as in your file.",
    "explain.unknown_value": "The value of {line} is not known.",
    "explain.market_value": "Value of {line}, as in your file.",
    "explain.quantity": "Quantity of {line}.",
    "explain.price": "Price of {line}.",
    "explain.quotation_unit": "Units that one price of {line} stands for.",
    "explain.value_computed": "Value of {line}: quantity times price.",
    "explain.value_converted": "Value of {line} in the currency of your totals.",
    "explain.fx_rate": "{base} for one {currency}.",
    "explain.root_net": "Everything that rides on {root}, through all its doors.",
    "explain.root_gross": "Everything that rides on {root}, without regard to sign.",
    "explain.root_long": "Doors that gain when it rises.",
    "explain.root_short": "Doors that gain when it falls.",
    "explain.closed_fund": "The part of {root} that could not be looked through.",
    "explain.door": "{line}, as far as it rides on {root}.",
    "explain.through": "Everything that {line} adds.",
    "explain.multiple": "Daily multiple of the fund.",
    "explain.weight": "Weight of {constituent} in {fund}.",
    "explain.strength": "Share that counts as {theme}.",
    "explain.theme_net": "The bet {theme}: all that your lines add to it.",
    "explain.theme_labelled": "Lines that carry the name of the bet {theme} on your statement.",
    "explain.family_net": "Everything in this family, through all doors.",
    "explain.coverage": "Share of the money that was looked through. The lines below are in no number.",
    "explain.left_out": "{line} is left out.",
    "explain.coverage_own": "Share of your money that is seen through: by a fund’s own list, or because none is needed.",
    "explain.coverage_stand_in": "Share of your money that is seen through with the list of something alike.",
    "explain.coverage_known": "Share of your money that is known by its kind and not seen through.",
    "explain.coverage_unknown": "Share of your money in lines we do not know.",
    "explain.list_fresh": "Share of the money in funds whose list is up to 7 days old.",
    "explain.list_ageing": "Share of the money in funds whose list is up to 45 days old.",
    "explain.list_stale": "Share of the money in funds whose list is over 45 days old.",
    "explain.list_undated": "Share of the money in funds whose list has no date.",
    "explain.list_none": "Share of the money in funds without a list.",
    "explain.part_money": "This part, line by line.",
    "explain.whole_money": "What it is a share of, line by line.",
    "explain.part_of_line": "{line}: its value times the part that counts here.",
    "explain.part_that_counts": "Part that counts here.",
    "explain.without_sign": "{line}: its value without its sign.",
    "explain.theme_part": "{root}, as far as it counts as {theme}.",
    "explain.shared_money": "Money that {first} and {second} have on the same names: the smaller amount of each.",
    "explain.shared_name": "{root}: the smaller amount, that of {line}.",
    "explain.rest_of_holdings": "{scenario}: what all other holdings add.",
    "explain.rest_of_causes": "{scenario}: what all other parts add.",
    "explain.scenario": "{scenario}: the sum over your lines.",
    "explain.loss": "{line}: its value times its move.",
    "explain.loss_daily_reset": "{line} resets every day: each day's move is multiplied, then compounded.",
    "explain.move": "Move of the line: its parts, each times its own move.",
    "explain.part_of_move": "Part that comes from {root}.",
    "explain.share_in_line": "Share of {root} in the line.",
    "explain.root_shocked": "Move of {root}, as the scenario says.",
    "explain.root_follows": "Move of {root}, as it follows the shocked ones.",
    "explain.rest_of_move": "All other parts together.",
    "explain.adjusted_by_linear": "Rounding.",
    "explain.adjusted_by_fund": "Parts inside that reset every day or moved unlisted.",
    "explain.adjusted_by_sensitivity": "Own sensitivity of this kind of paper.",
    "explain.adjusted_by_option": "Revaluation of the option.",
    "explain.adjusted_by_note": "Revaluation of the note by its terms.",
    "explain.adjusted_by_cash": "Move of the currency.",
    "explain.cause": "What {root} adds to the result: what rides on it and its move, each line by its own model.",
    "explain.cause_reset": "What the daily reset, fees and borrowing add to the result.",
    "explain.underlying_move": "Move of what {line} rides on.",
    "explain.horizon": "Trading days.",
    "explain.yearly_cost": "Fee, borrowing and other costs a year ({basis}).",
    "explain.expense_ratio": "Expense ratio a year.",
    "explain.financing": "Financing a year at the overnight rate.",
    "explain.hidden_drag": "Other costs a year, beyond fee and borrowing ({basis}).",
    "explain.pair_move": "Result of −10% and then +10%.",
    "explain.volatility_decay": "What a year of those swings costs when it ends where it began.",
    "explain.break_even": "Move over a year at which the fund is even, its costs paid.",
    "explain.forced_money": "The same in US dollars: its assets times that share.",
    "explain.fund_assets": "Assets of the fund.",
    "explain.forced_trade": "Share of its assets the fund trades at the close.",
    "explain.daily_reset": "What {line} costs, and what the daily reset does.",
    "explain.range": "Low and high estimates: how far the other roots may follow.",
    "explain.range_low": "Low estimate.",
    "explain.range_high": "High estimate.",
    "explain.rest": "All other lines together.",
    "explain.margin": "Equity above what the broker demands; below zero a call is due.",
    "explain.margin_equity": "What you own in the accounts that owe.",
    "explain.margin_cover": "Lines in those accounts, at their value.",
    "explain.margin_debt": "What you owe.",
    "explain.margin_required": "What the broker demands, line by line.",
    "explain.margin_of_line": "Demand for {line}: its value times the share demanded.",
    "explain.maintenance": "Share demanded for {line}.",
    "explain.note_margin": "Rules of the United States; your broker may demand more. Coins, options and notes count in full.",
    "explain.flow": "All known funds that reset daily on {root} must trade this much at the close. The size is known of {funds} of {all}.",
    "explain.flow_assets": "Assets of those funds together.",
    "explain.flow_move": "Move of {root} that day.",
    "explain.note_flow": "Each fund trades L(L − 1) times the move times its assets. New and returned shares net part of it.",
    "explain.loss_two_models": "{line}: by its measured sensitivity and by the order of claims. The worse answer is shown.",
    "explain.tranche": "The same paper by the order of claims: what the issuer's assets leave for it.",
    "explain.tranche_move": "Move of {claim} by the order of claims.",
    "explain.tranche_assets": "Assets of {issuer}.",
    "explain.tranche_asset_move": "Move of those assets: {share} of them move as {asset} does.",
    "explain.tranche_claim": "Claim ahead of it, or its own: {claim}.",
    "explain.tranche_volatility": "How much the assets are assumed to swing in a year.",
    "explain.tranche_years": "Assumed horizon of the claims in years.",
    "explain.tranche_rate": "Assumed risk-free rate a year.",
    "explain.tranche_missing": "The order of claims of {issuer} cannot be valued: amounts are missing.",
    "explain.loss_convertible": "{line}: a bond, and the right to take shares instead of its face.",
    "explain.convertible_floor": "What the bond alone changes by: rates stay, but its issuer is trusted less when its share falls.",
    "explain.convertible_option": "What the right to take shares changes by.",
    "explain.note_convertible": "The issuer's right to call the bond is not valued; it takes from the upside.",
    "explain.note_tranche": "The range spans both answers, and twice this one: so much was lost when coupons were in doubt.",
    "explain.difference": "How far {scenario} lies from the other scenario.",
    "explain.added": "{scenario}: its result.",
    "explain.taken_off": "{scenario}: its result, taken off.",
    "explain.combination": "What exactly {lines} carry of the bet {theme}.",
    "explain.counted_root": "{root}, as far as it counts in the bet, without its sign.",
    "explain.group_shocked": "All that the scenario itself moves.",
    "explain.group_follows": "All that follows the shocked ones, as in the past.",
    "explain.group_other": "All other parts of the result.",
    "explain.group_reset-and-cost": "What the daily reset, fees and borrowing add to the result.",
    "explain.cash_held": "All cash lines together.",
    "explain.cash_owed": "All that is owed, as a plain amount.",
    "explain.seen": "Share of {line} that was looked through to names.",
    "explain.family_labelled": "Lines whose own label falls in this family, at their value.",
    "explain.family_doors": "Lines that reach this family, each counted once.",
    "explain.counted": "{line} counts as one.",
    "explain.effective_names": "How many equal names would be as spread as yours: one divided by the sum below.",
    "explain.effective_bets": "How many bets move apart, taken as near to your names as can be.",
    "explain.note_bets": "Two names count as nearly two bets even where they move together. How alike they move is told by the other figure.",
    "explain.independent_bets": "How many bets with nothing in common would be as spread: the ratio of diversification, squared.",
    "explain.diversification_ratio": "The swings of all names added up, over the swing of the whole. One means they move as one.",
    "explain.volatility_of_whole": "How much your money swings in a year, by the measured links of ordinary weeks.",
    "explain.note_volatility": "In bad weeks links are closer and the swing is larger.",
    "explain.risk_measured": "Part of what is in effect whose links are measured.",
    "explain.risk_shares": "Each name’s share of the risk; below zero it takes risk away.",
    "explain.root_risk": "Share of the risk that {root} brings.",
    "explain.more_risk": "What one percent of your money more in {root} adds to the swing of a year.",
    "explain.theme_risk": "Share of the risk that the names of this bet bring.",
    "explain.exit": "Days to sell {line}: its value over a part of a day’s turnover.",
    "explain.turnover": "Turnover of one day.",
    "explain.participation": "Part of a day’s turnover that one can sell without moving the price by much.",
    "explain.note_exit": "In a panic turnover may vanish, and this takes longer.",
    "explain.squared_shares": "Each name’s share of all that is in effect, squared and added up.",
    "explain.squared_share": "Share of {root}, squared.",
    "explain.share_of_effect": "Share of {root} in all that is in effect.",
    "explain.pair": "What {first} and {second} share: name by name, the smaller of both weights.",
    "explain.pair_part": "{root}: the smaller of both weights.",
    "explain.share_of_root_in": "Weight of {root} in {line}.",
    "explain.range_of_line": "{line}: its estimate, and how far it may reach.",
    "explain.currency": "All your lines in {currency}, in the currency of your totals.",
    "explain.total_stated": "Total that your file states: {what}.",
    "explain.total_read": "The rows it adds up, as we read them.",
    "explain.plain_pair": "Result of −10% and then +10% for a plain holding.",
    "explain.course_underlying": "What {line} multiplies, at the end of the course.",
    "explain.course_fund": "{line} at the end of the course: each day’s move is multiplied, then compounded.",
    "explain.course_twin": "The fund that bets the other way, at the end of the course.",
    "explain.course_multiple": "Daily multiple of this course.",
    "explain.course_end": "Move of what it multiplies over the whole course.",
    "explain.swing": "Size of a usual day.",
    "explain.outcome": "Result {n} of {all} equally likely ones for {line}, the worst first.",
    "explain.volatility": "Usual swing of what it multiplies, a year.",
    "explain.start": "Money at the start.",
    "explain.day_factor": "Day {n}: what is left of one unit.",
    "explain.level_underlying": "What {line} multiplies: 100 at the start.",
    "explain.level_fund": "{line}: 100 at the start, before any cost.",
    "explain.level_twin": "The fund that bets the other way: 100 at the start, before any cost.",
    "explain.note_terminated": "The fund is wiped out on the way; more than everything cannot be lost.",
}

BASIS_NAMES = {"class default": "class default", "calibrated": "calibrated"}
"""What a hidden drag rests on."""

OWN_SOURCES: dict[str, str] = {
    "typed by you": "typed by you",
    "rate": "exchange rate of the file, of the library, or typed by you",
    "library": "library of levcheck",
    "betas": "measured sensitivities of the library",
    "black_scholes": "revaluation by Black and Scholes",
    "cash": "cash is what it says",
    "plain": "not a fund with a multiple",
    "look_through": "the look-through of the line",
    "chosen": "chosen above the chart",
    "fund_assets": "fund sizes of the library",
}
"""Sources that levcheck names itself; every other title is the name of a list or a paper and is never translated."""

_BETWEEN = {Operation.SUM: " + ", Operation.PRODUCT: " × ", Operation.RATIO: " ÷ "}
_LISTED_IN_FORMULA = 6


def explain_text(words: Words, explanation: Explanation) -> str:
    """Return the sentence that says what the number is."""
    sentence = SENTENCES.get(explanation.code)
    if sentence is None:
        # A model the table does not know yet is named, rather than left without a word.
        return words.text("Part explained by the model of this line.")
    told = words.text(sentence, **{k: _shown(words, k, v) for k, v in explanation.args.items()})
    # A name may end with the point of "Inc.", and then ends the sentence as well.
    return told[:-1] if told.endswith("..") else told


_TELLS_AMOUNT = frozenset({"explain.quantity", "explain.exit"})
"""Quantities that would tell an amount: shares times a public price, days times a public turnover."""


def figure_text(words: Words, explanation: Explanation, base_currency: str) -> str:
    """Return the number as the drawer prints it: exact to the cent, shares to four digits."""
    value = explanation.value
    if value is None:
        return UNKNOWN
    unit = explanation.unit
    if unit in {Unit.MONEY, Unit.PRICE}:
        return words.money(value, explanation.currency or base_currency, exact=True)
    if unit in {Unit.SHARE, Unit.RETURN, Unit.RATE}:
        return words.percent(value, digits=2)
    if unit is Unit.MULTIPLE:
        return words.multiple(value)
    if unit is Unit.QUANTITY and words.hide_amounts and explanation.code in _TELLS_AMOUNT:
        return words.money(value, base_currency)
    return words.number(value, 6)


def formula_text(words: Words, explanation: Explanation, base_currency: str) -> str:
    """Return the formula with this case's values, ``$31,000.00 × 2x = $62,000.00``; empty for leaves and models."""
    between = _BETWEEN.get(explanation.operation)
    if between is None or not explanation.inputs or explanation.operation is Operation.RATIO:
        return ""
    parts = [figure_text(words, part, base_currency) for part in explanation.inputs]
    if len(parts) > _LISTED_IN_FORMULA:
        parts = [*parts[:_LISTED_IN_FORMULA], "…"]
    return between.join(parts) + " = " + figure_text(words, explanation, base_currency)


def _shown(words: Words, name: str, value: object) -> str:
    """Return an argument as text; bets and scenarios are called by their name in the reader's language."""
    text = "" if value is None else str(value)
    if name == "basis":
        return words.text(BASIS_NAMES.get(text, text))
    return words.text(text) if name in {"theme", "scenario"} else text
