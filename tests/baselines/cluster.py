"""A PostgreSQL cluster in a temporary folder, reached on a unix socket there and gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

# In English, because the times in psql's output are read; without notices, because a question may have no lexeme.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PGCLIENTENCODING": "UTF8", "PGOPTIONS": "-c client_min_messages=warning"}
# Root is refused by PostgreSQL, so root becomes the user that the package makes.
OWNER = "postgres"


class Cluster:
    """`with` starts it, stops it and removes it."""

    def __init__(self):
        self.programs = programs()
        self.version = self.run("postgres", "--version", folder=Path("/")).split()[2]

    def __enter__(self) -> Cluster:
        self.folder = Path(tempfile.mkdtemp(prefix="baselines-"))
        try:
            self.start()
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        return self

    def __exit__(self, *_) -> None:
        self.run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate", "--pgdata=cluster")
        shutil.rmtree(self.folder)

    def start(self) -> None:
        """The locale is there on every system, and knows that Ä is a capital ä; `C` does not."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, OWNER, OWNER)
        form = ("--encoding=UTF8", "--locale=C.UTF-8")
        self.run("initdb", "--pgdata=cluster", "--auth=trust", f"--username={OWNER}", *form)
        options = f"-k '{self.folder}' -c listen_addresses=''"
        self.run("pg_ctl", "start", "--wait", "--silent", "--pgdata=cluster", "--log=log", "--options", options)

    def psql(self, script: str) -> str:
        """Runs a script and gives what it wrote: a row per line, columns with a bar between."""
        form = ("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1")
        where = (f"--host={self.folder}", f"--username={OWNER}", "--dbname=postgres")
        return self.run("psql", *form, *where, script=script)

    def run(self, program: str, *arguments: str, script: str = "", folder: Path | None = None) -> str:
        """Runs one of PostgreSQL's programs in the folder of the cluster.

        The output goes through a file: the server inherits it from pg_ctl, and would keep a pipe open.
        """
        become = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            subprocess.run(
                [*become, str(self.programs / program), *arguments],
                cwd=folder or self.folder,
                env=os.environ | ENVIRONMENT,
                input=script,
                stdout=output,
                text=True,
                check=True,
            )
            output.seek(0)
            return output.read()


def programs() -> Path:
    """The folder of initdb and pg_ctl: on the path, or where Debian keeps one folder for each version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda folder: int(folder.parent.name))
    if not folders:
        raise SystemExit("PostgreSQL is missing: install the package postgresql, or name the others with --system")
    return folders[-1]
