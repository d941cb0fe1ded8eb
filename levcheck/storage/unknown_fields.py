"""Fields of a document that this version does not know: kept aside when it is read, put back when it is written.

A newer version may add fields without raising the schema number. Someone who opens such a file here, edits and saves it must
not lose them. Elements of a list are told apart by their place in the user's file, so that a field follows its line through
edits, removals and new lines.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unknown:
    """What one object holds beyond what is known.

    Attributes:
        fields: unknown name → value.
        inside: known name → what its object holds beyond.
        items: identity of a list's element → what that element holds beyond.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    inside: Mapping[str, "Unknown"] = field(default_factory=dict)
    items: Mapping[str, "Unknown"] = field(default_factory=dict)


def unknown_fields(raw: Any, known: Any) -> Unknown | None:
    """Return what `raw` holds beyond `known`; None when that is nothing.

    Args:
        raw: plain values as read.
        known: the same values after this version has read and written them.
    """
    if isinstance(raw, dict) and isinstance(known, dict):
        fields = {name: value for name, value in raw.items() if name not in known}
        inside = {}
        for name in raw.keys() & known.keys():
            deeper = unknown_fields(raw[name], known[name])
            if deeper is not None:
                inside[name] = deeper
        return Unknown(fields=fields, inside=inside) if fields or inside else None
    if isinstance(raw, list | tuple) and isinstance(known, list | tuple):
        items = {}
        for kept, element in zip(known, raw, strict=False):
            deeper = unknown_fields(element, kept)
            if deeper is not None:
                items[_identity(kept)] = deeper
        return Unknown(items=items) if items else None
    return None


def with_unknown_fields(plain: Any, unknown: Unknown | None) -> Any:
    """Return plain values with the unknown fields put back where their objects still are."""
    if unknown is None:
        return plain
    if isinstance(plain, dict):
        merged = dict(plain)
        for name, deeper in unknown.inside.items():
            if name in merged:
                merged[name] = with_unknown_fields(merged[name], deeper)
        return dict(unknown.fields) | merged
    if isinstance(plain, list | tuple):
        return [
            with_unknown_fields(element, unknown.items.get(_identity(element))) for element in plain
        ]
    return plain


def _identity(element: Any) -> str:
    if isinstance(element, dict) and element.get("place") is not None:
        element = element["place"]
    return json.dumps(element, sort_keys=True, ensure_ascii=True)
