"""From the body of an older schema to that of a newer one, step by step, on plain values.

A step is a module ``to<n>.py`` with ``def migrate(body: dict[str, Any]) -> dict[str, Any]`` that turns schema n-1 into n.
It imports nothing of the running program: what it does to an old file stays what it was on the day it was written, however
the program changes. It is entered in :data:`STEPS` under the schema it leads to.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

Body = dict[str, Any]
Step = Callable[[Body], Body]

STEPS: Mapping[int, Step] = MappingProxyType({})


def migrate(body: Body, *, schema: int, wanted: int, steps: Mapping[int, Step] = STEPS) -> Body:
    """Return the body of a file in the wanted schema; one that has it already is returned unchanged.

    Args:
        body: plain values as read.
        schema: the schema they are in.
        wanted: the schema of this program, not below `schema`.
        steps: the known steps by the schema they lead to.

    Raises:
        KeyError: a step is missing, so the file is older than anything this program ever wrote.
        Exception: a step fails on a body that is not what its schema says.
    """
    for number in range(schema + 1, wanted + 1):
        body = steps[number](body)
    return body
