-- Version 2 of a memory store in one SQLite file, first part: the tables. Creates what is not there and
-- takes the triggers away; the last part brings them back. All parts run inside one transaction. Other
-- programs fire the triggers with SQLite libraries of their own, from 3.38 on: neither they nor the tables
-- they write may use a newer feature.

DROP TRIGGER IF EXISTS memories_after_insert;
DROP TRIGGER IF EXISTS memories_after_update;
DROP TRIGGER IF EXISTS memories_after_delete;
DROP TRIGGER IF EXISTS memories_after_text;
DROP TRIGGER IF EXISTS memories_abstract_changed;
DROP TRIGGER IF EXISTS memories_doc_added;
DROP TRIGGER IF EXISTS memories_doc_changed;
DROP VIEW IF EXISTS memories_derived;

CREATE TABLE IF NOT EXISTS memories (
  id TEXT PRIMARY KEY NOT NULL,
  text TEXT,
  vector BLOB,
  category TEXT,
  scope TEXT,
  importance REAL,
  timestamp INTEGER,
  metadata TEXT,
  version INTEGER DEFAULT 1
);

-- What is known about every id that ever was. Rows stay when their memory is deleted (flags is NULL then),
-- so that the version of an id that comes back goes on rising. doc is the row number of the text indexes:
-- unlike the row numbers of memories it survives VACUUM.
-- flags: 1 has a memory_category, 2 is never legacy, 4 has an upgrade_error, 8 was upgraded by 'simple', 16 is
-- of the plugin's corpus (and so 2), 32 nothing says who upgraded or made it, 64 and 128 its tier (1 core,
-- 2 peripheral, 3 working, 0 none of these), 256 all of these are told: rows of before have 1 to 16 alone.
CREATE TABLE IF NOT EXISTS memories_doc (
  doc INTEGER PRIMARY KEY,
  id TEXT UNIQUE NOT NULL,
  last_version INTEGER NOT NULL,
  timestamp INTEGER,
  abstract TEXT,
  flags INTEGER,
  state TEXT GENERATED ALWAYS AS (CASE
    WHEN flags IS NULL THEN NULL
    WHEN flags & 3 = 0 THEN 'LEGACY'
    WHEN flags & 4 THEN 'FALLBACK'
    ELSE 'UPGRADED' END) VIRTUAL
);
-- With the flags behind, so that it alone tells all of a row that is asked of many.
CREATE INDEX IF NOT EXISTS memories_doc_state ON memories_doc (state, timestamp, id, flags);
CREATE INDEX IF NOT EXISTS memories_doc_retryable ON memories_doc (timestamp, id) WHERE flags & 12;

-- The rows of memories_doc whose abstract changed since it was indexed. Indexing one costs more than all
-- the rest of a write of metadata, so it is done later, outside of anybody's write; until then a search
-- reads these abstracts themselves.
CREATE TABLE IF NOT EXISTS memories_abstract_pending (doc INTEGER PRIMARY KEY);

-- The legacy rule and what else is read from a row, in one pass over its metadata. json_each and not
-- json_extract: of a key that comes twice the last one counts, as everywhere outside of SQLite. So the
-- highest position is taken with the answer behind it: doubled, plus a bit; or in twelve digits, then
-- whether the value is a text, then the value (as a blob, for substr ends a text at a zero byte).
CREATE VIEW memories_derived AS
SELECT
  m.id AS id,
  CAST(m.text AS TEXT) AS text,
  m.timestamp AS timestamp,
  CASE WHEN substr(max(CASE WHEN "key" = 'l0_abstract'
      THEN printf('%012d%d', j.id, type = 'text') || value END), 13, 1) = '1'
    THEN CAST(substr(CAST(max(CASE WHEN "key" = 'l0_abstract'
      THEN printf('%012d%d', j.id, type = 'text') || value END) AS BLOB), 14) AS TEXT)
    END AS abstract,
  coalesce(max(CASE WHEN "key" = 'memory_category'
      THEN j.id * 2 + (type NOT IN ('null', 'false') AND value <> ''
        AND NOT (type IN ('integer', 'real') AND value = 0)) END) & 1, 0)
    | coalesce(max(CASE WHEN "key" = 'type'
      THEN j.id * 2 + (type = 'text' AND value IN (
        'memory-reflection', 'memory-reflection-event', 'memory-reflection-item',
        'memory-reflection-mapped')) END) & 1, 0) * 2
    | coalesce(max(CASE WHEN "key" = 'upgrade_error'
      THEN j.id * 2 + (type = 'text' AND value <> '') END) & 1, 0) * 4
    | coalesce(max(CASE WHEN "key" = 'upgraded_by'
      THEN j.id * 2 + (type = 'text' AND value = 'simple') END) & 1, 0) * 8
    | coalesce(max(CASE WHEN "key" = 'openclaw_corpus'
      THEN j.id * 2 + (type = 'true') END) & 1, 0) * 18
    | coalesce(CAST(m.category AS TEXT) = 'reflection', 0) * 2
    | (count(CASE WHEN "key" IN ('upgraded_at', 'upgraded_by') THEN 1 END)
      + coalesce(max(CASE WHEN "key" = 'source'
        THEN j.id * 2 + (type = 'text' AND value NOT IN ('', 'legacy')) END) & 1, 0)
      + coalesce(max(CASE WHEN "key" = 'type'
        THEN j.id * 2 + (type = 'text' AND value = 'session-summary') END) & 1, 0)
      + coalesce(max(CASE WHEN "key" = 'compacted' THEN j.id * 2 + (type = 'true') END) & 1, 0)
      = 0) * 32
    | coalesce(max(CASE WHEN "key" = 'tier'
      THEN j.id * 4 + CASE WHEN type <> 'text' THEN 0
        WHEN value = 'core' THEN 1 WHEN value = 'peripheral' THEN 2 WHEN value = 'working' THEN 3
        ELSE 0 END END) & 3, 0) * 64
    | 256 AS flags
FROM memories m
LEFT JOIN json_each(
    CASE WHEN json_valid(CAST(m.metadata AS TEXT)) THEN CAST(m.metadata AS TEXT) ELSE '{}' END) j
  ON j."key" IN ('l0_abstract', 'memory_category', 'type', 'upgrade_error', 'upgraded_by', 'openclaw_corpus',
    'upgraded_at', 'source', 'compacted', 'tier')
GROUP BY m.id;
-- Version 2: the indexes over the memories themselves. A large table of another program goes without: to make
-- one takes longer than the store's lock may be held.

CREATE INDEX IF NOT EXISTS memories_time ON memories (timestamp, id);
CREATE INDEX IF NOT EXISTS memories_scope ON memories (scope, category);
-- The orders that the window offers, each with what breaks ties. Nobody's write of metadata touches them. What a
-- text begins with is enough to find its place, and keeps the index small.
CREATE INDEX IF NOT EXISTS memories_by_text ON memories (substr(text, 1, 60), id);
CREATE INDEX IF NOT EXISTS memories_by_category ON memories (category, timestamp, id);
CREATE INDEX IF NOT EXISTS memories_by_scope ON memories (scope, timestamp, id);
CREATE INDEX IF NOT EXISTS memories_by_importance ON memories (importance, timestamp, id);
-- Version 2: the text indexes, still empty.

-- Over the text alone, with rows that only a write of the text touches.
CREATE VIRTUAL TABLE IF NOT EXISTS memories_text_fts USING fts5(text, tokenize = 'trigram');
-- Only finds candidates, whose abstracts are then compared: so it needs neither the abstracts nor the
-- positions in them. Written by Memory Console alone, so it may use what SQLite has since 3.43. It is
-- merged in small steps between the writes, never by a write that happens to be the sixteenth.
CREATE VIRTUAL TABLE IF NOT EXISTS memories_abstract_fts
USING fts5(abstract, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram');
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('automerge', 0);
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('crisismerge', 1999);
-- Version 2: how many memories there are of each flags that tell all; those that are of the corpus by their id have
-- 18 as well. Kept by triggers of memories_doc, which knows what a row counted as even where another program replaces
-- it without a delete. A store of before gets this with its new flags, row by row.

DROP TRIGGER IF EXISTS memories_doc_added;
DROP TRIGGER IF EXISTS memories_doc_changed;
CREATE TABLE IF NOT EXISTS memories_counts (flags INTEGER PRIMARY KEY, memories INTEGER NOT NULL);

CREATE TRIGGER memories_doc_added AFTER INSERT ON memories_doc WHEN new.flags & 256
BEGIN
  INSERT INTO memories_counts (flags, memories)
  SELECT new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18, 0
  WHERE NOT EXISTS (SELECT 1 FROM memories_counts
    WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18);
  UPDATE memories_counts SET memories = memories + 1
  WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18;
END;

CREATE TRIGGER memories_doc_changed AFTER UPDATE OF flags ON memories_doc WHEN old.flags IS NOT new.flags
BEGIN
  UPDATE memories_counts SET memories = memories - 1
  WHERE flags = old.flags | (old.id >= 'corpus:' AND old.id < 'corpus;') * 18;
  INSERT INTO memories_counts (flags, memories)
  SELECT new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18, 0
  WHERE new.flags & 256 AND NOT EXISTS (SELECT 1 FROM memories_counts
    WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18);
  UPDATE memories_counts SET memories = memories + 1
  WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18;
END;
-- Version 2, last part: the triggers.

-- Every way an abstract comes and goes is an update of this column, for rows of memories_doc stay.
CREATE TRIGGER memories_abstract_changed AFTER UPDATE OF abstract ON memories_doc
WHEN old.abstract IS NOT new.abstract
BEGIN
  INSERT INTO memories_abstract_pending (doc)
  SELECT new.doc WHERE NOT EXISTS (SELECT 1 FROM memories_abstract_pending WHERE doc = new.doc);
END;

-- No "OR ..." in any trigger: the conflict clause of the statement that fires it would override it.
CREATE TRIGGER memories_after_insert AFTER INSERT ON memories BEGIN
  SELECT RAISE(ABORT, 'a memory needs an id') WHERE new.id IS NULL;
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
  UPDATE memories_doc
  SET last_version = CASE
      WHEN typeof(new.version) = 'integer' AND new.version > last_version
        AND new.version < 4611686018427387904 THEN new.version
      ELSE last_version + 1 END,
    (flags, abstract, timestamp) =
      (SELECT flags, abstract, timestamp FROM memories_derived WHERE id = new.id)
  WHERE id = new.id;
  UPDATE memories SET version = (SELECT last_version FROM memories_doc WHERE id = new.id)
  WHERE id = new.id
    AND version IS NOT (SELECT last_version FROM memories_doc WHERE id = new.id);
  DELETE FROM memories_text_fts
  WHERE rowid = (SELECT doc FROM memories_doc WHERE id = new.id) AND text IS NOT CAST(new.text AS TEXT);
  INSERT INTO memories_text_fts (rowid, text)
  SELECT doc, CAST(new.text AS TEXT) FROM memories_doc
  WHERE id = new.id AND new.text <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts WHERE rowid = doc);
END;

-- The condition leaves out the write of the version by the triggers themselves, which fires this one too;
-- a write by anybody else finds old.version = last_version.
CREATE TRIGGER memories_after_update AFTER UPDATE ON memories
WHEN old.id IS NOT new.id OR old.version IS new.version
  OR NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id AND last_version = new.version)
BEGIN
  SELECT RAISE(ABORT, 'a memory needs an id') WHERE new.id IS NULL AND old.id IS NOT NULL;
  UPDATE memories_doc
  SET last_version = last_version + 1, flags = NULL, abstract = NULL, timestamp = NULL
  WHERE id = old.id AND old.id IS NOT new.id;
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE new.id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
  -- Only while a table is being adopted: a row that was not reached yet. Who has a row of memories_doc has
  -- its text indexed.
  INSERT INTO memories_text_fts (rowid, text)
  SELECT doc, CAST(new.text AS TEXT) FROM memories_doc
  WHERE id = new.id AND last_version = 0 AND new.text <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts WHERE rowid = doc);
  UPDATE memories_doc
  SET last_version = CASE
      WHEN typeof(new.version) = 'integer' AND new.version > last_version
        AND new.version < 4611686018427387904 THEN new.version
      ELSE last_version + 1 END,
    (flags, abstract, timestamp) =
      (SELECT flags, abstract, timestamp FROM memories_derived WHERE id = new.id)
  WHERE id = new.id;
  UPDATE memories SET version = (SELECT last_version FROM memories_doc WHERE id = new.id)
  WHERE id = new.id
    AND version IS NOT (SELECT last_version FROM memories_doc WHERE id = new.id);
END;

CREATE TRIGGER memories_after_text AFTER UPDATE OF id, text ON memories
WHEN old.id IS NOT new.id OR old.text IS NOT new.text
BEGIN
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE new.id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
  DELETE FROM memories_text_fts
  WHERE rowid = (SELECT doc FROM memories_doc WHERE id = old.id) AND old.id IS NOT new.id;
  DELETE FROM memories_text_fts
  WHERE rowid = (SELECT doc FROM memories_doc WHERE id = new.id) AND text IS NOT CAST(new.text AS TEXT);
  INSERT INTO memories_text_fts (rowid, text)
  SELECT doc, CAST(new.text AS TEXT) FROM memories_doc
  WHERE id = new.id AND new.text <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts WHERE rowid = doc);
END;

CREATE TRIGGER memories_after_delete AFTER DELETE ON memories BEGIN
  UPDATE memories_doc
  SET last_version = last_version + 1, flags = NULL, abstract = NULL, timestamp = NULL
  WHERE id = old.id;
  DELETE FROM memories_text_fts WHERE rowid = (SELECT doc FROM memories_doc WHERE id = old.id);
END;
