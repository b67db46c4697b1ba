-- The journal of runs. Every change is written here before it takes effect in a store.
CREATE TABLE runs (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  store       TEXT    NOT NULL,            -- absolute path
  kind        TEXT    NOT NULL,            -- RunKind
  enricher    TEXT    NOT NULL,            -- simple, llm:<model>
  batch_size  INTEGER NOT NULL,
  on_failure  TEXT    NOT NULL,            -- FailurePolicy
  scopes      TEXT    NOT NULL,            -- JSON array; empty for all
  selected    INTEGER NOT NULL,
  state       TEXT    NOT NULL,            -- RunState
  started_at  INTEGER NOT NULL,            -- ms since 1970
  finished_at INTEGER,
  elapsed_ms  INTEGER NOT NULL DEFAULT 0,
  lock        TEXT    NOT NULL DEFAULT '', -- JSON: acquisitions, wait and hold p50/p99/max in ms
  owner_pid   INTEGER NOT NULL,            -- the process at work on it
  owner_start INTEGER NOT NULL             -- when that process started, ms since 1970
);
CREATE INDEX runs_by_store ON runs (store, id);

CREATE TABLE entries (
  run         INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  id          TEXT    NOT NULL,
  title       TEXT    NOT NULL DEFAULT '',
  state       TEXT    NOT NULL,            -- EntryState
  attempt     INTEGER NOT NULL DEFAULT 0,
  text_hash   TEXT,                        -- of the text that was enriched
  enrichment  TEXT,                        -- JSON: the result of phase 1
  upgraded_at INTEGER,                     -- the marker of the write under way or done
  before      TEXT,                        -- the metadata before the write
  written     TEXT,                        -- the metadata written
  reason      TEXT    NOT NULL DEFAULT '',
  started_at  INTEGER,
  finished_at INTEGER,
  PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE INDEX entries_by_id ON entries (id, run);
