"""File names as people send them, made safe to keep and show."""

import re
import unicodedata

LONGEST_NAME = 120
RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])$", re.IGNORECASE)


def clean(typed: str) -> str:
    """The last part of a path, without control or direction marks, dots at its ends, or anything a computer gives a meaning to."""
    name = unicodedata.normalize("NFC", typed[:4000]).replace("\\", "/").rsplit("/", 1)[-1]
    # Cc, Cf: control characters and marks that turn the direction of writing, which can make 'fdp.exe' read as 'exe.pdf'.
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    name = re.sub(r'[<>:"|?*%;&$`\'{}^~#@!=+\[\]]', "_", name)
    name = re.sub(r"\s+", " ", name).strip().rstrip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem, extension = stem.strip(" ."), extension.strip()
    if not stem or RESERVED.match(stem.split(".")[0]):
        stem = "document"
    extension = extension.lower()[:10]
    stem = stem[: LONGEST_NAME - len(extension) - 1].strip(" .") or "document"
    return f"{stem}.{extension}" if extension else stem


def extension_of(name: str) -> str:
    """The part after the last dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""
