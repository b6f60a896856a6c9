"""A PostgreSQL of the tests' own: made in a short temporary folder, reached by a socket, gone afterwards."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

PLACES = "/usr/lib/postgresql"


def programs() -> Path | None:
    """Where the newest installed initdb and pg_ctl are, if anywhere."""
    found = [folder / "bin" for folder in Path(PLACES).glob("*") if (folder / "bin" / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and (Path(on_path).resolve().parent / "postgres").exists() else None


class PostgresServer:
    """One cluster; use it as a context manager."""

    def __init__(self) -> None:
        found = programs()
        if found is None:
            raise RuntimeError("PostgreSQL is not installed")
        self.programs = found
        # A socket's path may have only 107 bytes, so the folder's must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="sl-pg-", dir="/tmp" if Path("/tmp").is_dir() else None))
        self.user = getpass.getuser()
        self.as_owner: list[str] = []
        if os.geteuid() == 0:
            # initdb refuses root.
            self.user = "postgres"
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]

    def __enter__(self) -> "PostgresServer":
        self._call("initdb", "-D", f"{self.folder}/data", "-k", "-A", "trust", "-U", self.user, "--encoding=UTF8", "--locale=C.UTF-8")
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=60"
        self._call("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """`immediate` is a crash: nothing is written that was not already on disk."""
        self._call("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", how, "stop")

    def create(self, name: str) -> str:
        """A new empty database; its address."""
        self._call("psql", "-h", str(self.folder), "-U", self.user, "-d", "postgres", "-qc", f'CREATE DATABASE "{name}"')
        return self.address(name)

    def dump(self, into: Path) -> None:
        """Everything in the database, as statements."""
        # It is written beside the server, whose owner may write there and not everywhere.
        written = self.folder / "dumped.sql"
        self._call("pg_dump", "-h", str(self.folder), "-U", self.user, "-d", "postgres", "-f", str(written))
        shutil.copyfile(written, into)

    def restore(self, dumped: Path) -> None:
        """Into an empty database, all or nothing."""
        read = self.folder / "restored.sql"
        shutil.copyfile(dumped, read)
        read.chmod(0o644)
        self._call("psql", "-h", str(self.folder), "-U", self.user, "-d", "postgres", "-q1", "-v", "ON_ERROR_STOP=1", "-f", str(read))

    def address(self, name: str = "postgres") -> str:
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def _call(self, program: str, *arguments: str) -> None:
        with open(os.devnull) as nothing:
            done = subprocess.run(
                [*self.as_owner, str(self.programs / program), *arguments],
                stdin=nothing,
                # A file, not a pipe: the server keeps the descriptor open after pg_ctl has ended.
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed with {done.returncode}; its log is in {self.folder}")
