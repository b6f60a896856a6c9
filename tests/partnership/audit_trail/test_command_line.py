"""`sightline audit verify` and `sightline audit head`."""

from collections.abc import Callable

import pytest

from sightline.partnership.audit_trail import command_line, trail
from sightline.partnership.audit_trail.guards import TABLE
from tests.partnership.audit_trail.conftest import tampering


def test_head_and_verify(write_rows: Callable[..., None]) -> None:
    write_rows(3)
    said: list[str] = []

    assert command_line.run(["head"], said.append) == 0
    assert command_line.run(["verify", "--head", said[0]], said.append) == 0

    seq, row_hash = trail.head()
    assert said == [f"{seq}:{row_hash}", "All 3 rows are whole and in order.", f"Head: {seq}:{row_hash}"]


def test_verify_names_the_first_bad_row(write_rows: Callable[..., None]) -> None:
    write_rows(3)
    said: list[str] = []

    with tampering() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET decision = 'shown' WHERE seq = 2")
        status = command_line.run(["verify"], said.append)

    assert status == 1
    assert said == ["Row 2 shows something else in its columns than in what was written.", "First bad row: 2"]


def test_head_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.run(["verify", "--head", "12:abc"], print)

    assert "a head looks like" in capsys.readouterr().err
