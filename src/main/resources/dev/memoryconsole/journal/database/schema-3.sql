-- Who held the lock of a store. One by one the latest acquisitions, figures of all the others.
CREATE TABLE lock_stores (
  id         INTEGER PRIMARY KEY,
  path       TEXT    NOT NULL UNIQUE,    -- absolute
  trimmed_us INTEGER NOT NULL DEFAULT 0  -- what ended before is kept as figures only, µs since 1970
);

-- One opening of a store by one process.
CREATE TABLE lock_sessions (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  store     INTEGER NOT NULL REFERENCES lock_stores (id),
  pid       INTEGER NOT NULL,
  pid_start INTEGER NOT NULL             -- when that process started, ms since 1970
);

CREATE TABLE lock_events (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  store       INTEGER NOT NULL,
  session     INTEGER NOT NULL,
  ended_us    INTEGER NOT NULL,          -- µs since 1970
  acquired_us INTEGER NOT NULL,
  lane        TEXT    NOT NULL,          -- who: run:7, op:IMPORT, foreign:4711:node
  kind        TEXT    NOT NULL,          -- LockPurpose.Kind
  run         INTEGER NOT NULL,
  batch       INTEGER NOT NULL,
  wait_ns     INTEGER NOT NULL,
  hold_ns     INTEGER NOT NULL,
  rows        INTEGER NOT NULL,
  outcome     TEXT    NOT NULL,          -- LockEvent.Outcome
  observed    INTEGER NOT NULL
);
CREATE INDEX lock_events_by_end ON lock_events (store, ended_us);

CREATE TABLE lock_figures (
  store        INTEGER NOT NULL,
  span_ms      INTEGER NOT NULL,         -- of a minute, an hour, a day
  at_ms        INTEGER NOT NULL,         -- its begin, ms since 1970
  session      INTEGER NOT NULL,         -- 0 once they are rolled up
  lane         TEXT    NOT NULL,
  acquisitions INTEGER NOT NULL,
  contended    INTEGER NOT NULL,
  timed_out    INTEGER NOT NULL,
  rows         INTEGER NOT NULL,
  held_ns      INTEGER NOT NULL,
  seen         INTEGER NOT NULL,
  commits_seen INTEGER NOT NULL,
  waits        BLOB    NOT NULL,         -- HdrHistogram, compressed
  holds        BLOB    NOT NULL,
  PRIMARY KEY (store, span_ms, at_ms, session, lane)
) WITHOUT ROWID;
