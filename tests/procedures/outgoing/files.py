"""Files as people really send them: clean ones by our own writers, and each kind of hidden thing put in by hand."""

import io
import zipfile
from collections.abc import Callable, Iterator

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor


def word(*paragraphs: str, change: Callable[[docx.document.Document], None] | None = None) -> bytes:
    """A Word file without what the library's template brings."""
    document = docx.Document()
    document.core_properties.author = "Sightline"
    for holder in (document.part.package, document.part):
        for relation in [r.rId for r in holder.rels.values() if r.reltype.endswith(("/thumbnail", "/customXml"))]:
            del holder.rels[relation]
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if change:
        change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def workbook(rows: list[list[str]], change: Callable[[xlsxwriter.Workbook, object], None] | None = None) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Figures")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if change:
        change(book, sheet)
    book.close()
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one more part."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(name, part)
    return target.getvalue()


def _marked(document: docx.document.Document, tag: str, **attributes: str) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "Something else."
    run.append(text)
    element.append(run)
    document.paragraphs[0]._p.append(element)


def _font(document: docx.document.Document, **fields: object) -> None:
    run = document.paragraphs[0].add_run("Unseen words")
    for name, value in fields.items():
        if name == "color":
            run.font.color.rgb = value
        else:
            setattr(run.font, name, value)


def crafted() -> Iterator[tuple[str, str, bytes, str]]:
    """Name, extension, bytes and the kind of hidden thing that each file holds: sixty in all."""
    for number in range(6):
        words = f"Invented paragraph {number}."
        yield f"deleted {number}", "docx", word(words, change=lambda d: _marked(d, "w:del", id="1", author="A")), "tracked_change"
        yield f"inserted {number}", "docx", word(words, change=lambda d: _marked(d, "w:ins", id="2", author="A")), "tracked_change"
        yield f"vanish {number}", "docx", word(words, change=lambda d: _font(d, hidden=True)), "hidden_text"
        yield f"white {number}", "docx", word(words, change=lambda d: _font(d, color=RGBColor(255, 255, 255))), "white_text"
        yield f"tiny {number}", "docx", word(words, change=lambda d: _font(d, size=Pt(1))), "tiny_text"
    plain, rows = word("Invented."), [["a", "b"], ["1", "2"]]
    named = word("Invented.", change=lambda d: setattr(d.core_properties, "author", "An Invented Author"))
    yield "author", "docx", named, "author"
    last = word("Invented.", change=lambda d: setattr(d.core_properties, "last_modified_by", "An Invented Author"))
    yield "last by", "docx", last, "author"
    yield "macro", "docm", with_part(plain, "word/vbaProject.bin", b"x"), "macro"
    yield "embedded", "docx", with_part(plain, "word/embeddings/oleObject1.bin", b"x"), "embedded_file"
    yield "thumbnail", "docx", with_part(plain, "docProps/thumbnail.jpeg", b"x"), "thumbnail"
    yield "custom", "docx", with_part(plain, "customXml/item1.xml", b"<a>secret</a>"), "custom_data"
    yield (
        "custom properties",
        "docx",
        with_part(plain, "docProps/custom.xml", b"<Properties><property name='a'/></Properties>"),
        "custom_data",
    )
    note = b'<w:comments xmlns:w="w"><w:comment><w:p/></w:comment></w:comments>'
    yield "comment", "docx", with_part(plain, "word/comments.xml", note), "comment"
    template = b'<Relationships><Relationship Type="x/attachedTemplate" Target="http://a" TargetMode="External"/></Relationships>'
    yield "template", "docx", with_part(plain, "word/_rels/settings.xml.rels", template), "external_template"
    remote = b'<Relationships><Relationship Type="x/image" Target="http://a" TargetMode="External"/></Relationships>'
    yield "remote picture", "docx", with_part(plain, "word/_rels/header9.xml.rels", remote), "external_link"
    crop = b'<p:pic xmlns:p="p" xmlns:a="a"><a:srcRect l="25000"/></p:pic>'
    yield "cropped", "docx", with_part(plain, "word/drawings/drawing1.xml", crop), "cropped_picture"
    yield "exif", "docx", with_part(plain, "word/media/image1.jpg", b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM"), "camera_data"
    for number, state in enumerate(("hide", "very_hidden")):
        hide = lambda book, sheet, state=state: getattr(book.add_worksheet("Names"), state)()  # noqa: E731 -- one line each
        yield f"sheet {number}", "xlsx", workbook(rows, hide), "hidden_sheet"
    yield "row", "xlsx", workbook(rows, lambda b, s: s.set_row(1, None, None, {"hidden": True})), "hidden_row_or_column"
    yield "column", "xlsx", workbook(rows, lambda b, s: s.set_column(1, 1, None, None, {"hidden": True})), "hidden_row_or_column"
    yield "cell note", "xlsx", workbook(rows, lambda b, s: s.write_comment(0, 0, "secret")), "comment"
    yield "workbook author", "xlsx", workbook(rows, lambda b, s: b.set_properties({"author": "An Invented Author"})), "author"
    yield "company", "xlsx", workbook(rows, lambda b, s: b.set_properties({"company": "Invented Ltd"})), "author"
    yield "pivot", "xlsx", with_part(workbook(rows), "xl/pivotCache/pivotCacheRecords1.xml", b"<r/>"), "pivot_cache"
    yield "linked", "xlsx", with_part(workbook(rows), "xl/externalLinks/externalLink1.xml", b"<r/>"), "external_link"
    yield "xlsx macro", "xlsm", with_part(workbook(rows), "xl/vbaProject.bin", b"x"), "macro"
    for number, cell in enumerate(("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|x")):
        yield f"formula {number}", "csv", f"a,b\n1,{cell}\n".encode(), "formula"
    for number, (sign, kind) in enumerate(
        [("/EmbeddedFile", "embedded_file"), ("/OCProperties", "layers"), ("/JavaScript", "macro"), ("/Author (A Person)", "author")]
    ):
        yield f"pdf {number}", "pdf", f"%PDF-1.7\n{sign}\n%%EOF".encode(), kind


def clean() -> Iterator[tuple[str, bytes]]:
    """Two hundred files of our own writers with nothing hidden."""
    for number in range(60):
        yield "docx", word(f"Invented text {number}.", "A second paragraph, with a number: -12.")
        yield "xlsx", workbook([["Year", "Count"], [str(2000 + number), str(number)]])
        yield "csv", f"Year,Count\n{2000 + number},{number}\n-3,-4.5\n".encode()
    for number in range(20):
        yield "txt", f"Invented note {number}.".encode()
