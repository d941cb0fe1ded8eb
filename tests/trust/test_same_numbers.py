"""The same file gives the same figures, whatever machine, language and luck: byte for byte."""

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.conftest import ROOT, environment

Tell = Callable[[str], None]

SEEDS = ("0", "1", "4242")
# Turkish has another small i, German another decimal mark; a machine without them falls back, which is a case as well.
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8")
CORES = (1, 2)
EVERY = tuple(itertools.product(SEEDS, LOCALES, CORES))
FEW = (("0", "de_DE.UTF-8", 1), ("4242", "tr_TR.UTF-8", 2))
SAMPLE = ROOT / "resources" / "examples" / "story.xlsx"


PRODUCT = ("-m", "levcheck", "check", str(SAMPLE), "--json", "--lang", "en", "--seed", "7")
# Programs whose figures depend on what they must not: the order of a set, the language of the machine, its cores.
BAD = {
    "order of a set": "print(sum({'a': 0.1, 'b': 0.2, 'c': 0.3, 'd': 1e16}[x] for x in {*'abcd'}), *{*'abcdefgh'})",
    "decimal mark": "import os; print('1,5' if os.environ['LANG'][:2] == 'de' else '1.5')",
    "count of cores": "import os; n = len(os.sched_getaffinity(0)); print(0.1 + 0.2 if n == 1 else 0.3)",
}


def figures(
    seed: str, language: str, cores: int, data: Path, program: tuple[str, ...] = PRODUCT
) -> str:
    """Return the hash of everything a program says; the product is asked for all it knows of the sample."""
    before = ["taskset", "-c", "0" if cores == 1 else "0,1"] if shutil.which("taskset") else []
    if (os.cpu_count() or 1) < cores:
        before = []
    done = subprocess.run(
        [*before, sys.executable, *program],
        cwd=ROOT,
        env=environment(
            PYTHONHASHSEED=seed, LC_ALL=language, LANG=language, LEVCHECK_DATA=str(data)
        ),
        capture_output=True,
        check=True,
    )
    return hashlib.sha256(done.stdout).hexdigest()


@pytest.mark.parametrize("cases", [FEW, pytest.param(EVERY, marks=pytest.mark.nightly)])
def test_that_figures_depend_on_nothing_but_the_file(
    cases: tuple[tuple[str, str, int], ...], tmp_path: Path, tell: Tell
) -> None:
    seen = {figures(*case, tmp_path / "data") for case in cases}
    tell(f"R13 same figures: {len(cases)} of hash seeds x locales x cores, {len(seen) - 1} differ")
    assert len(seen) == 1


@pytest.mark.parametrize("what", BAD)
def test_that_figures_that_depend_on_the_machine_are_found(what: str, tmp_path: Path) -> None:
    if what == "count of cores" and not (shutil.which("taskset") and (os.cpu_count() or 1) > 1):
        pytest.skip("this machine cannot give a program fewer cores than it has")
    seen = {figures(*case, tmp_path, ("-c", BAD[what])) for case in FEW}
    assert len(seen) > 1
