"""Makes small faults in modules, one at a time, and asks whether a test notices.

Run as ``python -m tests.helpers.mutants COUNT SEED MODULE… -- PYTEST_ARGUMENTS…``. It works on a copy of the checkout and
prints one line of JSON: how many faults were planted, how many were noticed, and where those are that were not.
"""

import ast
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 120

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
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "nothing returned", {"value": ast.Constant(None)}
    yield from _left_out(node)


def _left_out(node: ast.AST) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the node without one of its statements, where that statement does something by itself."""
    body = getattr(node, "body", None)
    if isinstance(body, list):
        for index, statement in enumerate(body):
            is_call = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
            if is_call or isinstance(statement, ast.Raise):
                shorter = [*body[:index], ast.Pass(), *body[index + 1 :]]
                yield f"left out: {ast.unparse(statement)[:50]}", {"body": shorter}


def is_noticed(mutant: Mutant, place: Path, tests: list[str]) -> bool:
    """Return whether a test fails, or never ends, with the fault planted in the copy."""
    target = place / mutant.module
    whole = target.read_bytes()
    target.write_text(mutant.text, encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
            cwd=place, capture_output=True, check=False, timeout=_PATIENCE_SECONDS,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(place)},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_bytes(whole)
    return done.returncode != 0


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
        plain = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
            cwd=place, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert plain.returncode == 0, plain.stdout
        missed = [m for m in chosen if not is_noticed(m, place, tests)]
    answer = {
        "possible": len(every),
        "planted": len(chosen),
        "noticed": len(chosen) - len(missed),
        "missed": sorted(f"{m.module}:{m.line} {m.what}" for m in missed),
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
