"""Old schemas are led to the new one step by step, by code that nothing else can change."""

import ast
from pathlib import Path
from typing import Any

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage import migrations
from levcheck.storage.migrations import STEPS, migrate
from levcheck.storage.session_file import SCHEMA, parse_session
from tests.helpers.sample_session import a_body, a_document, resealed


def to2(body: dict[str, Any]) -> dict[str, Any]:
    portfolio = dict(body["portfolio"])
    portfolio["name"] = portfolio.pop("title")
    return {**body, "portfolio": portfolio}


def old_file() -> bytes:
    document = a_document()
    document["body"]["portfolio"]["title"] = document["body"]["portfolio"].pop("name")
    return resealed(document)


def test_that_there_is_a_step_to_every_schema_after_the_first() -> None:
    assert set(STEPS) == set(range(2, SCHEMA + 1))


def test_that_steps_run_in_order_and_only_those_needed() -> None:
    steps = {n: lambda body, n=n: {**body, "seen": [*body.get("seen", []), n]} for n in (2, 3, 4)}
    assert migrate({}, schema=2, wanted=4, steps=steps)["seen"] == [3, 4]
    assert migrate({}, schema=4, wanted=4, steps=steps) == {}
    with pytest.raises(KeyError):
        migrate({}, schema=1, wanted=5, steps=steps)


def test_that_a_file_of_an_older_schema_opens_in_a_newer_program() -> None:
    opened = parse_session(old_file(), "x", steps={2: to2}, schema=2)
    assert opened.body.portfolio == a_body().portfolio
    assert opened.schema == 1
    assert not opened.is_newer


def test_that_a_step_that_fails_is_damage_and_no_crash() -> None:
    with pytest.raises(LevcheckError) as caught:
        parse_session(resealed(a_document()), "x", steps={2: to2}, schema=2)
    assert caught.value.code == "storage.damaged"


def test_that_migrations_import_nothing_of_the_running_program() -> None:
    folder = Path(migrations.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            foreign = [n for n in names if n.startswith("levcheck") and "migrations" not in n]
            assert not foreign, f"{path.name} imports {foreign}"
