"""A user who does everything in any order: import, edit, shock, undo, save, reopen, switch language, close."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytestqt.qtbot import QtBot

from levcheck import __version__
from levcheck.app.session import (
    Session,
    add_position,
    edit_cash,
    edit_market_value,
    edit_quantity,
    remove_position,
    rename,
    resolve,
    set_base_currency,
    set_rate,
)
from levcheck.app.session_files import open_session, write_session
from levcheck.app.what_if import add_change, discard_draft, keep_draft, line_ref
from levcheck.domain.draft import DRAFT_IDS, Bought, By, Change, ChangeKind
from levcheck.domain.scenario import Scenario, Shock
from levcheck.i18n.words import Words
from levcheck.ui.engine import LocalEngine
from levcheck.ui.workspace import Workspace
from tests.helpers.contract_laws import assert_lawful

FILES = {
    "usd.csv": "Symbol,Name,Quantity,Price,Market Value\nNVDA,NVIDIA,10,100,1000\nTQQQ,ProShares UltraPro QQQ,5,80,400\n"
    "NVDL,GraniteShares 2x Long NVDA,20,50,1000\nSQQQ,ProShares UltraPro Short QQQ,3,20,60\nCash,,,,500\n",
    "debt.csv": "Symbol,Quantity,Market Value,Currency\nVOO,4,2000,USD\nMSTR,2,600,USD\nCash,,-700,USD\n",
    "eur.csv": "ISIN;Bezeichnung;Stück;Kurs;Wert;Währung\nIE00B4L5Y983;iShares Core MSCI World;10;90,00;900,00;EUR\n"
    "DE0007164600;SAP;3;200,00;600,00;EUR\n",
    "unknown.csv": "Symbol,Quantity,Market Value\nXQZZQ,10,1000\nSOXL,5,250\n",
}
LANGUAGES = ("en", "de", "ko", "zh_TW")
SCENARIOS = ("ai-chips-minus-30", "march-2020", "twenty-choppy-days")
amounts = st.one_of(
    st.sampled_from([0.0, -1.0, 0.01, 1e12, 0.1]),
    st.floats(-1e7, 1e7, allow_nan=False).map(lambda amount: round(amount, 2)),
)


class WildUser(RuleBasedStateMachine):
    """Drives one workspace and remembers, as a list, what the window must be able to come back to."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="wild-"))
        for name, text in FILES.items():
            (self.place / name).write_text(text, encoding="utf-8")
        self.work = Workspace.immediate(LocalEngine(), Words())
        self.told: list[str] = []
        self.work.notice_raised.connect(lambda view: self.told.append(view.code))
        self.saves = 0

    @property
    def session(self) -> Session:
        return self.work.session

    def lines(self) -> list[str]:
        count = len(self.session.portfolio.positions)
        return [f"p{n}" for n in range(1, count + 1)]

    # --- what he does ----------------------------------------------------------------------------------------

    @initialize(name=st.sampled_from(sorted(FILES)))
    def opens_a_file(self, name: str) -> None:
        self.work.open(self.place / name)

    @rule(name=st.sampled_from(sorted(FILES)), adds=st.booleans())
    def opens_another(self, name: str, *, adds: bool) -> None:
        self.work.open(self.place / name, adds=adds)

    @precondition(lambda self: self.lines())
    @rule(data=st.data(), amount=amounts)
    def edits_a_line(self, data: st.DataObject, amount: float) -> None:
        line = data.draw(st.sampled_from(self.lines()))
        what = data.draw(st.sampled_from((edit_quantity, edit_market_value)))
        self.work.edit(f"Edit {line}", lambda session: what(session, line, amount))

    @precondition(lambda self: self.session.portfolio.cash)
    @rule(amount=amounts)
    def edits_cash(self, amount: float) -> None:
        self.work.edit("Edit cash", lambda session: edit_cash(session, "c1", amount))

    @rule(symbol=st.sampled_from(["QQQ", "UPRO", "NOSUCH", "US0378331005"]), amount=amounts)
    def types_a_line(self, symbol: str, amount: float) -> None:
        self.work.edit(
            "Add",
            lambda session: add_position(
                session, symbol=symbol, market_value=amount, currency="USD"
            ),
        )

    @precondition(lambda self: len(self.lines()) > 1)
    @rule(data=st.data())
    def removes_a_line(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.lines()))
        self.work.edit("Remove", lambda session: remove_position(session, line))

    @precondition(lambda self: self.lines())
    @rule(data=st.data(), instrument=st.sampled_from(["NVDA.US", "SOXL.US", None]))
    def says_what_a_line_is(self, data: st.DataObject, instrument: str | None) -> None:
        line = data.draw(st.sampled_from(self.lines()))
        self.work.edit("Confirm", lambda session: resolve(session, line, instrument))

    @rule(base=st.sampled_from(["USD", "EUR", "KRW"]), rate=st.floats(0.01, 2000))
    def changes_currency(self, base: str, rate: float) -> None:
        self.work.edit("Currency", lambda session: set_base_currency(session, base))
        other = "EUR" if base == "USD" else "USD"
        self.work.edit("Rate", lambda session: set_rate(session, other, rate))

    @rule(name=st.text(max_size=30))
    def renames(self, name: str) -> None:
        self.work.edit("Rename", lambda session: rename(session, name))

    @rule(scenario=st.sampled_from([*SCENARIOS, None]))
    def applies_a_scenario(self, scenario: str | None) -> None:
        self.work.apply_scenario(scenario)

    @rule(move=st.floats(-1.0, 1.0))
    def keeps_a_shock(self, move: float) -> None:
        self.work.keep_scenario(
            Scenario("custom", "Mine", "", (Shock("NVDA.US", round(move, 3)),), 0)
        )

    @rule(language=st.sampled_from(LANGUAGES), hide=st.booleans())
    def speaks_another_language(self, language: str, *, hide: bool) -> None:
        before = kept(self.session)
        self.work.speak(language=language, hide_amounts=hide)
        assert kept(self.session) == before

    @rule(times=st.integers(1, 4))
    def undoes_and_redoes(self, times: int) -> None:
        before, steps = kept(self.session), 0
        for _ in range(times):
            if self.work.history.undo_label is None:
                break
            self.work.undo()
            steps += 1
        for _ in range(steps):
            self.work.redo()
        assert kept(self.session) == before

    @precondition(lambda self: self.work.proposed is not None and self.lines())
    @rule(
        data=st.data(),
        letter=st.sampled_from(DRAFT_IDS),
        kind=st.sampled_from([ChangeKind.TRIM, ChangeKind.SELL, ChangeKind.SWAP]),
        by=st.sampled_from([By.PART, By.MONEY, By.WEIGHT]),
        amount=st.sampled_from([0.0, 0.3, 1.0, 250.0]),
    )
    def changes_a_draft(
        self, data: st.DataObject, letter: str, kind: ChangeKind, by: By, amount: float
    ) -> None:
        assert self.work.proposed is not None
        before = self.session.portfolio
        line = line_ref(self.work.proposed.today, data.draw(st.sampled_from(self.lines())))
        buys = Bought("QQQ", "QQQ.US") if kind is ChangeKind.SWAP else None
        change = Change(kind, line, by, amount, buys, times=3.0)
        self.work.edit("Draft", lambda session: add_change(session, letter, change))
        assert self.session.portfolio is before

    @precondition(lambda self: self.session.drafts)
    @rule()
    def looks_at_a_draft_or_at_today(self) -> None:
        self.work.toggle_draft()

    @precondition(lambda self: self.session.drafts and self.work.proposed is not None)
    @rule(data=st.data(), keeps=st.booleans())
    def keeps_or_discards_a_draft(self, data: st.DataObject, *, keeps: bool) -> None:
        letter = data.draw(st.sampled_from([draft.id for draft in self.session.drafts]))
        assert self.work.proposed is not None
        found = self.work.proposed.of(letter)
        assert found is not None
        self.work.show_draft(None)
        if keeps:
            self.work.edit("Keep", lambda session: keep_draft(session, found.proposal))
        else:
            self.work.edit("Discard", lambda session: discard_draft(session, letter))

    @rule()
    def undoes(self) -> None:
        self.work.undo()

    @rule()
    def saves_and_reopens(self) -> None:
        self.saves += 1
        path = self.place / f"{self.saves}.levcheck"
        write_session(path, self.session)
        assert kept(open_session(path)) == kept(self.session)
        before = kept(self.session)
        self.work.open(path)
        assert kept(self.session) == before
        assert not self.work.history.is_modified

    @rule()
    def closes(self) -> None:
        self.work.close()
        assert self.session.is_empty
        assert self.work.analysis is None
        self.work.open(self.place / "usd.csv")

    # --- what must hold --------------------------------------------------------------------------------------

    @invariant()
    def the_numbers_are_of_the_session_on_screen(self) -> None:
        if not self.session.is_empty and self.work.analysis is not None:
            assert self.work.analysis.portfolio == self.work.shown_session.portfolio

    @invariant()
    def drafts_conserve_money(self) -> None:
        proposed = self.work.proposed
        if proposed is None or self.session.is_empty:
            return
        assert proposed.today.portfolio == self.session.portfolio
        assert [d.draft for d in proposed.drafts] == list(self.session.drafts)
        gross = sum(abs(x.market_value or 0.0) for x in proposed.today.positions)
        for draft in proposed.drafts:
            assert abs(draft.analysis.equity - proposed.today.equity) <= 0.01 + 1e-9 * gross

    @invariant()
    def the_laws_hold(self) -> None:
        if self.work.analysis is not None:
            assert_lawful(self.work.analysis.to_json())

    @invariant()
    def nothing_failed_inside(self) -> None:
        assert [code for code in self.told if code.startswith("internal.")] == []


def kept(session: Session) -> bytes:
    """Return a session as it would be saved, without the counter of edits."""
    from levcheck.app.session_files import _body
    from levcheck.storage.session_file import session_bytes

    return session_bytes(_body(session), app=__version__)


@pytest.mark.parametrize(
    ("examples", "steps"),
    [(3, 12), pytest.param(150, 40, marks=pytest.mark.nightly)],
)
def test_that_a_wild_user_never_breaks_it(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    examples: int,
    steps: int,
) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    run_state_machine_as_test(
        WildUser,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not os.environ.get("LEVCHECK_WILD"),
            suppress_health_check=list(HealthCheck),
        ),
    )
