"""Labels that show text as written."""

from PySide6.QtWidgets import QLabel, QSizePolicy


def label(role: str = "", text: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label that shows text as written: names from a file are never markup."""
    made = QLabel(text)
    # Plain, said by its number: the first label is made before Qt's table of names, which takes longer than the card.
    made.setProperty("textFormat", 0)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made
