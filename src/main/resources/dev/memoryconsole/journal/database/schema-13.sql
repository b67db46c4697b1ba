-- Who was seen waiting for whose rows, on stores whose server tells; statements are without their values.
CREATE TABLE lock_waits (
  id                 INTEGER PRIMARY KEY,
  store              INTEGER NOT NULL REFERENCES lock_stores (id),
  session            INTEGER NOT NULL, -- who saw it
  number             INTEGER NOT NULL, -- which of those that session has seen
  from_ms            INTEGER NOT NULL, -- since when it waited, ms since 1970
  seen_ms            INTEGER NOT NULL, -- when it was seen last
  held_ms            INTEGER,          -- how long the holder's transaction had lasted by then; NULL if that was not to be seen
  waiter             INTEGER NOT NULL, -- the server's number of the connection
  waiter_application TEXT NOT NULL,
  waiter_user        TEXT NOT NULL,
  waiter_query       TEXT NOT NULL,
  holder             INTEGER NOT NULL,
  holder_application TEXT NOT NULL,
  holder_user        TEXT NOT NULL,
  holder_query       TEXT NOT NULL,
  UNIQUE (session, number)
);

CREATE INDEX lock_waits_by_time ON lock_waits (store, seen_ms);
