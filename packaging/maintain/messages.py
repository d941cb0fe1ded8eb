"""Find every sentence levcheck can say: a walk over the code, and the names that stand in tables.

A call that asks for a sentence this walk cannot trace to its text is an error, so that no string escapes the catalogues.
"""

import ast
import csv
import runpy
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

# Where an expression takes its text from a table that is read below: (end of the expression, why it is enough).
_FED = {
    "theme.name": "resources/reference/theme_names.csv",
    "t.name": "resources/reference/theme_names.csv",
    "facts.name": "resources/scenarios",
    "facts.story": "resources/scenarios",
    "facts.source": "resources/scenarios",
    "scenario.name": "resources/scenarios",
    "scenario.story": "resources/scenarios",
    "found.name": "resources/reference/theme_names.csv",
    "bet.name": "resources/reference/theme_names.csv",
    "bet.into": "resources/reference/theme_names.csv",
    "trim.name": "resources/reference/theme_names.csv",
    "kind.value": "levcheck/domain/instrument.py",
    "wrapper.value": "levcheck/domain/instrument.py",
}
_FED_IN = {
    ("levcheck/presenting/book.py", "name"): "resources/reference/theme_names.csv",
    ("levcheck/i18n/headline.py", "theme"): "resources/reference/theme_names.csv",
    ("levcheck/i18n/explanation_sentences.py", "text"): "theme_names.csv and resources/scenarios",
    ("levcheck/i18n/sentences.py", "message"): "levcheck/i18n/*_sentences.py",
    ("levcheck/i18n/sentences.py", "remedy"): "levcheck/i18n/*_sentences.py",
    ("levcheck/presenting/state_bar.py", "active"): "resources/scenarios",
    ("levcheck/presenting/data_and_method.py", "name"): "levcheck/presenting/names.py",
}
_ENUMERATIONS = (("levcheck/domain/instrument.py", ("Kind", "Wrapper")),)


class UntraceableMessageError(Exception):
    """A sentence is asked for through an expression whose text cannot be found."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the catalogue.

    Attributes:
        singular: the English text.
        plural: its plural; "" when it is not counted.
    """

    singular: str
    plural: str = ""


@dataclass(slots=True)
class _Module:
    """One parsed file: its path in the checkout, its names, and the functions that hold a node."""

    path: str
    tree: ast.Module
    others: dict[str, "_Module"] = field(default_factory=dict)
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    aliases: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and _names_an_asker(node.value):
                self.aliases |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node

    def scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield what encloses a node, innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def imported(self, name: str) -> "_Module | None":
        """Return the module a name is imported from, when it is one of ours."""
        for part in ast.walk(self.tree):
            if isinstance(part, ast.ImportFrom) and any(a.name == name for a in part.names):
                return self.others.get((part.module or "").replace(".", "/") + ".py")
        return None

    def bound(self, name: str, node: ast.AST) -> list[ast.expr]:
        """Return the expressions a name may stand for where `node` is: those of the nearest scope that binds it."""
        for scope in self.scopes(node):
            if isinstance(
                scope,
                ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp,
            ):
                found = [
                    e for made in scope.generators for e in _unpacked(made.target, made.iter, name)
                ]
            elif isinstance(scope, ast.For):
                found = _bindings(scope, name)
            elif isinstance(scope, ast.FunctionDef | ast.Module):
                found = [e for part in _own_parts(scope) for e in _bindings(part, name)]
            else:
                continue
            if found:
                return found
        return []


def _names_an_asker(value: ast.expr) -> bool:
    """Return whether an assigned value holds a bare ``words.text`` or ``words.count``."""
    values = value.elts if isinstance(value, ast.Tuple) else [value]
    return any(isinstance(v, ast.Attribute) and v.attr in {"text", "count"} for v in values)


def _own_parts(scope: ast.FunctionDef | ast.Module) -> Iterator[ast.AST]:
    """Yield the statements of a scope, not those of functions inside it."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        part = waiting.pop()
        yield part
        if not isinstance(part, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(part))


def _bindings(part: ast.AST, name: str) -> list[ast.expr]:
    if isinstance(part, ast.Assign):
        return [e for target in part.targets for e in _unpacked(target, None, name, part.value)]
    if isinstance(part, ast.AnnAssign) and part.value is not None:
        return _unpacked(part.target, None, name, part.value)
    if isinstance(part, ast.For):
        return _unpacked(part.target, part.iter, name)
    return []


def _unpacked(
    target: ast.expr, iterated: ast.expr | None, name: str, value: ast.expr | None = None
) -> list[ast.expr]:
    """Return what `name` gets when `target` is given `value`, or each element of `iterated`."""
    if isinstance(iterated, ast.Call) and (stepped := _stepped(target, iterated)) is not None:
        return [e for part, whole in stepped for e in _unpacked(part, whole, name)]
    wholes = [value] if value is not None else list(_elements(iterated))
    if isinstance(target, ast.Name):
        found = wholes if target.id == name else None
    elif isinstance(target, ast.Tuple):
        places = [n for n, e in enumerate(target.elts) if isinstance(e, ast.Name) and e.id == name]
        found = [_part(whole, place) for place in places for whole in wholes] if places else None
    else:
        found = None
    if found is None:
        return []
    return found or ([iterated] if iterated is not None else [])


def _part(whole: ast.expr, place: int) -> ast.expr:
    """Return one element of a written tuple; of anything else the whole, which holds it."""
    if isinstance(whole, ast.Tuple) and not any(isinstance(e, ast.Starred) for e in whole.elts):
        return whole.elts[place]
    return whole


def _stepped(target: ast.expr, call: ast.Call) -> list[tuple[ast.expr, ast.expr]] | None:
    """Return which part of a target runs over what, in a loop over enumerate, zip, items or values."""
    kind = _called(call)
    if kind == "values" and isinstance(call.func, ast.Attribute):
        return [(target, call.func.value)]
    if not isinstance(target, ast.Tuple):
        return None
    if kind == "items" and isinstance(call.func, ast.Attribute):
        return [(target.elts[1], call.func.value)]
    if kind == "enumerate":
        return [(target.elts[1], call.args[0])]
    if kind == "zip":
        return list(zip(target.elts, call.args, strict=False))
    return None


def _elements(node: ast.expr | None) -> Iterable[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple | ast.List) else ()


def _strings(node: ast.AST) -> list[str]:
    """Return the strings of a literal table: values of a dictionary, elements of tuples, however deep."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Dict):
        return [s for value in node.values for s in _strings(value)]
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [s for value in node.elts for s in _strings(value)]
    if isinstance(node, ast.IfExp):
        return _strings(node.body) + _strings(node.orelse)
    return []


class _Tracer:
    """Finds the texts an expression may have."""

    def __init__(self, module: _Module) -> None:
        self.module = module

    def texts(self, node: ast.expr, seen: frozenset[str] = frozenset()) -> list[str] | None:
        """Return every text `node` may be; None when it cannot be told; [] when a table feeds it."""
        if isinstance(node, ast.Constant | ast.Dict | ast.Tuple | ast.List):
            return _strings(node)
        if isinstance(node, ast.IfExp | ast.BoolOp):
            parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values
            return self.all_texts(parts, seen)
        if isinstance(node, ast.Subscript):
            return self.texts(node.value, seen)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Name):
            return self._name(node, seen)
        return self._call(node, seen) if isinstance(node, ast.Call) else None

    def all_texts(self, nodes: list[ast.expr], seen: frozenset[str]) -> list[str] | None:
        """Return the texts of all these together; None when one of them cannot be told."""
        found: list[str] = []
        for node in nodes:
            texts = self.texts(node, seen)
            if texts is None:
                return None
            found += texts
        return found

    def _attribute(self, node: ast.Attribute) -> list[str] | None:
        path = ast.unparse(node)
        if any(path == end or path.endswith("." + end) for end in _FED):
            return []
        # The field of a record written down as a literal call, such as ActionSpec("open", "&Open…", …).
        if isinstance(node.value, ast.Name) and node.attr in _SPECIFICATIONS:
            return []
        return None

    def _name(self, node: ast.Name, seen: frozenset[str]) -> list[str] | None:
        if (self.module.path, node.id) in _FED_IN:
            return []
        if node.id in seen:
            return []
        found = self.module.bound(node.id, node)
        if found:
            return self.all_texts(found, seen | {node.id})
        if (origin := self.module.imported(node.id)) is not None:
            values = [e for part in _own_parts(origin.tree) for e in _bindings(part, node.id)]
            return _Tracer(origin).all_texts(values, seen) if values else None
        if node.id.isupper() and node.id in _SPECIFICATION_TABLES:
            return []
        return self._parameter(node, seen)

    def _parameter(self, node: ast.Name, seen: frozenset[str]) -> list[str] | None:
        """Trace a parameter to the calls of its function in the same module."""
        for scope in self.module.scopes(node):
            if not isinstance(scope, ast.FunctionDef):
                continue
            names = [a.arg for a in scope.args.args if a.arg not in {"self", "cls"}]
            named = [a.arg for a in scope.args.kwonlyargs]
            if node.id not in names and node.id not in named:
                continue
            given = [
                argument
                for call in ast.walk(self.module.tree)
                if isinstance(call, ast.Call) and _called(call) == scope.name
                for argument in _argument(call, node.id, names)
            ]
            return self.all_texts(given, seen | {node.id}) if given else None
        return None

    def _call(self, node: ast.Call, seen: frozenset[str]) -> list[str] | None:
        if isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            found = self.texts(node.func.value, seen)
            # A default made from data names what no table knows; only a literal one is a message.
            return (
                None if found is None else found + [s for a in node.args[1:] for s in _strings(a)]
            )
        if isinstance(node.func, ast.Name):
            for part in self.module.tree.body:
                if isinstance(part, ast.FunctionDef) and part.name == node.func.id:
                    returned = [
                        r.value for r in ast.walk(part) if isinstance(r, ast.Return) and r.value
                    ]
                    return self.all_texts(returned, seen)
        return None


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _argument(call: ast.Call, name: str, names: list[str]) -> list[ast.expr]:
    for keyword in call.keywords:
        if keyword.arg == name:
            return [keyword.value]
    if name in names and names.index(name) < len(call.args):
        return [call.args[names.index(name)]]
    return []


# --- what asks for a message -------------------------------------------------------------------------------

_SPECIFICATIONS = {"text", "word", "title", "question"}
_SPECIFICATION_TABLES = {"MENUS", "ACTIONS", "SCREENS"}


def _is_words(module: _Module, node: ast.expr) -> bool:
    """Tell whether an expression is a Words: by its name, its making, or the parameter's annotation."""
    end = ast.unparse(node).rsplit(".", 1)[-1]
    if end in {"words", "_words"} or end.startswith("Words("):
        return True
    if not isinstance(node, ast.Name):
        return False
    for scope in module.scopes(node):
        if isinstance(scope, ast.FunctionDef):
            for argument in (*scope.args.args, *scope.args.kwonlyargs):
                if argument.arg == node.id and argument.annotation is not None:
                    return ast.unparse(argument.annotation).strip("'\"") == "Words"
    return False


def _asks(module: _Module, call: ast.Call) -> str:
    """Return "text" or "count" when a call asks a Words for a message, "" otherwise."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr in {"text", "count"}:
        literal = bool(call.args) and isinstance(call.args[0], ast.Constant)
        counted = function.attr == "count" and len(call.args) >= 3
        named = _is_words(module, function.value)
        told = literal and isinstance(call.args[0].value, str) and bool(call.args[0].value)  # type: ignore[attr-defined]
        if named or counted or (told and function.attr == "text"):
            return function.attr
    if isinstance(function, ast.Name) and function.id in module.aliases:
        for bound in module.bound(function.id, function):
            values = bound.elts if isinstance(bound, ast.Tuple) else [bound]
            for value in values:
                if isinstance(value, ast.Attribute) and value.attr in {"text", "count"}:
                    return value.attr if _is_words(module, value.value) else ""
    return ""


def _asked(module: _Module, call: ast.Call, how: str) -> list[Message]:
    tracer = _Tracer(module)
    first = tracer.texts(call.args[0])
    second = tracer.texts(call.args[1]) if how == "count" else None
    where = f"{module.path}:{call.lineno}: {ast.unparse(call)[:120]}"
    if first is None or (how == "count" and second is None):
        message = f"cannot tell which texts are asked for: {where}"
        raise UntraceableMessageError(message)
    if how == "text":
        return [Message(text) for text in first]
    assert second is not None
    if first == second and len(first) > 1:  # one function gives both forms, pair after pair
        first, second = first[0::2], first[1::2]
    if len(first) != len(second):
        message = f"singular and plural do not pair: {where}"
        raise UntraceableMessageError(message)
    return [Message(one, many) for one, many in zip(first, second, strict=True)]


def _of_code(module: _Module) -> Iterator[Message]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and node.args and (how := _asks(module, node)):
            yield from _asked(module, node, how)


def _modules(root: Path) -> list[_Module]:
    found: dict[str, _Module] = {}
    for path in sorted((root / "levcheck").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        found[name] = _Module(name, ast.parse(path.read_text("utf-8")), found)
    return list(found.values())


# --- tables ------------------------------------------------------------------------------------------------


def _sentence_tables(root: Path) -> Iterator[Message]:
    for path in sorted((root / "levcheck/i18n").glob("*_sentences.py")):
        # Run rather than read: a sentence that several codes share may be put together from parts.
        for said in runpy.run_path(str(path))["SENTENCES"].values():
            yield from (Message(text) for text in ((said,) if isinstance(said, str) else said))


def _specifications(modules: list[_Module]) -> Iterator[Message]:
    for module in modules:
        if module.path != "levcheck/ui/actions.py":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and _called(node) == "ActionSpec":
                yield from (Message(text) for a in node.args[1:3] for text in _strings(a))
            elif isinstance(node, ast.Call) and _called(node) == "ScreenSpec":
                yield from (Message(text) for a in node.args[1:4] for text in _strings(a))


def _enumerations(modules: list[_Module]) -> Iterator[Message]:
    asked = {end for end in ("kind.value", "wrapper.value") if _is_asked(modules, end)}
    for path, names in _ENUMERATIONS:
        module = next(m for m in modules if m.path == path)
        for part in module.tree.body:
            if (
                isinstance(part, ast.ClassDef)
                and part.name in names
                and part.name.lower() + ".value" in asked
            ):
                for line in part.body:
                    if isinstance(line, ast.Assign):
                        yield from (Message(text) for text in _strings(line.value))


def _is_asked(modules: list[_Module], end: str) -> bool:
    return any(
        _asks(module, node) and ast.unparse(node.args[0]).endswith(end)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and node.args
    )


def _data_tables(root: Path) -> Iterator[Message]:
    with (root / "resources/reference/theme_names.csv").open(encoding="utf-8", newline="") as file:
        yield from (Message(row["name"]) for row in csv.DictReader(file))
    for path in sorted((root / "resources/scenarios").glob("*.toml")):
        scenario = tomllib.loads(path.read_text("utf-8"))
        for name in ("name", "story", "source"):
            if scenario.get(name):
                yield Message(str(scenario[name]))


def citations(root: Path = ROOT) -> set[str]:
    """Return the texts that only say where the figures of a scenario come from."""
    files = (root / "resources/scenarios").glob("*.toml")
    return {str(tomllib.loads(path.read_text("utf-8")).get("source", "")) for path in files}


def every_message(root: Path = ROOT) -> list[Message]:
    """Return every message, each once, in a stable order; a text that is also counted stands once, with its plural.

    Raises:
        UntraceableMessageError: a sentence is asked for that cannot be traced to its text.
    """
    modules = _modules(root)
    found: dict[str, str] = {}
    sources = (
        *(_of_code(module) for module in modules),
        _sentence_tables(root),
        _specifications(modules),
        _enumerations(modules),
        _data_tables(root),
    )
    for source in sources:
        for message in source:
            if message.singular:
                found[message.singular] = message.plural or found.get(message.singular, "")
    return [Message(one, many) for one, many in sorted(found.items())]
