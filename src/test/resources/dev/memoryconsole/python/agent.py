"""An agent that writes to a store with Python's sqlite3, told what to do line by line."""
import fcntl
import sqlite3
import sys
import threading
import time

store = sys.argv[1]
SQL = ("insert into memories (id, text, category, scope, timestamp)"
       " values (?, 'Memory of an agent.', 'fact', 'global', 1)")


def connect():
    return sqlite3.connect(store, timeout=60, isolation_level=None)


def insert(prefix, count):
    """Connects anew for each row, as an agent does that is started for each message."""
    for i in range(int(count)):
        connection = connect()
        connection.execute(SQL, ("%s-%06d" % (prefix, i),))
        connection.close()
    return "inserted"


def look():
    """Connects, reads and leaves. Whoever is the last to leave removes the log."""
    connection = connect()
    connection.execute("select count(*) from sqlite_schema").fetchone()
    connection.close()
    return "looked"


def check(prefix):
    connection = connect()
    count = connection.execute(
        "select count(*) from memories where id glob ?", (prefix + "-*",)).fetchone()[0]
    ok = connection.execute("pragma integrity_check").fetchone()[0]
    connection.close()
    return "checked %d %s" % (count, ok)


class Flood(threading.Thread):
    def __init__(self, prefix, pause_ms):
        super().__init__(daemon=True)
        self.prefix, self.pause, self.acknowledged, self.on = prefix, int(pause_ms) / 1e3, 0, True

    def run(self):
        connection = connect()
        while self.on:
            connection.execute("begin immediate")
            connection.execute(SQL, ("%s-%06d" % (self.prefix, self.acknowledged),))
            connection.execute("commit")
            self.acknowledged += 1
            time.sleep(self.pause)
        connection.close()


def can_lock(file):
    with open(file, "r+") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return "free"
        except OSError:
            return "taken"


def hold(file):
    """Locks it for the rest of this process's life."""
    global held
    held = open(file, "r+")
    fcntl.lockf(held, fcntl.LOCK_EX)
    return "held"


def begin():
    """Takes the store's write lock and keeps it until told to commit."""
    global writing
    writing = connect()
    writing.execute("begin immediate")
    return "begun"


def commit():
    writing.execute("commit")
    writing.close()
    return "committed"


flood = None
for line in sys.stdin:
    command, *arguments = line.rstrip("\n").split("\t")
    if command == "insert":
        answer = insert(*arguments)
    elif command == "look":
        answer = look()
    elif command == "check":
        answer = check(*arguments)
    elif command == "lock":
        answer = can_lock(*arguments)
    elif command == "hold":
        answer = hold(*arguments)
    elif command == "begin":
        answer = begin()
    elif command == "commit":
        answer = commit()
    elif command == "flood":
        flood = Flood(*arguments)
        flood.start()
        answer = "flooding"
    elif command == "written":
        answer = "written %d" % flood.acknowledged
    elif command == "stop":
        flood.on = False
        flood.join()
        answer = "stopped %d" % flood.acknowledged
    print(answer, flush=True)
