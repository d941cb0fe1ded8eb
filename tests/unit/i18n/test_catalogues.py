"""The catalogues hold every message, rightly, and are compiled from what stands in them."""

import gettext
import importlib
import io
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from levcheck.assets import asset
from levcheck.i18n.words import LANGUAGES, Words
from tests.helpers.catalogue_tools import catalogues, tool

TRANSLATED = [language for language in LANGUAGES if language != "en"]
_MARKS = {"{near}", "{fund}, {multiple}", "{first}, {next}", "1 {currency} = … {base}"}
# Names, codes and words that are the same in the other language.
# Only marks between values: the other languages may put other ones.
_FRAMES = {
    "{days}, {shape}.",
    "{days}.",
    "{lines}: {amount}",
    "{first}: {amount}. {second}: {other}.",
}
_STAYS = {
    "de": {
        "Bitcoin",
        "CUSIP",
        "Ether",
        "Gold",
        "ISIN",
        "Index",
        "Name",
        "Option",
        "Portfolio",
        "Status",
        "Stress",
        "Token",
        "WKN",
        "option",
        "Filter",
        "In {currency}",
        "{n} option",
        *_MARKS,
        *_FRAMES,
    },
    "ko": {"CUSIP", "ISIN", "WKN", "−10%, +10%", *_MARKS, *_FRAMES},
    "zh_TW": {"CUSIP", "ISIN", "WKN", "−10%, +10%", *_MARKS},
}


@pytest.fixture(scope="module")
def tools() -> ModuleType:
    return catalogues()


@pytest.fixture(scope="module")
def messages() -> list[Any]:
    found: list[Any] = tool("messages").every_message()
    return found


def forms(entry: Any) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_every_message_has_a_translation(
    tools: ModuleType, messages: list[Any], language: str
) -> None:
    catalogue = tools.updated(tools.read_catalogue(language), language, messages)
    assert tools.missing(catalogue) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_only_names_are_left_in_english(tools: ModuleType, language: str) -> None:
    same = {
        entry.id if isinstance(entry.id, str) else entry.id[0]
        for entry in tools.read_catalogue(language)
        if entry.id and forms(entry)[0] == (entry.id if isinstance(entry.id, str) else entry.id[0])
    }
    assert same - _STAYS[language] == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_translations_keep_placeholders_and_access_keys(
    tools: ModuleType, language: str
) -> None:
    assert tools.faults(tools.read_catalogue(language)) == []


def test_that_a_lost_placeholder_is_found(tools: ModuleType) -> None:
    catalogue = tools.updated(tools.read_catalogue("de"), "de", [])
    catalogue.add("{a} and {b}", "{a} und {c}")
    catalogue.add("&Open…", "Öffnen")
    catalogue.add("{a}", "{a")
    told = tools.faults(catalogue)
    assert len(told) == 4
    assert "placeholders differ" in told[0]


def test_that_a_new_message_is_missing_by_name(tools: ModuleType) -> None:
    new = tool("messages").Message("A sentence nobody has translated.")
    catalogue = tools.updated(tools.read_catalogue("de"), "de", [new])
    assert tools.missing(catalogue) == ["A sentence nobody has translated."]


def test_that_a_message_that_went_and_came_back_keeps_its_words(tools: ModuleType) -> None:
    message = tool("messages").Message("Save")
    catalogue = tools.updated(tools.read_catalogue("de"), "de", [])
    again = tools.updated(catalogue, "de", [message])
    assert again["Save"].string == "Speichern"


@pytest.mark.parametrize(("language", "number"), [("ko", 1), ("zh_TW", 1), ("de", 2)])
def test_that_plural_forms_are_those_of_the_language(
    tools: ModuleType, language: str, number: int
) -> None:
    catalogue = tools.read_catalogue(language)
    assert catalogue.num_plurals == number
    for entry in catalogue:
        if isinstance(entry.id, tuple):
            assert len(entry.string) == number
    with (tools.folder(language) / "levcheck.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert f"nplurals={number}" in compiled.info()["plural-forms"]


def test_that_german_counts_one_and_many() -> None:
    words = Words("de")
    assert words.count("{n} line", "{n} lines", 1) == "1 Position"
    assert words.count("{n} line", "{n} lines", 2) == "2 Positionen"


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_the_compiled_catalogue_is_the_written_one(
    tools: ModuleType, messages: list[Any], language: str
) -> None:
    catalogue = tools.updated(tools.read_catalogue(language), language, messages)
    stored = Path(asset("locale", language, "LC_MESSAGES", "levcheck.mo")).read_bytes()
    assert stored == tools.mo_bytes(catalogue)
    again = tools.updated(tools.read_catalogue(language), language, reversed(messages))
    assert tools.mo_bytes(again) == stored
    assert tools.po_bytes(again) == tools.po_bytes(catalogue)


def test_that_a_broken_catalogue_is_never_written(
    tools: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tools, "LOCALE", tmp_path)
    place = tmp_path / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    broken = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "row {row}"\nmsgstr "Zeile"\n'
    (place / "levcheck.po").write_text(broken, "utf-8")
    monkeypatch.setattr(tools, "folder", lambda language: tmp_path / language / "LC_MESSAGES")
    monkeypatch.setattr(
        tools, "read_catalogue", lambda language: _read(place.parent.parent, language)
    )
    assert tools.main([]) == 1
    assert (place / "levcheck.po").read_text("utf-8") == broken
    assert not (place / "levcheck.mo").exists()


def _read(locale: Path, language: str) -> Any:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = locale / language / "LC_MESSAGES" / "levcheck.po"
    if not path.exists():
        return Catalog(locale=language)
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


# --- finding the messages ----------------------------------------------------------------------------------


def made_up_checkout(folder: Path, code: str) -> Path:
    for part in ("levcheck/ui", "levcheck/domain", "resources/reference", "resources/scenarios"):
        (folder / part).mkdir(parents=True)
    (folder / "levcheck/domain/instrument.py").write_text("", "utf-8")
    (folder / "resources/reference/theme_names.csv").write_text("theme,name\nx,Gold\n", "utf-8")
    (folder / "resources/scenarios/a.toml").write_text('name = "A fall"\n', "utf-8")
    (folder / "levcheck/ui/made.py").write_text(code, "utf-8")
    return folder


def test_that_messages_are_found_through_tables_loops_aliases_and_parameters(
    tmp_path: Path,
) -> None:
    code = """
NAMES = {"a": "From a table"}
def made(words, key, n, flag):
    say = words.text
    say("Through an alias")
    words.text("This" if flag else "That")
    words.text(NAMES.get(key, "Not in the table"))
    words.count("{n} cat", "{n} cats", n)
    for what, title in (("x", "In a loop"), ("y", "Also in a loop")):
        words.text(title)
    [words.text(t) for t in ("In a list", "At its end")]
    one, many = pair(flag)
    words.count(one, many, n)
    inner(words, "By parameter")
def pair(flag):
    if flag:
        return ("{n} dog", "{n} dogs")
    return ("{n} cow", "{n} cows")
def inner(words, message):
    words.text(message)
"""
    found = tool("messages").every_message(made_up_checkout(tmp_path, code))
    assert {(m.singular, m.plural) for m in found} == {
        ("A fall", ""),
        ("Also in a loop", ""),
        ("At its end", ""),
        ("By parameter", ""),
        ("From a table", ""),
        ("Gold", ""),
        ("In a list", ""),
        ("In a loop", ""),
        ("Not in the table", ""),
        ("That", ""),
        ("This", ""),
        ("Through an alias", ""),
        ("{n} cat", "{n} cats"),
        ("{n} cow", "{n} cows"),
        ("{n} dog", "{n} dogs"),
    }


@pytest.mark.parametrize(
    "expression", ['"a" + key', 'f"{key} x"', "key", "key.label", "made_elsewhere(key)"]
)
def test_that_a_message_that_cannot_be_traced_is_an_error(tmp_path: Path, expression: str) -> None:
    messages = tool("messages")
    root = made_up_checkout(tmp_path, f"def made(words, key):\n    words.text({expression})\n")
    with pytest.raises(messages.UntraceableMessageError, match=r"levcheck/ui/made\.py:2"):
        messages.every_message(root)


def test_that_every_sentence_behind_a_code_is_among_the_messages(messages: list[Any]) -> None:
    found = {message.singular for message in messages}
    sentences = importlib.import_module("levcheck.i18n.sentences").sentences()
    explained = importlib.import_module("levcheck.i18n.explanation_sentences").SENTENCES
    said = {text for pair in sentences.values() for text in pair if text} | set(explained.values())
    assert said - found == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_no_translation_holds_a_piece_of_its_own_file(
    tools: ModuleType, language: str
) -> None:
    """A hand that slips in a catalogue leaves its marks in a sentence people read."""
    slipped = [
        form
        for entry in tools.read_catalogue(language)
        for form in forms(entry)
        if entry.id and any(mark in form for mark in ("msgstr", "msgid", "<<<<", ">>>>"))
    ]
    assert slipped == []
