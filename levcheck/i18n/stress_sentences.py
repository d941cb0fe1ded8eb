"""Words for what the stress core, the scenario files and the fund replay have to tell."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "stress.unknown_target": (
        "'{target}' is not something that can be shocked.",
        "Write an instrument (NVDA.US), or theme:, class:, country:, currency:, driver: with a name.",
    ),
    "stress.impossible_move": (
        "A move of {move} for '{target}' is not possible: nothing loses more than all.",
        "Write moves as fractions, for example -0.13 for a fall of 13%.",
    ),
    "stress.contradiction": (
        "'{target}' is given two different moves: {first} and {second}.",
        "Keep one of them. Nothing was calculated.",
    ),
    "stress.apart": (
        "'{first}' and '{second}' are the same force, but are told to move apart.",
        "Keep one of them. Nothing was calculated.",
    ),
    "stress.premium_unknown": (
        "What {issuer} owns and owes is not known, so its premium cannot be shocked.",
        "Shock its share itself, or add its rows to capital_stacks.csv.",
    ),
    "stress.assumed_response": (
        "How {line} follows its issuer is assumed, not measured; its terms are not known.",
        "Read its range, not its one figure.",
    ),
    "stress.target_not_held": (
        "Nothing in the portfolio belongs to '{target}' itself.",
        "What follows it by measured links still moves.",
    ),
    "stress.roots_without_link": (
        "{count} roots have no measured link and stay where they are.",
        "Add rows to betas.csv in a library folder to let them follow.",
    ),
    "stress.assumed_expense": (
        "The fee of {fund} is not known; 0.95% a year is used.",
        "Add the fund to instruments.csv in a library folder to use its own fee.",
    ),
    "stress.assumed_volatility": (
        "The volatility behind {fund} is not known; 55% a year sets its hidden cost.",
        "Add its underlying to betas.csv in a library folder to use a measured figure.",
    ),
    "stress.assumed_issuer_spread": (
        "Who owes {line} is trusted by assumption: a spread of 1% a year, 3% for a convertible.",
        "Give issuer_spread in note_terms.csv in a library folder.",
    ),
    "stress.option_without_terms": (
        "The contract of this option is not known, so it cannot be valued.",
        "Give underlying, expiry, strike and right in the file.",
    ),
    "stress.note_without_terms": (
        "The terms of this note are not known, so it cannot be valued.",
        "It stays in the exposure, but in no loss.",
    ),
    "stress.contract_without_terms": (
        "The terms of this contract are not known, so it cannot be valued.",
        "The most that can be lost on a bought contract is its price.",
    ),
    "stress.value_unknown": (
        "This line has no value, so no loss can be stated.",
        "Give a market value, or quantity and price.",
    ),
    "scenario.unreadable": (
        "The scenario file {file} cannot be read: {detail}.",
        "Mend the file or take it out of the folder.",
    ),
    "scenario.bad_value": (
        "The scenario file {file} has no usable '{key}'.",
        "Compare it with a bundled scenario file.",
    ),
    "scenario.duplicate": (
        "Two scenario files name the same id '{id}'; the second is {file}.",
        "Give each scenario its own id.",
    ),
    "scenario.not_own": (
        "'{id}' is not a scenario of your own.",
        "See them with: levcheck scenarios",
    ),
    "fund.unreadable": (
        "The file {file} cannot be read: {detail}.",
        "Save it as UTF-8 CSV and try again.",
    ),
    "fund.bad_columns": (
        "The price file {file} needs three columns: date, underlying, fund.",
        "Write the tickers as headings, for example date,QQQ,TQQQ, with dates like 2026-06-30.",
    ),
    "fund.too_short": (
        "The price file {file} holds {days} usable days; at least 11 are needed.",
        "Give a longer history.",
    ),
    "fund.rows_left_out": (
        "{count} rows have no day or no positive price and were left out.",
        "Mend them in the file if they matter.",
    ),
    "fund.bad_rates": (
        "The rate file {file} has a row that is no rate.",
        "Give columns year or date, and rate as a fraction (0.0364) or rate_pct (3.64).",
    ),
    "fund.rates_end": (
        "{count} days lie outside the rate table ({first} to {last}); the nearest rate is used.",
        "Give your own table with --rates.",
    ),
    "fund.bad_spread": (
        "'{spread}' is no spread.",
        "Write default, zero, calibrate, or a fraction a year such as 0.0075.",
    ),
    "fund.unknown_class": (
        "'{word}' is no asset class that is known.",
        "Use one of: {words}.",
    ),
    "fund.class_assumed": (
        "The asset class was not told; by its volatility it is treated as {group}.",
        "Say it with --asset-class.",
    ),
    "fund.not_daily_reset": (
        "This fund keeps no daily multiple, so the prices are just compared.",
        "Use the capture figures of income and buffer funds for losses.",
    ),
    "fund.benchmark_mismatch": (
        "The fund does not follow the column given; it rides on something else.",
        "Give the closes of the index or fund that it really multiplies.",
    ),
    "fund.better_benchmark": (
        "By the library, {fund} multiplies {name}. Closes of {funds} come nearer.",
        "Put one of them in the column of the underlying.",
    ),
    "fund.other_benchmark": (
        "By the library, {fund} multiplies {name}.",
        "Give closes of it in the column of the underlying.",
    ),
    "fund.columns_swapped": (
        "The fund stands before its underlying in this file; they were read the other way round.",
        "Nothing to do. The usual order is date, underlying, fund.",
    ),
    "fund.days_repeated": (
        "{count} days stand more than once; the last row of each counts.",
        "Take the wrong rows out if it matters.",
    ),
    "fund.days_without_trade": (
        "{count} days without any trade were left out: their closes are older.",
        "Nothing to do. Give the volumes of all venues if they are at hand.",
    ),
    "fund.closes_repeated": (
        "{count} closes only repeat an older one while the other column moves; they were left out.",
        "Save the file again from another vendor if it matters.",
    ),
    "fund.ended": (
        "{fund} has no price from {day} on: it seems to have ended.",
        "The figures are of the days before.",
    ),
    "fund.wiped_out": (
        "On {day} {underlying} moved {move}: a fund with {factor} times each day loses everything.",
        "The figures are of the days before. Nothing comes back after such a day.",
    ),
    "fund.hours_differ": (
        "What the fund misses one day it makes good the next: the closes are of different hours.",
        "It may also be a fund that hardly trades. Months are right, single days are not.",
    ),
    "fund.days_missing": (
        "About {count} trading days are missing; a fund multiplies each of them on its own.",
        "Give every day's close for figures that hold.",
    ),
    "fund.last_close_doubtful": (
        "On the last day, fund and underlying part. It may not have ended when it was saved.",
        "The day is left out of all figures. Save the file again after the close.",
    ),
    "fund.underlying_price_only": (
        "The fund gains more than its underlying explains; dividends seem to be missing there.",
        "Give closes that count the dividends too.",
    ),
    "fund.factor_disagrees": (
        "On {days} days the prices show a daily multiple of {kept}, not the one given.",
        "Give the change with --factor-from DATE=F.",
    ),
    "fund.zero_spread": (
        "Without a spread the cost is understated: prices imply {implied} a year ({low} to {high}).",
        "Use --spread default or --spread calibrate.",
    ),
    "fund.zero_spread_unknown": (
        "Without a spread the cost of such a fund is understated.",
        "Use --spread default.",
    ),
}
