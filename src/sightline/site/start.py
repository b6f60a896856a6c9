"""Starting Sightline: the demo with its example partnership, or a real partnership's site."""

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sightline.site.processes import Child, free_port, hold_folder, run_together, web_command, worker_command
from sightline.site.terminal import complain, say

DEMO_HOST = "127.0.0.1"


def demo(folder: Path, *, port: int, others: int) -> int:
    """Make, if need be, and start the example partnership."""
    data = Path(os.environ.setdefault("SIGHTLINE_DATA", str(folder / "data")))
    os.environ.setdefault("SIGHTLINE_KEYS", str(folder / "keys"))
    os.environ["SIGHTLINE_DEMO"] = "1"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A passkey belongs to a name, so the address says localhost and never a number.
    port = free_port(DEMO_HOST, port, others=others)
    address = os.environ["SIGHTLINE_ADDRESS"] = f"http://localhost:{port}"
    held = hold_folder(data, address)
    try:
        django.setup()
        say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        sign_ins = _example_partnership()
        connections.close_all()
        children = [
            Child("web", web_command(DEMO_HOST, port, workers=min(2, os.cpu_count() or 1))),
            Child("worker", worker_command()),
        ]
        return run_together(children, host=DEMO_HOST, port=port, ready=_welcome(address, sign_ins))
    finally:
        os.close(held)


def serve(*, host: str, port: int, workers: int) -> int:
    """Start a real partnership's site, if its database is up to date."""
    django.setup()
    if MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes()):
        complain("The database is not up to date. Run `sightline migrate` first.")
        return 1
    connections.close_all()
    settings = import_module("django.conf").settings
    free_port(host, port, others=0)
    held = hold_folder(settings.DATA_FOLDER, settings.ADDRESS)
    try:
        children = [Child("web", web_command(host, port, workers)), Child("worker", worker_command())]
        ready = f"Sightline answers at {settings.ADDRESS} (listening on {host}, port {port}). Ctrl-C stops it."
        return run_together(children, host=host, port=port, ready=ready)
    finally:
        os.close(held)


def _example_partnership() -> list[tuple[str, str, str]]:
    """Load the example partnership into an empty database; who may sign in, with what."""
    if not find_spec("sightline.site.demo"):
        return []
    example = import_module("sightline.site.demo")
    if not apps.get_model("agencies", "Partnership").objects.exists():
        say("Writing the example partnership, Arden. All its people are invented …")
        example.load(timezone.localdate())
    return list(example.sign_ins())


def _welcome(address: str, sign_ins: list[tuple[str, str, str]]) -> str:
    lines = ["", "Sightline is running:", "", f"    {address}", ""]
    if sign_ins:
        widest = max(len(who) for who, _, _ in sign_ins)
        longest = max(len(email) for _, email, _ in sign_ins)
        lines += ["Sign in as any of these invented people:", ""]
        lines += [f"    {who:<{widest}}  {email:<{longest}}  {password}" for who, email, password in sign_ins]
        lines.append("")
    lines.append("Ctrl-C stops it. What you write is kept for the next start.")
    return "\n".join(lines)
