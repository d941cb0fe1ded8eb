"""Words for files that cannot be written or read back."""

SENTENCES: dict[str, tuple[str, str]] = {
    "storage.disk_full": (
        "We could not save because the disk is full.",
        "Your last saved copy is safe. Free some space, or save somewhere else.",
    ),
    "storage.not_writable": (
        "We could not write {file}: {reason}.",
        "Nothing was changed. Save in a folder you may write to.",
    ),
    "storage.not_readable": (
        "We could not open {file}: {reason}.",
        "Check that the file exists and is not open in another program. Nothing was changed.",
    ),
    "storage.not_a_session": (
        "{file} is not a levcheck session.",
        "Open the workbook instead. The file was not changed.",
    ),
    "storage.damaged": (
        "{file} is damaged: its content does not match its checksum.",
        "Open the last good backup, or import the workbook again. The file was not changed.",
    ),
    "storage.newer": (
        "{file} was made by a newer version of levcheck.",
        "We opened it to read only, so nothing is lost. Update levcheck to change it.",
    ),
    "storage.too_large": (
        "{file} is larger than a session can be.",
        "Check that it is the right file. It was not changed.",
    ),
    "storage.changed_elsewhere": (
        "{file} was changed by another program since it was opened.",
        "Save under another name, or open it again. Nothing was overwritten.",
    ),
}
