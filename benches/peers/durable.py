"""DBOS on SQLite and Linkage on six-step durable cases in one run: see README.md beside this file."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from dbos import DBOS, DBOSConfig

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0


@DBOS.step()
def step(number: int, name: str) -> str:
    return f"{number} {name}"


@DBOS.workflow()
def case(number: int) -> int:
    for name in ("register", "dispatch", "accept", "inspect", "mend", "answer"):
        step(number, name)
    return number


def probe(folder):
    """Bare inserts of 240-byte rows, one a commit: what this disk can do at the moment."""
    connection = sqlite3.connect(os.path.join(folder, "probe"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    begun, count = time.time(), 0
    while time.time() - begun < 2:
        connection.execute("INSERT INTO row (body) VALUES (?)", ("x" * 240,))
        count += 1
    return count / (time.time() - begun)


def clients(count):
    done, failed, end = [0] * count, [0] * count, time.time() + SECONDS

    def client(own):
        while time.time() < end:
            try:
                case(done[own] * count + own)
                done[own] += 1
            except Exception as error:  # "database is locked" reaches the caller: it is counted, and told once
                if not failed[own]:
                    print("  ", type(error).__name__, str(error).splitlines()[0][:100])
                failed[own] += 1

    threads = [threading.Thread(target=client, args=(own,)) for own in range(count)]
    begun = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = sum(done) / (time.time() - begun)
    print(f"dbos, {count} clients: {rate:.1f} six-step cases/s, {sum(failed)} failed")


def main():
    with tempfile.TemporaryDirectory() as folder:
        config: DBOSConfig = {
            "name": "peer",
            "system_database_url": f"sqlite:///{folder}/dbos.sqlite",
            "run_admin_server": False,
            "log_level": "CRITICAL",
        }
        DBOS(config=config)
        DBOS.launch()
        for count in (1, 16):
            print(f"probe: {probe(folder):.0f} rows/s, one a commit")
            clients(count)
        DBOS.destroy()
    sys.stdout.flush()
    subprocess.run(["cargo", "bench", "-q", "--bench", "journal", "--", "one", "many"], check=True)


main()
