"""The pack of a meeting: which pages each paper takes, so that everybody turns to the same page."""

from collections.abc import Iterable

from sightline.partnership.meetings.models import Meeting, Paper

LINES_A_PAGE = 45
LETTERS_A_LINE = 90


def next_page(meeting: Meeting) -> int:
    """The first page that no paper takes: pages are given once and never again, so a late paper moves nobody's page."""
    return max((paper.last_page for paper in meeting.papers.all()), default=0) + 1


def sheets(text: str) -> list[str]:
    """A text written here, cut into pages between its paragraphs; the same text is always cut the same way."""
    pages: list[list[str]] = [[]]
    used = 0
    for line in _lines(text):
        height = max(1, -(-len(line) // LETTERS_A_LINE))
        if used and used + height > LINES_A_PAGE:
            pages.append([])
            used = 0
        pages[-1].append(line)
        used += height
    return ["\n".join(lines).strip("\n") for lines in pages]


def numbered_sheets(paper: Paper) -> list[tuple[int, str]]:
    """The pages of a text with the numbers they have in the pack."""
    return list(enumerate(sheets(paper.text), start=paper.first_page))


def _lines(text: str) -> Iterable[str]:
    longest = LINES_A_PAGE * LETTERS_A_LINE
    for line in text.replace("\r\n", "\n").split("\n"):
        # A paragraph longer than a page is cut, or it would take two numbers.
        yield from (line[start : start + longest] for start in range(0, len(line), longest)) if line else [""]
