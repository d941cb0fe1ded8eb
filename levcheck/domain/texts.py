"""Texts that can be written anywhere."""


def whole_text(text: str) -> str:
    r"""Return a text without halves of letters: a name of a file may hold bytes that are none, and each becomes a mark.

    >>> whole_text("caf\udce9.csv")
    'caf?.csv'
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
