"""Every text of a view, for sweeps."""

from collections.abc import Iterable


def texts_of(view: object) -> Iterable[str]:
    """Yield every text a view holds, however deep: what a person could read on the screen."""
    if isinstance(view, str):
        yield view
    elif isinstance(view, tuple | list | frozenset):
        for part in view:
            yield from texts_of(part)
    else:
        for name in getattr(view, "__dataclass_fields__", ()):
            yield from texts_of(getattr(view, name))
