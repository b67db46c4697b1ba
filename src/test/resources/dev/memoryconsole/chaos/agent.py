"""An agent beside the consoles: connects anew for every few writes, and notes what was acknowledged.

agent.py STORE NUMBER SEED STOP_FILE ACKNOWLEDGED_FILE

A line a write: kind, row, sequence number, monotonic nanoseconds before and after the commit. A write
whose commit failed may or may not be there: its kind ends in "?".
"""
import json
import os
import random
import sqlite3
import sys
import time

store, number, seed, stop, acknowledged = sys.argv[1:6]
me = "agent" + number
dice = random.Random(int(seed))
log = open(acknowledged, "a", buffering=1)
sequence = 1000
own = []
created = 0


def patch(db):
    row = dice.choice(own) if own and dice.random() < 0.3 else "r%d" % dice.randrange(60)
    found = db.execute("SELECT metadata FROM memories WHERE id = ?", (row,)).fetchone()
    if found is None:
        return None
    try:
        metadata = json.loads(found[0])
    except (TypeError, ValueError):
        return None
    if not isinstance(metadata, dict):
        return None
    metadata[me] = sequence
    db.execute("UPDATE memories SET metadata = ? WHERE id = ?", (json.dumps(metadata), row))
    return "patch", row


def insert(db):
    global created
    created += 1
    row = "%s-%d" % (me, created)
    db.execute(
        "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
        " VALUES (?, ?, 'fact', 'global', 0.5, ?, ?)",
        (row, "Note %d of %s." % (sequence, me), int(time.time() * 1000), json.dumps({me: sequence})),
    )
    return "insert", row


def edit(db):
    if not own:
        return None
    row = dice.choice(own)
    text = "Edited, now it is %d." % sequence
    done = db.execute("UPDATE memories SET text = ? WHERE id = ?", (text, row)).rowcount
    return ("edit", row) if done == 1 else None


def delete(db):
    if len(own) < 5:
        return None
    row = dice.choice(own)
    done = db.execute("DELETE FROM memories WHERE id = ?", (row,)).rowcount
    own.remove(row)
    return ("delete", row) if done == 1 else None


def write(db):
    global sequence
    sequence += 1
    what = dice.choices([patch, insert, edit, delete], [6, 2, 2, 1])[0]
    done = None
    before = time.monotonic_ns()
    try:
        db.execute("BEGIN IMMEDIATE")
        done = what(db)
        before = time.monotonic_ns()
        db.execute("COMMIT")
        kind = ""
    except sqlite3.Error as failure:
        try:
            db.execute("ROLLBACK")
        except sqlite3.Error:
            pass
        kind = "?"
    if done is not None:
        if done[0] == "insert":
            own.append(done[1])
        log.write("%s%s %s %d %d %d\n" % (done[0], kind, done[1], sequence, before, time.monotonic_ns()))


while not os.path.exists(stop):
    try:
        db = sqlite3.connect(store, timeout=20, isolation_level=None)
        for _ in range(dice.randint(1, 6)):
            write(db)
            time.sleep(dice.random() * 0.02)
        db.close()
    except sqlite3.Error as failure:
        print("%s: %s" % (me, failure), flush=True)
    time.sleep(dice.random() * 0.05)
