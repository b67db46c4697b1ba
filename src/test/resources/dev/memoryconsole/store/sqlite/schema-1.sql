-- Version 1 of a memory store in one SQLite file. Creates a new store, adopts the table of another
-- program, and mends a store whose triggers got lost; runs inside one transaction. Other programs fire
-- these triggers with SQLite libraries of their own, from 3.38 on: no newer feature may be used here.

DROP TRIGGER IF EXISTS memories_after_insert;
DROP TRIGGER IF EXISTS memories_after_update;
DROP TRIGGER IF EXISTS memories_after_delete;
DROP TRIGGER IF EXISTS memories_after_text;
DROP VIEW IF EXISTS memories_derived;
DROP TRIGGER IF EXISTS memories_abstract_changed;
DROP TABLE IF EXISTS memories_text_fts;
DROP TABLE IF EXISTS memories_abstract_fts;

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
CREATE INDEX IF NOT EXISTS memories_time ON memories (timestamp, id);
CREATE INDEX IF NOT EXISTS memories_scope ON memories (scope, category);

-- What is known about every id that ever was. Rows stay when their memory is deleted (flags is NULL then),
-- so that the version of an id that comes back goes on rising. doc is the row number of the text indexes:
-- unlike the row numbers of memories it survives VACUUM.
-- flags: 1 has a memory_category, 2 is never legacy, 4 has an upgrade_error, 8 was upgraded by 'simple'.
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
CREATE INDEX IF NOT EXISTS memories_doc_state ON memories_doc (state, timestamp, id);
CREATE INDEX IF NOT EXISTS memories_doc_retryable ON memories_doc (timestamp, id) WHERE flags & 12;

-- Over the text alone, with rows that only a write of the text touches: a write of the metadata must be quick.
-- The abstracts have an index of their own, so that a write of the metadata never tokenises the text again.
CREATE VIRTUAL TABLE memories_text_fts USING fts5(text, tokenize = 'trigram');
CREATE VIRTUAL TABLE memories_abstract_fts USING fts5(abstract, tokenize = 'trigram');

-- The legacy rule and what else is read from a row, in one pass over its metadata. json_each and not
-- json_extract: of a key that comes twice the last one counts, as everywhere outside of SQLite; the
-- highest position doubled, plus the answer, has the last one's answer in its lowest bit.
CREATE VIEW memories_derived AS
SELECT
  id,
  text,
  timestamp,
  (SELECT value FROM json_each(meta) WHERE "key" = 'l0_abstract' AND type = 'text'
    ORDER BY json_each.id DESC LIMIT 1) AS abstract,
  (SELECT
      coalesce(max(CASE WHEN "key" = 'memory_category'
        THEN json_each.id * 2 + (type NOT IN ('null', 'false') AND value <> ''
          AND NOT (type IN ('integer', 'real') AND value = 0)) END) & 1, 0)
      | coalesce(max(CASE WHEN "key" = 'type'
        THEN json_each.id * 2 + (type = 'text' AND value IN (
          'memory-reflection', 'memory-reflection-event', 'memory-reflection-item',
          'memory-reflection-mapped')) END) & 1, 0) * 2
      | coalesce(max(CASE WHEN "key" = 'upgrade_error'
        THEN json_each.id * 2 + (type = 'text' AND value <> '') END) & 1, 0) * 4
      | coalesce(max(CASE WHEN "key" = 'upgraded_by'
        THEN json_each.id * 2 + (type = 'text' AND value = 'simple') END) & 1, 0) * 8
    FROM json_each(meta)
    WHERE "key" IN ('memory_category', 'type', 'upgrade_error', 'upgraded_by'))
    | coalesce(category = 'reflection', 0) * 2 AS flags
FROM (
  SELECT
    id,
    CAST(text AS TEXT) AS text,
    CAST(category AS TEXT) AS category,
    timestamp,
    CASE WHEN json_valid(CAST(metadata AS TEXT)) THEN CAST(metadata AS TEXT) ELSE '{}' END AS meta
  FROM memories
);

-- Whatever was written while there were no triggers counts as one write of every row.
UPDATE memories SET version = 1
WHERE typeof(version) <> 'integer' OR version < 1 OR version >= 4611686018427387904;
UPDATE memories SET version = max(version, (SELECT last_version FROM memories_doc d WHERE d.id = memories.id) + 1)
WHERE EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = memories.id);
UPDATE memories_doc SET flags = NULL, abstract = NULL, timestamp = NULL;
INSERT INTO memories_doc (id, last_version)
SELECT id, version FROM memories WHERE NOT EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = memories.id);
UPDATE memories_doc
SET (last_version, flags, abstract, timestamp) =
  (SELECT m.version, v.flags, v.abstract, v.timestamp
    FROM memories m JOIN memories_derived v ON v.id = m.id WHERE m.id = memories_doc.id)
WHERE id IN (SELECT id FROM memories);
INSERT INTO memories_text_fts (rowid, text)
SELECT doc, text FROM memories_doc JOIN memories_derived USING (id) WHERE text <> '';
INSERT INTO memories_abstract_fts (rowid, abstract)
SELECT doc, abstract FROM memories_doc WHERE abstract <> '';

-- Every way an abstract comes and goes is an update of this column, for rows of memories_doc stay.
CREATE TRIGGER memories_abstract_changed AFTER UPDATE OF abstract ON memories_doc
WHEN old.abstract IS NOT new.abstract
BEGIN
  DELETE FROM memories_abstract_fts WHERE rowid = new.doc;
  INSERT INTO memories_abstract_fts (rowid, abstract)
  SELECT new.doc, new.abstract WHERE new.abstract <> '';
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
  SELECT RAISE(ABORT, 'a memory needs an id') WHERE new.id IS NULL;
  UPDATE memories_doc
  SET last_version = last_version + 1, flags = NULL, abstract = NULL, timestamp = NULL
  WHERE id = old.id AND old.id IS NOT new.id;
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
END;

CREATE TRIGGER memories_after_text AFTER UPDATE OF id, text ON memories
WHEN old.id IS NOT new.id OR old.text IS NOT new.text
BEGIN
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
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

PRAGMA user_version = 1;
