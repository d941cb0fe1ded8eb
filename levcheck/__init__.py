"""levcheck: see the bets hidden inside a portfolio, and what they could cost."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from levcheck.api import Library, analyse, read_portfolio

__version__ = "0.1.0"
__all__ = ["Library", "__version__", "analyse", "read_portfolio"]


def __getattr__(name: str) -> Any:
    # The public API loads on first use, so that `import levcheck` costs nothing at start-up.
    if name in __all__:
        from importlib import import_module

        # Named as text: the rooms below import this package for its version and know nothing of the interface.
        return getattr(import_module("levcheck.api"), name)
    message = f"module 'levcheck' has no attribute {name!r}"
    raise AttributeError(message)
