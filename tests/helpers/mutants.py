"""Makes small faults in modules, one at a time, and asks whether a test notices.

Run as ``python -m tests.helpers.mutants COUNT SEED MODULE… -- PYTEST_ARGUMENTS…``. It works on a copy of the checkout, says
what becomes of each fault on the error stream, and prints one line of JSON: how many faults were planted, how many were
noticed, how many of those because the tests did not end, and where those are that were not noticed. Of the tests those run
first whose file has the name of the module.
"""

import ast
import copy
import json
import math
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

# Loaded once for all, so that no run pays for it.
LOADED = (np.__version__, pytest.__version__)
ROOT = Path(__file__).resolve().parents[2]
_TIMES_AS_LONG = 20
"""As long as the tests take without a fault, so often, then a fault is taken for one that never ends."""

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One fault: the module's text with it, and where it is."""

    module: str
    line: int
    what: str
    text: str


def mutants_of(module: str) -> Iterator[Mutant]:
    """Yield a module with one fault each, in every place inside a function where one can be made."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    seen: set[int] = set()
    for function in functions:
        for node in ast.walk(function):
            if id(node) in seen:
                continue
            seen.add(id(node))
            for what, changed in _changes(node):
                before = copy.copy(node.__dict__)
                node.__dict__.update(changed)
                yield Mutant(module, getattr(node, "lineno", 0), what, ast.unparse(tree))
                node.__dict__.clear()
                node.__dict__.update(before)


def _changes(node: ast.AST) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:
        yield "comparison turned", {"ops": [_TURNED[type(node.ops[0])](), *node.ops[1:]]}
    elif isinstance(node, ast.BoolOp):
        yield "and/or", {"op": ast.Or() if isinstance(node.op, ast.And) else ast.And()}
    elif isinstance(node, ast.If | ast.IfExp):
        yield "condition turned", {"test": ast.UnaryOp(ast.Not(), node.test)}
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "truth turned", {"value": not node.value}
    elif isinstance(node, ast.Return) and not _is_nothing(node.value):
        yield "nothing returned", {"value": ast.Constant(None)}
    yield from _left_out(node)


def _is_nothing(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _left_out(node: ast.AST) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the node without one of its statements, where that statement does something by itself."""
    body = getattr(node, "body", None)
    if isinstance(body, list):
        for index, statement in enumerate(body):
            is_call = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
            if is_call or isinstance(statement, ast.Raise):
                shorter = [*body[:index], ast.Pass(), *body[index + 1 :]]
                yield f"left out: {ast.unparse(statement)[:50]}", {"body": shorter}


def outcome(mutant: Mutant, place: Path, tests: list[str], patience: float) -> str:
    """Return ``noticed`` when a test fails with the fault planted in the copy, ``endless`` or ``missed``."""
    target = place / mutant.module
    whole = target.read_bytes()
    target.write_text(mutant.text, encoding="utf-8")
    try:
        status = _status(nearest_first(tests, mutant.module, place), place, patience)
    finally:
        target.write_bytes(whole)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return "endless"
    return "noticed" if status else "missed"


def _status(tests: list[str], place: Path, patience: float, *, keeps_compiled: bool = True) -> int:
    """Run the tests of the copy in a process that is split off from this one, where all but the program is loaded."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            signal.alarm(math.ceil(patience))
            os.chdir(place)
            for name in [
                name for name in sys.modules if name.split(".")[0] in {"tests", "levcheck"}
            ]:
                del sys.modules[name]
            sys.path[:] = [str(place), *(one for one in sys.path if one not in {"", str(ROOT)})]
            os.environ["PYTHONPATH"] = str(place)
            # What the run without a fault compiled serves all others; a file with a fault is newer than its compiled form.
            sys.dont_write_bytecode = keeps_compiled
            status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])
        finally:
            os._exit(int(status))
    return os.waitpid(child, 0)[1]


def nearest_first(tests: list[str], module: str, place: Path) -> list[str]:
    """Return the arguments with folders as their files, and those first that are named after a module."""
    files = [
        str(f.relative_to(place)) for one in tests for f in sorted((place / one).rglob("test_*.py"))
    ]
    alone = [one for one in tests if one.endswith(".py")]
    stem = Path(module).stem
    found = sorted({*files, *alone}, key=lambda one: (stem not in Path(one).stem, one))
    return [*(one for one in tests if not (place / one).exists()), *found]


def main(arguments: list[str]) -> None:
    """Plant faults and print what became of them."""
    split = arguments.index("--")
    count, seed, *modules = arguments[:split]
    every = [mutant for module in modules for mutant in mutants_of(module)]
    chosen = random.Random(int(seed)).sample(every, min(int(count), len(every)))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for folder in ("levcheck", "tests"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / folder, place / folder, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", place)
        (place / "resources").symlink_to(ROOT / "resources")
        tests = arguments[split + 1 :]
        begun = time.monotonic()
        assert _status(tests, place, 3600, keeps_compiled=False) == 0, (
            "the tests fail without any fault"
        )
        patience = _TIMES_AS_LONG * (time.monotonic() - begun)
        missed, endless = [], 0
        for number, mutant in enumerate(chosen, start=1):
            came = outcome(mutant, place, tests, patience)
            told = f"{number}/{len(chosen)} {came} {mutant.module}:{mutant.line} {mutant.what}"
            sys.stderr.write(f"{told}\n")
            sys.stderr.flush()
            endless += came == "endless"
            missed += [mutant] if came == "missed" else []
    answer = {
        "possible": len(every),
        "planted": len(chosen),
        "noticed": len(chosen) - len(missed),
        "endless": endless,
        "missed": sorted(f"{m.module}:{m.line} {m.what}" for m in missed),
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
