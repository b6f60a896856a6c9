"""What looking at a file can say: it cannot be kept, or it can and its reader should know something."""

from dataclasses import dataclass, field

ONE_MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * ONE_MEGABYTE


class CannotKeep(Exception):
    """A file that is refused: what is wrong with it, where, and how to put it right."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: its true type, and sentences for whoever opens it."""

    extension: str
    media_type: str
    warnings: list[str] = field(default_factory=list)
    replaced_by: str = ""
    """The content to keep instead, in base64, where something that acts was taken out of the file; empty where it is kept as it came."""


MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "rtf": "application/rtf",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "png": "image/png",
    "jpg": "image/jpeg",
}
ALLOWED = "PDF, Word (.docx, .doc, .docm without its macros), Excel (.xlsx), CSV, text, RTF, e-mail (.eml, .msg), PNG or JPEG"
SAME_AS = {"jpeg": "jpg"}
# What people send instead, and what to do about it.
INSTEAD = {
    "docm": "Change the ending to .docm: its macros are taken out when you add it.",
    "dotx": "Open it in Word and save it as a Word document (.docx).",
    "dotm": "Open it in Word and save it as a Word document without macros (.docx).",
    "xls": "Open it in Excel and save it as an Excel workbook (.xlsx).",
    "xlsm": "Open it in Excel and save it as an Excel workbook without macros (.xlsx).",
    "xlsb": "Open it in Excel and save it as an Excel workbook (.xlsx).",
    "odt": "Save it as a Word document (.docx) or as a PDF.",
    "ods": "Save it as an Excel workbook (.xlsx).",
    "zip": "Take the files out of it and add them one by one.",
    "7z": "Take the files out of it and add them one by one.",
    "rar": "Take the files out of it and add them one by one.",
    "heic": "Save the picture as JPEG or PNG.",
    "tif": "Save the picture as JPEG, PNG or PDF.",
    "tiff": "Save the picture as JPEG, PNG or PDF.",
    "gif": "Save the picture as JPEG or PNG.",
    "html": "Print the page as a PDF.",
    "htm": "Print the page as a PDF.",
}
