"""The command line answers in sentences, and knows its commands."""

import socket

import pytest

from sightline.site import command_line


@pytest.mark.parametrize("command", ["demo", "serve", "worker", "migrate", "set-up", "audit", "backup", "restore", "manage"])
def test_each_command_is_named_in_the_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["--help"])

    assert f" {command} " in capsys.readouterr().out.replace("\n", " ")


def test_no_command_shows_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line.main([])

    assert ended.value.code == 2
    assert "usage: sightline" in capsys.readouterr().err


def test_port_in_use_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("SIGHTLINE_DATA", "SIGHTLINE_KEYS", "SIGHTLINE_DEMO", "SIGHTLINE_ADDRESS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    folder = tmp_path_factory.mktemp("demo")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status = command_line.main(["demo", "--folder", str(folder), "--port", str(taken.getsockname()[1])])

    assert status == 1
    assert "in use by another program" in capsys.readouterr().err
