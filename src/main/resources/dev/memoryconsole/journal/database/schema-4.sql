-- What is large is written once and apart, so that the steps of an entry rewrite only what is small.
CREATE TABLE results (
  entry      INTEGER PRIMARY KEY, -- run * 2^32 + position
  enrichment TEXT,                -- JSON: the result of phase 1
  before     TEXT,                -- the metadata before the write
  written    TEXT                 -- the metadata written
);
INSERT INTO results (entry, enrichment, before, written)
SELECT (run << 32) | position, enrichment, before, written FROM entries
WHERE coalesce(enrichment, before, written) IS NOT NULL;
ALTER TABLE entries DROP COLUMN enrichment;
ALTER TABLE entries DROP COLUMN before;
ALTER TABLE entries DROP COLUMN written;
