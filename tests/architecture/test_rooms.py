"""The house rules, run as tests: import directions, style, types, words for every code."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from levcheck.i18n.explanation_sentences import SENTENCES as EXPLANATIONS
from levcheck.i18n.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "levcheck"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_that_rooms_import_only_downwards() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_that_a_planted_upward_import_is_noticed(tmp_path: Path) -> None:
    """The rule is worth nothing unless it can fail."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    package = tmp_path / "levcheck"
    for room in PACKAGE.iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            (package / room.name).mkdir(parents=True)
            (package / room.name / "__init__.py").write_text("", encoding="utf-8")
        elif room.suffix == ".py":
            package.mkdir(exist_ok=True)
            (package / room.name).write_text("", encoding="utf-8")
    (package / "stress" / "__init__.py").write_text("import levcheck.app\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert result.returncode == 1
    assert "levcheck.stress is not allowed to import levcheck.app" in result.stdout


def test_that_ruff_finds_nothing() -> None:
    checked = run("ruff", "check", ".")
    assert checked.returncode == 0, checked.stdout
    formatted = run("ruff", "format", "--check", ".")
    assert formatted.returncode == 0, formatted.stdout


def test_that_every_type_is_right() -> None:
    result = run("mypy")
    assert result.returncode == 0, result.stdout


CODE = re.compile(
    r"^(import|reference|portfolio|exposure|stress|storage|batch|fund|check|scenario|report)\.[a-z0-9_]+$"
)


def codes_in_the_source() -> dict[str, str]:
    """Every dotted code passed to Diagnostic(...) or LevcheckError(...), with the place it stands."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                named = node.func.id in {"Diagnostic", "LevcheckError"}
                if named and node.args and isinstance(node.args[0], ast.Constant):
                    found[str(node.args[0].value)] = f"{path.name}:{node.lineno}"
    return found


def test_that_every_code_has_a_sentence_and_every_sentence_reads() -> None:
    table = sentences()
    missing = {code: place for code, place in codes_in_the_source().items() if code not in table}
    assert not missing
    for code, (message, remedy) in table.items():
        assert CODE.match(code), code
        assert re.match(r"[A-Z0-9{'\"]", message), code
        assert "  " not in message + remedy, code


def test_that_every_explanation_code_has_a_sentence() -> None:
    text = (PACKAGE / "app" / "explain.py").read_text(encoding="utf-8")
    used = set(re.findall(r'"(explain\.[a-z_]+)"', text))
    assert used <= set(EXPLANATIONS)


def test_that_nothing_stored_can_run() -> None:
    """No format that runs code when it is read, and no text that is run as code."""
    modules = {"pickle", "marshal", "shelve", "dill", "yaml", "joblib"}
    calls = {"eval", "exec", "compile", "__import__", "read_pickle"}
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [node.func.id] if node.func.id in calls else []
            elif isinstance(node, ast.Attribute) and node.attr == "read_pickle":
                names = [node.attr]
            bad = {name.partition(".")[0] for name in names} & (modules | calls)
            found += [f"{path.name}:{getattr(node, 'lineno', 0)} {name}" for name in bad]
    assert not found


def test_that_packaging_shadows_no_library() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_that_the_lock_carries_hashes_and_names_no_host() -> None:
    for lock in (ROOT / "packaging" / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        names = re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)
        assert len(names) > 5
        assert text.count("--hash=sha256:") >= len(names)
        assert "://" not in text


TIP = re.compile(r"setToolTip\((?!plain_tooltip\(|\s*words\.text\(|(?:name|text)\))[^\n]*")


def test_that_a_tip_takes_no_text_of_a_file_for_markup() -> None:
    """A tip is the one place where Qt reads markup by itself: what is no sentence of ours goes through plain_tooltip."""
    assert TIP.search("picker.setToolTip(picker.currentText())")
    raw = {
        str(file.relative_to(ROOT)): found
        for file in (PACKAGE / "ui").rglob("*.py")
        if (found := TIP.findall(file.read_text(encoding="utf-8")))
    }
    assert raw == {}
