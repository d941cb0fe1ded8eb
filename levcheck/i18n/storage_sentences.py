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
        "Update levcheck to open it. The file was not changed.",
    ),
    "storage.newer_or_damaged": (
        "{file} says it is of a newer version of levcheck, but its checksum does not match.",
        "Update levcheck, or open the last good backup. The file was not changed.",
    ),
    "storage.opened_newer": (
        "{file} was made by a newer version of levcheck. Some of it may be missing here.",
        "We opened it to read only, so nothing is lost. Update levcheck to change it.",
    ),
    "storage.newer_kept": (
        "{file} was made by a newer version, so this version does not overwrite it.",
        "Save under another name, or update levcheck. The file was not changed.",
    ),
    "storage.open_elsewhere": (
        "{file} is open in another levcheck window.",
        "You can look at it here. Save under another name to keep changes from both windows.",
    ),
    "storage.busy": (
        "Another window of levcheck is saving {file}.",
        "Wait a moment and save again. Nothing was changed.",
    ),
    "storage.bad_figure": (
        "{file} holds a figure that cannot be: endless, negative where it may not be, or no number.",
        "Take the last change back and try again. No file was changed.",
    ),
    "storage.not_confirmed": (
        "{file} was written, but the disk did not confirm it: {reason}.",
        "Keep the window open and save once more, on another disk if you can.",
    ),
    "storage.no_backup": (
        "{file} is saved, but no backup copy of it could be made.",
        "Free some space in your data folder. 'levcheck doctor' shows where it is.",
    ),
    "storage.too_large": (
        "{file} is larger than a session can be.",
        "Check that it is the right file. It was not changed.",
    ),
    "storage.needs_password": (
        "{file} is closed with a password.",
        "Type the password it was saved with. The file was not changed.",
    ),
    "storage.wrong_password": (
        "This password does not open {file}, or the file is damaged.",
        "Type it once more; capital letters count. The file was not changed.",
    ),
    "storage.password_short": (
        "This password is too short.",
        "Use {letters} letters or more. Nothing was changed.",
    ),
    "storage.no_cipher": (
        "This copy of levcheck cannot open or close files with a password.",
        "Install levcheck with its extra 'password'. Nothing was changed.",
    ),
    "storage.no_memory_for_key": (
        "There is too little memory to open a file with a password.",
        "Close other programs and try again. The file was not changed.",
    ),
    "storage.open_copies": (
        "{file} now has a password, but older copies without one could not be removed.",
        "Delete the folder 'backups' in your data folder. 'levcheck doctor' shows where it is.",
    ),
    "storage.changed_elsewhere": (
        "{file} was changed by another program since it was opened.",
        "Save under another name, or open it again. It was not overwritten.",
    ),
}
