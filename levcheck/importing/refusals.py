"""The one way in which a step says that a file cannot be read: a code with its arguments."""


class Refusal(Exception):  # noqa: N818  # no error of the program, an answer
    """A file that is not read, with the code of the sentence that says why.

    Attributes:
        code: as in :class:`levcheck.domain.diagnostics.Diagnostic`.
        values: values named in the sentence.
    """

    def __init__(self, code: str, **values: str | float | None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
