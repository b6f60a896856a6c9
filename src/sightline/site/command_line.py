"""The one command line of Sightline; Django is imported only by the commands that need it."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from sightline.site.keys import KeyMissing
from sightline.site.processes import AlreadyRunning, PortTaken, hold_folder
from sightline.site.terminal import complain, say

DEMO_PORT = 8000
OTHER_PORTS = 20


def main(arguments: list[str] | None = None) -> int:
    """Run one command and say how it went."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
    if arguments[:1] == ["manage"]:
        # Django reads its own arguments, and so does the audit trail.
        return _manage(arguments[1:])
    if arguments[:1] == ["audit"]:
        return _audit(arguments[1:])
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except (AlreadyRunning, PortTaken, KeyMissing) as refusal:
        complain(str(refusal))
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sightline", description="A safeguarding children partnership's own work.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    demo = commands.add_parser("demo", help="start Sightline with its invented example partnership")
    demo.add_argument("--port", type=int, default=None, help=f"the port to answer on (default {DEMO_PORT}, or the next free one)")
    demo.add_argument("--folder", type=Path, default=Path("var"), help="where its data and keys are kept (default ./var)")
    demo.set_defaults(command=_demo)

    serve = commands.add_parser("serve", help="start the web process and the worker of a real partnership")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=2, help="web workers")
    serve.set_defaults(command=_serve)

    worker = commands.add_parser("worker", help="start the worker alone: it sends what waits in the outbox")
    worker.set_defaults(command=_worker)

    migrate = commands.add_parser("migrate", help="bring the database up to this version")
    migrate.set_defaults(command=lambda chosen: _manage(["migrate", "--no-input"]))

    set_up = commands.add_parser("set-up", help="first start of a real partnership: its name and its first administrator")
    set_up.add_argument("--email", default="", help="where the first administrator is reached")
    set_up.add_argument("--name", default="", help="who that is")
    set_up.add_argument("--partnership", default="", help="what the partnership is called")
    set_up.set_defaults(command=_set_up)

    commands.add_parser("audit", help="verify the audit trail, or print its head")

    backup = commands.add_parser("backup", help="write everything to one encrypted file")
    backup.add_argument("file", type=Path)
    backup.set_defaults(command=_backup)

    restore = commands.add_parser("restore", help="read a backup file into an empty place and prove it whole")
    restore.add_argument("file", type=Path)
    restore.set_defaults(command=_restore)

    evaluate = commands.add_parser("evaluate", help="measure Sightline against a truth: how well chronologies are read and findings made")
    subjects = evaluate.add_subparsers(title="what", metavar="WHAT", required=True)
    chronology = subjects.add_parser("chronology", help="agencies' chronologies; needs no database")
    chronology.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the agencies' files")
    chronology.add_argument("--truth", type=Path, required=True, help="what each row means and which findings there are")
    chronology.add_argument("--findings", type=Path, default=None, help="a findings file to score, instead of what the rules find")
    chronology.set_defaults(command=_evaluate_chronology)

    chronologies = commands.add_parser("chronology", help="read agencies' chronologies together, without the web")
    what = chronologies.add_subparsers(title="what", metavar="WHAT", required=True)
    analyse = what.add_parser("analyse", help="say what the rows of several agencies say together; needs no database")
    analyse.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the agencies' files")
    analyse.add_argument("--json", type=Path, default=None, metavar="OUT", help="where the findings are written")
    analyse.set_defaults(command=_analyse_chronology)

    commands.add_parser("manage", help="Django's own commands")
    return parser


def _manage(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["sightline manage", *arguments])
    return 0


def _demo(chosen: argparse.Namespace) -> int:
    from sightline.site import start

    folder = chosen.folder.resolve()
    return start.demo(folder, port=chosen.port or DEMO_PORT, others=0 if chosen.port else OTHER_PORTS)


def _serve(chosen: argparse.Namespace) -> int:
    from sightline.site import start

    return start.serve(host=chosen.host, port=chosen.port, workers=chosen.workers)


def _worker(chosen: argparse.Namespace) -> int:
    from sightline.site import worker

    return worker.run()


def _evaluate_chronology(chosen: argparse.Namespace) -> int:
    from sightline.site import chronology_evaluation

    return chronology_evaluation.run(chosen.files, truth=chosen.truth, findings=chosen.findings)


def _analyse_chronology(chosen: argparse.Namespace) -> int:
    from sightline.site import chronology_analysis

    return chronology_analysis.run(chosen.files, into=chosen.json)


def _set_up(chosen: argparse.Namespace) -> int:
    import django

    django.setup()
    from sightline.site.set_up import first_administrator

    return first_administrator.run(email=chosen.email, name=chosen.name, partnership=chosen.partnership)


def _audit(arguments: list[str]) -> int:
    import django

    django.setup()
    from sightline.partnership.audit_trail import command_line

    return command_line.run(arguments, say)


def _backup(chosen: argparse.Namespace) -> int:
    import django

    django.setup()
    from sightline.site.backup import writing
    from sightline.site.backup.refusal import BackupRefused

    try:
        return writing.write(chosen.file)
    except BackupRefused as refusal:
        complain(str(refusal))
        return 1


def _restore(chosen: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.conf import settings

    from sightline.site.backup import restoring
    from sightline.site.backup.refusal import BackupRefused

    held = hold_folder(settings.DATA_FOLDER, "a restore that is going on")
    try:
        return restoring.restore(chosen.file)
    except BackupRefused as refusal:
        complain(str(refusal))
        return 1
    finally:
        os.close(held)
