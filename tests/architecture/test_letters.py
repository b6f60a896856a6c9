"""Every letter that is queued anywhere has somebody who can write it."""

import ast
from collections.abc import Iterator

from sightline.site.notice_handlers import HANDLERS
from tests.architecture.source import modules


def queued_templates() -> Iterator[str]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "outbox.queue" and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_each_letter_has_a_handler() -> None:
    assert set(queued_templates()) - HANDLERS.keys() == set()


def test_no_handler_is_left_over() -> None:
    assert HANDLERS.keys() - set(queued_templates()) == set()
